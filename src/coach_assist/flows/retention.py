"""How long a plan is kept on this machine: a day, and a reminder after it. Nothing is deleted by itself."""

from __future__ import annotations

from datetime import date

from coach_assist.errors import UsageError
from coach_assist.workspace.plan_file import PlanFile

MARK = "retention.until"


def keep_until(plan: PlanFile) -> date | None:
    """Return the day up to which this machine keeps the plan; None where nobody set one."""
    try:
        return date.fromisoformat(plan.meta.get(MARK) or "")
    except ValueError:
        return None


def set_keep_until(plan: PlanFile, day: date | None, today: date) -> None:
    """Set that day, or take it away with None. It concerns this machine's copy only.

    Raises UsageError for a day that has passed, Refused.
    """
    if day is not None and day < today:
        raise UsageError(f"{day.isoformat()} has passed already.", kept="Nothing was changed.")
    plan.meta.put(MARK, "" if day is None else day.isoformat())


def reminder(until: date | None, today: date, short: str) -> str | None:
    """Return the words of the reminder once the day has passed, else None."""
    if until is None or today <= until:
        return None
    return f"was to be kept until {until.isoformat()}; to delete it: coach-assist delete {short}"
