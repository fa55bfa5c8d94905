"""Calendar arithmetic for end points: what day a month, quarter, week, span or holiday ends on.

Only the standard library: a calendar package would cost more start-up time than all the rules together.
"""

from __future__ import annotations

from datetime import date, timedelta

_LAST_YEAR = 9990


def days_in_month(year: int, month: int) -> int:
    """Return the number of days of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, days_in_month(year, month))


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(max(year, 1), _LAST_YEAR)
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def add_span(day: date, count: float, unit: str) -> date | None:
    """Return `day` plus a span such as 90 days or 1.5 years; None where the unit has no fixed length."""
    if count > 10_000:
        return None
    try:
        if unit in {"day", "week", "fortnight"}:
            return day + timedelta(days=round(count * {"day": 1, "week": 7, "fortnight": 14}[unit]))
        if unit in {"month", "quarter", "half", "year", "decade"}:
            return add_months(
                day, round(count * {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}[unit])
            )
        if unit in {"hour", "minute", "second"}:
            return day + timedelta(seconds=count * {"hour": 3600, "minute": 60, "second": 1}[unit])
    except OverflowError:
        return None
    return None


def part_end(year: int, part: int, months: int, first_month: int = 1) -> date:
    """Return the last day of the `part`-th part of `months` months of a year that begins in `first_month`.

    A year that does not begin in January is named after the year in which it ends (FY2027).
    """
    start = date(year - 1 if first_month > 1 else year, first_month, 1)
    return add_months(start, part * months) - timedelta(days=1)


def unit_end(day: date, unit: str, ahead: int = 0, first_month: int = 1) -> date | None:
    """Return the last day of the day, week, month, quarter, half or year `ahead` units after that of `day`.

    A week ends on Sunday.
    """
    if unit == "day":
        return day + timedelta(days=ahead)
    if unit in {"week", "fortnight"}:
        weeks = ahead * 2 if unit == "fortnight" else ahead
        return day + timedelta(days=7 - day.isoweekday() + 7 * weeks)
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}.get(unit)
    if months is None:
        return None
    passed = (day.month - first_month) % 12 % months
    first = add_months(date(day.year, day.month, 1), -passed + months * (ahead + 1))
    return first - timedelta(days=1)


def weekday_after(day: date, weekday: int, next_week: bool = False) -> date:
    """Return the first `weekday` (Monday is 1) on or after `day`, or that of the next ISO week."""
    if next_week:
        return day + timedelta(days=7 - day.isoweekday() + weekday)
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)


def week_end(year: int, week: int) -> date | None:
    """Return the Sunday of an ISO week, or None where the year has no such week."""
    try:
        return date.fromisocalendar(year, week, 7)
    except ValueError:
        return None


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous algorithm; Meeus 1991, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * weekday) // 433
    month = (h + weekday - 7 * m + 90) // 25
    return date(year, month, (h + weekday - 7 * m + 33 * month + 19) % 32)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the nth weekday of a month; nth -1 is the last."""
    if nth > 0:
        first = weekday_after(date(year, month, 1), weekday)
        return first + timedelta(days=7 * (nth - 1))
    last = month_end(year, month)
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)


_MOVABLE = {
    "thanksgiving": (11, 4, 4), "laborday": (9, 1, 1), "memorialday": (5, 1, -1), "mlkday": (1, 1, 3),
    "presidentsday": (2, 1, 3), "columbusday": (10, 1, 2),
}  # fmt: skip


def holiday(rule: str, year: int) -> date | None:
    """Return the day of a holiday in `year`: "12-25", "easter+49", or a movable one's name; else None."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule[6:]))
    if rule in _MOVABLE:
        return _nth_weekday(year, *_MOVABLE[rule])
    if rule == "blackfriday":
        return _nth_weekday(year, 11, 4, 4) + timedelta(days=1)
    if len(rule) == 5:
        return date(year, int(rule[:2]), int(rule[3:]))
    return None


def upcoming_holiday(rule: str, day: date) -> date | None:
    """Return the next occurrence of a holiday on or after `day`."""
    for year in (day.year, day.year + 1):
        found = holiday(rule, year)
        if found and found >= day:
            return found
    return None
