"""Is there an end point, and on which day: a grammar of the frames around a point in time.

First every point and span is read (date_points.py), then the words before and after it decide: "by" and
"until" make an end point, "since" and "from" do not, "every" makes a rhythm, a noun right after makes it
an adjective ("the Q3 report"). The clock is never read: `anchor` comes from the caller.
"""

from __future__ import annotations

from datetime import date

from coach_assist.checker import calendar_dates as cal
from coach_assist.checker.date_days import Point
from coach_assist.checker.date_points import POINT_WORDS
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.reports import Deadline
from coach_assist.checker.sentence import Sentence
from coach_assist.checker.settings import Settings
from coach_assist.checker.time_events import EVENT_FRAMES, read_event
from coach_assist.checker.time_reading import Reading, TimeFacts
from coach_assist.checker.time_spans import read_span
from coach_assist.checker.tokens import BREAK, MARK, NUMBER, WORD

_BY, _IN, _WITHIN, _FOR = BIT["by_words"], BIT["in_words"], BIT["within_words"], BIT["for_words"]
_UNIT, _NUMBER_WORD, _NEXT, _THIS, _LAST = (
    BIT["units"], BIT["number_words"], BIT["next_words"], BIT["this_words"], BIT["last_words"]
)  # fmt: skip
_EVERY, _START, _RELATIVE, _FROM = (
    BIT["every_words"], BIT["start_only_words"], BIT["relative_words"], BIT["from_words"]
)  # fmt: skip
_DETERMINER, _STOP, _END = BIT["determiners"], BIT["stop_words"], BIT["end_words"]
_VERBS = 0
for _kind in (
    "finish_verbs", "make_verbs", "act_verbs", "change_verbs", "reach_verbs", "vague_verbs", "modal_verbs",
):  # fmt: skip
    _VERBS |= BIT[_kind]
_NOUNS = BIT["artefact_nouns"] | BIT["abstract_nouns"] | BIT["thing_nouns"] | BIT["metric_nouns"]
_BEGINS = EVENT_FRAMES | POINT_WORDS | _UNIT | _NUMBER_WORD | BIT["indefinite_words"] | BIT["fraction_words"]
"""Bits of all words at which something about time can begin."""
_OPENERS = frozenset({"(", "[", ",", ":", "|", ";", "\u2013", "\u2014", "/", "-"})
_CLOSERS = frozenset({")", "]", ",", ":", ";", "|", ".", "!", "?", "\u2013", "\u2014", "-", "&"})


class _Frames(Reading):
    """Judges every point of a sentence by the words around it."""

    __slots__ = ()

    def run(self) -> TimeFacts:
        facts, s = self.facts, self.s
        place = 0
        tokens = self.tokens
        while place < len(tokens):
            if not (s.starts[place] & _BEGINS or tokens[place].low[-1].isdigit()):
                place += 1
                continue
            point = read_event(self, place) if s.starts[place] & EVENT_FRAMES else None
            point = point or self.points.read(place) or self._bare(place)
            if point and point.last > place:
                self._judge(point)
                place = point.last
                continue
            last = read_span(self, place)
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
        if point.kind != "year" or strength or not self.counts(last):
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
        if self.s.tags(place - 2) & BIT["now_words"] and self.s.tags(place - 3) & BIT["between_words"]:
            return True
        return any(self.s.tags(back) & BIT["between_words"] for back in range(max(place - 7, 0), place - 1))

    def _later(self, point: Point) -> bool:
        now = self.facts.point
        return bool(now and now.day and point.day and point.day > now.day and self.best > 1)

    def _frame(self, point: Point) -> tuple[int, int]:
        """Return (strength, first token of the frame): 3 by, 2 in, 1 standing alone, 0 no end point."""
        s, first, last = self.s, point.first, point.last
        before = first
        while before > 0 and s.tags(before - 1) & _DETERMINER and not s.tags(before - 1) & _EVERY:
            before -= 1
        adjective = self._adjective(point)
        opener = s.low(before - 1)
        if point.kind == "event" and s.before(before, BIT["clause_words"]):
            return 3, self.phrase_start(before, BIT["clause_words"])
        if s.before(before, _BY):
            if adjective and point.kind in {"quarter", "half", "year", "month"}:
                return 0, before
            point.day = self._exclusive(point, before)
            return 3, self.phrase_start(before, _BY)
        if (
            (opener in {"to", "-", "\u2013"} or self._between(before))
            and not adjective
            and before >= 2
            and (before - 2 in self.facts.claimed or s.tags(before - 2) & BIT["now_words"])
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
            return 2, self.phrase_start(before, _IN)
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
            and self.s.before(place, BIT["before_words"])
            and point.kind in {"month", "quarter", "year"}
        ):
            if self.s.at(point.first, _END | _THIS | _NEXT):
                return point.day
            months = {"month": -1, "quarter": -3, "year": -12}[point.kind]
            back = cal.add_months(point.day, months)
            return cal.month_end(back.year, back.month)
        return point.day

    def _past_clause(self, place: int) -> bool:
        """Whether the period belongs to a relative clause about the past ("who received care in 2019")."""
        seen_past = False
        for back in range(place - 1, max(place - 9, -1), -1):
            if self.s.ends_here(back):
                return False
            tags = self.s.tags(back)
            if tags & BIT["to_words"]:
                return False
            if tags & BIT["baseline_words"]:
                return True  # "(baseline: 320 in May)"
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
        verb = token.tags & _VERBS and not token.tags & _NOUNS
        return not (verb and self.s.before(point.first, _BY | _IN))

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

    def _in_a_long_one(self, place: int) -> bool:
        """Whether "in the quarter", "over the year" stands here; "in the day" is no end point."""
        long = self.s.lexicon.value(self.tokens[place], _UNIT) in {"month", "quarter", "half", "year"}
        one = not self.s.tags(place - 1) & (_EVERY | BIT["indefinite_words"])
        return long and one and self.s.before(place - 1, _WITHIN | _IN)

    def _bare(self, place: int) -> Point | None:
        """What is a point only after its frame: "by the 15th", "by 4/30", "within the quarter"."""
        s = self.s
        if (
            s.tags(place) & _UNIT
            and s.tags(place - 1) & _DETERMINER
            and (s.before(place, BIT["whole_period_words"]) or self._in_a_long_one(place))
        ):
            return self.points.unit(place)
        if self.tokens[place].kind != NUMBER:
            return None
        before = place - 1 if s.tags(place - 1) & _DETERMINER else place
        return self.points.short_day(place) if s.before(before, _BY) or s.before(place, _BY) else None


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
