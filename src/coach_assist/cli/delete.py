"""`coach-assist delete`: delete a plan for good from this machine."""

from __future__ import annotations

import sys

import click

from coach_assist.errors import UsageError
from coach_assist.shown import safe_text


@click.command("delete")
@click.argument("plan_id", metavar="PLAN")
@click.option("--yes", is_flag=True, help="Do not ask; the full id has to be given.")
def command(plan_id: str, yes: bool) -> None:
    """Delete PLAN from this machine: history, answers, notes, drafts, the AI record and its keys.

    It cannot be undone. Copies on other machines, exports and backups are not reached; the history
    says which copies were made here.
    """
    from coach_assist.flows.delete_plan import delete_plan, deletion
    from coach_assist.workspace.store import Workspace

    workspace = Workspace()
    wanted = deletion(workspace, plan_id)
    click.echo(f"Plan {wanted.plan}: {len(wanted.files)} files on this machine.", err=True)
    for copy in wanted.elsewhere:
        click.echo(f"Not reached: somebody {safe_text(copy, one_line=True)}.", err=True)
    click.echo("Not reached either: exports, backups, and copies on other machines.", err=True)
    if yes:
        if plan_id != wanted.plan:
            raise UsageError("--yes wants the full id of the plan.", kept="Nothing was deleted.")
    elif not sys.stdin.isatty():
        raise UsageError("There is no terminal to ask at.", kept="Nothing was deleted.")
    else:
        typed = click.prompt("Type delete to delete it for good", default="", show_default=False, err=True)
        if str(typed).strip().lower() != "delete":
            click.echo("Nothing was deleted.", err=True)
            return
    delete_plan(workspace, wanted)
    click.echo("The plan is deleted from this machine.", err=True)
