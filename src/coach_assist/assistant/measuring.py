"""Reading one measured fact from a clause: shares, percentages, amounts with their units, money, times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from coach_assist.assistant.lexicon import word_list
from coach_assist.assistant.numbers import NUMBER, as_decimal_text, read_number

WANTED_IN = ("goal", "measure")
"""Questions whose answers say what is wanted rather than what is."""

LONGEST_FACT = 120


@dataclass(frozen=True, slots=True)
class Fact:
    """One measured fact.

    `text` is the clause as typed; `baseline` the number in it ("4"); `of` the whole that it is a part
    of ("10") or None; `unit` the words after the number ("tickets", "%", "minutes", "hours a week");
    `derived` says that the number stands in the text as a word such as "half".
    """

    question: str
    text: str
    baseline: str
    of: str | None
    unit: str
    start: int
    end: int
    derived: bool = False

    @property
    def value(self) -> Decimal:
        return Decimal(self.baseline)

    @property
    def most(self) -> Decimal | None:
        """The largest value that makes sense: the whole, or 100 for a percentage."""
        if self.of is not None:
            return Decimal(self.of)
        return Decimal(100) if self.unit.startswith("%") else None

    @property
    def is_time(self) -> bool:
        return bool(_TIME_UNIT.match(self.unit))

    @property
    def key(self) -> str:
        """The fact as it is listed for the model."""
        return self.text


_TIME_UNITS = (
    "seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|working days?|business days?|"
    "Sekunden?|Minuten?|Stunden?|Tagen?|Tage|Tag|Wochen?|Monate?n?|Arbeitstagen?|Arbeitstage"
)


_TIME_UNIT = re.compile(rf"(?:{_TIME_UNITS})\b", re.IGNORECASE)


_PER = (
    r"(?:\s+(?:(?:a|an|per|each|every|pro|am|je|jede[nrs]?|in der)\s+(?:\w+\s+)?"
    r"(?:day|week|month|quarter|shift|hour|year|evening|visit|call|meeting|lesson|report|person|"
    r"Tag|Woche|Monat|Quartal|Schicht|Stunde|Jahr|Abend)\b|(?:daily|weekly|monthly)\b))?"
)


_SHARE = re.compile(
    rf"(?P<n>{NUMBER})\s+(?:out\s+of|of|in|von|aus)\s+(?:the\s+|her\s+|his\s+|their\s+|our\s+|my\s+|every\s+|last\s+|den\s+)*"
    rf"(?P<of>{NUMBER})\b(?P<unit>(?:\s+[^\W\d_][\w-]*)?)",
    re.IGNORECASE,
)


_OUT_OF = re.compile(
    rf"\bout\s+of\s+(?:the\s+|her\s+|his\s+|their\s+)?(?P<of>{NUMBER})(?P<unit>\s+[^\W\d_][\w-]*)\s*,?\s+(?P<n>{NUMBER})\b",
    re.IGNORECASE,
)


_PERCENT = re.compile(rf"(?P<n>{NUMBER})\s*(?:%|per\s?cent\b|percent\b|Prozent\b)", re.IGNORECASE)


_PART = re.compile(
    r"\b(?P<part>half|a third|one third|two thirds|a quarter|one quarter|three quarters|"
    r"die Hälfte|ein Drittel|ein Viertel)"
    r"\s+(?:of|der|des|von|aller|all)\b",
    re.IGNORECASE,
)


_PARTS = {"half": 50, "a third": 33, "one third": 33, "two thirds": 67, "a quarter": 25, "one quarter": 25,
          "three quarters": 75, "die hälfte": 50, "ein drittel": 33, "ein viertel": 25}  # fmt: skip


_MONEY = re.compile(
    rf"(?P<unit>[$€£])\s?(?P<n>{NUMBER})|"
    rf"(?P<n2>{NUMBER})\s?(?P<unit2>€|EUR\b|USD\b|Euro\b|dollars\b|euros\b|pounds\b)",
    re.IGNORECASE,
)


_AMOUNT = re.compile(
    rf"(?P<n>{NUMBER})[\s-]+(?P<unit>(?:{_TIME_UNITS})\b{_PER}|[^\W\d_][\w-]*(?:\s+(?:of|von)\s+[^\W\d_][\w-]*)?{_PER})",
    re.IGNORECASE,
)


_TIMES = re.compile(rf"\b(?P<n>twice|thrice|zweimal|dreimal|viermal)(?P<unit>{_PER})", re.IGNORECASE)


_ORIGIN = re.compile(
    r"\b(?:for|since|seit|in|within|after|before|next|past|last|previous|letzten?|vor|nach|über|first|ersten|until|by|"
    r"team of|group of|crew of|staff of|class of|department of|Team von|aged?|level|year|grade|version|phase|"
    r"leads|leading|manages|managing|supervises|every|step|room|line|shift|stage|Stufe|Klasse|Version|Phase|iso|top|number|no\.?|nr\.?)\s+(?:about\s+|the\s+|over\s+|almost\s+|only\s+|den\s+|die\s+|rund\s+)*$",
    re.IGNORECASE,
)


_AGO = re.compile(
    r"^\s*(?:years?|months?|weeks?|days?|hours?)\s+(?:ago|before|later|old|of experience|into)\b|"
    r"^-year|^\s+Jahre?n?\b",
    re.IGNORECASE,
)


_NO_UNIT = word_list("no_units")


RANGE = re.compile(
    rf"\b(?:from|von)\s+(?P<n>{NUMBER})"
    rf"(?P<unit>\s?%|\s+(?:out\s+)?(?:of|von|in)\s+{NUMBER}|\s+[^\W\d_][\w-]*)??\s+"
    rf"(?:to|down to|up to|auf|bis)\s+(?:about\s+|under\s+|at least\s+|unter\s+)?(?P<n2>{NUMBER})"
    rf"(?P<unit2>\s?%|\s+(?:out\s+)?(?:of|von|in)\s+{NUMBER}|\s+[^\W\d_][\w-]*)?",
    re.IGNORECASE,
)


TODAY = re.compile(
    r"\b(?:today|currently|now|at present|so far|heute|derzeit|bisher|zurzeit|aktuell)\b", re.IGNORECASE
)


_MONTH_AFTER = re.compile(
    r"\blast\s+(week|month|quarter|year)\b|\bletzte[nrs]?\s+(Woche|Monat|Quartal|Jahr)\b", re.IGNORECASE
)


def range_in(text: str) -> tuple[str, str, str] | None:
    """Return (from, to, unit) of "from 25 to 15 minutes" as decimal strings, or None."""
    match = RANGE.search(text)
    if match is None:
        return None
    low, high = read_number(match["n"]), read_number(match["n2"])
    if low is None or high is None or low == high or (match["n"].isdigit() and 1900 <= low <= 2100):
        return None
    unit = (match["unit2"] or match["unit"] or "").strip()
    return as_decimal_text(low), as_decimal_text(high), "" if unit.lower() in _NO_UNIT else unit


def fact_of(question: str, clause: str) -> Fact | None:
    """Return the measured fact of a clause of the answer to `question`, or None."""
    if (span := RANGE.search(clause)) and (found := range_in(clause)):
        unit = re.sub(r"^(?:out of|of|von|in)\s+\S+\s*", "", found[2])
        whole = re.match(rf"(?:out\s+of|of|von|in)\s+({NUMBER})", found[2], re.IGNORECASE)
        of = read_number(whole[1]) if whole else None
        # In a goal the first number is where it starts; in a report of what happened, the second is today.
        number = "n" if question in WANTED_IN else "n2"
        return _make(
            question, clause, span[number], as_decimal_text(of) if of else None, unit, span.span(number)
        )
    for read in (_out_of, _share, _percent, _part, _money, _times, _amount):
        fact = read(question, clause)
        if fact is not None:
            return fact
    return None


def _make(
    question: str, clause: str, number: str, of: str | None, unit: str, span: tuple[int, int]
) -> Fact | None:
    value = read_number(number)
    if value is None or value >= Decimal(10) ** 12 or value < 0:
        return None
    text, shift = _shortened(clause, span)
    return Fact(
        question, text, as_decimal_text(value), of, " ".join(unit.split()), span[0] - shift, span[1] - shift
    )


def _shortened(clause: str, span: tuple[int, int]) -> tuple[str, int]:
    """Cut a long clause at word ends around the number, keeping the number inside."""
    if len(clause) <= LONGEST_FACT:
        return clause, 0
    start = max(0, min(span[0] - 50, len(clause) - LONGEST_FACT))
    if start:
        start = clause.find(" ", start, span[0]) + 1 or span[0]
    piece = clause[start : start + LONGEST_FACT]
    if start + LONGEST_FACT < len(clause) and " " in piece[span[1] - start :]:
        piece = piece[: piece.rfind(" ")]
    return piece, start


def _out_of(question: str, clause: str) -> Fact | None:
    match = _OUT_OF.search(clause)
    whole = read_number(match["of"]) if match else None
    if match is None or whole is None or not 2 <= whole <= 10**6 or (read_number(match["n"]) or 0) > whole:
        return None
    return _make(question, clause, match["n"], as_decimal_text(whole), match["unit"], match.span("n"))


def _share(question: str, clause: str) -> Fact | None:
    for match in _SHARE.finditer(clause):
        part, whole = read_number(match["n"]), read_number(match["of"])
        if part is None or whole is None or not 0 <= part <= whole or whole > 10**6 or whole < 2:
            continue
        after = match["unit"].strip()
        unit = "" if after.lower() in _NO_UNIT or _is_verb(after) else after
        end = match.end("unit") if unit else match.end("of")
        if _TIME_UNIT.match(unit) and _ORIGIN.search(clause[: match.start()]):
            continue
        return _make(question, clause, match["n"], as_decimal_text(whole), unit, (match.start(), end))
    return None


def _percent(question: str, clause: str) -> Fact | None:
    match = _PERCENT.search(clause)
    return _make(question, clause, match["n"], None, "%", match.span()) if match else None


def _part(question: str, clause: str) -> Fact | None:
    match = _PART.search(clause)
    if match is None:
        return None
    value = str(_PARTS[match["part"].lower()])
    text, shift = _shortened(clause, match.span("part"))
    start, end = match.span("part")
    return Fact(question, text, value, None, "%", start - shift, end - shift, derived=True)


def _money(question: str, clause: str) -> Fact | None:
    match = _MONEY.search(clause)
    if match is None:
        return None
    return _make(
        question, clause, match["n"] or match["n2"], None, match["unit"] or match["unit2"], match.span()
    )


def _times(question: str, clause: str) -> Fact | None:
    match = _TIMES.search(clause)
    if match is None:
        return None
    return _make(question, clause, match["n"], None, f"times{match['unit']}", match.span())


def _amount(question: str, clause: str) -> Fact | None:
    for match in _AMOUNT.finditer(clause):
        before, number, unit = clause[: match.start()], match["n"], match["unit"]
        first = unit.split()[0].lower()
        value = read_number(number)
        if value is None or first in _NO_UNIT or _is_name(clause, match.start(), match.end("n")):
            continue
        if _ORIGIN.search(before) or _AGO.match(clause[match.end("n") :]):
            continue
        if number.lower() in ("one", "eins") or (number.isdigit() and 1900 <= value <= 2100):
            continue
        if (
            (period := _MONTH_AFTER.search(clause))
            and not _TIME_UNIT.match(unit)
            and " a " not in f" {unit} "
        ):
            german = period[1] is None
            unit = f"{unit} pro {period[2]}" if german else f"{unit} a {period[1].lower()}"
        return _make(question, clause, number, None, unit, (match.start(), match.end("n")))
    return None


_VERBS = word_list("verbs_after_numbers")


def _is_verb(word: str) -> bool:
    return word.lower() in _VERBS or (word.endswith("ed") and len(word) > 4)


def _is_name(clause: str, start: int, end: int) -> bool:
    """Say whether the number is part of a name or an expression: "24/7", "v2", "3-4", "Q3", "10:30"."""
    around = clause[max(0, start - 1) : start] + clause[end : end + 1]
    return any(sign in around for sign in ":/#_@")
