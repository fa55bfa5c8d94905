"""A one-page agenda for the next check-in, from the agreed plan, as Markdown to fill in by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from coach_assist.exchange.inert import markdown_line
from coach_assist.exchange.markdown import (
    KIND_WORDS,
    OPEN_WORDS,
    header_lines,
    metric_words,
    statement_parts,
    waits_words,
)
from coach_assist.exchange.plan_json import PlanJson
from coach_assist.plan.check_ins import next_check_in
from coach_assist.plan.units import Activity, Cadence, Goal, Milestone, Support, Timeline

BOX = "☐"
BLANK = "_" * 12


def agenda_markdown(plan: PlanJson, today: date) -> str:
    """Return the agenda. Every text of the plan in it is inert; the promises of support come first."""
    names = f"{plan.parties.team_member} and {plan.parties.manager}"
    parts = [f"# Check-in of {markdown_line(names)}"]
    parts.append("\n>\n".join(f"> {markdown_line(line)}" for line in header_lines(plan)))
    parts.append(markdown_line(_when(plan, today)))
    parts += statement_parts(plan)
    sections = (
        ("What was promised to the team member", _support(plan, today)),
        ("What the team member tried: did it help?", _activities(plan, today)),
        ("How the goals stand", _goals(plan)),
        ("Milestones", _milestones(plan, today)),
        ("To talk about", _open(plan)),
    )
    for number, (title, lines) in enumerate(sections, start=1):
        parts.append(f"## {number}. {title}")
        parts.append("\n".join(f"- {line}" for line in lines) or "Nothing of this is agreed yet.")
    parts.append("## 6. Going on")
    parts.append(
        "- What went well, and who should hear it?\n"
        "- What got in the way, and what will you do when it does again?\n"
        f"- Next steps (who, what, by when): {BLANK.replace('_', chr(92) + '_')}"
    )
    return "\n\n".join(parts) + "\n"


def _when(plan: PlanJson, today: date) -> str:
    cadence = next((unit.value for unit in plan.units if isinstance(unit.value, Cadence)), None)
    timeline = next((unit.value for unit in plan.units if isinstance(unit.value, Timeline)), None)
    if cadence is None:
        return "How often you meet is not agreed yet."
    day = next_check_in(cadence, timeline, today) if timeline else None
    when = f"Next check-in: {day.isoformat()}. " if day else ""
    return f"{when}Agreed: {cadence.text}"


def _support(plan: PlanJson, today: date) -> Iterator[str]:
    promises = [unit.value for unit in plan.units if isinstance(unit.value, Support)]
    for one in sorted(promises, key=lambda promise: promise.due or date.max):
        who = one.who or plan.parties.manager
        yield f"{BOX} {markdown_line(f'{who}: {one.what}')}{_due(one.due, today)}"


def _activities(plan: PlanJson, today: date) -> Iterator[str]:
    activities = [unit.value for unit in plan.units if isinstance(unit.value, Activity)]
    for one in sorted(activities, key=lambda activity: activity.due or date.max):
        marks = f"{BOX} helped {BOX} did not help {BOX} not done yet"
        yield f"{markdown_line(one.what)}{_due(one.due, today)}. {marks}"


def _goals(plan: PlanJson) -> Iterator[str]:
    blank = BLANK.replace("_", "\\_")
    for unit in plan.units:
        if isinstance(unit.value, Goal):
            goal = unit.value
            measured = f" Measured by {markdown_line(metric_words(goal.metric))}." if goal.metric else ""
            due = f" Due {goal.due.isoformat()}." if goal.due else ""
            yield f"{markdown_line(goal.statement)}{measured}{due} Today: {blank}, seen in: {blank}"


def _milestones(plan: PlanJson, today: date) -> Iterator[str]:
    milestones = [unit.value for unit in plan.units if isinstance(unit.value, Milestone)]
    for one in sorted(milestones, key=lambda milestone: milestone.date):
        yield f"{BOX} {markdown_line(one.what)}{_due(one.date, today)}"


def _open(plan: PlanJson) -> Iterator[str]:
    for unit in plan.open:
        yield markdown_line(f"{KIND_WORDS[unit.kind]}: {OPEN_WORDS[unit.state]}, {waits_words(unit, plan)}")
    if not plan.open:
        yield "Nothing is open. What would each of you like to talk about?"


def _due(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return f" (due {day.isoformat()}{', overdue' if day < today else ''})"
