"""Reading a part of a whole: "4 of 10", "of 120 patients 54 came", "every third call", "70 %", "half of"."""

from __future__ import annotations

import re
from decimal import Decimal

from coach_assist.assistant.fact import TIME_UNIT, Fact, make_fact
from coach_assist.assistant.lexicon import word_list
from coach_assist.assistant.numbers import NUMBER, as_decimal_text, read_number

_NO_UNIT = word_list("no_units")
_VERBS = word_list("verbs_after_numbers")
_THE = (
    r"(?:the\s+|her\s+|his\s+|their\s+|our\s+|my\s+|every\s+|last\s+|all\s+|these\s+|those\s+|den\s+|der\s+|"
    r"letzten\s+|seinen\s+|ihren\s+)*"
)

_SHARE = re.compile(
    rf"(?P<n>{NUMBER})(?:\s+[^\W\d_]+)?\s+(?:out\s+of|of|in|von|aus)\s+{_THE}"
    rf"(?P<of>{NUMBER})\b(?P<unit>(?:\s+[^\W\d_][\w-]*)?)",
    re.IGNORECASE,
)
_SLASH = re.compile(
    rf"(?P<n>{NUMBER})\s?/\s?(?P<of>[0-9]+(?:[.,][0-9]+)?)(?![/0-9])(?P<unit>(?:\s+[^\W\d_][\w-]*)?)"
)
_SCORED = re.compile(
    r"\b(?:scor\w*|rat\w*|survey|points?|mark\w*|stars?|Note|Bewertung|Punkt\w*)\b", re.IGNORECASE
)
_OUT_OF = re.compile(
    rf"\b(?:out\s+of|of|von)\s+{_THE}(?P<of>{NUMBER})(?P<unit>\s+[^\W\d_][\w-]*)"
    rf"(?:(?:[^.;:0-9]|(?<=[A-Z])[0-9]){{0,60}}?,\s*|[^.;:,0-9]{{0,50}}?\(\s*(?:\w+\s+){{0,3}}|\s+)"
    rf"(?:only\s+|just\s+|about\s+|nur\s+|that\s+is\s+)?(?P<n>{NUMBER})\b",
    re.IGNORECASE,
)
_COUNTED_OF = re.compile(
    rf"\b(?:out\s+of|of|von)\s+{_THE}(?P<of>{NUMBER})(?P<unit>\s+[^\W\d_][\w-]*)[^.;:0-9]{{0,50}}?"
    rf"\(\s*(?:[^\W\d_]+\s+){{0,3}}(?P<n>{NUMBER})\b",
    re.IGNORECASE,
)
_EVERY = re.compile(
    r"\b(?:every|each|jede[rsn]?)\s+(?P<nth>second|other|third|fourth|fifth|tenth|zweite|dritte|vierte|fünfte|zehnte)[rsn]?"
    r"\s+(?P<unit>[^\W\d_][\w-]*)",
    re.IGNORECASE,
)
_NTH = {"second": 2, "other": 2, "third": 3, "fourth": 4, "fifth": 5, "tenth": 10, "zweite": 2, "dritte": 3,
        "vierte": 4, "fünfte": 5, "zehnte": 10}  # fmt: skip
_NONE_OF = re.compile(
    rf"\b(?P<n>none\s+of|keine[rs]?\s+(?:von|der))\s+{_THE}(?P<of>{NUMBER})(?P<unit>\s+[^\W\d_][\w-]*)?",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"(?P<n>{NUMBER})\s*(?:%|per\s?cent\b|percent\b|Prozent\b)", re.IGNORECASE)
_PART = re.compile(
    r"\b(?P<part>half|a third|one third|one-third|two[\s-]thirds|a quarter|one quarter|three[\s-]quarters|"
    r"a fifth|die Hälfte|ein Drittel|zwei Drittel|ein Viertel|ein Fünftel)"
    r"\s+(?:of|the|her|his|their|our|my|all|der|des|von|aller|seiner|ihrer)\b(?!\s+(?:an?|hour|day|time)\b)",
    re.IGNORECASE,
)
_PARTS = {"half": 50, "a third": 33, "one third": 33, "two thirds": 67, "a quarter": 25, "one quarter": 25,
          "three quarters": 75, "a fifth": 20, "die hälfte": 50, "ein drittel": 33, "zwei drittel": 67,
          "ein viertel": 25, "ein fünftel": 20}  # fmt: skip
_SPAN_BEFORE = re.compile(
    r"\b(?:for|in|within|after|since|seit|über|last|past|next)\s+(?:the\s+)?$", re.IGNORECASE
)


def share_of(question: str, clause: str) -> Fact | None:
    """Return the first part of a whole that `clause` states, or None."""
    for read in (_counted, _out_of, _none_of, _share, _slash, _percent, _part, _every):
        fact = read(question, clause)
        if fact is not None:
            return fact
    return None


def _unit(text: str | None) -> str:
    word = (text or "").strip()
    return "" if word.lower() in _NO_UNIT or _is_verb(word) else word


def _fits(part: Decimal | None, whole: Decimal | None) -> bool:
    return part is not None and whole is not None and 0 <= part <= whole and 2 <= whole <= 10**6


def _counted(question: str, clause: str) -> Fact | None:
    return _inverted(question, clause, _COUNTED_OF)


def _out_of(question: str, clause: str) -> Fact | None:
    return _inverted(question, clause, _OUT_OF)


def _inverted(question: str, clause: str, pattern: re.Pattern[str]) -> Fact | None:
    match = pattern.search(clause)
    whole = read_number(match["of"]) if match else None
    if match is None or whole is None or not _fits(read_number(match["n"]), whole):
        return None
    if TIME_UNIT.match(match["unit"].strip()) or re.search(
        rf"{NUMBER}\s*(?:[^\W\d_]+\s+)?(?:out\s+)?$", clause[: match.start()], re.I
    ):
        return None  # "3 of 10 calls take 5 minutes" is read from its beginning
    after = clause[match.end("n") :]
    if TIME_UNIT.match(after.strip()) or re.match(r"\s?(?:%|[:/-])", after):
        return None
    return make_fact(
        question, clause, match["n"], as_decimal_text(whole), _unit(match["unit"]), match.span("n")
    )


def _none_of(question: str, clause: str) -> Fact | None:
    match = _NONE_OF.search(clause)
    whole = read_number(match["of"]) if match else None
    if match is None or whole is None or not _fits(Decimal(0), whole):
        return None
    return make_fact(
        question,
        clause,
        Decimal(0),
        as_decimal_text(whole),
        _unit(match["unit"]),
        match.span("n"),
        derived=True,
    )


def _share(question: str, clause: str) -> Fact | None:
    for match in _SHARE.finditer(clause):
        part, whole = read_number(match["n"]), read_number(match["of"])
        if part is None or whole is None or not _fits(part, whole):
            continue
        unit = _unit(match["unit"])
        end = match.end("unit") if unit else match.end("of")
        if TIME_UNIT.match(unit) and _SPAN_BEFORE.search(clause[: match.start()]):
            continue
        between = clause[match.end("n") : match.start("of")].split()
        if between and between[0].lower() not in ("out", "of", "in", "von", "aus"):
            if (
                between[0].lower() in _NO_UNIT
                or TIME_UNIT.match(between[0])
                or " in " in f" {' '.join(between)} "
            ):
                continue  # "5 days in 2 weeks" is no share
            unit = unit or _unit(between[0])
        return make_fact(question, clause, match["n"], as_decimal_text(whole), unit, (match.start(), end))
    return None


def _slash(question: str, clause: str) -> Fact | None:
    for match in _SLASH.finditer(clause):
        whole, unit = read_number(match["of"]), _unit(match["unit"])
        if (
            whole is None
            or not _fits(read_number(match["n"]), whole)
            or (match["n"], match["of"]) == ("24", "7")
        ):
            continue
        if re.search(r"[/:.#-]$", clause[: match.start()]) or not (
            unit.endswith("s") or _SCORED.search(clause)
        ):
            continue
        return make_fact(
            question, clause, match["n"], as_decimal_text(whole), unit, (match.start(), match.end("of"))
        )
    return None


def _percent(question: str, clause: str) -> Fact | None:
    match = _PERCENT.search(clause)
    return make_fact(question, clause, match["n"], None, "%", match.span()) if match else None


def _part(question: str, clause: str) -> Fact | None:
    match = _PART.search(clause)
    if match is None:
        return None
    value = Decimal(_PARTS[match["part"].lower().replace("-", " ")])
    return make_fact(question, clause, value, None, "%", match.span("part"), derived=True)


def _every(question: str, clause: str) -> Fact | None:
    match = _EVERY.search(clause)
    if match is None or TIME_UNIT.match(match["unit"]) or _unit(match["unit"]) == "":
        return None
    if re.fullmatch(
        r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|evening|morning|night|time|\w+tag|Mal",
        match["unit"],
        re.I,
    ):
        return None
    whole = str(_NTH[match["nth"].lower()])
    noun = match["unit"]
    if noun[:1].isupper():
        plural = ""  # German: no rule makes the plural
    elif noun.endswith("s"):
        plural = noun
    else:
        plural = f"{noun[:-1]}ies" if re.search(r"[^aeiou]y$", noun) else f"{noun}s"
        plural = f"{noun}es" if re.search(r"(?:x|ch|sh|ss)$", noun) else plural
    return make_fact(question, clause, Decimal(1), whole, plural, match.span("nth"), derived=True)


def _is_verb(word: str) -> bool:
    return word.lower() in _VERBS or (word.endswith("ed") and len(word) > 4)
