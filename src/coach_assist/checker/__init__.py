"""Is the sentence SMART: rules, verdicts and reports. The checker judges a sentence, never a person.

    >>> from coach_assist.checker import check_goal
    >>> check_goal("Cut the queue at the till from 9 to 5 minutes by 30 June 2027").smart
    True

No input or output beyond the word lists in this package, and no clock: `Context` brings the dates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach_assist.checker.check import check_goal
from coach_assist.checker.deadlines import find_deadline
from coach_assist.checker.fixes import apply_fixes
from coach_assist.checker.registry import Rule, rule
from coach_assist.checker.reports import (
    Context,
    Deadline,
    Edit,
    Finding,
    Fix,
    GoalReport,
    PlanReport,
    Verdict,
)
from coach_assist.checker.settings import Settings

if TYPE_CHECKING:
    from coach_assist.checker.check_plans import check_plan
    from coach_assist.checker.check_texts import check_text
    from coach_assist.checker.pip import recognise_pip

_LATER = {"check_plan": "check_plans", "check_text": "check_texts", "recognise_pip": "pip"}


def __getattr__(name: str) -> object:
    """Import what checks plans and free texts only when it is asked for: `check` of goals starts faster."""
    if name in _LATER:
        from importlib import import_module

        found = globals()[name] = getattr(import_module(f"coach_assist.checker.{_LATER[name]}"), name)
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Context", "Deadline", "Edit", "Finding", "Fix", "GoalReport", "PlanReport", "Rule", "Settings",
    "Verdict",
    "apply_fixes", "check_goal", "check_plan", "check_text", "find_deadline", "recognise_pip", "rule",
]  # fmt: skip
