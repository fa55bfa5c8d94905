"""The plan's calendar arithmetic: reading a start or an end, default lengths, clamping dates."""

from __future__ import annotations

import re
from datetime import date, timedelta

DEFAULT_DAYS = 30
LONGEST_DAYS = 366
_DAYS = re.compile(r"^\s*(\d{1,4})\s*(day|days|d|week|weeks|w)\s*$", re.IGNORECASE)


def read_date(text: str) -> date:
    """Read one ISO date (YYYY-MM-DD). Raises ValueError with words for a person."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"“{text.strip()}” is not a date such as 2026-12-31") from None


def read_end(text: str, start: date) -> date:
    """Read the end of a plan: an ISO date, or "N days" / "N weeks" counted from `start`.

    Raises ValueError where it is neither, not after the start, or more than a year away.
    """
    if match := _DAYS.match(text):
        count = int(match[1]) * (7 if match[2].lower().startswith("w") else 1)
        if not 1 <= count <= LONGEST_DAYS:
            raise ValueError("the length must be between 1 day and a year")
        return start + timedelta(days=count)
    end = read_date(text)
    if end <= start:
        raise ValueError(f"the end must be after the start ({start.isoformat()})")
    if end - start > timedelta(days=LONGEST_DAYS):
        raise ValueError("a coaching plan lasts at most a year")
    return end


def clamp(day: date, start: date, end: date) -> date:
    """Return `day` moved into the plan: not before its start, not after its end."""
    return min(max(day, start), end)


def days_between(start: date, end: date) -> int:
    """Return the length of a plan in days."""
    return (end - start).days
