"""The agreed plan as a page: what both accepted, in reading order, and what its audience may see besides."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from coach_assist.exchange.audience import AUDIENCES
from coach_assist.exchange.page import Block, Details, Entry, Labelled, Page, Section, Text
from coach_assist.exchange.plan_follow import ClosingJson, ProgressJson
from coach_assist.exchange.plan_json import PlanJson
from coach_assist.exchange.plan_words import (
    HEADINGS,
    KIND_WORDS,
    OPEN_STATES,
    confidential_line,
    header_lines,
    kind_of_plan,
    plan_title,
    second_party,
    state_line,
    statement_title,
    unit_fields,
    waits_words,
)

ENTRIES = ("goal", "activity", "support", "milestone", "feedback")
"""Kinds of which a plan has several: each unit is an entry with a number."""
DAYS = {"goal": "Due", "activity": "Due", "support": "By", "milestone": "On"}
NOTE_WORDS = {
    "observation": "Observed",
    "thanks": "Thank you",
    "obstacle": "In the way",
    "recognition": "Recognised",
    "reflection": "Thought about it",
    "talk": "To talk about",
    "next_step": "Next step",
    "progress": "Progress",
    "achievement": "Achieved",
    "feedback": "Feedback",
    "decision": "Decided",
    "adjustment": "To adjust",
}


def plan_page(plan: PlanJson) -> Page:
    """Return the plan as a page, for the audience that it was made for."""
    sections = [*statement_section(plan), *plan_sections(plan)]
    if not plan.units:
        sections.append(Section("The plan", (Text("Nothing is agreed yet."),)))
    if "open" in AUDIENCES[plan.made_for].parts:
        sections.append(Section("Not agreed yet", _open(plan)))
    if plan.progress is not None:
        sections.append(Section("How it stands", tuple(_progress(plan.progress))))
    if plan.said:
        sections.append(Section("Said since", tuple(_said(plan))))
    if plan.closing is not None:
        sections.append(Section("How it closed", tuple(closing_blocks(plan, plan.closing))))
    if plan.survey:
        sections.append(Section("On the coaching", tuple(_survey(plan))))
    if any(one.at for one in plan.signatures):
        sections.append(Section("Signatures", (Details(tuple(_signatures(plan))),)))
    return Page(
        kind=kind_of_plan(plan),
        title=plan_title(plan),
        people=people(plan),
        notice=tuple(header_lines(plan)),
        sections=tuple(sections),
        foot=state_line(plan),
        confidential=confidential_line(plan),
        demo=plan.demo,
    )


def people(plan: PlanJson) -> tuple[Labelled, ...]:
    """Return both parties by role."""
    return ("Team member", plan.parties.team_member), (second_party(plan), plan.parties.manager)


def statement_section(plan: PlanJson) -> Iterator[Section]:
    """Yield the team member's statement, where there is one."""
    if plan.statement is not None:
        yield Section(statement_title(plan), (Text(plan.statement),))


def plan_sections(plan: PlanJson) -> Iterator[Section]:
    """Yield the agreed units, kind by kind."""
    for kind, units in groupby(plan.units, key=lambda unit: unit.kind):
        blocks: list[Block] = []
        for unit in units:
            fields = tuple(unit_fields(unit.value, plan))
            main = next((text for label, text in fields if not label), None)
            details = tuple(field for field in fields if field[0])
            if kind in ENTRIES:
                blocks.append(Entry(main or "", details, "number", DAYS.get(kind, "")))
                continue
            if main is not None:
                blocks.append(Text(main))
            blocks += [Details(group, inline=kind != "roles") for group in _groups(details)]
        yield Section(HEADINGS[kind], tuple(blocks))


def _groups(details: tuple[Labelled, ...]) -> Iterator[tuple[Labelled, ...]]:
    """Yield the details in groups: a strength or a gap begins a new one."""
    group: list[Labelled] = []
    for field in details:
        if field[0] in ("Strength", "Gap") and group:
            yield tuple(group)
            group = []
        group.append(field)
    if group:
        yield tuple(group)


def closing_blocks(plan: PlanJson, closing: ClosingJson) -> Iterator[Block]:
    """Yield the closing page that both signed."""
    for one in closing.outcomes:
        details = (("Outcome", one.outcome), *((("Why", one.reason),) if one.reason else ()))
        yield Entry(one.statement, details, "number")
    learned = (
        (f"What {plan.parties.team_member} learned", closing.learned_team_member),
        (f"What {plan.parties.manager} learned", closing.learned_manager),
        ("Recognition", closing.recognition),
        ("What comes next", closing.next_area),
    )
    fields = tuple((label, text) for label, text in learned if text)
    yield Details((*fields, ("Signed by both", closing.day.isoformat())))


def _open(plan: PlanJson) -> tuple[Block, ...]:
    found: list[Block] = []
    for one in plan.open:
        words = f"{KIND_WORDS[one.kind]} ({one.id}): {OPEN_STATES[one.state]}, {waits_words(one, plan)}"
        found.append(Entry(words[:1].upper() + words[1:]))
    return tuple(found) or (Text("Nothing is open.", quiet=True),)


def _progress(progress: ProgressJson) -> Iterator[Block]:
    held = ", ".join(day.isoformat() for day in progress.held) or "none yet"
    facts = [("Check-ins held", held)]
    if progress.next_check_in:
        facts.append(("Next check-in", progress.next_check_in.isoformat()))
    yield Details(tuple(facts), inline=True)
    for goal in progress.goals:
        details = [("Status", f"{goal.status} ({goal.reason})" if goal.reason else goal.status)]
        details.append(("Measured", goal.standing))
        for one in goal.readings:
            value = " ".join(part for part in (one.value, one.words) if part)
            seen = f" (seen in: {one.evidence})" if one.evidence else ""
            details.append((one.day.isoformat(), f"{value}{seen}, written down by {one.by}"))
        yield Entry(goal.statement, tuple(details), "number")
    for question in progress.questions:
        yield Entry(question.question, (("About", question.about),), "dot")
    for due in progress.due:
        details = [("Who", due.who)] if due.who else []
        if due.due:
            details.append(("By", due.due.isoformat()))
        yield Entry(due.what, (*details, ("It is", due.state)), "dot", "By")


def _said(plan: PlanJson) -> Iterator[Block]:
    for note in plan.said:
        details = [("What", NOTE_WORDS[note.role]), ("By", note.by), ("On", note.day.isoformat())]
        if note.owner:
            details.append(("Who takes it", note.owner))
        if note.due:
            details.append(("Until", note.due.isoformat()))
        if note.state:
            details.append(("It is", note.state))
        yield Entry(note.text, tuple(details), "dot", "On")


def _survey(plan: PlanJson) -> Iterator[Block]:
    for one in plan.survey:
        name = getattr(plan.parties, one.party)
        said = [(f"{answer.score} of 5", answer.question) for answer in one.scores]
        yield Entry(name, (*said, *((("In words", one.words),) if one.words else ())))


def _signatures(plan: PlanJson) -> Iterator[Labelled]:
    for one in plan.signatures:
        yield one.name, f"signed on {one.at[:10]} with the key {one.words}" if one.at else "not signed yet"
    if plan.plan_hash:
        yield "What was signed", f"hash {plan.plan_hash[:32]}…"
