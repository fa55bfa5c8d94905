"""Is there an end point, and on which day: a grammar of the frames around a point in time.

First every point and span is read (date_points.py), then the words before and after it decide: "by" and
"until" make an end point, "since" and "from" do not, "every" makes a rhythm, a noun right after makes it
an adjective ("the Q3 report"). The clock is never read: `anchor` comes from the caller.
"""

from __future__ import annotations

from datetime import date

from coach_assist.checker import calendar_dates as cal
from coach_assist.checker.date_days import Point
from coach_assist.checker.date_points import DatePoints
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.reports import Deadline
from coach_assist.checker.sentence import Sentence
from coach_assist.checker.settings import Settings
from coach_assist.checker.tokens import BREAK, MARK, NUMBER, WORD, number_value

_BY, _IN, _WITHIN, _FOR = BIT["by_words"], BIT["in_words"], BIT["within_words"], BIT["for_words"]
_UNIT, _NUMBER_WORD, _NEXT, _THIS, _LAST = (
    BIT["units"], BIT["number_words"], BIT["next_words"], BIT["this_words"], BIT["last_words"]
)  # fmt: skip
_EVERY, _START, _RELATIVE, _EVENT = (
    BIT["every_words"],
    BIT["start_only_words"],
    BIT["relative_words"],
    BIT["event_nouns"],
)
_DETERMINER, _POSSESSIVE, _STOP, _ORDINAL = (
    BIT["determiners"], BIT["possessives"], BIT["stop_words"], BIT["ordinals"]
)  # fmt: skip
_SERVICE, _PER_ITEM, _FROM_NOW, _FROM = (
    BIT["service_verbs"], BIT["per_item_words"], BIT["from_now_words"], BIT["from_words"]
)  # fmt: skip
_END = BIT["end_words"]
_SPLIT = _DETERMINER & ~0
_OPENERS = frozenset({"(", "[", ",", ":", "|", ";", "\u2013", "\u2014", "/", "-"})
_CLOSERS = frozenset({")", "]", ",", ":", ";", "|", ".", "!", "?", "\u2013", "\u2014", "-", "&"})
_BUSINESS = frozenset(
    {"business", "working", "calendar", "consecutive", "full", "school", "work", "further", "more"}
)
_RANK = {"strong": 2, "weak": 1}


class TimeFacts:
    """What a text says about time: the end point, and what only looks like one. Spans are token places."""

    __slots__ = (
        "cadence",
        "claimed",
        "end",
        "horizon",
        "impossible",
        "past_end",
        "point",
        "service",
        "start_only",
    )

    def __init__(self) -> None:
        self.point: Point | None = None
        """The end point."""
        self.end: Deadline | None = None
        self.claimed: set[int] = set()
        """Tokens that belong to a date, period or rhythm: their numbers are no measure."""
        self.impossible: Point | None = None
        self.service: tuple[int, int] | None = None
        self.cadence: tuple[int, int] | None = None
        self.start_only: tuple[int, int] | None = None
        self.horizon: tuple[int, int] | None = None


class _Frames:
    """One reading of a sentence's points and spans."""

    def __init__(self, sentence: Sentence, anchor: date | None, settings: Settings) -> None:
        self.s = sentence
        self.tokens = sentence.tokens
        self.anchor = anchor
        self.points = DatePoints(sentence, anchor, settings)
        self.facts = TimeFacts()
        self.best = 0

    def run(self) -> TimeFacts:
        facts = self.facts
        place = 0
        tokens = self.tokens
        while place < len(tokens):
            point = self._event(place) or self.points.read(place) or self._bare(place)
            if point and point.last > place:
                self._judge(point)
                place = point.last
                continue
            last = self._span(place)
            place = max(last, place + 1)
        for kind, bit in (("cadence", BIT["cadence_words"]), ("horizon", BIT["horizon_phrases"])):
            found = next(self.s.spans(bit), None)
            if found and getattr(facts, kind) is None:
                setattr(facts, kind, found)
        if facts.point:
            start, end = self.s.offsets(facts.point.first, facts.point.last)
            facts.end = Deadline(facts.point.kind, facts.point.day, start, end, facts.point.ambiguous)
        return facts

    # ---- points

    def _judge(self, point: Point) -> None:
        """Decide by the words around a point whether it is an end point."""
        s, first, last = self.s, point.first, point.last
        claimed = self.facts.claimed
        strength, start = self._frame(point)
        if point.kind != "year" or strength or not self._counts(last):
            claimed.update(range(first, last))
        if point.impossible and strength:
            self.facts.impossible = self.facts.impossible or point
            return
        if strength == 0 and s.before(start, _START) and point.kind not in {"year", "event"}:
            self.facts.start_only = self.facts.start_only or (start - 1, last)
        if strength > self.best or (strength == self.best > 0 and self._later(point)):
            self.best = strength
            point.first = start
            self.facts.point = point

    def _between(self, place: int) -> bool:
        """Whether the word before `place` is the "and" of "between April and June"."""
        if not self.s.tags(place - 1) & BIT["and_words"]:
            return False
        return any(
            self.s.low(back) in {"between", "zwischen"} for back in range(max(place - 7, 0), place - 1)
        )

    def _later(self, point: Point) -> bool:
        now = self.facts.point
        return bool(now and now.day and point.day and point.day > now.day and self.best > 1)

    def _counts(self, last: int) -> bool:
        """Say whether a number that could be a year is followed by something that it counts."""
        return last < len(self.tokens) and self.tokens[last].kind == WORD and not self.s.tags(last) & _STOP

    def _frame(self, point: Point) -> tuple[int, int]:
        """Return (strength, first token of the frame): 3 by, 2 in, 1 standing alone, 0 no end point."""
        s, first, last = self.s, point.first, point.last
        before = first
        while before > 0 and s.tags(before - 1) & _DETERMINER and not s.tags(before - 1) & _EVERY:
            before -= 1
        adjective = self._adjective(point)
        opener = s.low(before - 1)
        if s.before(before, _BY):
            if adjective and point.kind in {"quarter", "half", "year", "month"}:
                return 0, before
            point.day = self._exclusive(point, before)
            return 3, self._phrase_start(before, _BY)
        if (
            (opener in {"to", "-", "\u2013"} or self._between(before))
            and not adjective
            and before >= 2
            and before - 2 in self.facts.claimed
        ):
            return 2, first
        if s.before(before, _EVERY):
            self.facts.cadence = self.facts.cadence or (before - 1, point.last)
            return 0, before
        if adjective:
            return 0, before
        if s.before(before, _START):
            return 0, before
        if point.kind == "month" and not point.year and s.tags(before - 1) & _FOR and first > 1:
            return 0, before  # "cover for June" is a colleague, or a month's rota
        if s.before(before, _IN) and s.tokens[0].tags & _START and not s.before(before, _BY):
            self.facts.start_only = self.facts.start_only or (0, point.last)
            return 0, before
        if s.before(before, _IN) and point.kind != "date_word":
            if point.kind in {"year", "fiscal_year", "month", "quarter"} and self._past_clause(before):
                return 0, before
            if point.kind == "weekday":
                return 1, before - 1
            return 2, self._phrase_start(before, _IN)
        if s.before(before, _LAST):
            return 0, before
        if s.tags(first) & (_NEXT | _THIS) and (point.part or point.kind != "event"):
            return 2, first
        if point.kind == "weekday":
            return (1, first) if self._alone(first, last, strict=True) else (0, first)
        if point.kind == "event":
            return 0, first
        if self.s.low(last) == "baseline":
            return 0, first
        strict = point.kind in {"year", "month", "holiday", "week"} or (
            point.kind in {"quarter", "half"} and not point.year
        )
        return (1, before) if self._alone(first, last, strict=strict) else (0, first)

    def _exclusive(self, point: Point, place: int) -> date | None:
        """ "before June" ends with May; "before 3 June" is read as that day, as people do."""
        if (
            point.day
            and self.s.low(place - 1) in {"before", "vor"}
            and point.kind in {"month", "quarter", "year"}
        ):
            if self.s.tags(point.first) & (_END | _THIS | _NEXT):
                return point.day
            months = {"month": -1, "quarter": -3, "year": -12}[point.kind]
            back = cal.add_months(point.day, months)
            return cal.month_end(back.year, back.month)
        return point.day

    def _phrase_start(self, place: int, bit: int) -> int:
        for first in range(max(place - 5, 0), place):
            if self.s.phrase(first, bit) == place:
                return first
        return place - 1

    def _past_clause(self, place: int) -> bool:
        """Whether the period belongs to a relative clause about the past ("who received care in 2019")."""
        seen_past = False
        for back in range(place - 1, max(place - 9, -1), -1):
            if self.s.ends_here(back):
                return False
            tags = self.s.tags(back)
            if tags & _LAST and not tags & _FROM:
                seen_past = True
            if tags & _RELATIVE:
                return seen_past
        return False

    def _adjective(self, point: Point) -> bool:
        """Whether the point only describes the noun after it ("the Q3 report", "next week's rota")."""
        last = point.last
        if last >= len(self.tokens):
            return False
        token = self.tokens[last]
        if token.raw in {"'", "\u2019"}:
            return True
        if token.kind == MARK and token.raw == "-" and token.start == self.tokens[last - 1].end:
            return last + 1 < len(self.tokens) and self.tokens[last + 1].start == token.end
        if token.kind != WORD:
            return False
        if token.tags & (
            _STOP | _BY | _IN | _NUMBER_WORD | BIT["purpose_words"] | BIT["means_words"] | _WITHIN
        ):
            return False
        if token.low.endswith("ly") or self.s.phrase(last, BIT["purpose_words"] | BIT["means_words"]):
            return False
        if point.kind in {"date", "week", "holiday"} or (
            point.year and point.kind not in {"year", "fiscal_year"}
        ):
            return False
        if self.s.before(point.first, _BY | _DETERMINER) and point.kind in {"event"}:
            return not self.s.low(last).endswith("ing")
        return not (self.s.before(point.first, _BY) and token.tags & _VERBS and not token.tags & _NOUNS)

    def _alone(self, first: int, last: int, strict: bool) -> bool:
        """Whether the point stands by itself: at an end of the text, in brackets, after a comma."""
        s = self.s
        closes = last >= len(self.tokens) or self.tokens[last].kind == BREAK or s.low(last) in _CLOSERS
        opens = first == 0 or self.tokens[first - 1].kind == BREAK or s.low(first - 1) in _OPENERS
        if first == 0 and s.low(last) in {":", ",", "-", "\u2013", "\u2014"}:
            return True
        if closes and opens:
            return last - first < len(self.tokens)
        return closes and not strict

    def _bare(self, place: int) -> Point | None:
        """What is a point only after its frame: "by the 15th", "by 4/30", "within the quarter"."""
        s = self.s
        if (
            s.tags(place) & _UNIT
            and s.tags(place - 1) & _DETERMINER
            and s.before(place, BIT["whole_period_words"])
        ):
            return self.points.unit(place)
        if self.tokens[place].kind != NUMBER:
            return None
        before = place - 1 if s.tags(place - 1) & _DETERMINER else place
        return self.points.short_day(place) if s.before(before, _BY) or s.before(place, _BY) else None

    # ---- events

    def _event(self, place: int) -> Point | None:
        """by my next review · before the end of probation · until go-live."""
        s = self.s
        last = 0 if s.low(place) in {"through", "thru"} else s.at(place, _BY)
        if not last:
            last = s.at(place, _IN)
            if not last or not self._next_near(last):
                return None
            strong = False
        else:
            strong = True
        cursor = last
        anchored = False
        words = 0
        while cursor < len(self.tokens) and words < 7:
            if s.tags(cursor) & _EVERY and s.low(cursor) not in {"a", "an"}:
                return None
            if s.low(cursor) in {"a", "an", "ein", "eine", "einem"}:
                return None
            end = s.at(cursor, _EVENT)
            edge = s.at(cursor, _END)
            if end and edge <= end and not self._noun_follows(end) and (anchored or words == 0):
                if s.tags(cursor) & BIT["months"]:
                    return None
                if words == 0 and not strong:
                    return None
                if words == 0 and self.tokens[cursor].low.endswith("ing") and end == cursor + 1:
                    return None
                point = Point("event", cursor, end, None)
                point.first = last if not strong else cursor
                back = cursor
                while back > last:
                    back -= 1
                point.first = back
                return point
            token = self.tokens[cursor]
            if edge:
                anchored = True
                cursor = edge
                continue
            if token.kind == BREAK or (token.kind == MARK and token.raw not in {"-", "'", "\u2019"}):
                return None
            if token.tags & (_DETERMINER | _NEXT | _THIS | _POSSESSIVE) or token.low.endswith(
                ("'s", "\u2019s")
            ):
                anchored = True
            elif not anchored or token.low.endswith("ing") or token.kind == NUMBER or token.tags & _BY:
                return None
            cursor += 1
            words += 1
        return None

    def _next_near(self, place: int) -> bool:
        return any(self.s.tags(near) & _NEXT for near in (place, place + 1))

    def _noun_follows(self, place: int) -> bool:
        if place >= len(self.tokens):
            return False
        token = self.tokens[place]
        if token.kind == MARK and token.raw == "-":
            return True
        if token.kind != WORD:
            return False
        return not (token.tags & (_STOP | _BY | _IN | BIT["purpose_words"])) and not token.low.endswith("ly")

    # ---- spans

    def _span(self, place: int) -> int:
        """Read "within the next 90 days", "over six months", "4 weeks from now"; return its end, or 0."""
        s, tokens = self.s, self.tokens
        count, unit_place, first_ordinal = self._count(place)
        if not unit_place:
            return 0
        unit = s.lexicon.value(tokens[unit_place], _UNIT)
        last = unit_place + 1
        before = place
        upcoming = False
        while before > 0 and (
            s.tags(before - 1) & (_DETERMINER | _NEXT) or s.low(before - 1) in {"about", "etwa"}
        ):
            upcoming = upcoming or bool(s.tags(before - 1) & _NEXT)
            before -= 1
        from_now = s.at(last, _FROM_NOW)
        framed = s.before(before, _WITHIN)
        if not framed and not upcoming and not from_now:
            return 0
        word = s.low(before - 1)
        frame = self._phrase_start(before, _WITHIN) if framed else before
        if (
            self._noun_after_span(last)
            or (first_ordinal and not from_now)
            or s.before(frame, _LAST & ~_WITHIN)
        ):
            return last
        if unit in {"hour", "minute", "second"} or self._service(count, unit, frame, last):
            if not s.before(before, _FOR) and not self._been(frame):
                self.facts.service = self.facts.service or (frame, last)
            return last
        self.facts.claimed.update(range(place, last))
        if self._been(frame):
            return last
        if word in {"over", "for"} and self._counts(last) and not s.tags(last) & _VERBS:
            return last
        kind = {"sprint": "sprint", "event": "event"}.get(unit, "period")
        point = Point(kind, frame, from_now or last, None)
        if self.anchor and kind == "period":
            point.day = cal.add_span(self.anchor, count, unit)
        strength = 3 if word not in {"for", "over", "in"} or upcoming else 2
        if strength > self.best:
            self.best = strength
            self.facts.point = point
        return point.last

    def _count(self, place: int) -> tuple[float, int, bool]:
        """Return (count, place of the unit, whether "first" stands before); place 0 for none."""
        s, tokens = self.s, self.tokens
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
        if (
            s.low(after) in {"to", "or", "bis"}
            and after + 1 < len(tokens)
            and tokens[after + 1].kind == NUMBER
        ):
            count, after = number_value(tokens[after + 1].raw), after + 2
        elif after < len(tokens) and tokens[after].tags & _NUMBER_WORD and s.tags(after + 1) & _UNIT:
            count, after = count * float(s.lexicon.value(tokens[after], _NUMBER_WORD) or 1), after + 1
        if s.low(after) in {"a", "of", "and"} and token.low in {"half", "couple"}:
            after += 1
        if s.low(after) in _BUSINESS:
            after += 1
        if not s.tags(after) & _UNIT:
            return 0, 0, False
        ordinal = bool(s.tags(place - 1) & _ORDINAL)
        return count, after, ordinal

    def _noun_after_span(self, last: int) -> bool:
        """Whether the span is the start of a compound or a share of something ("6 months of data")."""
        low = self.s.low(last)
        return low in {"old", "ahead", "before", "earlier", "ago", "alt", "prior", "late"}

    def _been(self, place: int) -> bool:
        return any(
            self.s.low(back) in {"been", "has", "had", "have", "lasted", "seit"}
            for back in range(max(place - 4, 0), place)
        )

    def _service(self, count: float, unit: str, first: int, last: int) -> bool:
        """Whether "within 2 days" is a standard for each case rather than an end point."""
        if unit not in {"day", "week"} or count * (7 if unit == "week" else 1) > 31:
            return False
        if any(self.s.tags(place) & _NEXT for place in range(first, last)):
            return False
        if (
            any(self.s.low(place) in {"business", "working", "school"} for place in range(first, last))
            and count <= 5
        ):
            return True
        around = self.tokens[max(first - 40, 0) : first] + self.tokens[last : last + 20]
        per_item = any(token.tags & _PER_ITEM for token in around)
        service = any(token.tags & _SERVICE for token in around)
        universal = any(
            token.tags & (BIT["universals"] | _EVERY) and token.tags & _PER_ITEM for token in around
        )
        days = count * (7 if unit == "week" else 1)
        people = any(token.tags & BIT["people_nouns"] for token in self.tokens[:3])
        if people and days <= 14 and not any(token.tags & _VERBS for token in self.tokens[:1]):
            return True  # "new hires make a first commit within 3 days": each of them has that time
        return (
            (per_item and service)
            or (universal and days <= 14)
            or self.s.at(last, _PER_ITEM) > 0
            or (service and days <= 3)
        )


_VERBS = 0
for _kind in (
    "finish_verbs",
    "make_verbs",
    "act_verbs",
    "change_verbs",
    "reach_verbs",
    "vague_verbs",
    "modal_verbs",
):
    _VERBS |= BIT[_kind]
_NOUNS = BIT["artefact_nouns"] | BIT["abstract_nouns"] | BIT["thing_nouns"] | BIT["metric_nouns"]


def time_facts(sentence: Sentence, anchor: date | None, settings: Settings) -> TimeFacts:
    """Return what `sentence` says about time. `anchor` is the plan's start or today, or None."""
    return _Frames(sentence, anchor, settings).run()


def find_deadline(
    text: str,
    today: date | None = None,
    *,
    start: date | None = None,
    settings: Settings | None = None,
) -> Deadline | None:
    """Return the end point that `text` names, or None.

    `today` (or `start`, the plan's first day, which wins) dates what is relative or lacks a year; without
    both, such an end point is found but has no date. The clock is never read. A past date is returned as it
    is; an impossible one (31 February) is no end point. Raises ValueError for an unknown settings.language.
    """
    settings = settings or Settings()
    return time_facts(Sentence(text, settings.language), start or today, settings).end
