"""A number that moved or should move ("from 25 to 15 minutes"), and what an answer says is usual."""

from __future__ import annotations

import re
from decimal import Decimal

from coach_assist.assistant.lexicon import word_list
from coach_assist.assistant.numbers import NUMBER, as_decimal_text, read_number

_NO_UNIT = word_list("no_units")
_WHEN = r"(?:\s+(?:in|im|last|letzte[nrs]?|at|on)\s+(?:the\s+)?[^\W\d_]+(?:\s+(?:of\s+)?[^\W\d_]+)?)?"

RANGE = re.compile(
    rf"\b(?:from|von)\s+(?P<n>{NUMBER})"
    rf"(?P<unit>\s?%|\s+(?:out\s+)?(?:of|von|in)\s+{NUMBER}|\s+[^\W\d_][\w-]*)??{_WHEN}\s+"
    rf"(?:to|down to|up to|auf|bis)\s+(?:about\s+|under\s+|at least\s+|unter\s+)?(?P<n2>{NUMBER})"
    rf"(?P<unit2>\s?%|\s+(?:out\s+)?(?:of|von|in)\s+{NUMBER}|\s+[^\W\d_][\w-]*)?",
    re.IGNORECASE,
)

TODAY = re.compile(
    r"\b(?:today|currently|now|at present|at the moment|these days|so far|"
    r"heute|derzeit|bisher|zurzeit|aktuell|momentan|im Moment)\b",
    re.IGNORECASE,
)

_NORM = re.compile(
    rf"\b(?:average|standard|norm|plan|target|limit|rule|policy|budget|benchmark|goal|aim)\s+"
    rf"(?:is|are|was|says|allows|asks\s+for|at)\s+(?:about\s+|under\s+|at\s+most\s+|at\s+least\s+)?(?P<n>{NUMBER})|"
    rf"\b(?:should\s+(?:be|take|have)|supposed\s+to\s+(?:be|take)|(?:is|are)\s+(?:planned|allowed|expected|scheduled|meant)"
    rf"(?:\s+(?:for|to\s+(?:be|take)))?)\s+(?:about\s+|under\s+|at\s+most\s+|at\s+least\s+)?(?P<n2>{NUMBER})|"
    rf"(?P<n3>{NUMBER})(?:\s+[^\W\d_]+)?\s+(?:is|are|were)\s+(?:planned|allowed|expected|scheduled|the\s+(?:standard|norm|target|average))\b|"
    rf"\b(?:vorgesehen|geplant|erlaubt|üblich|Ziel|Standard|Vorgabe|Soll)\s+(?:sind|ist|wären|wäre|waren)\s+(?P<n4>{NUMBER})|"
    rf"\b(?:sollten|sollen|sollte)\s+(?:nur\s+|höchstens\s+)?(?P<n5>{NUMBER})",
    re.IGNORECASE,
)


def range_in(text: str) -> tuple[str, str, str] | None:
    """Return (from, to, unit) of "from 25 to 15 minutes" as decimal strings, or None."""
    match = RANGE.search(text)
    if match is None:
        return None
    low, high = read_number(match["n"]), read_number(match["n2"])
    if low is None or high is None or low == high or (match["n"].isdigit() and 1900 <= low <= 2100):
        return None
    unit = (match["unit2"] or "").strip()
    if not unit or unit.lower() in _NO_UNIT:
        unit = (match["unit"] or "").strip()
    return as_decimal_text(low), as_decimal_text(high), "" if unit.lower() in _NO_UNIT else unit


def norm_in(clause: str) -> tuple[Decimal, int, int] | None:
    """Return what a clause says a number should be, with its place: "the depot average is 18" → 18."""
    match = _NORM.search(clause)
    if match is None:
        return None
    name = next(name for name in ("n", "n2", "n3", "n4", "n5") if match[name])
    value = read_number(match[name])
    return (value, *match.span(name)) if value is not None else None
