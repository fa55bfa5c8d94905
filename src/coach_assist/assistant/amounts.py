"""Reading an amount with its unit: "31 harsh brakes per 100 km", "58 hours a month", "nine times", "€900"."""

from __future__ import annotations

import re
from decimal import Decimal

from coach_assist.assistant.fact import TIME_UNIT, TIME_UNITS, Fact, make_fact
from coach_assist.assistant.language import language_of
from coach_assist.assistant.lexicon import word_list, word_pattern
from coach_assist.assistant.numbers import NUMBER, read_number

_NO_UNIT = word_list("no_units")
_VERBS = word_list("verbs_after_numbers")
_BASE_VERBS = word_list("base_verbs")
_MASS = word_list("counted_without_s")
_MOST_WORDS = 4

_PER = (
    r"(?:\s+(?:(?:a|an|each|every|am|jede[nrs]?|in der)\s+(?:working\s+)?"
    r"(?:day|week|month|quarter|shift|hour|year|evening|morning|night|visit|call|meeting|lesson|report|person|"
    r"session|sprint|round|Tag|Woche|Monat|Quartal|Schicht|Stunde|Jahr|Abend)\b|"
    r"(?:per|pro|je)\s+(?:[0-9]+\s+)?[^\W\d_][\w-]*|(?:daily|weekly|monthly)\b))?"
)
_AMOUNT = re.compile(rf"(?P<n>{NUMBER})(?P<gap>[\s-]+)(?P<rest>[^\W\d_][^.;:!?()]*)", re.IGNORECASE)
_TIME = re.compile(rf"^(?:{TIME_UNITS})\b(?!-)", re.IGNORECASE)
_PER_AT = re.compile(_PER, re.IGNORECASE)
_OF = re.compile(r"\s+(?:of|von)\s+[^\W\d_][\w-]*")
_MONEY = re.compile(
    rf"(?P<unit>[$€£])\s?(?P<n>{NUMBER})|"
    rf"(?P<n2>{NUMBER})\s?(?P<unit2>€|EUR\b|USD\b|GBP\b|CHF\b|Euro\b|dollars\b|euros\b|pounds\b)",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"\b(?:(?P<n>once|twice|thrice|einmal|zweimal|dreimal|viermal|fünfmal|sechsmal)(?P<unit>{_PER})|"
    rf"(?P<n2>{NUMBER})[\s-]*(?:times|mal)\b(?P<unit2>{_PER}))"
    r"(?!\s+(?:as|more|less|faster|longer|higher|the|so|mehr)\b)",
    re.IGNORECASE,
)
_GERMAN_TIMES = {"fünfmal": 5, "sechsmal": 6}
_LEVEL = re.compile(
    rf"\b(?:up|down)\s+from\s+(?P<n0>{NUMBER})(?!\s*(?:%|[/:]|to\b|[^\W\d_]))|"
    r"\b(?:scores?|ratings?|rating|NPS|CSAT|index|average|median|backlog|rate|Wert|Note|Schnitt)\s+"
    r"(?:(?:is|was|of|at|stands\s+at|is\s+at|lies\s+at|ist|liegt\s+bei|bei|von)\s+)?(?:about\s+|only\s+|nur\s+)?"
    rf"(?P<n>{NUMBER})(?!\s*(?:%|[/:]|[^\W\d_]))",
    re.IGNORECASE,
)
_HALVES = re.compile(
    rf"\b(?P<n>an?|{NUMBER})\s+(?P<unit>hours?|days?|weeks?|months?|minutes?)\s+and\s+a\s+half{_PER}|"
    rf"(?P<n2>{NUMBER})\s+and\s+a\s+half\s+(?P<unit2>hours?|days?|weeks?|months?|minutes?)|"
    r"\b(?P<n3>anderthalb|eineinhalb)\s+(?P<unit3>Stunden|Tage|Wochen|Monate)",
    re.IGNORECASE,
)
_PART_OF_HOUR = re.compile(
    r"\b(?:(?P<half>half\s+an\s+hour|eine\s+halbe\s+Stunde|einer\s+halben\s+Stunde)|"
    r"(?P<quarter>a\s+quarter\s+of\s+an\s+hour|eine\s+Viertelstunde|einer\s+Viertelstunde)|"
    r"(?P<three>three\s+quarters\s+of\s+an\s+hour|eine\s+Dreiviertelstunde)|"
    r"(?P<whole>(?:over|about|almost|nearly|takes|take|took|full|lasts|rund|etwa|dauert)\s+(?:an\s+hour|eine\s+Stunde)))\b",
    re.IGNORECASE,
)
_AVERAGE = re.compile(
    r"\b(?:on average|average|usually|typically|mostly|im Schnitt|durchschnittlich|im Mittel|meistens?)\b",
    re.IGNORECASE,
)
_ANSWERING = word_pattern("answering")
_LASTING = word_pattern("lasting")

_ORIGIN = re.compile(
    r"\b(?:since|seit|in|within|"
    r"after|before|next|past|(?<!s )last|previous|letzten?|vor|nach|first|ersten|until|"
    r"by|for|"
    r"(?:over|über)\s+(?:the|den|die)\s+(?:last|past|next|letzten|nächsten)|"
    r"team of|group of|crew of|staff of|class of|department of|Team von|aged?|level|year|grade|version|phase|"
    r"leads|leading|manages|managing|supervises|runs a team of|every|step|room|line|shift|"
    r"stage|route|bus|ward|"
    r"Stufe|Klasse|Version|Phase|Station|Linie|iso|top|number|no\.?|nr\.?|the|die|these|those)\s+"
    r"(?:about\s+|the\s+|almost\s+|only\s+|den\s+|die\s+|rund\s+|another\s+)*$",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"^\s*(?:years?|months?|weeks?|days?|hours?)\s+(?:ago|before|later|old|of experience|into)\b|"
    r"^-year|^\s+Jahre?n?\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:last|this)\s+(week|month|quarter|year)\b|\b(?:letzte[nrs]?|diese[nrs]?)\s+(Woche|Monat|Quartal|Jahr)\b",
    re.IGNORECASE,
)
_LATE_BY = re.compile(
    r"\b(?:late|over|behind|early|short|overr\w+|exceed\w*|delayed?|slip\w*)\s+by\s+(?:about\s+|up\s+to\s+)?$",
    re.I,
)


def amount_of(question: str, clause: str) -> Fact | None:
    """Return the first amount that `clause` states, or None."""
    for read in (_money, _halves, _times, _amount, _part_of_hour, _level):
        fact = read(question, clause)
        if fact is not None:
            return fact
    return None


def _money(question: str, clause: str) -> Fact | None:
    match = _MONEY.search(clause)
    if match is None:
        return None
    return make_fact(
        question, clause, match["n"] or match["n2"], None, match["unit"] or match["unit2"], match.span()
    )


def _halves(question: str, clause: str) -> Fact | None:
    match = _HALVES.search(clause)
    if match is None:
        return None
    if match["n3"]:
        number: Decimal | None = Decimal(1)
    else:
        text = match["n"] or match["n2"]
        number = Decimal(1) if text.lower() in ("a", "an") else read_number(text)
    unit = match["unit"] or match["unit2"] or match["unit3"]
    if number is None or _ORIGIN.search(clause[: match.start()]):
        return None
    if not unit.endswith(("s", "n", "e")):
        unit += "s"
    per = re.search(rf"{_PER}$", match[0], re.IGNORECASE)
    unit += per[0] if per and match["n"] else ""
    return make_fact(question, clause, number + Decimal("0.5"), None, unit, match.span(), derived=True)


def _part_of_hour(question: str, clause: str) -> Fact | None:
    match = _PART_OF_HOUR.search(clause)
    if match is None or re.search(
        r"\b(?:in|within|for|every|half)\s+(?:the\s+)?$", clause[: match.start()], re.I
    ):
        return None
    minutes = {"half": 30, "quarter": 15, "three": 45, "whole": 60}[match.lastgroup or "whole"]
    unit = "Minuten" if "unde" in match[0] else "minutes"
    return make_fact(question, clause, Decimal(minutes), None, unit, match.span(), derived=True)


def _times(question: str, clause: str) -> Fact | None:
    match = _TIMES.search(clause)
    if match is None:
        return None
    word = match["n"] or match["n2"]
    per = match["unit"] if match["n"] else match["unit2"]
    if word.lower() in ("once", "einmal") and not per:
        return None
    if word.lower() in ("one", "eins") or _is_name(clause, match.start(), match.start() + len(word)):
        return None
    number: str | Decimal = Decimal(_GERMAN_TIMES[word.lower()]) if word.lower() in _GERMAN_TIMES else word
    times = "Mal" if re.search(r"mal\b", match[0], re.IGNORECASE) else "times"
    return make_fact(question, clause, number, None, f"{times}{per or ''}", match.span())


def _level(question: str, clause: str) -> Fact | None:
    match = _LEVEL.search(clause)
    if match is None:
        return None
    name = "n0" if match["n0"] else "n"
    return make_fact(question, clause, match[name], None, "", match.span(name))


def _amount(question: str, clause: str) -> Fact | None:
    position = 0
    while match := _AMOUNT.search(clause, position):
        position = match.end("n")
        before, number, rest = clause[: match.start()], match["n"], match["rest"]
        value = read_number(number)
        if (
            value is None
            or number.lower() in ("one", "eins")
            or _is_name(clause, match.start(), match.end("n"))
        ):
            continue
        if (number.isdigit() and 1900 <= value <= 2100) or _AGO.match(clause[match.end("n") :]):
            continue
        unit = _unit_of(rest, clause)
        if (
            not unit
            or unit == "direct reports"
            or (_ORIGIN.search(before) and not _measures(before, rest, unit))
        ):
            continue
        return make_fact(
            question, clause, number, None, _with_period(unit, clause), (match.start(), match.end("n"))
        )
    return None


def _measures(before: str, rest: str, unit: str) -> bool:
    """Say whether a number after "in", "after", "for" or "by" is measured all the same."""
    if not TIME_UNIT.match(unit):
        return False
    around = f"{before} {rest}"
    last = before.split()[-1].lower() if before.split() else ""
    if (
        last in ("about", "the", "almost", "only", "rund", "den", "die", "another")
        and len(before.split()) > 1
    ):
        last = before.split()[-2].lower()
    if last in ("in", "within", "after", "nach"):
        return bool(_AVERAGE.search(around) or _ANSWERING.search(before))
    if last == "for":
        return bool(re.match(r"(?:sec|min|hour|hr)", unit, re.I)) and bool(_LASTING.search(before))
    return bool(_LATE_BY.search(before))


def _unit_of(rest: str, clause: str) -> str:
    """Return what a number counts: "minutes", "harsh brakes per 100 km"; "" where it counts nothing."""
    if time := _TIME.match(rest):
        return time[0] + (_PER_AT.match(rest[time.end() :]) or [""])[0]
    german = language_of([clause]) == "de"
    end = 0
    words = list(re.finditer(r"[^\W\d_][\w'’-]*(?=(,?))", rest))[: _MOST_WORDS + 1]
    for count, word in enumerate(words[:_MOST_WORDS]):
        text = word[0]
        after = words[count + 1][0] if count + 1 < len(words) else ""
        if (count and rest[end : word.start()].strip()) or _ends(text, after):
            break
        end = word.end()
        if _is_plural(text) or (german and text[:1].isupper()):
            tail = rest[end:]
            of = _OF.match(tail)
            if of and not re.search(r"\b(?:the|her|his|their|our|my|these|those|which|whom)$", of[0]):
                end += of.end()
            return rest[:end] + (_PER_AT.match(rest[end:]) or [""])[0]
        if word[1]:
            break
    return ""


def _ends(word: str, after: str) -> bool:
    """Say whether a word cannot belong to what is counted: "3 open tickets" are, "two open" is nothing."""
    lower = word.lower()
    if lower in _NO_UNIT or lower in _VERBS:
        return True
    return (lower in _BASE_VERBS or (lower.endswith("ed") and len(lower) > 4)) and not _is_plural(after)


def _is_plural(word: str) -> bool:
    lower = word.lower()
    return lower in _MASS or (
        len(lower) > 3 and lower.endswith("s") and not lower.endswith(("ss", "us", "is", "'s", "’s"))
    )


def _with_period(unit: str, clause: str) -> str:
    """Add the period in which it was counted: "3 runs last month" are 3 a month."""
    if (
        TIME_UNIT.match(unit)
        or _AVERAGE.search(clause)
        or re.search(r"\s(?:per|pro|je|each|every|a|an)\s", f" {unit} ")
    ):
        return unit
    period = _PERIOD.search(clause)
    if period is None:
        return unit
    return f"{unit} pro {period[2]}" if period[1] is None else f"{unit} a {period[1].lower()}"


def _is_name(clause: str, start: int, end: int) -> bool:
    """Say whether the number is part of a name or an expression: "24/7", "v2", "Q3", "10:30", "2-3 pm"."""
    around = clause[max(0, start - 1) : start] + clause[end : end + 1]
    return any(sign in around for sign in ":/#_@")
