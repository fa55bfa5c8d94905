"""Reading single days and months: 2027-03-31, 31.3.2027, June 30, the 5th of April, May 2027, Friday."""

from __future__ import annotations

from datetime import date

from coach_assist.checker import calendar_dates as cal
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.sentence import Sentence
from coach_assist.checker.settings import Settings
from coach_assist.checker.tokens import NUMBER, WORD

_MONTH, _WEEKDAY = BIT["months"], BIT["weekdays"]
_SKIP = BIT["of_words"] | BIT["determiners"]


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


class DayPoints:
    """The readers of days, months and weekdays for one sentence.

    `anchor` is the day from which missing years are filled in, if any.
    """

    def __init__(self, sentence: Sentence, anchor: date | None, settings: Settings) -> None:
        self.s = sentence
        self.tokens = sentence.tokens
        self.anchor = anchor
        self.settings = settings

    def read(self, place: int) -> Point | None:
        """Return the point that begins at `place`: a day, or a month."""
        return self._day_month(place) if self.tokens[place].kind == NUMBER else self._month(place)

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

    def short_day(self, place: int) -> Point | None:
        """ "(by) the 15th", "(by) 4/30": only after a word that asks for a date."""
        token = self.tokens[place]
        if not token.raw.isdigit() or len(token.raw) > 2:
            return None
        first, last = int(token.raw), place + 1
        if self.s.tags(last) & BIT["ordinal_marks"] and self.tokens[last].start == token.end:
            if not 1 <= first <= 31:
                return None
            point = Point("date", place, last + 1, None)
            if self.anchor:
                month = cal.add_months(self.anchor.replace(day=1), 1 if first < self.anchor.day else 0)
                point.day = month.replace(day=min(first, cal.days_in_month(month.year, month.month)))
            return point
        if self.s.low(last) != "/" or last + 1 >= len(self.tokens):
            return None
        other = self.tokens[last + 1]
        if (
            other.kind != NUMBER
            or not other.raw.isdigit()
            or len(other.raw) > 2
            or other.start != token.end + 1
        ):
            return None
        second = int(other.raw)
        day_first = first > 12 or (second <= 12 and self.settings.date_order == "dmy")
        day, month_number = (first, second) if day_first else (second, first)
        if not 1 <= month_number <= 12 or not 1 <= day <= 31:
            return None
        point = self._make("date", place, last + 2, None, month_number, day)
        point.ambiguous = first <= 12 and second <= 12 and first != second
        return point

    def _ordinal_end(self, place: int) -> int:
        """Return the place after a day's number and its ordinal mark (1st, 30., 30th)."""
        last = place + 1
        if self.s.tags(last) & BIT["ordinal_marks"] or (
            self.s.low(last) == "." and self.s.tags(last + 1) & _MONTH
        ):
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
