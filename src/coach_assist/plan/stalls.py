"""Where a plan seems to stand still, by four rules. A rule raises a question; it never gives a verdict.

The rules: no value of a metric for two cadences; the expected line missed by the last two values; no
activity begun after the first one was due; every activity of a gap overdue.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from coach_assist.plan.progress import DueState, Measured, behind, metric_progress
from coach_assist.plan.units import Cadence, Metric

StallRule = Literal["no_value", "line_missed", "first_step", "gap_overdue"]
CADENCE_DAYS = {"week": 7, "fortnight": 14, "month": 31, "other": 14}
"""Days between two check-ins; where the rhythm is in words only, or none is agreed, two weeks count."""
FIRST_STEP_DAYS = 7
"""A plan asks for a first step within a week."""


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """A goal as the rules see it. `looked` are all days on which its metric was looked at, in words too."""

    unit: str
    metric: Metric | None
    due: date | None
    readings: Sequence[Measured]
    looked: Sequence[date]


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """An activity as the rules see it."""

    unit: str
    gap: str | None
    due: date | None
    state: DueState


@dataclass(frozen=True, slots=True)
class Stall:
    """One rule that applies. `about`: the id of the goal, activity or gap; `since`: from which day."""

    rule: StallRule
    about: str
    since: date


def stalls(
    start: date,
    end: date,
    cadence: Cadence | None,
    goals: Sequence[GoalFacts],
    activities: Sequence[ActivityFacts],
    today: date,
) -> tuple[Stall, ...]:
    """Return the rules that apply on `today`, in the order of the rules. Before the start: none."""
    if today <= start:
        return ()
    every = timedelta(days=CADENCE_DAYS[cadence.every if cadence else "other"])
    return (
        *_no_value(start, end, 2 * every, goals, today),
        *_line_missed(start, end, goals, today),
        *_first_step(start, activities, today),
        *_gap_overdue(activities, today),
    )


def _no_value(
    start: date, end: date, longest: timedelta, goals: Sequence[GoalFacts], today: date
) -> Iterator[Stall]:
    for goal in goals:
        if goal.metric is None or _reached(goal, start, end, today):
            continue
        last = max((day for day in goal.looked if day <= today), default=start)
        last = max(last, start)
        if min(today, goal.due or end) - last > longest:
            yield Stall("no_value", goal.unit, last)


def _line_missed(start: date, end: date, goals: Sequence[GoalFacts], today: date) -> Iterator[Stall]:
    for goal in goals:
        if goal.metric is None:
            continue
        missed = behind(goal.metric, start, goal.due or end, goal.readings, today)
        if missed >= 2:
            since = sorted(one.day for one in goal.readings if one.day <= today)[-1]
            yield Stall("line_missed", goal.unit, since)


def _first_step(start: date, activities: Sequence[ActivityFacts], today: date) -> Iterator[Stall]:
    if not activities or any(one.state in ("kept", "not_needed", "seen_differently") for one in activities):
        return
    first = min(activities, key=lambda one: (one.due or date.max, one.unit))
    deadline = first.due or start + timedelta(days=FIRST_STEP_DAYS)
    if today > deadline:
        yield Stall("first_step", first.unit, deadline)


def _gap_overdue(activities: Sequence[ActivityFacts], today: date) -> Iterator[Stall]:
    of_gap: dict[str, list[ActivityFacts]] = {}
    for one in activities:
        if one.gap is not None and one.state != "not_needed":
            of_gap.setdefault(one.gap, []).append(one)
    for gap, group in of_gap.items():
        days = [one.due for one in group if one.due is not None]
        if all(one.state == "overdue" for one in group):
            yield Stall("gap_overdue", gap, max(days, default=today))


def _reached(goal: GoalFacts, start: date, end: date, today: date) -> bool:
    if goal.metric is None:
        return False
    return metric_progress(goal.metric, start, goal.due or end, goal.readings, today).standing == "reached"
