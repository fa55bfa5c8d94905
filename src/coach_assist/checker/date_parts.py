"""Reading larger parts of a year: quarters, halves, fiscal years, numbered weeks and holidays."""

from __future__ import annotations

from datetime import date

from coach_assist.checker import calendar_dates as cal
from coach_assist.checker.date_days import DayPoints, Point
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.tokens import NUMBER, WORD, Token

_QUARTER, _HALF, _HOLIDAY = BIT["quarters"], BIT["halves"], BIT["holidays"]
_FISCAL, _WEEK = BIT["fiscal_words"], BIT["week_words"]
_NEXT, _THIS = BIT["next_words"], BIT["this_words"]
_SKIP = BIT["of_words"] | BIT["determiners"]


class PartPoints(DayPoints):
    """The readers of parts of a year for one sentence."""

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
                following = self.read(skip)
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
