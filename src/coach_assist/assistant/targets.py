"""Targets: which way a measured number should move, how far is fair, and targets that the answers name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from coach_assist.assistant.facts import Fact
from coach_assist.assistant.lexicon import word_pattern
from coach_assist.assistant.numbers import NUMBER, as_decimal_text, read_number
from coach_assist.assistant.words import stem, words_of

Better = Literal["less", "more"]
Pace = Literal["modest", "fair", "ambitious"]

_LOSS = word_pattern("loss")
_GAIN = word_pattern("gain")
_NEGATION = re.compile(
    r"\b(?:no|not|never|without|nobody|none|n't|kein\w*|nicht|nie|ohne|niemand)\b|n't\b", re.IGNORECASE
)
_SCARCE = re.compile(r"\b(?:only|just|barely|hardly|merely|nur|kaum|lediglich)\b", re.IGNORECASE)
_TALKING = re.compile(r"\b(?:talks?|speaks?|redet|spricht)\b", re.IGNORECASE)
_WANTS_LESS = word_pattern("wants_less")
_WANTS_MORE = word_pattern("wants_more")
_GIVES_TIME = re.compile(
    r"\b(?:spends?|invests?|practi[cs]es?|trains?|coach\w*|reads?|studies|widmet|übt|lernt)\b", re.IGNORECASE
)
_AIM = re.compile(
    r"\b(?:down\s+to|up\s+to|to|under|below|at\s+least|at\s+most|no\s+more\s+than|less\s+than|fewer\s+than|"
    r"more\s+than|over|reach|within|auf|unter|höchstens|mindestens|maximal|über)\s+"
    rf"(?:about\s+|around\s+|only\s+|rund\s+)?(?P<n>{NUMBER})(?P<rest>\s?%|[^.;,\n]{{0,40}})",
    re.IGNORECASE,
)


def better_way(fact: Fact, goal: str) -> Better | None:
    """Say whether less or more of what `fact` measures is better, by its words; None if they don't tell."""
    text = fact.text
    if _TALKING.search(text) and fact.unit.startswith("%"):
        return "less" if fact.value >= 50 else "more"
    if fact.is_time:
        if _GIVES_TIME.search(text):
            return "more" if _WANTS_MORE.search(goal) else None
        return "less"
    if _SCARCE.search(text) and not _LOSS.search(text[: fact.start]):
        return "more"
    losses, gains = _LOSS.findall(text), _GAIN.findall(text)
    negated = _NEGATION.search(text) is not None
    if losses and not gains:
        return _flipped("less", negated and _negates(text, losses[0]))
    if gains and not losses:
        return "less" if negated else "more"
    if losses and gains:
        return "more" if negated and _negates(text, losses[0]) else None
    if negated:
        return "less"
    if _WANTS_LESS.search(goal) and not _WANTS_MORE.search(goal):
        return "less"
    return None


def _flipped(way: Better, flip: bool) -> Better:
    if not flip:
        return way
    return "more" if way == "less" else "less"


def _negates(text: str, word: str) -> bool:
    """Say whether a negation stands close before `word` ("without errors")."""
    before = text[: text.find(word)]
    return any(len(before[match.end() :].split()) <= 3 for match in _NEGATION.finditer(before))


def target_fault(fact: Fact, better: Better, target: Decimal | None) -> str:
    """Say what is wrong with a target: "" where it moves the right way by a fair step."""
    start, most = fact.value, fact.most
    if target is None:
        return "no number"
    if target == start:
        return "equals the baseline"
    if (target < start) != (better == "less"):
        return "runs the wrong way"
    if target < 0 or (most is not None and target > most):
        return "is out of reach"
    if better == "less":
        if target < start * _furthest(fact) and not (start <= 2 and target >= 0):
            return "jumps too far"
    else:
        room = None if most is None else most - start
        if target > max(start * Decimal("2.5"), start + 3):
            return "jumps too far"
        if room is not None and room > 2 and target - start > room * Decimal("0.8"):
            return "jumps too far"
    if abs(target - start) < start * Decimal("0.08"):
        return "hardly moves"
    return ""


def _furthest(fact: Fact) -> Decimal:
    """Return the part of today's number that is the most that one plan can ask for.

    Four mistakes can become two; 58 hours of work do not become 30.
    """
    if fact.is_time and fact.value >= 20 and not re.match(r"sec|min|Sek|Min", fact.unit):
        return Decimal("0.75")
    if fact.value <= 5:
        return Decimal("0.4")
    return Decimal("0.5") if fact.value <= 12 or fact.most is not None else Decimal("0.55")


_STEP: dict[Pace, tuple[Decimal, Decimal]] = {
    "modest": (Decimal("0.8"), Decimal("1.25")),
    "fair": (Decimal("0.67"), Decimal("1.5")),
    "ambitious": (Decimal("0.5"), Decimal("2")),
}


def fair_target(fact: Fact, better: Better, pace: Pace = "fair") -> Decimal:
    """Return a target a fair step from the baseline, for people to settle: about a third less, half more."""
    start, most = fact.value, fact.most
    whole = start == start.to_integral_value()
    down, up = _STEP[pace]
    if better == "less":
        value = start * (max(down, _furthest(fact)) if pace == "fair" else down)
        if whole:
            # Of few, a third less is one that nobody notices: four become two.
            value = Decimal(int(value)) if start <= 5 else _rounded(value, start)
            value = min(value, start - 1)
            if pace == "ambitious" and start > 2:
                value = min(value, start - 2)
        return max(value.quantize(Decimal(1) if whole else Decimal("0.1")), Decimal(0))
    value = start * up if start else Decimal({"modest": 1, "fair": 2, "ambitious": 3}[pace])
    if whole:
        value = max(_rounded(value, start), start + (1 if pace != "ambitious" else 2))
    if most is not None and most > start:
        cap = start + (most - start) * Decimal("0.7")
        value = min(value, max(_whole(cap), start + 1) if whole else cap, most)
    return value.quantize(Decimal(1) if whole else Decimal("0.1"))


def _whole(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def _rounded(value: Decimal, start: Decimal) -> Decimal:
    """Round as people do: to fives from 20 on, to hundreds from 1,000 on."""
    step = (
        Decimal(100)
        if start >= 1000
        else Decimal(10)
        if start >= 200
        else Decimal(5)
        if start >= 20
        else Decimal(1)
    )
    return _whole(value / step) * step


def named_target(fact: Fact, better: Better | None, texts: Iterable[str]) -> str | None:
    """Return the target that the answers name for what `fact` measures (a decimal string), or None.

    Looked for: "down to 2 days", "under 5 %", "at least 8 of 10", with the fact's own unit; then what the
    answer itself says is usual or planned.
    """
    for text in texts:
        for match in _AIM.finditer(text):
            value = read_number(match["n"])
            if value is None or value == fact.value or not _same_unit(fact, match["rest"]):
                continue
            if better and (value < fact.value) != (better == "less"):
                continue
            return as_decimal_text(value)
    if fact.norm is not None and better and (Decimal(fact.norm) < fact.value) == (better == "less"):
        return fact.norm
    return None


def _same_unit(fact: Fact, rest: str) -> bool:
    words = [word.lower() for word in words_of(rest)][:4]
    if fact.of is not None:
        return bool(re.match(rf"\s+(?:out of|of|in|von)\s+{re.escape(fact.of)}\b", rest))
    if fact.unit.startswith("%"):
        return rest.lstrip().startswith("%") or (bool(words) and words[0].startswith(("percent", "prozent")))
    unit = [stem(word) for word in words_of(fact.unit)]
    return bool(unit) and any(
        stem(word) == unit[0] or stem(word) == unit[min(1, len(unit) - 1)] for word in words[:2]
    )
