"""Spans that end: within the next 90 days, over six months, 4 weeks from now; and those that only last.

A span such as "within 2 days" is a standard for each case where the sentence speaks of cases (tickets,
calls) and of serving them; then it is no end point.
"""

from __future__ import annotations

from coach_assist.checker import calendar_dates as cal
from coach_assist.checker.date_days import Point
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.time_reading import Reading
from coach_assist.checker.tokens import NUMBER, number_value

_WITHIN, _FOR, _NEXT, _LAST, _FROM_NOW = (
    BIT["within_words"], BIT["for_words"], BIT["next_words"], BIT["last_words"], BIT["from_now_words"]
)  # fmt: skip
_UNIT, _NUMBER_WORD, _ORDINAL, _DETERMINER = (
    BIT["units"], BIT["number_words"], BIT["ordinals"], BIT["determiners"]
)  # fmt: skip
_SERVICE, _PER_ITEM, _EVERY = BIT["service_verbs"], BIT["per_item_words"], BIT["every_words"]
_VERBS = 0
for _kind in (
    "finish_verbs", "make_verbs", "act_verbs", "change_verbs", "reach_verbs", "vague_verbs", "modal_verbs",
):  # fmt: skip
    _VERBS |= BIT[_kind]


def read_span(reading: Reading, place: int) -> int:
    """Read "within the next 90 days", "over six months", "4 weeks from now"; return its end, or 0."""
    s, tokens = reading.s, reading.tokens
    count, unit_place, first_ordinal = _count(reading, place)
    if not unit_place:
        return 0
    unit = s.lexicon.value(tokens[unit_place], _UNIT)
    last = unit_place + 1
    before = place
    upcoming = False
    while before > 0 and (
        s.tags(before - 1) & (_DETERMINER | _NEXT) or s.tags(before - 1) & BIT["about_words"]
    ):
        upcoming = upcoming or bool(s.tags(before - 1) & _NEXT)
        before -= 1
    from_now = s.at(last, _FROM_NOW)
    framed = s.before(before, _WITHIN)
    if not framed and not upcoming and not from_now:
        return 0
    loose = s.tags(before - 1) & BIT["loose_span_words"]
    plain_in = s.low(before - 1) == "in"
    frame = reading.phrase_start(before, _WITHIN) if framed else before
    if (
        s.at(last, BIT["past_span_words"])
        or (first_ordinal and not from_now)
        or s.before(frame, _LAST & ~_WITHIN)
    ):
        return last
    if unit in {"hour", "minute", "second"} or _service(reading, count, unit, frame, last):
        if not s.before(before, _FOR) and not _lasting(reading, frame):
            reading.facts.service = reading.facts.service or (frame, last)
        return last
    reading.facts.claimed.update(range(place, last))
    if _lasting(reading, frame):
        return last
    counted = reading.counts(last) and not s.tags(last) & (_VERBS | _WITHIN)
    if loose and counted and not upcoming:
        return last
    kind = {"sprint": "sprint", "event": "event"}.get(unit, "period")
    point = Point(kind, frame, from_now or last, None)
    if reading.anchor and kind == "period":
        point.day = cal.add_span(reading.anchor, count, unit)
    strength = 3 if not (loose or plain_in) or upcoming else 2
    if strength > reading.best:
        reading.best = strength
        reading.facts.point = point
    return point.last


def _count(reading: Reading, place: int) -> tuple[float, int, bool]:
    """Return (count, place of the unit, whether "first" stands before); place 0 for none."""
    s, tokens = reading.s, reading.tokens
    token = tokens[place]
    if token.kind == NUMBER:
        count = number_value(token.raw)
    elif token.tags & _NUMBER_WORD:
        count = float(s.lexicon.value(token, _NUMBER_WORD) or 1)
    elif token.low in {"a", "an", "half"} and s.before(place, _WITHIN):
        count = 0.5 if token.low == "half" else 1.0
    else:
        return 0, 0, False
    after = place + 1
    if after < len(tokens) and tokens[after].raw in {"-", "\u2013"} and after + 1 < len(tokens):
        joined = tokens[after + 1]
        if joined.kind == NUMBER:  # 6-8 weeks: the longer one
            count, after = number_value(joined.raw), after + 2
        elif joined.tags & _NUMBER_WORD:  # twenty-five days
            count, after = count + float(s.lexicon.value(joined, _NUMBER_WORD) or 0), after + 2
    if s.tags(after) & BIT["range_words"] and after + 1 < len(tokens) and tokens[after + 1].kind == NUMBER:
        count, after = number_value(tokens[after + 1].raw), after + 2
    elif after < len(tokens) and tokens[after].tags & _NUMBER_WORD and s.tags(after + 1) & _UNIT:
        count, after = count * float(s.lexicon.value(tokens[after], _NUMBER_WORD) or 1), after + 1
    if s.low(after) in {"a", "of", "and"} and token.low in {"half", "couple"}:
        after += 1
    if s.tags(after) & BIT["workday_words"]:
        after += 1
    if not s.tags(after) & _UNIT:
        return 0, 0, False
    ordinal = bool(s.tags(place - 1) & _ORDINAL)
    return count, after, ordinal


def _lasting(reading: Reading, place: int) -> bool:
    """Whether the span says how long something has gone on."""
    return any(reading.s.tags(back) & BIT["lasting_words"] for back in range(max(place - 6, 1), place))


def _service(reading: Reading, count: float, unit: str, first: int, last: int) -> bool:
    """Whether "within 2 days" is a standard for each case rather than an end point."""
    if unit not in {"day", "week"} or count * (7 if unit == "week" else 1) > 31:
        return False
    if any(reading.s.tags(place) & _NEXT for place in range(first, last)):
        return False
    if (
        any(reading.s.low(place) in {"business", "working", "school"} for place in range(first, last))
        and count <= 5
    ):
        return True
    around = reading.tokens[max(first - 40, 0) : first] + reading.tokens[last : last + 20]
    per_item = any(token.tags & _PER_ITEM for token in around)
    service = any(token.tags & _SERVICE for token in around)
    universal = any(token.tags & (BIT["universals"] | _EVERY) and token.tags & _PER_ITEM for token in around)
    days = count * (7 if unit == "week" else 1)
    people = any(token.tags & BIT["people_nouns"] for token in reading.tokens[:3])
    if people and days <= 14 and not any(token.tags & _VERBS for token in reading.tokens[:1]):
        return True  # "new hires make a first commit within 3 days": each of them has that time
    return (
        (per_item and service)
        or (universal and days <= 14)
        or reading.s.at(last, _PER_ITEM) > 0
        or (service and days <= 3)
    )
