"""`coach-assist leave`: stop taking part, without a reason."""

from __future__ import annotations

import sys

import click

from coach_assist.errors import UsageError


@click.command("leave")
@click.argument("plan_id", metavar="PLAN")
@click.option(
    "--as", "who", type=click.Choice(["team-member"]), default="team-member", show_default=True,
    help="Only the team member leaves; a manager closes a plan: coach-assist end.",
)  # fmt: skip
def command(plan_id: str, who: str) -> None:
    """Leave PLAN. You are asked for no reason.

    The plan is closed: nothing new is agreed in it. What both have accepted can still be read and
    verified. You can join again: coach-assist join PLAN
    """
    from coach_assist.cli.numbered import ask_yes, say
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.joining import leave
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    if not sys.stdin.isatty():
        raise UsageError(
            "leave takes its answer from a person at a terminal, not from a pipe or a file.",
            kept="Nothing was changed.",
        )
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        if not ask_yes("Leave this plan?"):
            say("Nothing was changed.")
            return
        unlock_for(workspace, plan, "team_member")
        leave(workspace, plan)
        say("You have left the plan, and it is closed. No reason is kept.")
