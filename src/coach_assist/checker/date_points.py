"""Reading one point in time: a date, month, quarter, year, week, weekday, holiday or "this month".

`DatePoints.read(place)` tries the token at `place`. Which word stands before it (by, since, every) is the
business of deadlines.py. All words come from the language's lexicon.
"""

from __future__ import annotations

from datetime import date

from coach_assist.checker import calendar_dates as cal
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.sentence import Sentence
from coach_assist.checker.settings import Settings
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


class Point:
    """A point read at tokens `first` to `last` (exclusive). `day` is None where nothing dates it."""

    __slots__ = ("ambiguous", "day", "first", "impossible", "kind", "last", "part", "year")

    def __init__(self, kind: str, first: int, last: int, day: date | None, year: int | None = None) -> None:
        self.kind = kind
        self.first = first
        self.last = last
        self.day = day
        self.year = year
        self.ambiguous = False
        self.impossible = False
        self.part = ""


class DatePoints:
    """The reader for one sentence. `anchor` is the day from which missing years are filled in, if any."""

    def __init__(self, sentence: Sentence, anchor: date | None, settings: Settings) -> None:
        self.s = sentence
        self.tokens = sentence.tokens
        self.anchor = anchor
        self.settings = settings

    def read(self, place: int) -> Point | None:
        """Return the point that begins at `place`, the longest reading, or None."""
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

    # ---- years

    def year_at(self, place: int) -> tuple[int | None, int]:
        """Return (year, end) of a year at `place`: 2027, '27 or an open 20X7 (year None); end 0 if none."""
        if place >= len(self.tokens):
            return None, 0
        token = self.tokens[place]
        if token.kind == NUMBER and token.raw.isdigit():
            following = self.tokens[place + 1] if place + 1 < len(self.tokens) else None
            touching = following is not None and following.start == token.end
            fused = touching and following is not None and following.kind == WORD
            if len(token.raw) == 4 and "1900" <= token.raw <= "2199" and not fused:
                return int(token.raw), place + 1
            if (
                token.raw in {"19", "20"}
                and following is not None
                and touching
                and following.low[:1] in {"x", "y"}
            ):
                return None, place + 2
        if token.raw in {"'", "\u2019"} and place + 1 < len(self.tokens):
            short = self.tokens[place + 1]
            if (
                short.kind == NUMBER
                and len(short.raw) == 2
                and short.raw.isdigit()
                and short.start == token.end
            ):
                return 2000 + int(short.raw), place + 2
        return None, 0

    def _year_after(self, place: int) -> tuple[int | None, int]:
        """Return the year after an optional comma or "of" at `place`; end 0 where there is none."""
        year, last = self.year_at(place)
        if last:
            return year, last
        if self.s.low(place) in {",", "/", "-"} or self.s.tags(place) & _SKIP:
            return self.year_at(place + 1)
        return None, 0

    # ---- days

    def _make(
        self,
        kind: str,
        first: int,
        last: int,
        year: int | None,
        month: int,
        day: int,
        open_year: bool = False,
    ) -> Point:
        point = Point(kind, first, last, None, year)
        if not 1 <= month <= 12 or not 1 <= day <= cal.days_in_month(year or 2024, month):
            point.impossible = True
            return point
        if year is None and self.anchor and not open_year:
            year = self.anchor.year
            if day > cal.days_in_month(year, month):
                year += 4 - year % 4
            if date(year, month, day) < self.anchor:
                year += 1
                if day > cal.days_in_month(year, month):
                    year += 4 - year % 4
        if year is not None:
            point.day = date(year, month, day)
        return point

    def _numeric(self, place: int) -> Point | None:
        """2027-03-31, 31.3.2027, 3/31/27 and 3/31."""
        token = self.tokens[place]
        if "," in token.raw:
            return None
        pieces = token.raw.split(".")
        last = place + 1
        mark = "."
        if len(pieces) == 1:
            mark = self.s.low(last)
            if mark not in {"/", "-", ".", "\u2013", "\u2011"}:
                return None
            while last + 1 < len(self.tokens) and len(pieces) < 3 and self.s.low(last) == mark:
                following = self.tokens[last + 1]
                if (
                    following.kind != NUMBER
                    or following.start != self.tokens[last].end
                    or not following.raw.isdigit()
                ):
                    break
                if self.tokens[last].start != self.tokens[last - 1].end:
                    break
                pieces.append(following.raw)
                last += 2
        if len(pieces) != 3 or not all(piece.isdigit() and len(piece) in {1, 2, 4} for piece in pieces):
            return None
        a, b, c = (int(piece) for piece in pieces)
        if len(pieces[0]) == 4:
            return self._make("date", place, last, a, b, c) if 1900 <= a <= 2199 else None
        if len(pieces[2]) == 1 or len(pieces[0]) == 4 or len(pieces[1]) == 4:
            return None
        year = c if len(pieces[2]) == 4 else 2000 + c
        if not 1900 <= year <= 2199:
            return None
        day_first = mark == "." or self.settings.date_order == "dmy"
        if mark != "." and a > 12 >= b:
            day_first = True
        elif mark != "." and b > 12 >= a:
            day_first = False
        point = self._make("date", place, last, year, *((b, a) if day_first else (a, b)))
        point.ambiguous = mark == "/" and a <= 12 and b <= 12 and a != b
        return point

    def _ordinal_end(self, place: int) -> int:
        """Return the place after a day's number and its ordinal mark (1st, 30., 30th)."""
        last = place + 1
        if self.s.low(last) in _ORDINAL_MARKS or (self.s.low(last) == "." and self.s.tags(last + 1) & _MONTH):
            last += 1
        return last

    def _day_month(self, place: int) -> Point | None:
        token = self.tokens[place]
        if not token.raw.isdigit() or not 1 <= int(token.raw[:4]) <= 99:
            return None
        last = self._ordinal_end(place)
        if (
            self.s.low(last) in {"-", "\u2013"}
            and place + 3 < len(self.tokens)
            and self.tokens[last + 1].kind == NUMBER
        ):
            end_day = self._day_month(last + 1)  # 12-14 May: the span ends with its last day
            if end_day and end_day.kind == "date":
                end_day.first = place
                return end_day
        if self.s.tags(last) & _SKIP and self.s.low(last) not in {"on", "in", "for"}:
            last += 1
        if not self.s.tags(last) & _MONTH or last >= len(self.tokens):
            return None
        month = int(self.s.lexicon.value(self.tokens[last], _MONTH) or 0)
        last += 1
        if self.s.low(last) == "." and self.year_at(last + 1)[1]:
            last += 1
        year, end = self._year_after(last)
        return self._make(
            "date", place, end or last, year, month, int(token.raw), open_year=bool(end) and year is None
        )

    def _month(self, place: int) -> Point | None:
        """June 30, 2027 · June 30 · June 2027 · June."""
        month = int(self.s.lexicon.value(self.tokens[place], _MONTH) or 0)
        last = place + 1
        if self.s.low(last) == "." and last + 1 < len(self.tokens) and self.tokens[last + 1].kind == NUMBER:
            last += 1
        if (
            self.s.low(last) in {"the", "-"}
            and self.tokens[min(last + 1, len(self.tokens) - 1)].kind == NUMBER
        ):
            last += 1
        year, end = self.year_at(last)
        if end:
            return self._month_end(place, end, year, month)
        if last < len(self.tokens):
            token = self.tokens[last]
            if (
                token.kind == NUMBER
                and token.raw.isdigit()
                and 1 <= len(token.raw) <= 2
                and int(token.raw) >= 1
            ):
                after = self._ordinal_end(last)
                if self.s.low(after) in {"-", "\u2013"} and after + 1 < len(self.tokens):
                    following = self.tokens[after + 1]
                    if following.kind == NUMBER and following.raw.isdigit() and len(following.raw) <= 2:
                        token, after = following, self._ordinal_end(after + 1)
                if self.s.low(after) not in {"%"}:
                    year, end = self._year_after(after)
                    unknown = bool(end) and year is None
                    return self._make(
                        "date", place, end or after, year, month, int(token.raw), open_year=unknown
                    )
        year, end = self._year_after(last)
        if end and self.s.low(last) != "-":
            return self._month_end(place, end, year, month)
        if not self.tokens[place].raw[:1].isupper():
            return Point("word", place, place, None)
        return self._month_end(place, place + 1, None, month)

    def _month_end(self, first: int, last: int, year: int | None, month: int) -> Point:
        point = Point("month", first, last, None, year)
        if year is None and last == first + 1 and self.anchor:
            year = self.anchor.year if month >= self.anchor.month else self.anchor.year + 1
        if year is not None:
            point.day = cal.month_end(year, month)
        return point

    def _weekday(self, place: int) -> Point | None:
        """Friday · Friday, 12 June (then the date counts)."""
        last = place + 1
        for start in (last, last + 1 if self.s.low(last) == "," else last):
            if start < len(self.tokens) and (
                self.tokens[start].kind == NUMBER or self.s.tags(start) & _MONTH
            ):
                point = self.read(start)
                if point and point.kind == "date":
                    point.first = place
                    return point
        weekday = int(self.s.lexicon.value(self.tokens[place], _WEEKDAY) or 0)
        day = cal.weekday_after(self.anchor, weekday) if self.anchor else None
        return Point("weekday", place, last, day)

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
                inner = self._lower_month(last) or self._unit(last)
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

    def _unit(self, place: int, ahead: int = 0) -> Point | None:
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
        unit = self._unit(last, ahead)
        if unit:
            unit.first = place
        return unit
