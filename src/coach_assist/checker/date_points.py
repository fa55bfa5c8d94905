"""Reading one point in time: a date, month, quarter, year, week, weekday, holiday or "this month".

`DatePoints.read(place)` tries the token at `place`. Which word stands before it (by, since, every) is the
business of deadlines.py. All words come from the language's lexicon.
"""

from __future__ import annotations

from datetime import date

from coach_assist.checker import calendar_dates as cal
from coach_assist.checker.date_days import DayPoints, Point
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.tokens import NUMBER, WORD, Token

_MONTH, _WEEKDAY, _UNIT = BIT["months"], BIT["weekdays"], BIT["units"]
_QUARTER, _HALF, _HOLIDAY = BIT["quarters"], BIT["halves"], BIT["holidays"]
_FISCAL, _WEEK, _POINT = BIT["fiscal_words"], BIT["week_words"], BIT["point_phrases"]
_NEXT, _THIS, _END, _MID, _EARLY = (
    BIT["next_words"], BIT["this_words"], BIT["end_words"], BIT["mid_words"], BIT["early_words"]
)  # fmt: skip
_SKIP = BIT["of_words"] | BIT["determiners"]
_EVENT = BIT["event_nouns"]
_ORDINAL_MARKS = frozenset({"st", "nd", "rd", "th"})
_ANY = (
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


class DatePoints(DayPoints):
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
        if not bits & _ANY:
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

    # ---- larger parts

    def _year_first(self, place: int) -> Point | None:
        """2027 · 2027 Q3 · a numbered quarter such as "3. Quartal"."""
        year, last = self.year_at(place)
        if last:
            for after in (last, last + 1 if self.s.low(last) in {"-", "/", ","} else last):
                part = self.s.at(after, _QUARTER | _HALF)
                if part:
                    point = self._part_of_year(after, year)
                    if point:
                        point.first = place
                        return point
            if self.s.low(last) in {"/", "-"} and self.s.tags(place - 1) & _FISCAL:
                return None
            return Point("year", place, last, date(year, 12, 31) if year else None, year)
        end = self.s.at(place, _QUARTER | _HALF)
        return self._part_of_year(place) if end else None

    def _part_of_year(self, place: int, year: int | None = None) -> Point | None:
        end = self.s.at(place, _QUARTER | _HALF)
        if not end:
            return None
        value, months, kind = self._value(place, end, _QUARTER), 3, "quarter"
        if not value:
            value, months, kind = self._value(place, end, _HALF), 6, "half"
        if not value:
            return None
        last = end
        for separator in ("-", "\u2013", "/"):
            if self.s.low(end) == separator and self.s.at(end + 1, _QUARTER | _HALF):
                later = self._part_of_year(end + 1, year)  # Q1-Q2 ends with Q2
                if later:
                    later.first = place
                    return later
        fiscal = False
        if year is None:
            year, after = self._year_after(end)
            skip = end + 1 if self.s.low(end) in {",", "/"} or self.s.tags(end) & _SKIP else end
            while self.s.tags(skip) & _SKIP:
                skip += 1
            if not after and (point := self._fiscal(skip)):
                fiscal, year, after = True, point.year, point.last
            if not after and self.s.tags(skip) & (_THIS | _NEXT) and skip > end:
                following = self._relative(skip)
                if following and following.day and following.part == "year":
                    year, after = following.day.year, following.last
            last = after or end
        first_month = self.settings.fiscal_year_start
        point = Point(kind, place, last, None, year)
        if fiscal and first_month is None:
            return point
        if year is None and self.anchor and last == end:
            year = self.anchor.year
            if cal.part_end(year, int(value), months, first_month or 1) < self.anchor:
                year += 1
        if year is not None:
            point.day = cal.part_end(year, int(value), months, first_month or 1)
        return point

    def _fiscal(self, place: int) -> Point | None:
        """FY2027 · FY27 · fiscal year 2027 · the financial year."""
        if place >= len(self.tokens):
            return None
        token = self.tokens[place]
        first_month = self.settings.fiscal_year_start
        year: int | None = None
        if not (last := self.s.at(place, _FISCAL)):
            year = self._fused_fiscal(token)
            if not year:
                return None
            last = place + 1
        else:
            year, after = self.year_at(last)
            if not after and last < len(self.tokens) and self.tokens[last].kind == NUMBER:
                short = self.tokens[last].raw
                if len(short) == 2 and short.isdigit():
                    year, after = 2000 + int(short), last + 1
            if not after and token.low in {"fiscal", "financial"} and last == place + 1:
                return None
            last = after or last
        if year and self.s.low(last) in {"/", "-"} and place + 2 < len(self.tokens):
            following = self.tokens[last + 1] if last + 1 < len(self.tokens) else None
            if (
                following
                and following.kind == NUMBER
                and len(following.raw) in {2, 4}
                and following.raw.isdigit()
            ):
                year = int(following.raw) + (2000 if len(following.raw) == 2 else 0)  # FY2026/27 ends in 2027
                last += 2
        point = Point("fiscal_year", place, last, None, year)
        if year and first_month and 1900 <= year <= 2199:
            point.day = cal.part_end(year, 1, 12, first_month)
        elif not year and first_month and self.anchor:
            point.day = cal.unit_end(self.anchor, "year", 0, first_month)
        return point

    def _fused_fiscal(self, token: Token) -> int | None:
        """Return the year of a fused fiscal year such as FY2027 or FY27."""
        low = token.low
        if token.kind != WORD or not "0" <= low[-1] <= "9":
            return None
        word = low.rstrip("0123456789")
        digits = low[len(word) :]
        if len(digits) not in {2, 4} or not digits.isascii() or not self.s.lexicon.look_up(word)[0] & _FISCAL:
            return None
        year = int(digits) + (2000 if len(digits) == 2 else 0)
        return year if 1900 <= year <= 2199 else None

    def _week(self, place: int) -> Point | None:
        last = self.s.at(place, _WEEK)
        if not last or last >= len(self.tokens) or self.tokens[last].kind != NUMBER:
            return None
        number = self.tokens[last].raw
        if not number.isdigit() or not 1 <= int(number[:4]) <= 53 or len(number) > 2:
            return None
        year, end = self._year_after(last + 1)
        point = Point("week", place, end or last + 1, None, year)
        if year is None and self.anchor:
            year = self.anchor.isocalendar().year
            closing = cal.week_end(year, int(number))
            if closing and closing < self.anchor:
                year += 1
        if year is not None:
            point.day = cal.week_end(year, int(number))
            point.impossible = point.day is None
        return point

    def _holiday(self, place: int) -> Point | None:
        last = self.s.at(place, _HOLIDAY)
        rule = self._value(place, last, _HOLIDAY)
        year, end = self._year_after(last)
        point = Point("holiday", place, end or last, None, year)
        if rule and year:
            point.day = cal.holiday(rule, year)
        elif rule and self.anchor:
            point.day = cal.upcoming_holiday(rule, self.anchor)
        return point

    def _value(self, first: int, last: int, bit: int) -> str:
        """Return the value of the phrase or word from `first` to `last` in the kind `bit`."""
        for hit in self.s.by_first.get(first, ()):
            if hit.last == last and hit.tags & bit and hit.value:
                return hit.value
        return self.s.lexicon.value(self.tokens[first], bit) if last == first + 1 else ""

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
