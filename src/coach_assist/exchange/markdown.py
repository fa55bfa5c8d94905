"""The agreed plan as Markdown: what both accepted, in reading order, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from coach_assist.exchange.inert import markdown_line, markdown_text
from coach_assist.exchange.plan_json import AnyAgreedUnit, OpenUnit, PlanJson
from coach_assist.plan.units import (
    Activity,
    Cadence,
    CurrentState,
    DevelopmentArea,
    Feedback,
    Frame,
    Goal,
    Metric,
    Milestone,
    Observation,
    Roles,
    Support,
    Timeline,
    UnitKind,
    Value,
)

HEADINGS: dict[UnitKind, str] = {
    "frame": "What this plan is for",
    "development_area": "Development area",
    "current_state": "Where things stand",
    "goal": "Goals",
    "activity": "Activities",
    "support": "Support",
    "milestone": "Milestones",
    "feedback": "Feedback",
    "roles": "What each commits to",
    "timeline": "Timeline",
    "cadence": "Meetings",
}
KIND_WORDS: dict[UnitKind, str] = {
    "frame": "the frame of the plan",
    "development_area": "the development area",
    "current_state": "where things stand",
    "goal": "a goal",
    "activity": "an activity",
    "support": "a promise of support",
    "milestone": "a milestone",
    "feedback": "a feedback request",
    "roles": "what each commits to",
    "timeline": "the timeline",
    "cadence": "the meetings",
}
PLAN_KINDS = {
    "development": "development plan",
    "performance_support": "performance support plan",
    "onboarding": "onboarding plan",
    "leadership": "leadership plan",
    "career": "career plan",
}
DEMO = "DEMO: a sample pair whose decisions were scripted. Nobody agreed to this plan."
OPEN_STATES = {
    "proposed": "proposed",
    "change_proposed": "a change is proposed; the text above stays in force until both accept it",
    "removal_proposed": "its removal is proposed; the text above stays in force until both accept that",
    "conflict": "two agreed changes meet; the text above stays in force until both choose",
}

OPEN_WORDS = {
    "proposed": "proposed",
    "change_proposed": "a change is proposed",
    "removal_proposed": "its removal is proposed",
    "conflict": "two agreed changes meet",
}
"""The same in few words, where the agreed text does not stand above."""

Field = tuple[str, str]
"""A label of ours, and a text of theirs that is not escaped yet."""


def plan_title(plan: PlanJson) -> str:
    """Return the agreed title, or a plain one where none is agreed (as stored, not escaped)."""
    frame = plan_frame(plan)
    return frame.title if frame else f"Coaching plan of {plan.parties.team_member}"


def plan_frame(plan: PlanJson) -> Frame | None:
    """Return the agreed frame, or None."""
    return next((unit.value for unit in plan.units if isinstance(unit.value, Frame)), None)


def header_lines(plan: PlanJson) -> list[str]:
    """Return what a reader must know first, each a sentence (names and texts as stored)."""
    frame = plan_frame(plan)
    parties = f"{plan.parties.team_member} and {plan.parties.manager}"
    lines = [DEMO] if plan.demo else []
    if frame and frame.plan_kind == "performance_support":
        lines.append("This is a performance support plan. What both accepted about it:")
        said = (
            ("What prompted it", frame.prompted_by),
            ("If its goals are not reached", frame.if_not_reached),
            ("Use in a formal process", frame.formal_use),
        )
        lines += [f"{label}: {text or 'nothing is agreed'}" for label, text in said]
    else:
        lines.append("This is not an evaluation. It rates nobody, and it is no step of a formal process.")
    lines.append(
        f"It is voluntary. Only what {parties} have both accepted stands in it, and both can change it."
    )
    lines.append(f"Who may read it: {', '.join(plan.audience)}.")
    if plan.takes_part in ("no", "left"):
        what = "said no to" if plan.takes_part == "no" else "has left"
        lines.append(f"{plan.parties.team_member} {what} this plan; it is closed.")
    if plan.closed is not None:
        lines.append(f"This plan was closed by one party: {plan.closed}")
    return lines


def statement_parts(plan: PlanJson) -> list[str]:
    """Return the team member's statement as parts of a Markdown text; none where there is none."""
    if plan.statement is None:
        return []
    return [f"## {markdown_line(statement_title(plan))}", markdown_text(plan.statement)]


def statement_title(plan: PlanJson) -> str:
    """Return the heading over the team member's statement (names as stored)."""
    return f"Statement of {plan.parties.team_member}"


def plan_markdown(plan: PlanJson) -> str:
    """Return the plan as Markdown. Every text in it is inert: no markup, tag, link or image of its own."""
    parts = [f"# {markdown_line(plan_title(plan))}"]
    parts.append("\n>\n".join(f"> {markdown_line(line)}" for line in header_lines(plan)))
    parts.append(
        f"Team member: {markdown_line(plan.parties.team_member)}\\\n"
        f"{_second_party(plan)}: {markdown_line(plan.parties.manager)}"
    )
    parts += statement_parts(plan)
    for kind, units in groupby(plan.units, key=lambda unit: unit.kind):
        parts.append(f"## {HEADINGS[kind]}")
        for number, unit in enumerate(units, start=1):
            parts.append(_unit(unit, plan, number))
    if not plan.units:
        parts.append("Nothing is agreed yet.")
    parts.append("## Not agreed yet")
    parts.append("\n".join(_open(unit, plan) for unit in plan.open) or "Nothing is open.")
    signed = f"revision {plan.revision}, signed by both" if plan.revision else "not signed yet"
    heads = ", ".join(head[:12] for head in plan.heads)
    parts.append(
        f"---\n\nPlan {plan.plan[:8]}, {signed}. Read from its history at {heads or 'its beginning'}."
    )
    return "\n\n".join(parts) + "\n"


def unit_fields(value: Value, plan: PlanJson) -> Iterator[Field]:
    """Yield a unit's value as labelled texts, in reading order; "" for the label of the main text.

    Texts are as stored: whoever writes them escapes them for the format.
    """
    match value:
        case Frame():
            yield "", value.purpose
            yield "Kind", PLAN_KINDS[value.plan_kind]
            yield from _given(("Longer aim", value.long_term_aim), ("It serves", value.serves))
        case DevelopmentArea():
            yield "", value.area
        case CurrentState():
            for label, entries in (("Strength", value.strengths), ("Gap", value.gaps)):
                for entry in entries:
                    yield label, _observation(entry)
        case Goal():
            yield "", value.statement
            if value.metric:
                yield "Measured by", metric_words(value.metric)
                yield from _given(
                    ("Evidence from", value.metric.evidence), ("Collected by", value.metric.collector)
                )
            yield from _given(
                ("Due", _iso(value.due)),
                ("Achievable because", value.achievable),
                ("It matters because", value.relevant),
                ("Closes the gap", _gap_text(value.gap, plan)),
                ("If it gets difficult", value.if_then),
            )
        case Activity():
            yield "", value.what
            yield from _given(
                ("Kind", value.activity_kind and value.activity_kind.replace("_", " ")),
                ("Owner", value.owner),
                ("Due", _iso(value.due)),
                ("With", value.resource),
                ("Time", value.time_needed),
                ("Closes the gap", _gap_text(value.gap, plan)),
                ("For the goal", _goal_text(value.goal, plan)),
            )
        case Support():
            yield "", value.what
            yield from _given(("Promised by", value.who), ("By", _iso(value.due)))
        case Milestone():
            yield "", value.what
            yield "On", value.date.isoformat()
            yield from _given(("Reached when", value.success_criterion))
        case Feedback():
            yield "", value.about
            yield "Who is asked", value.who
            yield from _given(("When", value.when))
        case Roles():
            for name, texts in (
                (plan.parties.team_member, value.team_member),
                (plan.parties.manager, value.manager),
            ):
                for text in texts:
                    yield name, text
        case Timeline():
            yield "Start", value.start.isoformat()
            yield "End", value.end.isoformat()
        case Cadence():
            yield "", value.text
            yield from _given(
                ("Weekday", value.weekday and value.weekday.capitalize()),
                ("Length", f"{value.minutes} minutes" if value.minutes else None),
                ("What is looked at", value.looked_at),
            )


def metric_words(metric: Metric) -> str:
    """Return a metric in words: "tickets passed on, from 9 to 4 (of 20)"."""
    unit = f" {metric.unit}" if metric.unit else ""
    words = metric.name
    if metric.baseline is not None:
        words += f", from {metric.baseline}{unit}"
    if metric.target is not None:
        words += f"{' ' if metric.baseline is not None else ', '}to {metric.target}{unit}"
    return words


def waits_words(unit: OpenUnit, plan: PlanJson) -> str:
    """Return whose decision an open unit waits for, in words (names as stored)."""
    names = [getattr(plan.parties, party) for party in unit.waits_for]
    return f"waits for {' and '.join(names)}" if names else "to be talked about"


def _unit(unit: AnyAgreedUnit, plan: PlanJson, number: int) -> str:
    lines = []
    for label, text in unit_fields(unit.value, plan):
        if label:
            lines.append(f"- **{markdown_line(label)}:** {markdown_text(text, '  ')}")
        elif unit.kind in ("goal", "activity", "support", "milestone", "feedback"):
            lines.append(f"{number}. {markdown_text(text, '   ')}")
        else:
            lines.append(f"{markdown_text(text)}\n")
    if lines and lines[0].startswith(f"{number}. "):
        return "\n".join([lines[0], *(f"   {line}" for line in _indented(lines[1:]))])
    return "\n".join(lines).rstrip("\n")


def _indented(lines: list[str]) -> list[str]:
    return [line.replace("\n", "\n   ") for line in lines]


def _open(unit: OpenUnit, plan: PlanJson) -> str:
    words = f"{KIND_WORDS[unit.kind]} ({unit.id}): {OPEN_STATES[unit.state]}, {waits_words(unit, plan)}"
    return f"- {markdown_line(words[:1].upper() + words[1:])}"


def _second_party(plan: PlanJson) -> str:
    frame = plan_frame(plan)
    return (frame.second_party if frame else "manager").capitalize()


def _given(*fields: tuple[str, str | None]) -> Iterator[Field]:
    for label, text in fields:
        if text:
            yield label, text


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _observation(entry: Observation) -> str:
    source = entry.source.replace("_", " ") if entry.source else ""
    rests_on = ", ".join(part for part in (source, entry.evidence) if part)
    return f"{entry.text} ({rests_on})" if rests_on else entry.text


def _gap_text(gap: str | None, plan: PlanJson) -> str | None:
    for unit in plan.units:
        if gap and isinstance(unit.value, CurrentState):
            return next((entry.text for entry in unit.value.gaps if entry.id == gap), None)
    return None


def _goal_text(goal: str | None, plan: PlanJson) -> str | None:
    return next(
        (u.value.statement for u in plan.units if goal and u.id == goal and isinstance(u.value, Goal)), None
    )
