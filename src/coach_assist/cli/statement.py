"""`coach-assist statement`: the team member's own words, which travel with every copy and export."""

from __future__ import annotations

import sys

import click

from coach_assist.errors import UsageError
from coach_assist.shown import safe_text


@click.command("statement")
@click.argument("plan_id", metavar="PLAN")
@click.argument("text", required=False)
@click.option("--remove", is_flag=True, help="Take your statement back.")
@click.option("--show", is_flag=True, help="Only print the statement that stands.")
def command(plan_id: str, text: str | None, remove: bool, show: bool) -> None:
    """Attach the team member's statement TEXT to PLAN, in place of an earlier one.

    It is not agreed or decided on by anybody, and it travels with every copy and every export.
    """
    from coach_assist.cli.numbered import ask_line, ask_yes, say
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.joining import put_statement, standing
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        found = standing(plan)
        if show:
            if found is None or found.statement is None:
                say("There is no statement.")
            else:
                click.echo(safe_text(found.statement))
            return
        if not sys.stdin.isatty():
            raise UsageError(
                "A statement is signed by a person at a terminal, not from a pipe or a file.",
                kept="Nothing was changed.",
            )
        said = None if remove else text or ask_line("Your statement")
        if said is not None:
            say(said)
        if not ask_yes("Take the statement back?" if remove else "Attach this, for every copy and export?"):
            say("Nothing was changed.")
            return
        unlock_for(workspace, plan, "team_member")
        event = put_statement(workspace, plan, said)
        if remove:
            say("It is taken back. To erase its text as well, see: coach-assist history PLAN, then erase.")
        else:
            say(f"Attached. Its event is {event[:12]}.")
