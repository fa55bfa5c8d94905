"""Reading one point in time: a date, month, quarter, year, week, weekday, holiday or "this month".

`DatePoints.read(place)` tries the token at `place`. Which word stands before it (by, since, every) is the
business of deadlines.py. All words come from the language's lexicon.
"""

from __future__ import annotations

from datetime import date

from coach_assist.checker import calendar_dates as cal
from coach_assist.checker.date_days import Point
from coach_assist.checker.date_parts import PartPoints
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.tokens import NUMBER

_MONTH, _WEEKDAY, _UNIT = BIT["months"], BIT["weekdays"], BIT["units"]
_QUARTER, _HALF, _HOLIDAY = BIT["quarters"], BIT["halves"], BIT["holidays"]
_FISCAL, _WEEK, _POINT = BIT["fiscal_words"], BIT["week_words"], BIT["point_phrases"]
_NEXT, _THIS, _END, _MID, _EARLY = (
    BIT["next_words"], BIT["this_words"], BIT["end_words"], BIT["mid_words"], BIT["early_words"]
)  # fmt: skip
_SKIP = BIT["of_words"] | BIT["determiners"]
POINT_WORDS = (
    _MONTH
    | _WEEKDAY
    | _QUARTER
    | _HALF
    | _HOLIDAY
    | _FISCAL
    | _WEEK
    | _POINT
    | _NEXT
    | _THIS
    | _END
    | _MID
    | _EARLY
)
"""Bits of the words with which a point can begin; a number can, too."""


class DatePoints(PartPoints):
    """The reader for one sentence. `anchor` is the day from which missing years are filled in, if any."""

    def read(self, place: int) -> Point | None:
        """Return the point that begins at `place`, the longest reading, or None."""
        point = self._read(place)
        if (
            point
            and point.kind in {"quarter", "half", "month", "year"}
            and self.s.tags(point.last) & _END
            and self.s.ends_here(point.last + 1)
        ):
            point.last += 1  # Q2 end
        return point

    def _read(self, place: int) -> Point | None:
        token = self.tokens[place]
        if token.kind == NUMBER:
            return self._numeric(place) or self._day_month(place) or self._year_first(place)
        bits = token.tags
        for hit in self.s.by_first.get(place, ()):
            bits |= hit.tags
        if not bits & POINT_WORDS:
            return self._fiscal(place) if self._fused_fiscal(token) else None
        if bits & _POINT and (point := self._phrase(place)):
            return point
        if bits & (_END | _MID | _EARLY) and (point := self._edge(place, bits)):
            return point
        if bits & (_NEXT | _THIS) and (point := self._relative(place)):
            return point
        if bits & _HOLIDAY and (point := self._holiday(place)):
            return point
        if bits & (_QUARTER | _HALF) and (point := self._part_of_year(place)):
            return point
        if bits & _FISCAL and (point := self._fiscal(place)):
            return point
        if bits & _WEEK and (point := self._week(place)):
            return point
        if bits & _MONTH and (point := self._month(place)):
            return point
        if bits & _WEEKDAY:
            return self._weekday(place)
        return None

    # ---- words around a point

    def _phrase(self, place: int) -> Point | None:
        """EOY · month-end · tomorrow: the lexicon's value says the rule."""
        last = self.s.at(place, _POINT)
        rule, _, what = self._value(place, last, _POINT).partition(" ")
        point = Point({"event": "event"}.get(rule, what or rule), place, last, None)
        point.kind = {"fiscal": "fiscal_year", "day": "date"}.get(point.kind, point.kind)
        if rule == "event":
            return point
        if rule == "plus":
            point.kind = "date"
            point.day = cal.add_span(self.anchor, int(what), "day") if self.anchor else None
            return point
        if rule == "quarter":
            point.kind = "quarter"
            if self.anchor:
                point.day = cal.part_end(self.anchor.year, int(what), 3, self.settings.fiscal_year_start or 1)
            return point
        year, end = self._year_after(last)
        if end and what in {"year", "fiscal"}:
            point.last, point.year = end, year
            if what == "year" and year:
                point.day = date(year, 12, 31) if rule == "end" else date(year, 6, 30)
            elif year and self.settings.fiscal_year_start:
                point.day = cal.part_end(year, 1, 12, self.settings.fiscal_year_start)
            return point
        inner = self.read(last) if what in {"day", "month", "week"} and last < len(self.tokens) else None
        if inner and inner.last > last:  # EOD Friday, end of day 12 June
            inner.first = place
            return inner
        if self.anchor is None:
            return point
        if what == "fiscal":
            start = self.settings.fiscal_year_start
            point.day = cal.unit_end(self.anchor, "year", 0, start) if start else None
        elif rule == "mid":
            point.day = date(self.anchor.year, 6, 30) if what == "year" else self.anchor.replace(day=15)
            if point.day < self.anchor:
                point.day = cal.add_months(point.day, 12 if what == "year" else 1)
        elif what == "week":
            point.day = cal.weekday_after(self.anchor, 5)
        else:
            point.day = cal.unit_end(self.anchor, what, 0)
        return point

    def _edge(self, place: int, bits: int) -> Point | None:
        """end of June · mid-April · early May: reads what follows, then moves the day."""
        for edge, kind in ((_END, "end"), (_MID, "mid"), (_EARLY, "early")):
            if not bits & edge or not (last := self.s.at(place, edge)):
                continue
            while self.s.low(last) in {"-", "of"} or (
                self.s.tags(last) & _SKIP and not self.s.tags(last) & _THIS
            ):
                last += 1
            if last >= len(self.tokens):
                return None
            inner = self.read(last)
            if inner is None or inner.last <= last:
                inner = self._lower_month(last) or self.unit(last)
            if inner is None:
                continue
            inner.first = place
            if inner.day is not None and kind == "mid":
                inner.day = self._middle(inner)
            elif kind == "early":
                first_day = self.s.tokens[place].low not in {"early", "anfang"} and inner.kind == "month"
                inner.day = inner.day.replace(day=1) if inner.day and first_day else None
            return inner
        return None

    def _lower_month(self, place: int) -> Point | None:
        """A month in lower case, where the words before it leave no doubt (mid-april)."""
        if not self.s.tags(place) & _MONTH:
            return None
        month = int(self.s.lexicon.value(self.tokens[place], _MONTH) or 0)
        year, end = self._year_after(place + 1)
        return self._month_end(place, end or place + 1, year, month)

    def _middle(self, point: Point) -> date | None:
        if point.day is None:
            return None
        if point.kind == "month":
            return point.day.replace(day=15)
        if point.kind == "year":
            return date(point.day.year, 6, 30)
        return None

    def unit(self, place: int, ahead: int = 0) -> Point | None:
        """A bare unit: (the end of the) month."""
        if not self.s.tags(place) & _UNIT:
            return None
        unit = self.s.lexicon.value(self.tokens[place], _UNIT)
        if unit in {"second", "minute", "hour", "decade"}:
            return None
        kind = {"fortnight": "week", "event": "event"}.get(unit, unit)
        point = Point(kind, place, place + 1, None)
        point.part = unit
        if self.anchor and unit not in {"sprint", "event"}:
            first = self.settings.fiscal_year_start or 1 if unit == "quarter" else 1
            point.day = cal.unit_end(self.anchor, unit, ahead, first)
        return point

    def _relative(self, place: int) -> Point | None:
        """this week · next quarter · next Friday · the coming March."""
        last = self.s.at(place, _NEXT)
        ahead = 1 if last else 0
        last = last or self.s.at(place, _THIS)
        if not last or last >= len(self.tokens):
            return None
        if self.s.low(last) in {"calendar", "working"}:
            last += 1
        if self.s.tags(last) & _FISCAL or self.s.at(last, _FISCAL):
            point = self._fiscal(last)
            if point:
                point.first = place
                if point.day and ahead:
                    point.day = cal.add_months(point.day, 12)
                return point
        if self.s.tags(last) & _WEEKDAY:
            weekday = int(self.s.lexicon.value(self.tokens[last], _WEEKDAY) or 0)
            day = cal.weekday_after(self.anchor, weekday, next_week=bool(ahead)) if self.anchor else None
            return Point("weekday", place, last + 1, day)
        if self.s.tags(last) & _MONTH or self.s.at(last, _HOLIDAY):
            inner = self.read(last)
            if inner and inner.last > last:
                inner.first = place
                return inner
            return None
        unit = self.unit(last, ahead)
        if unit:
            unit.first = place
        return unit
