"""On which days the two parties meet: the cadence of a plan laid over its timeline."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from coach_assist.plan.units import Cadence, Timeline, Weekday

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""Monday first, as date.weekday() counts."""


def check_in_days(cadence: Cadence, timeline: Timeline) -> tuple[date, ...]:
    """Return the days of the check-ins, after the start and not after the end.

    Weekly and fortnightly meetings are on the cadence's weekday (that of the start, if it names none),
    the first within one period of the start. Monthly ones are on the same weekday of the month as the
    first (the second Friday; a fifth becomes the last). For another rhythm no day can be known: ().
    """
    if cadence.every == "other":
        return ()
    weekday = WEEKDAYS.index(cadence.weekday) if cadence.weekday else timeline.start.weekday()
    first = timeline.start + timedelta(days=(weekday - timeline.start.weekday() - 1) % 7 + 1)
    days = []
    if cadence.every == "month":
        month = timeline.start
        for _ in range(13):
            month = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
            days.append(_nth_weekday(month, weekday, (first.day - 1) // 7 + 1))
    else:
        step = 7 if cadence.every == "week" else 14
        day = first + timedelta(days=step - 7)
        while day <= timeline.end:
            days.append(day)
            day += timedelta(days=step)
    return tuple(day for day in days if timeline.start < day <= timeline.end)


def next_check_in(cadence: Cadence, timeline: Timeline, today: date) -> date | None:
    """Return the first check-in on or after `today`, or None where there is none any more."""
    return next((day for day in check_in_days(cadence, timeline) if day >= today), None)


def _nth_weekday(month: date, weekday: int, nth: int) -> date:
    """Return the nth weekday of the month that begins at `month`; the last, where it has no fifth."""
    day = month + timedelta(days=(weekday - month.weekday()) % 7 + 7 * (nth - 1))
    return day if day.month == month.month else day - timedelta(days=7)
