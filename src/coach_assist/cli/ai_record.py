"""`coach-assist ai-record`: every call of a model, and what became of what it gave."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach_assist.errors import UsageError
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.workspace.store import Workspace


@click.command("ai-record")
@click.argument("plan", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object (what -o writes).")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the record to a file, as JSON.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.option("--content", is_flag=True, help="Add the texts of the units, as they are now (with a plan).")
@click.option("--notice", is_flag=True, help="Print the page on what the AI does and does not, to hand over.")
@click.option("--delete", is_flag=True, help="Delete the record of calls without a plan; you are asked.")
@click.option("--yes", is_flag=True, help="With --delete: do not ask.")
def command(
    plan: str | None,
    as_json: bool,
    output: Path | None,
    force: bool,
    content: bool,
    notice: bool,
    delete: bool,
    yes: bool,
) -> None:
    """Show the AI record of PLAN: when, where, which model and prompt, for what, and what became of it.

    Without PLAN: of the calls that belong to no plan (draft FILE, rewrite, review, summarise, rewriting in
    the app). It holds no text of yours unless you say --content. The team member may have the whole of it.
    """
    from coach_assist.flows.ai_record import ai_record, record_bytes, save_record
    from coach_assist.flows.loose_record import loose_record
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.record_words import notice as page
    from coach_assist.flows.record_words import record_lines
    from coach_assist.workspace.store import Workspace

    if notice:
        click.echo(page(), nl=False)
        return
    workspace = Workspace()
    if plan is not None and delete:
        raise UsageError(
            "A plan's record is deleted with the plan, and not before.",
            kept="Nothing was deleted.",
            next_step="To delete the plan: coach-assist delete PLAN",
        )
    if plan is None and content:
        raise UsageError("--content needs a plan: what was asked without one kept no text.")
    if delete:
        _delete(workspace, yes=yes)
        return
    if plan is None:
        record = loose_record(workspace.root)
    else:
        with open_plan(workspace, plan) as opened:
            record = ai_record(opened, content=content)
    if output is not None:
        save_record(record, output, replace=force)
        where = safe_text(str(output), one_line=True)
        click.echo(f"{where}: {len(record.calls)} calls. {record.retention}", err=True)
        return
    if as_json:
        # Escaped beyond ASCII, so that no stored control character reaches a terminal.
        click.echo(json.dumps(json.loads(record_bytes(record)), ensure_ascii=True, indent=2))
        return
    for line in record_lines(record):
        click.echo(safe_text(line))


def _delete(workspace: Workspace, *, yes: bool) -> None:
    from coach_assist.flows.loose_record import delete_record, deletion_words, record_deletion

    wanted = record_deletion(workspace.root)
    for line in deletion_words(wanted):
        click.echo(line, err=True)
    if not wanted.calls:
        return
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("There is no terminal to ask at.", kept="Nothing was deleted.")
        typed = click.prompt("Type delete to delete them for good", default="", show_default=False, err=True)
        if str(typed).strip().lower() != "delete":
            click.echo("Nothing was deleted.", err=True)
            return
    delete_record(workspace.root)
    click.echo("Deleted.", err=True)
