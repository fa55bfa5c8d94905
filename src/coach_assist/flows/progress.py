"""How a plan stands: goals over time, promises, milestones, check-ins, and questions where it stands still.

Every word in it is about the plan. Nothing here says anything about a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from coach_assist.agreement.follow_fold import Reading
from coach_assist.agreement.summary_fold import Summary
from coach_assist.flows.follow_facts import (
    DUE_WORDS,
    PROMISE_WORDS,
    Facts,
    Promise,
    PromiseKind,
    facts_of,
    promises,
    settled,
)
from coach_assist.flows.show import title_of
from coach_assist.flows.stall_views import StallView, stall_views
from coach_assist.plan.progress import (
    DueState,
    Measured,
    Standing,
    by_day,
    expected,
    metric_progress,
    not_held,
)
from coach_assist.plan.units import Goal, Party
from coach_assist.workspace.plan_file import PlanFile

Status = Literal["open", "done", "changed", "dropped"]
STANDING_WORDS: dict[Standing, str] = {
    "reached": "the target is reached",
    "on_line": "on the expected line",
    "off_line": "not on the expected line",
    "measured": "measured; there is no line to compare with",
    "not_measured": "no value yet",
}


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One value of a goal, in the words of whoever wrote it down."""

    day: date
    value: Decimal | None
    words: str | None
    evidence: str | None
    by: str


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """One goal over time."""

    unit: str
    statement: str
    metric: str | None
    kind: Literal["quantitative", "qualitative"] | None
    measure: str | None
    """The unit of the metric's numbers."""
    baseline: Decimal | None
    target: Decimal | None
    start: date
    due: date
    readings: tuple[ReadingView, ...]
    """By day; of several on one day all are here."""
    measured: tuple[Measured, ...]
    """The numbers, one a day: what a chart shows."""
    line: tuple[tuple[date, Decimal], ...]
    """Two points of the expected line; empty where there is none."""
    actual: Measured | None
    expected: Decimal | None
    """Where the line stands today."""
    share: int | None
    standing: Standing
    standing_words: str
    status: Status
    status_reason: str | None


@dataclass(frozen=True, slots=True)
class PromiseView:
    """Something that was to be done."""

    id: str
    kind: PromiseKind
    kind_words: str
    who: str
    party: Party | None
    what: str
    due: date | None
    state: DueState
    state_words: str


@dataclass(frozen=True, slots=True)
class ProgressView:
    """How one plan stands on one day. Texts and names are as stored."""

    id: str
    title: str
    names: Mapping[Party, str]
    demo: bool
    today: date
    start: date
    end: date
    closed: bool
    goals: tuple[GoalProgress, ...]
    promises: tuple[PromiseView, ...]
    """Promises, next steps and activities, the manager's own first."""
    milestones: tuple[PromiseView, ...]
    held: tuple[date, ...]
    planned: tuple[date, ...]
    next_check_in: date | None
    stalls: tuple[StallView, ...]
    talk: tuple[str, ...]
    """What somebody wants to talk about, from notes, accepted summaries and proposals."""
    summaries: tuple[str, ...]
    """In one line each where the summaries stand that are put forward or accepted, the newest first."""


def progress_view(plan: PlanFile, today: date) -> ProgressView:
    """Return how a plan stands on `today`. Raises UsageError where nothing is agreed yet; Refused."""
    facts = facts_of(plan)
    every = [promise_view(one) for one in promises(facts, today)]
    planned = facts.planned
    held = facts.held
    return ProgressView(
        id=plan.id,
        title=title_of(plan),
        names=facts.names,
        demo=facts.state.demo,
        today=today,
        start=facts.start,
        end=facts.end,
        closed=facts.closed,
        goals=tuple(_goal(facts, unit, goal, today) for unit, goal in facts.of(Goal).items()),
        promises=tuple(one for one in every if one.kind != "milestone"),
        milestones=tuple(one for one in every if one.kind == "milestone"),
        held=held,
        planned=planned,
        next_check_in=None if facts.closed else next_planned(facts, today),
        stalls=stall_views(facts, today),
        talk=talk_items(facts),
        summaries=tuple(_summary_line(facts, one) for one in reversed(facts.followed.summaries)),
    )


def next_planned(facts: Facts, today: date) -> date | None:
    """Return the first check-in by the cadence on or after `today` that was not held yet."""
    return next((day for day in not_held(facts.planned, facts.held) if day >= today), None)


def talk_items(facts: Facts) -> tuple[str, ...]:
    """Return what waits to be talked about: notes since the last check-in, and proposals on the agenda."""
    last = facts.held[-1].isoformat() if facts.held else ""
    notes = [one.text or "" for one in facts.followed.notes_of("talk") if (one.day or "") >= last]
    notes += [
        item.text
        for one in facts.followed.summaries
        if one.accepted and one.day >= last
        for item in one.items
        if item.kind == "question"
    ]
    asked = []
    for proposal, _ in facts.state.agenda:
        value = proposal.value or {}
        words = value.get("statement") or value.get("what") or value.get("title") or value.get("area")
        asked.append(str(words or proposal.kind.replace("_", " ")))
    return (*notes, *dict.fromkeys(asked))


def promise_view(one: Promise) -> PromiseView:
    """Return a promise as it is shown."""
    words = DUE_WORDS[one.state]
    if one.state == "kept" and one.kind == "activity":
        marks = {mark.mark for mark in one.marks}
        words = {"helped": "done, helped", "did_not_help": "done, did not help"}.get(
            next(iter(marks)) if len(marks) == 1 else "", "done"
        )
    elif one.state == "kept" and one.kind == "milestone":
        words = "reached"
    elif one.state == "kept" and one.kind == "next_step":
        words = "done"
    elif one.state == "overdue" and one.kind == "milestone":
        words = "its day has passed"
    return PromiseView(
        one.id, one.kind, PROMISE_WORDS[one.kind], one.who, one.party, one.what, one.due, one.state, words
    )


def _summary_line(facts: Facts, one: Summary) -> str:
    said = f"{one.day}, from {facts.names[one.by]}, items: {len(one.items)}"
    if one.accepted:
        return f"{said}; accepted by both"
    if one.declined:
        return f"{said}; declined"
    waits = " and ".join(facts.names[party] for party in one.waits_for)
    return f"{said}; put forward, waits for {waits}"


def progress_json(view: ProgressView) -> dict[str, Any]:
    """Return the view as JSON-ready data: days as ISO texts, numbers as decimal strings."""
    return {name: _plain(value) for name, value in asdict(view).items()}


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
    return value


def _goal(facts: Facts, unit: str, goal: Goal, today: date) -> GoalProgress:
    metric, due = goal.metric, max(goal.due or facts.end, facts.start)
    readings = tuple(_reading(one, facts) for one in facts.followed.readings if one.goal == unit)
    measured = by_day(facts.measured(unit), today)
    line: tuple[tuple[date, Decimal], ...] = ()
    standing: Standing = "measured" if readings else "not_measured"
    actual, level, share = None, None, None
    if metric is not None:
        found = metric_progress(metric, facts.start, due, measured, today)
        actual, level, share = found.actual, found.expected, found.share
        if actual is not None:
            standing = found.standing
        ends = [(day, expected(metric, facts.start, due, day)) for day in (facts.start, due)]
        line = tuple((day, value) for day, value in ends if value is not None)
    status, reason = settled_status(facts, unit)
    return GoalProgress(
        unit=unit,
        statement=goal.statement,
        metric=metric.name if metric else None,
        kind=metric.kind if metric else None,
        measure=metric.unit if metric else None,
        baseline=Decimal(metric.baseline) if metric and metric.baseline else None,
        target=Decimal(metric.target) if metric and metric.target else None,
        start=facts.start,
        due=due,
        readings=readings,
        measured=measured,
        line=line,
        actual=actual,
        expected=level,
        share=share,
        standing=standing,
        standing_words=STANDING_WORDS[standing],
        status=status,
        status_reason=reason,
    )


def settled_status(facts: Facts, unit: str) -> tuple[Status, str | None]:
    """Return the status of a goal: by the closing page that both signed, else by what was marked."""
    for page in facts.followed.closed:
        for outcome in page.outcomes:
            if outcome.goal == unit:
                return outcome.outcome, outcome.reason
    return ("done" if settled(facts, unit) else "open"), None


def _reading(one: Reading, facts: Facts) -> ReadingView:
    return ReadingView(
        day=date.fromisoformat(one.day),
        value=None if one.value is None else Decimal(one.value),
        words=one.words,
        evidence=one.evidence,
        by=facts.names[one.by],
    )
