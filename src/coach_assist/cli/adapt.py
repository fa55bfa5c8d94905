"""`coach-assist adapt`: change an agreed plan by proposals with reasons, in plain lines."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from coach_assist.errors import UsageError

if TYPE_CHECKING:
    from coach_assist.flows.show import UnitView
    from coach_assist.plan.drafts import Draft
    from coach_assist.plan.units import Party
    from coach_assist.workspace.plan_file import PlanFile
    from coach_assist.workspace.store import Workspace


@click.command("adapt")
@click.argument("plan_id", metavar="PLAN")
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member"]), required=True, help="Who proposes."
)
@click.option(
    "--end", metavar="DAY", help="Extend the plan or end it early: a day, or such as “60 days” in all."
)
@click.option("--still-true", is_flag=True, help="Go through the plan after a role or project has changed.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
def command(plan_id: str, who: str, end: str | None, still_true: bool, today: datetime | None) -> None:
    """Change what is agreed in PLAN: goals, days, activities, the end.

    Each change is a proposal with a reason, built on the agreed text, which stays in force until both
    have accepted the new one. You accept your own text by putting it forward; the other party decides
    with `coach-assist decide`.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS, say
    from coach_assist.flows.adapt import adapt_view, draft_of_end
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    party, day = PARTY_OPTIONS[who], today.date() if today else date.today()
    if not sys.stdin.isatty():
        raise UsageError(
            "adapt takes its answers from a person at a terminal, not from a pipe or a file.",
            kept="Nothing was changed.",
        )
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        view = adapt_view(plan, day)
        if plan.demo:
            say("DEMO: this is a sample plan.")
        for one in view.stalls:
            say(f"{one.about_words}: {one.question}")
            say(f"  You might: {'; '.join(one.adjustments)}.")
        if end is not None:
            _put(workspace, plan, party, draft_of_end(plan, party, end))
        elif still_true:
            _still_true(workspace, plan, party, day, who)
        else:
            _choose(workspace, plan, party, day)


def _choose(workspace: Workspace, plan: PlanFile, party: Party, day: date) -> None:
    from coach_assist.cli.numbered import ask_choice, ask_line, say
    from coach_assist.flows.adapt import adapt_view
    from coach_assist.shown import shortened

    while True:
        view = adapt_view(plan, day)
        say("What both have agreed:")
        for number, unit in enumerate(view.units, start=1):
            waits = " (a change waits for a decision)" if unit.unit in view.waiting else ""
            say(f"{number} {unit.kind_words}: {shortened(unit.headline, 90)}{waits}")
        typed = ask_line("Number of what should change, or Enter to end").strip()
        if not typed:
            return
        if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(view.units)):
            say(f"Please type a number from 1 to {len(view.units)}.")
            continue
        unit = view.units[int(typed) - 1]
        way = ask_choice((("change", "change it"), ("drop", "drop it"), ("back", "go back")))
        if way != "back":
            _adapt(workspace, plan, party, unit, way)


def _adapt(workspace: Workspace, plan: PlanFile, party: Party, unit: UnitView, way: str) -> bool:
    """Draft one change and put it forward; return whether it was."""
    from coach_assist.cli.edit_value import edit_value
    from coach_assist.cli.numbered import say, say_texts
    from coach_assist.flows.adapt import draft_of_change, draft_of_removal
    from coach_assist.flows.settings import settings

    say(f"{unit.kind_words}:")
    say_texts(unit.fields)
    if way == "drop":
        return _put(workspace, plan, party, draft_of_removal(plan, party, unit.unit))
    value = edit_value(unit.kind, unit.value, settings().editor)
    if value is None:
        return False
    try:
        return _put(workspace, plan, party, draft_of_change(plan, party, unit.unit, value))
    except UsageError as error:
        say(str(error))
        return False


def _put(workspace: Workspace, plan: PlanFile, party: Party, draft: Draft) -> bool:
    from coach_assist.cli.numbered import ask_line, ask_yes, say, say_texts
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.adapt import put_change
    from coach_assist.flows.unit_fields import fields_of

    if draft.removal:
        say("This asks to drop it from the plan.")
    else:
        say("Your text:")
        say_texts(fields_of(draft.kind, draft.value))
    reason = ask_line("Why (the other party reads it)")
    while not reason.strip():
        reason = ask_line("A change of what both have agreed needs a reason; why")
    if not ask_yes("Put it forward? You accept your own text by that."):
        say("It stays a draft of yours.")
        return False
    unlock_for(workspace, plan, party)
    put_change(workspace, plan, party, draft, reason)
    say("Put forward. What is agreed stays in force until the other party has accepted it too.")
    return True


def _still_true(workspace: Workspace, plan: PlanFile, party: Party, day: date, who: str) -> None:
    from coach_assist.cli.guided_lines import GuidedLines
    from coach_assist.cli.numbered import say
    from coach_assist.flows.adapt import adapt_view, begin_still_true, to_adapt
    from coach_assist.flows.settings import settings

    talk = begin_still_true(plan, party, day)
    lines = GuidedLines(talk, settings().editor)
    if not lines.hold():
        say(f"Kept. To go on: coach-assist adapt {plan.id[:8]} --as {who} --still-true")
        return
    wanted = to_adapt(talk)
    for unit, way in wanted:
        found = next((one for one in adapt_view(plan, day).units if one.unit == unit), None)
        if found is not None:
            say()
            _adapt(workspace, plan, party, found, way)
    if not wanted:
        say("All of it is still true; nothing changes.")
    talk.drop()
