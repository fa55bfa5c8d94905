"""The plan's dates as a calendar file (ICS): check-ins, due dates, milestones, the review at the end.

Titles are neutral unless asked otherwise, since calendars are often open to colleagues. UIDs are stable
and SEQUENCE grows with the plan's history, so that a new export updates the old entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coach_assist.errors import UsageError
from coach_assist.exchange.calendar_zone import zone_changes
from coach_assist.exchange.extras import needs_extra
from coach_assist.exchange.plan_json import PlanJson
from coach_assist.exchange.plan_words import calendar_line, plan_title
from coach_assist.plan.check_ins import WEEKDAYS, check_in_days
from coach_assist.plan.units import Activity, Cadence, Goal, Milestone, Support, Timeline
from coach_assist.shown import safe_text

DEFAULT_MINUTES = 20


@dataclass(frozen=True, slots=True)
class CalendarChoice:
    """How the calendar is written."""

    titles: bool = False
    """Show the plan's texts as titles; else neutral ones."""
    at: time | None = None
    """The time of day of the check-ins; without it they are all-day entries."""
    zone: str | None = None
    """The time zone of `at`, by its IANA name (Europe/Berlin)."""


@dataclass(frozen=True, slots=True)
class _Entry:
    uid: str
    neutral: str
    text: str
    day: date


def plan_calendar(plan: PlanJson, choice: CalendarChoice, *, sequence: int, now: datetime) -> bytes:
    """Return the calendar file. `sequence` grows with each change of the plan; `now` is when it is written.

    Raises UsageError without the extra `calendar`, for an unknown time zone, or where no date is agreed.
    """
    with needs_extra("calendar", "icalendar"):
        from icalendar import (
            Alarm,
            Calendar,
            Event,
            Timezone,
            TimezoneDaylight,
            TimezoneStandard,
            vRecur,
        )

    zone = _zone(choice)
    calendar = Calendar()
    calendar.add("PRODID", "-//coach-assist//plan//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    # Told once, at the head: an entry that said more than "Check-in" would be read by every colleague.
    calendar.add("X-WR-CALDESC", safe_text(calendar_line(plan), one_line=True))

    def event(entry: _Entry, start: date | datetime, length: timedelta, warn: timedelta) -> Event:
        made = Event()
        title = entry.text if choice.titles else entry.neutral
        title = safe_text(f"DEMO: {title}" if plan.demo else title, one_line=True)
        made.add("UID", f"{entry.uid}@{plan.plan}.coach-assist")
        made.add("DTSTAMP", now.astimezone(UTC))
        made.add("SEQUENCE", sequence)
        made.add("SUMMARY", title)
        made.add("DTSTART", start)
        made.add("DTEND", start + length)
        made.add("CLASS", "CONFIDENTIAL")
        made.add("TRANSP", "OPAQUE" if isinstance(start, datetime) else "TRANSPARENT")
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", title)
        alarm.add("TRIGGER", -warn)
        made.add_component(alarm)
        return made

    if check_in := _check_ins(plan):
        entry, days, minutes, rule = check_in
        if choice.at and zone:
            told = Timezone()
            told.add("TZID", choice.zone)
            for change in zone_changes(zone, days[0], days[-1]):
                part = TimezoneDaylight() if change.summer else TimezoneStandard()
                part.add("DTSTART", change.begin)
                part.add("TZOFFSETFROM", change.before)
                part.add("TZOFFSETTO", change.after)
                part.add("TZNAME", change.name)
                told.add_component(part)
            calendar.add_component(told)
            begin: date | datetime = datetime.combine(days[0], choice.at, zone)
            made = event(entry, begin, timedelta(minutes=minutes), timedelta(minutes=15))
        else:
            made = event(entry, days[0], timedelta(days=1), timedelta(hours=15))
        if len(days) > 1:
            made.add("RRULE", vRecur({**rule, "COUNT": len(days)}))
        calendar.add_component(made)
    for entry in _dates(plan):
        # The day before at nine: an all-day entry begins at midnight.
        calendar.add_component(event(entry, entry.day, timedelta(days=1), timedelta(hours=15)))
    if not calendar.events:
        raise UsageError(
            "no date of this plan is agreed yet, so there is nothing for a calendar",
            next_step="Agree on the timeline and the meetings first.",
        )
    return bytes(calendar.to_ical())


def _zone(choice: CalendarChoice) -> ZoneInfo | None:
    if choice.at is None:
        return None
    if not choice.zone:
        raise UsageError(
            "a time of day needs its time zone",
            next_step="Say both, such as: --at 16:00 --zone Europe/Berlin",
        )
    try:
        return ZoneInfo(choice.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(
            f"there is no time zone “{safe_text(choice.zone, one_line=True)}”",
            next_step="Use an IANA name, such as Europe/Berlin or America/New_York.",
        ) from None


def _check_ins(plan: PlanJson) -> tuple[_Entry, tuple[date, ...], int, dict[str, object]] | None:
    timeline = next((unit.value for unit in plan.units if isinstance(unit.value, Timeline)), None)
    for unit in plan.units:
        if not isinstance(unit.value, Cadence) or timeline is None:
            continue
        cadence = unit.value
        if not (days := check_in_days(cadence, timeline)):
            return None
        entry = _Entry(f"{unit.id}.check-in", "Check-in", f"Check-in: {plan_title(plan)}", days[0])
        return entry, days, cadence.minutes or DEFAULT_MINUTES, _rule(cadence, days)
    return None


def _rule(cadence: Cadence, days: tuple[date, ...]) -> dict[str, object]:
    weekday = WEEKDAYS[days[0].weekday()][:2].upper()
    if cadence.every == "month":
        # A meeting on a fifth weekday is on the last one in shorter months.
        nth = max((day.day - 1) // 7 + 1 for day in days)
        return {"FREQ": "MONTHLY", "BYDAY": f"{-1 if nth == 5 else nth}{weekday}"}
    return {"FREQ": "WEEKLY", "INTERVAL": 1 if cadence.every == "week" else 2, "BYDAY": weekday}


def _dates(plan: PlanJson) -> Iterator[_Entry]:
    for unit in plan.units:
        match unit.value:
            case Goal(due=date() as day, statement=text):
                yield _Entry(f"{unit.id}.due", "Goal due", f"Goal due: {text}", day)
            case Activity(due=date() as day, what=text):
                yield _Entry(f"{unit.id}.due", "Activity due", f"Activity due: {text}", day)
            case Support(due=date() as day, what=text):
                yield _Entry(f"{unit.id}.due", "Promise due", f"Promise due: {text}", day)
            case Milestone(date=day, what=text):
                yield _Entry(f"{unit.id}.milestone", "Milestone", f"Milestone: {text}", day)
            case Timeline(end=day):
                yield _Entry(f"{unit.id}.review", "Review", f"Review: {plan_title(plan)}", day)
            case _:
                pass
