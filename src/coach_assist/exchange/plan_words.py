"""The agreed plan in words: headings, labels, each unit's texts in reading order, what a reader must know.

Every field of a unit is told, and told so that it can be read back (mapping/own_layout.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from coach_assist.exchange.audience import AUDIENCES
from coach_assist.exchange.metric_words import metric_kind_fields, metric_words
from coach_assist.exchange.plan_json import OpenUnit, PlanJson
from coach_assist.plan.units import (
    Activity,
    Cadence,
    CurrentState,
    DevelopmentArea,
    Feedback,
    Frame,
    Goal,
    Milestone,
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
EVERY = {
    "week": "every week",
    "fortnight": "every two weeks",
    "month": "every month",
    "other": "as in these words",
}
NO_EVALUATION = "This is not an evaluation."
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
        lines.append(f"{NO_EVALUATION} It rates nobody, and it is no step of a formal process.")
    lines.append(
        f"It is voluntary. Only what {parties} have both accepted stands in it, and both can change it."
    )
    lines.append(audience_line(plan))
    if AUDIENCES[plan.made_for].outside:
        lines.append(f"Readers to whom both have agreed: {in_a_row(plan.readers) or 'none are named'}.")
    if plan.takes_part in ("no", "left"):
        what = "said no to" if plan.takes_part == "no" else "has left"
        lines.append(f"{plan.parties.team_member} {what} this plan; it is closed.")
    if plan.closed is not None:
        lines.append(f"This plan was closed by one party: {plan.closed}")
    return lines


def audience_line(plan: PlanJson) -> str:
    """Return for whom an export is and to whom it is confidential (names as stored)."""
    whom = in_a_row(plan.audience) or AUDIENCES[plan.made_for].title
    return f"For {whom}. {confidential_line(plan)}."


def calendar_line(plan: PlanJson) -> str:
    """Return what a calendar says of itself: what it is, for whom. Nothing of the plan's kind or texts."""
    frame = plan_frame(plan)
    support = frame is not None and frame.plan_kind == "performance_support"
    parts = (DEMO if plan.demo else "", "" if support else NO_EVALUATION, audience_line(plan))
    return " ".join(part for part in parts if part)


def in_a_row(names: Sequence[str]) -> str:
    """Return names as one reads them: "A", "A and B", "A, B and C" (as stored)."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def second_party(plan: PlanJson) -> str:
    """Return how the second party is called: "Manager", "Coach" or "Mentor"."""
    frame = plan_frame(plan)
    return (frame.second_party if frame else "manager").capitalize()


def kind_of_plan(plan: PlanJson) -> str:
    """Return what the plan is, in words: "Development plan"; "Coaching plan" while no frame is agreed."""
    frame = plan_frame(plan)
    return PLAN_KINDS[frame.plan_kind].capitalize() if frame else "Coaching plan"


def state_line(plan: PlanJson) -> str:
    """Return which plan this is and in which state, as the last line of every page."""
    signed = f"revision {plan.revision}, signed by both" if plan.revision else "not signed yet"
    heads = ", ".join(head[:12] for head in plan.heads) or "its beginning"
    return f"Plan {plan.plan[:8]}, {signed}. Read from its history at {heads}."


def confidential_line(plan: PlanJson) -> str:
    """Return to whom an export is confidential (names as stored)."""
    return f"Confidential to {in_a_row(plan.confidential_to or plan.audience)}"


def statement_title(plan: PlanJson) -> str:
    """Return the heading over the team member's statement (names as stored)."""
    return f"Statement of {plan.parties.team_member}"


def unit_fields(value: Value, plan: PlanJson) -> Iterator[Field]:
    """Yield a unit's value as labelled texts, in reading order; "" for the label of the main text.

    Texts are as stored: whoever writes them escapes them for the format.
    """
    match value:
        case Frame():
            yield "", value.purpose
            yield "Kind", PLAN_KINDS[value.plan_kind]
            yield from _given(("Longer aim", value.long_term_aim), ("It serves", value.serves))
            for reader in value.readers:
                yield "May read it", reader
        case DevelopmentArea():
            yield "", value.area
        case CurrentState():
            for label, entries in (("Strength", value.strengths), ("Gap", value.gaps)):
                for entry in entries:
                    yield label, entry.text
                    source = entry.source and entry.source.replace("_", " ")
                    yield from _given(("Evidence", entry.evidence), ("Known from", source))
        case Goal():
            yield "", value.statement
            if value.metric:
                yield "Measured by", metric_words(value.metric)
                yield from _given(
                    *metric_kind_fields(value.metric),
                    ("Evidence from", value.metric.evidence),
                    ("Collected by", value.metric.collector),
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
            yield "How often", EVERY[value.every]
            yield from _given(
                ("Weekday", value.weekday and value.weekday.capitalize()),
                ("Length", f"{value.minutes} minutes" if value.minutes else None),
                ("What is looked at", value.looked_at),
            )


def waits_words(unit: OpenUnit, plan: PlanJson) -> str:
    """Return whose decision an open unit waits for, in words (names as stored)."""
    names = [getattr(plan.parties, party) for party in unit.waits_for]
    waits = f"waits for {in_a_row(names)}" if names else "to be talked about"
    asked = in_a_row([getattr(plan.parties, party) for party in unit.talk])
    return f"{waits}; {asked} asked to talk about it" if asked else waits


def _given(*fields: tuple[str, str | None]) -> Iterator[Field]:
    for label, text in fields:
        if text:
            yield label, text


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _gap_text(gap: str | None, plan: PlanJson) -> str | None:
    for unit in plan.units:
        if gap and isinstance(unit.value, CurrentState):
            return next((entry.text for entry in unit.value.gaps if entry.id == gap), None)
    return None


def _goal_text(goal: str | None, plan: PlanJson) -> str | None:
    return next(
        (u.value.statement for u in plan.units if goal and u.id == goal and isinstance(u.value, Goal)), None
    )
