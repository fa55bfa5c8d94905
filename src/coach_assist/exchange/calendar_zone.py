"""A time zone within a calendar file: its offsets around a plan, each change written out on its own.

One component a change of the clock, without recurrence: a form that every calendar reads, where rules and
long lists of dates are read by some and passed over by others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MARGIN = timedelta(days=400)
"""How far beyond the plan's days the zone is told: check-ins may move, and the years meet."""


@dataclass(frozen=True, slots=True)
class Change:
    """From `begin` on (local time by the clock of before) the offset from UTC is `after`."""

    begin: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool


def zone_changes(zone: ZoneInfo, first: date, last: date) -> tuple[Change, ...]:
    """Return the zone's changes around the days from `first` to `last`; the first tells where it begins."""
    begin = datetime(first.year, first.month, first.day, tzinfo=UTC) - MARGIN
    end = datetime(last.year, last.month, last.day, tzinfo=UTC) + MARGIN
    start = _offset(begin, zone)
    return (_change(begin, start, zone), *_changes(zone, begin, end))


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[Change]:
    known, at = _offset(begin, zone), begin
    while at < end:
        later = at + timedelta(days=1)
        if _offset(later, zone) != known:
            moment = _first_moment(zone, at, later, known)
            yield _change(moment, known, zone)
            known = _offset(later, zone)
        at = later


def _first_moment(zone: ZoneInfo, before: datetime, after: datetime, known: timedelta) -> datetime:
    """Return the first whole second (UTC) with another offset than `known`, between two moments."""
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if _offset(middle, zone) == known:
            before = middle
        else:
            after = middle
    return after


def _change(moment: datetime, before: timedelta, zone: ZoneInfo) -> Change:
    local = moment.astimezone(zone)
    return Change(
        begin=(moment + before).replace(tzinfo=None),
        before=before,
        after=_offset(moment, zone),
        name=local.tzname() or str(zone),
        summer=bool(local.dst()),
    )


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset
