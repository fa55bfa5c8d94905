"""Events as end points: by my next review, before my secondment ends, by the time the bakery opens."""

from __future__ import annotations

from coach_assist.checker.date_days import Point
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.time_reading import Reading
from coach_assist.checker.tokens import BREAK, MARK, NUMBER, WORD

_BY, _IN, _WITHIN, _NEXT, _THIS = (
    BIT["by_words"], BIT["in_words"], BIT["within_words"], BIT["next_words"], BIT["this_words"]
)  # fmt: skip
_EVENT, _END, _PERIOD, _UNIT = BIT["event_nouns"], BIT["end_words"], BIT["period_nouns"], BIT["units"]
_EVERY, _INDEFINITE, _CLAUSE, _FINITE = (
    BIT["every_words"], BIT["indefinite_words"], BIT["clause_words"], BIT["finite_words"]
)  # fmt: skip
_DETERMINER, _POSSESSIVE, _ORDINAL = BIT["determiners"], BIT["possessives"], BIT["ordinals"]
_EACH_CASE = BIT["people_nouns"] | BIT["per_item_words"] | BIT["thing_nouns"]
_WHOLE, _THROUGH, _MINE = BIT["whole_stretch_words"], BIT["through_words"], BIT["first_person_words"]
EVENT_FRAMES = _BY | _IN | _WITHIN | _WHOLE | _CLAUSE
"""Bits of the words with which the frame of an event can begin."""
_LONGEST = 7


def read_event(reading: Reading, place: int) -> Point | None:
    """Return the event that begins with the frame at `place`, or None. `point.first` is its first word."""
    return _clause(reading, place) or _named_event(reading, place) or _period(reading, place)


def _named_event(reading: Reading, place: int) -> Point | None:
    """by my next review · before the end of my secondment · until go-live · in my next appraisal."""
    s, tokens = reading.s, reading.tokens
    first = 0 if s.tags(place) & _THROUGH else s.at(place, _BY)
    strong = bool(first)
    if not strong:
        first = s.at(place, _IN)
        if not first or not any(s.tags(near) & _NEXT for near in (first, first + 1)):
            return None
    cursor, anchored = first, False
    for words in range(_LONGEST):
        if cursor >= len(tokens) or s.tags(cursor) & (_EVERY | _INDEFINITE):
            return None
        end, edge = s.at(cursor, _EVENT), s.at(cursor, _END)
        if end and edge <= end and not reading.noun_follows(end) and (anchored or words == 0):
            alone = words == 0 and (not strong or (tokens[cursor].low.endswith("ing") and end == cursor + 1))
            return None if alone or s.tags(cursor) & BIT["months"] else Point("event", first, end, None)
        if edge:
            anchored, cursor = True, edge
            continue
        token = tokens[cursor]
        if token.kind == BREAK or (token.kind == MARK and token.raw not in {"-", "'", "\u2019"}):
            return None
        if token.tags & (_DETERMINER | _NEXT | _THIS | _POSSESSIVE) or token.low.endswith(("'s", "\u2019s")):
            anchored = True
        elif not anchored or token.low.endswith("ing") or token.kind == NUMBER or token.tags & _BY:
            return None
        cursor += 1
    return None


def _clause(reading: Reading, place: int) -> Point | None:
    """by the time the bakery opens · before the month is out: a clause about something that happens once.

    "By the time they leave" is a rule for each case: whoever comes often is no event.
    """
    s, tokens = reading.s, reading.tokens
    first = s.at(place, _CLAUSE)
    always = bool(first)
    first = first or s.at(place, _BY)
    if not first or not s.tags(first) & (_DETERMINER | _POSSESSIVE | BIT["person_words"] | BIT["own_words"]):
        return None
    if s.tags(first) & (_EVERY | _INDEFINITE):
        return None
    for cursor in range(first, min(first + _LONGEST, len(tokens))):
        token = tokens[cursor]
        if token.kind != WORD and token.raw != "-":
            return None
        if cursor > first and token.tags & _FINITE:
            subject = cursor - 1
            unit = bool(s.tags(subject) & _UNIT)
            if not (always or unit) or (s.tags(subject) & _EACH_CASE and not unit):
                return None
            last = cursor + 1
            while last < len(tokens) and tokens[last].kind == WORD and last < cursor + 4:
                last += 1
            point = reading.points.unit(subject) if unit else None
            point = point or Point("event", first, last, None)
            point.first, point.last = first, last
            point.kind = "period" if unit else "event"
            return point
    return None


def _period(reading: Reading, place: int) -> Point | None:
    """during my placement · throughout the trial period · in my first hundred days: it has an end.

    "In their first 90 days" is nobody's end point: every newcomer has them.
    """
    s, tokens = reading.s, reading.tokens
    first = s.at(place, _WITHIN | _WHOLE)
    if not first:
        return None
    cursor = first
    while s.tags(cursor) & (_DETERMINER | _THIS | _NEXT) and not s.tags(cursor) & (_EVERY | _INDEFINITE):
        cursor += 1
    if s.tags(cursor - 1) & _MINE and s.tags(cursor) & _ORDINAL:
        after = cursor + 1
        while after < len(tokens) and (
            tokens[after].kind == NUMBER or s.tags(after) & BIT["number_words"] or s.low(after) == "-"
        ):
            after += 1
        if s.tags(after) & _UNIT and not reading.noun_follows(after + 1):
            return Point("event", first, after + 1, None)
    if not s.at(place, _WHOLE):
        return None
    for start in range(cursor, min(cursor + 3, len(tokens))):
        end = s.at(start, _PERIOD)
        if end and not reading.noun_follows(end):
            return Point("event", first, end, None)
        if tokens[start].kind != WORD or s.tags(start) & (_BY | _IN | _EVERY | _INDEFINITE):
            return None
    return None
