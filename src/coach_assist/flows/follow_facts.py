"""What follow-through works with: the units in force, and what was said of them since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, TypeVar

from coach_assist.agreement.fold import State
from coach_assist.agreement.follow_fold import Followed, Mark, follow
from coach_assist.agreement.summary_bodies import SummaryItem
from coach_assist.errors import Refused, UsageError
from coach_assist.flows.acts import over_words
from coach_assist.plan.check_ins import check_in_days
from coach_assist.plan.progress import DueState, Measured, due_state
from coach_assist.plan.stalls import ActivityFacts, GoalFacts, Stall, stalls
from coach_assist.plan.timeline import DEFAULT_DAYS
from coach_assist.plan.units import (
    PARTIES,
    Activity,
    Cadence,
    CurrentState,
    Frame,
    Goal,
    Milestone,
    Party,
    Support,
    Timeline,
    Value,
    parse_value,
)
from coach_assist.workspace.plan_file import PlanFile

PromiseKind = Literal["support", "next_step", "activity", "milestone"]
PROMISE_WORDS: dict[PromiseKind, str] = {
    "support": "promise", "next_step": "next step", "activity": "activity", "milestone": "milestone",
}  # fmt: skip
DUE_WORDS: dict[DueState, str] = {
    "kept": "kept", "not_needed": "no longer needed", "seen_differently": "seen differently",
    "overdue": "overdue", "due_today": "due today", "open": "open",
}  # fmt: skip
V = TypeVar("V", bound=Value)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that somebody is to do, or a point to be reached. Texts are as stored."""

    id: str
    """The unit's id, or the id of the note that holds a next step."""
    kind: PromiseKind
    who: str
    """Whose it is, by name; empty for a milestone."""
    party: Party | None
    """Which of the two parties that is; None for another person, and for a milestone."""
    what: str
    due: date | None
    state: DueState
    marks: tuple[Mark, ...]
    gap: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """A plan's units in force, and what was said since."""

    state: State
    followed: Followed
    units: Mapping[str, Value]
    start: date
    end: date

    def of(self, model: type[V]) -> dict[str, V]:
        """Return the units of one kind, id → value, in the order in which a plan is read."""
        return {unit: value for unit, value in self.units.items() if isinstance(value, model)}

    def one(self, model: type[V]) -> V | None:
        """Return the unit of a kind of which a plan holds one, or None."""
        return next(iter(self.of(model).values()), None)

    @property
    def names(self) -> dict[Party, str]:
        """Both parties' names, as the plan pins them."""
        return {party: self.state.parties[party].name for party in PARTIES}

    @property
    def closed(self) -> bool:
        """Whether both have signed a closing page."""
        return bool(self.followed.closed)

    @property
    def planned(self) -> tuple[date, ...]:
        """The days of the check-ins by the cadence; none where no cadence is agreed."""
        cadence, timeline = self.one(Cadence), self.one(Timeline)
        return () if cadence is None or timeline is None else check_in_days(cadence, timeline)

    @property
    def held(self) -> tuple[date, ...]:
        """The days on which check-ins were held."""
        return tuple(date.fromisoformat(one.day) for one in self.followed.check_ins)

    def measured(self, goal: str) -> tuple[Measured, ...]:
        """Return the numbers that were written down of a goal's metric."""
        return tuple(
            Measured(date.fromisoformat(one.day), Decimal(one.value))
            for one in self.followed.readings
            if one.goal == goal and one.value is not None
        )


def facts_of(plan: PlanFile) -> Facts:
    """Return the facts of a plan. Raises UsageError where nothing is agreed yet; Damaged, Refused."""
    if not plan.has_opened or not plan.state.in_force:
        raise UsageError(
            "Nothing of this plan is agreed yet, so there is nothing to follow.",
            kept="Everything is kept as it is.",
            next_step=f"Put drafts forward and decide on them: coach-assist show {plan.id[:8]}",
        )
    state = plan.state
    units = {
        unit: parse_value(one.kind, dict(one.value)) for unit, one in state.in_force.items() if one.value
    }
    timeline = next((value for value in units.values() if isinstance(value, Timeline)), None)
    # Without an agreed timeline the plan counts from the day on which its first text was put forward.
    first = min(date.fromisoformat(one.at[:10]) for one in state.in_force.values())
    start = timeline.start if timeline else first
    end = timeline.end if timeline else start + timedelta(days=DEFAULT_DAYS)
    return Facts(state, follow(plan.history), units, start, max(end, start))


def refuse_where_over(plan: PlanFile, facts: Facts) -> None:
    """Raise Refused where a plan does not go on: closed by both, ended by one, or left."""
    over = over_words(plan.history)
    if facts.closed:
        over = "This plan is closed: both have signed its closing page."
    if over is not None:
        raise Refused(
            over,
            kept="Nothing was changed; the plan can be read, verified and exported.",
            next_step=f"To go on in a new plan: coach-assist carry {plan.id[:8]} --with PERSON",
        )


def party_of(facts: Facts, who: str | None, otherwise: Party) -> Party | None:
    """Return which party a name in a plan stands for; `otherwise` where there is none, None for others."""
    if who is None or not who.strip():
        return otherwise
    asked = " ".join(who.casefold().split())
    frame = facts.one(Frame)
    titles: dict[Party, str] = {
        "team_member": "team member",
        "manager": frame.second_party if frame else "manager",
    }
    for party in PARTIES:
        name = " ".join(facts.names[party].casefold().split())
        if asked in {name, name.split(" ")[0], titles[party]}:
            return party
    return None


def promises(facts: Facts, today: date) -> tuple[Promise, ...]:
    """Return everything that was to be done, the manager's own first; each group by its day."""
    found = list(_promises(facts, today))
    order: dict[Party | None, int] = {"manager": 0, None: 1, "team_member": 2}
    found.sort(key=lambda one: (one.kind == "milestone", order[one.party], one.due or date.max))
    return tuple(found)


def _promises(facts: Facts, today: date) -> Iterator[Promise]:
    def promise(
        one: str, kind: PromiseKind, who: str | None, party: Party | None, what: str, due: date | None,
        gap: str | None = None,
    ) -> Promise:  # fmt: skip
        marks = facts.followed.marks.get(one, ())
        name = facts.names[party] if party else who or ""
        return Promise(
            one,
            kind,
            name,
            party,
            what,
            due,
            due_state(due, [mark.mark for mark in marks], today),
            marks,
            gap,
        )

    for unit, support in facts.of(Support).items():
        party = party_of(facts, support.who, "manager")
        yield promise(unit, "support", support.who, party, support.what, support.due)
    for unit, activity in facts.of(Activity).items():
        party = party_of(facts, activity.owner, "team_member")
        yield promise(unit, "activity", activity.owner, party, activity.what, activity.due, activity.gap)
    for note in facts.followed.notes_of("next_step"):
        party = party_of(facts, note.owner, note.by)
        due = date.fromisoformat(note.due) if note.due else None
        yield promise(note.id, "next_step", note.owner, party, note.text or "", due)
    for item in agreed_actions(facts.followed):
        whose = party_of(facts, item.owner, "manager") if item.owner else None
        day = date.fromisoformat(item.due) if item.due else None
        yield promise(item.id, "next_step", item.owner, whose, item.text, day)
    for unit, milestone in facts.of(Milestone).items():
        yield promise(unit, "milestone", None, None, milestone.what, milestone.date)


def agreed_actions(followed: Followed) -> tuple[SummaryItem, ...]:
    """Return the next actions of the summaries that both have accepted."""
    return tuple(
        item for one in followed.summaries if one.accepted for item in one.items if item.kind == "action"
    )


def stalls_of(facts: Facts, today: date) -> tuple[Stall, ...]:
    """Return the stall rules that apply on `today`; none once the plan is closed."""
    if facts.closed:
        return ()
    goals = [
        GoalFacts(
            unit=unit,
            metric=goal.metric,
            due=goal.due,
            readings=facts.measured(unit),
            looked=[date.fromisoformat(one.day) for one in facts.followed.readings if one.goal == unit],
        )
        for unit, goal in facts.of(Goal).items()
        if not settled(facts, unit)
    ]
    activities = [
        ActivityFacts(one.id, one.gap, one.due, one.state)
        for one in promises(facts, today)
        if one.kind == "activity"
    ]
    return stalls(facts.start, facts.end, facts.one(Cadence), goals, activities, today)


def settled(facts: Facts, unit: str) -> bool:
    """Say whether a unit was marked as done or no longer needed, and nobody says otherwise."""
    marks = facts.followed.marks.get(unit, ())
    return due_state(None, [one.mark for one in marks], facts.end) in ("kept", "not_needed")


def about_words(facts: Facts, about: str) -> str:
    """Return the text of a unit or of a gap, as stored; the id where it is no longer there."""
    for value in facts.units.values():
        if isinstance(value, CurrentState):
            for entry in (*value.gaps, *value.strengths):
                if entry.id == about:
                    return entry.text
    match facts.units.get(about):
        case Goal(statement=text) | Activity(what=text) | Support(what=text) | Milestone(what=text):
            return text
    for summary in facts.followed.summaries:
        for item in summary.items:
            if item.id == about:
                return item.text
    for proposal in facts.state.proposals.values():  # it was agreed once, and is no longer
        if proposal.unit == about and proposal.value:
            words = proposal.value.get("statement") or proposal.value.get("what")
            if isinstance(words, str):
                return words
    return about
