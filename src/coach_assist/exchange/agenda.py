"""A one-page agenda for the next check-in, to fill in by hand: what is due, to talk about, and next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from coach_assist.exchange.metric_words import metric_words
from coach_assist.exchange.page import Blank, Block, Entry, Page, Section, Text
from coach_assist.exchange.plan_follow import NoteJson
from coach_assist.exchange.plan_json import PlanJson
from coach_assist.exchange.plan_page import people, statement_section
from coach_assist.exchange.plan_words import (
    KIND_WORDS,
    OPEN_WORDS,
    confidential_line,
    header_lines,
    state_line,
    waits_words,
)
from coach_assist.plan.check_ins import next_check_in
from coach_assist.plan.units import Activity, Cadence, Goal, Milestone, Support, Timeline

SETTLED = frozenset({
    "kept", "done", "done, helped", "done, did not help", "reached", "no longer needed",
})  # fmt: skip
"""What needs no more talk."""
HELPED = "☐ helped ☐ did not help ☐ not done yet"


def agenda_page(plan: PlanJson, today: date) -> Page:
    """Return the agenda. The promises of support come first."""
    sections = [
        Section("What was promised to the team member", _or_nothing(_support(plan, today))),
        Section("Next steps from last time", tuple(_next_steps(plan))),
        Section("What the team member tried: did it help?", _or_nothing(_activities(plan, today))),
        Section("How the goals stand", _or_nothing(_goals(plan))),
        Section("Milestones", tuple(_milestones(plan, today))),
        Section("To talk about", tuple(_talk(plan))),
        Section("Going on", tuple(_going_on())),
    ]
    return Page(
        kind="Agenda",
        title=f"Check-in of {plan.parties.team_member} and {plan.parties.manager}",
        people=people(plan),
        notice=(*header_lines(plan), _when(plan, today)),
        sections=(*statement_section(plan), *(section for section in sections if section.blocks)),
        foot=state_line(plan),
        confidential=confidential_line(plan),
        demo=plan.demo,
        numbered=True,
    )


def _or_nothing(blocks: Iterator[Block]) -> tuple[Block, ...]:
    return tuple(blocks) or (Text("Nothing of this is open.", quiet=True),)


def _when(plan: PlanJson, today: date) -> str:
    cadence = next((unit.value for unit in plan.units if isinstance(unit.value, Cadence)), None)
    timeline = next((unit.value for unit in plan.units if isinstance(unit.value, Timeline)), None)
    if cadence is None:
        return "How often you meet is not agreed yet."
    day = next_check_in(cadence, timeline, today) if timeline else None
    if plan.progress is not None:
        day = plan.progress.next_check_in
    when = f"Next check-in: {day.isoformat()}. " if day else ""
    return f"{when}Agreed: {cadence.text}"


def _support(plan: PlanJson, today: date) -> Iterator[Block]:
    promises = [(unit.id, unit.value) for unit in plan.units if isinstance(unit.value, Support)]
    for unit, one in sorted(promises, key=lambda promise: promise[1].due or date.max):
        if _state(plan, unit) not in SETTLED:
            yield Entry(f"{one.who or plan.parties.manager}: {one.what}{_due(one.due, today)}", mark="box")


def _activities(plan: PlanJson, today: date) -> Iterator[Block]:
    activities = [(unit.id, unit.value) for unit in plan.units if isinstance(unit.value, Activity)]
    for unit, one in sorted(activities, key=lambda activity: activity[1].due or date.max):
        if _state(plan, unit) not in SETTLED:
            yield Entry(f"{one.what}{_due(one.due, today)}", (("So far", HELPED),))


def _next_steps(plan: PlanJson) -> Iterator[Block]:
    for note in plan.said:
        if note.role == "next_step" and note.state not in SETTLED:
            due = f" (due {note.due.isoformat()}, {note.state})" if note.due else ""
            yield Entry(f"{note.owner or note.by}: {note.text}{due}", mark="box")


def _goals(plan: PlanJson) -> Iterator[Block]:
    states = {goal.goal: goal for goal in plan.progress.goals} if plan.progress else {}
    for unit in plan.units:
        if not isinstance(unit.value, Goal):
            continue
        goal, state = unit.value, states.get(unit.id)
        details = [("Measured by", metric_words(goal.metric))] if goal.metric else []
        if goal.due:
            details.append(("Due", goal.due.isoformat()))
        if state and state.readings:
            last = state.readings[-1]
            value = " ".join(part for part in (last.value, last.words) if part)
            details.append(("Last value", f"{value} on {last.day.isoformat()}, {state.standing}"))
        if state and state.expected is not None:
            details.append(("Expected by now", state.expected))
        yield Entry(goal.statement, tuple(details), "number", "Due")
        yield Blank("Today, and seen in")


def _milestones(plan: PlanJson, today: date) -> Iterator[Block]:
    milestones = [(unit.id, unit.value) for unit in plan.units if isinstance(unit.value, Milestone)]
    for unit, one in sorted(milestones, key=lambda milestone: milestone[1].date):
        if _state(plan, unit) not in SETTLED:
            yield Entry(f"{one.what}{_due(one.date, today)}", mark="box")


def _talk(plan: PlanJson) -> Iterator[Block]:
    for note in talk_notes(plan):
        yield Entry(f"{note.by}: {note.text}")
    for unit in plan.open:
        words = f"{KIND_WORDS[unit.kind]}: {OPEN_WORDS[unit.state]}, {waits_words(unit, plan)}"
        yield Entry(words[:1].upper() + words[1:])
    for question in plan.progress.questions if plan.progress else ():
        might = f" It might help to {' or to '.join(question.adjustments)}." if question.adjustments else ""
        yield Entry(f"{question.about}: {question.question}{might}")
    if not plan.open and not talk_notes(plan):
        yield Text("What would each of you like to talk about?", quiet=True)


def talk_notes(plan: PlanJson) -> list[NoteJson]:
    """Return what somebody asked to talk about since the last check-in."""
    last = plan.progress.held[-1] if plan.progress and plan.progress.held else None
    return [note for note in plan.said if note.role == "talk" and (last is None or note.day >= last)]


def _going_on() -> Iterator[Block]:
    yield Blank("What went well, and who should hear it?")
    yield Blank("What got in the way, and what will you do when it does again?")
    yield Blank("Next steps (who, what, by when)", lines=2)


def _state(plan: PlanJson, unit: str) -> str:
    due = plan.progress.due if plan.progress else ()
    return next((one.state for one in due if one.unit == unit), "")


def _due(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f" (due {day.isoformat()}{', overdue' if day < today else ''})"
