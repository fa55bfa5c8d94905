"""A one-page guide for a talk between the two parties: the opening, a check-in, or the closing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from coach_assist.exchange.agenda import talk_notes
from coach_assist.exchange.metric_words import metric_words
from coach_assist.exchange.page import Block, Entry, Page, Section, Text
from coach_assist.exchange.plan_json import PlanJson
from coach_assist.exchange.plan_page import closing_blocks, people, statement_section
from coach_assist.exchange.plan_words import (
    confidential_line,
    header_lines,
    plan_title,
    state_line,
)
from coach_assist.plan.units import Goal, Support

Talk = Literal["opening", "check-in", "closing"]

TITLES: dict[Talk, str] = {
    "opening": "The opening talk (45 minutes)",
    "check-in": "A check-in (15 minutes)",
    "closing": "The closing talk (30 minutes)",
}
STEPS: dict[Talk, tuple[tuple[str, str], ...]] = {
    "opening": (
        (
            "Arrive (5 minutes)",
            "{manager} says why this talk is happening and that joining is a choice. {member} says what a "
            "good hour would bring.",
        ),
        (
            "Where to (10 minutes)",
            "{member} first: what would be different on an ordinary day if this worked? Who else would gain?",
        ),
        (
            "Where things stand (10 minutes)",
            "One recent day each, told as it was: when, what was done, what came of it. Then what already "
            "goes well.",
        ),
        (
            "Ways (10 minutes)",
            "Collect before judging. What would {member} like to try? Who could show it? What else?",
        ),
        (
            "Promises (5 minutes)",
            "{manager} first: what will you do, and by which day? Then {member}: what is the first step, "
            "this week?",
        ),
        (
            "Close (5 minutes)",
            "When do you meet next? Who may read the plan? What did each of you find useful?",
        ),
    ),
    "check-in": (
        (
            "Promises (3 minutes)",
            "{manager}'s own promises first: kept, or not yet, and what was in the way. Then {member}'s.",
        ),
        (
            "What happened (5 minutes)",
            "{member} tells: what was tried, what helped, what surprised? One number or one scene each.",
        ),
        ("What got in the way (3 minutes)", "And when it comes again: if this happens, then what?"),
        (
            "Next (3 minutes)",
            "One step each, with a day. Is the plan still the right one? If not, propose the change.",
        ),
        ("Thanks (1 minute)", "Something each of you saw the other do well."),
    ),
    "closing": (
        (
            "Look back (10 minutes)",
            "Goal by goal: done, changed, or dropped, and why. A dropped goal is information, not a failure.",
        ),
        ("Learned (5 minutes)", "{member}: what do you do differently now? {manager}: and you?"),
        ("The coaching itself (5 minutes)", "What helped, what should be done differently next time?"),
        ("Recognition (5 minutes)", "What deserves to be said, and who should hear it?"),
        ("What comes next (5 minutes)", "Another area, a pause, or an end: each is fine. Who decides when?"),
    ),
}
DO_AND_DO_NOT = (
    "Ask, then wait. The one who thinks is the one who learns.",
    "Say what was seen or heard, not what somebody is like.",
    "Health, family, religion and the like stay out of the notes.",
    "Nothing said here counts until both have accepted it in the plan.",
)


_PLACE = re.compile(r"\{(member|manager)\}")


def guide_page(plan: PlanJson, talk: Talk) -> Page:
    """Return the guide for one talk, with the goals and promises that are agreed."""
    names = {"member": plan.parties.team_member, "manager": plan.parties.manager}
    sections = [
        Section(title, (Text(_PLACE.sub(lambda place: names[place[1]], words)),))
        for title, words in STEPS[talk]
    ]
    if known := tuple(_known(plan)):
        sections.append(Section("What is agreed so far", known))
    if talk == "check-in" and (asked := talk_notes(plan)):
        entries = tuple(Entry(f"{note.by}: {note.text}") for note in asked)
        sections.append(Section("What you asked to talk about", entries))
    if talk == "closing" and plan.closing is not None:
        sections.append(
            Section("The closing page that you signed", tuple(closing_blocks(plan, plan.closing)))
        )
    sections.append(Section("Good to remember", tuple(Entry(line) for line in DO_AND_DO_NOT)))
    return Page(
        kind="Guide",
        title=TITLES[talk],
        people=people(plan),
        notice=(plan_title(plan), *header_lines(plan)),
        sections=(*statement_section(plan), *sections),
        foot=state_line(plan),
        confidential=confidential_line(plan),
        demo=plan.demo,
        numbered=True,
    )


def _known(plan: PlanJson) -> Iterator[Block]:
    standing = {goal.goal: goal.standing for goal in plan.progress.goals} if plan.progress else {}
    for unit in plan.units:
        if isinstance(unit.value, Goal):
            metric = unit.value.metric
            measured = f" ({metric_words(metric)})" if metric else ""
            now = f": {standing[unit.id]}" if unit.id in standing else ""
            yield Entry(f"Goal: {unit.value.statement}{measured}{now}")
        elif isinstance(unit.value, Support):
            who = unit.value.who or plan.parties.manager
            due = f" (by {unit.value.due.isoformat()})" if unit.value.due else ""
            yield Entry(f"Promise: {who}: {unit.value.what}{due}")
