"""`coach-assist opportunity`: what a manager asks oneself before a plan, private until released."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from coach_assist.errors import UsageError

if TYPE_CHECKING:
    from coach_assist.flows.opportunity import OpportunityView
    from coach_assist.workspace.plan_file import PlanFile
    from coach_assist.workspace.store import Workspace


@click.command("opportunity")
@click.argument("plan_id", metavar="[PLAN]", required=False)
@click.option("--release", "released", is_flag=True, help="Let the team member see what was written.")
@click.option(
    "--show", "shown", is_flag=True, help="Show it to the team member, who confirms having seen it."
)
@click.option("--forget", "forgotten", is_flag=True, help="Delete what was written.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
def command(
    plan_id: str | None, released: bool, shown: bool, forgotten: bool, today: datetime | None
) -> None:
    """Ask yourself, as the manager, whether a plan is the right thing, and which (about five minutes).

    Every question can be skipped; the whole step can be. The answers lie in your own drawer until you
    release them; from then on they travel in shared copies. Nothing drafted from them can be decided
    before the team member was shown them. Without PLAN a new plan begins.
    """
    from coach_assist.cli.numbered import say
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows import opportunity_release as flow
    from coach_assist.flows.open_plan import new_plan, open_plan
    from coach_assist.flows.opportunity import opportunity
    from coach_assist.workspace.store import Workspace

    if sum((released, shown, forgotten)) > 1 or (plan_id is None and (released or shown or forgotten)):
        raise UsageError("Say one of --release, --show and --forget, with a plan.")
    workspace = Workspace()
    plan = open_plan(workspace, plan_id) if plan_id else new_plan(workspace)
    try:
        if forgotten:
            unlock_for(workspace, plan, "manager")
            flow.forget(workspace, plan)
            say("What was written before the plan is deleted.")
        elif released:
            unlock_for(workspace, plan, "manager")
            _say_view(flow.release(workspace, plan))
            say("Released. The team member can see it now:")
            say(f"coach-assist opportunity {workspace.shortest(plan.id)} --show")
        elif shown:
            _show(workspace, plan)
        elif (view := opportunity(plan)).entries and not view.own:
            say("The manager released this before the plan:")
            _say_view(view)
        else:
            _hold(workspace, plan, today.date() if today else date.today(), new=plan_id is None)
    finally:
        plan.close()


def _hold(workspace: Workspace, plan: PlanFile, today: date, *, new: bool) -> None:
    from coach_assist.cli.guard_lines import say_guard
    from coach_assist.cli.guided_lines import GuidedLines
    from coach_assist.cli.numbered import say
    from coach_assist.flows.delete_plan import delete_plan, deletion
    from coach_assist.flows.opportunity import begin, opportunity
    from coach_assist.flows.settings import settings

    lines = GuidedLines(talk := begin(plan, today), settings().editor)
    try:
        done = lines.hold()
    except KeyboardInterrupt:
        lines.keep_unfinished()
        raise
    if new and not any(talk.answers.values()):
        delete_plan(workspace, deletion(workspace, plan.id))
        say("Nothing was answered, so nothing was kept.")
        return
    short = workspace.shortest(plan.id)
    view = opportunity(plan)
    say()
    _say_view(view)
    say_guard(text for _, text in view.entries)
    say("It lies in your own drawer; nobody else sees it.")
    if not done:
        say(f"To go on: coach-assist opportunity {short}")
    elif view.missing:
        say(f"Still to be written for performance support: {'; '.join(view.missing)}.")
    say(f"To let the team member see it:  coach-assist opportunity {short} --release")
    say(f"Then, together, the interview:  coach-assist interview {short}")


def _show(workspace: Workspace, plan: PlanFile) -> None:
    from coach_assist.cli.numbered import ask_yes, say
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.opportunity import opportunity
    from coach_assist.flows.opportunity_release import mark_shown
    from coach_assist.flows.opportunity_words import NO_AGREEMENT

    view = opportunity(plan)
    if view.released:
        say("This is what the manager wrote before the plan:")
        _say_view(view)
        if not sys.stdin.isatty():
            raise UsageError("Having seen it is confirmed by a person at a terminal.")
        if not ask_yes("Team member: have you read it? It is no agreement."):
            say("Nothing was noted.")
            return
        unlock_for(workspace, plan, "team_member")
    mark_shown(workspace, plan)
    say(f"Noted that you have seen it. {NO_AGREEMENT}")


def _say_view(view: OpportunityView) -> None:
    from coach_assist.cli.numbered import say, say_texts
    from coach_assist.flows.opportunity_words import PIP_CHOICE, PIP_WORDS

    say(f"Kind of plan: {view.kind_words.lower()}.")
    say_texts(view.entries)
    if view.pip_signs:
        say()
        say(f"{PIP_WORDS} (Found: {', '.join(view.pip_signs)}.)")
        say(PIP_CHOICE)
        say()
