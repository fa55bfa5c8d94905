"""`coach-assist export`: the agreed plan for people, programs, calendars and talks, for a named audience."""

from __future__ import annotations

import sys
from datetime import date, datetime, time
from pathlib import Path

import click

from coach_assist.errors import UsageError
from coach_assist.shown import safe_text

FORMATS = ("md", "json", "docx", "pdf", "agreement", "agenda", "guide", "ics", "signed")
FILE_TYPES = ("md", "docx", "pdf")
TALKS = ("opening", "check-in", "closing")
AUDIENCES = {
    "team-member": "team_member", "manager": "manager", "managers-manager": "managers_manager", "hr": "hr",
}  # fmt: skip


@click.command("export")
@click.argument("plan_id", metavar="ID")
@click.option(
    "--format", "export_format", type=click.Choice(FORMATS),
    help="md, docx, pdf: the plan for people; json: for programs (see `schema plan`); agreement: to print "
    "and sign; agenda: for the next check-in; guide: a page for a talk; ics: its dates for a calendar; "
    "signed: the whole history, for `verify`. Without it the ending of the file decides, else md.",
)  # fmt: skip
@click.option(
    "--for", "made_for", type=click.Choice(list(AUDIENCES)),
    help="Who gets it: that decides what is in it. Without it: what both parties and the readers to whom "
    "both agreed may read.",
)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file (0600).")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.option(
    "--page", "file_type", type=click.Choice(FILE_TYPES),
    help="agreement, agenda, guide: as what. Without it the ending of the file decides, else md.",
)  # fmt: skip
@click.option(
    "--by", type=click.Choice(["manager", "team-member"]),
    help="With --for managers-manager or hr: who exports, where both act on this machine.",
)  # fmt: skip
@click.option(
    "--talk", type=click.Choice(TALKS), default="opening", show_default=True, help="guide: which talk."
)
@click.option("--titles", is_flag=True, help="ics: show the plan's texts; without it titles are neutral.")
@click.option("--at", type=click.DateTime(["%H:%M"]), help="ics: the time of the check-ins (HH:MM).")
@click.option("--zone", help="ics: the time zone of --at, such as Europe/Berlin.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
def command(
    plan_id: str, export_format: str | None, made_for: str | None, output: Path | None, force: bool,
    file_type: str | None, by: str | None, talk: str, titles: bool, at: datetime | None, zone: str | None,
    today: datetime | None,
) -> None:  # fmt: skip
    """Write what both have agreed of the plan ID, for somebody.

    ID may be shortened as long as it is unique. Texts that are not agreed never leave in an export. For
    the manager's manager and HR it holds what is in force, sign-offs, progress and closing, nothing else,
    and the history says that it was made.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.exchange.calendar import CalendarChoice
    from coach_assist.flows import export as flow
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.share import sharing_party
    from coach_assist.workspace.store import Workspace

    target = None if output is None or str(output) == "-" else output
    begins: time | None = at.time() if at else None
    wanted = AUDIENCES[made_for] if made_for else None
    form = next((one for one in flow.FORMATS if one == export_format), flow.format_for(target))
    choice = flow.ExportChoice(
        audience=next((one for one in flow.NAMED if one == wanted), None),
        file_type=next((one for one in flow.FILE_TYPES if one == file_type), flow.file_type_for(target)),
        today=today.date() if today else date.today(),
        talk=next(known for known in flow.TALKS if known == talk),
        calendar=CalendarChoice(titles=titles, at=begins, zone=zone),
    )
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        export = flow.export_plan(plan, form, choice)
        if target is None:
            _refuse_on_terminal(export)
        party = None
        if export.outside:
            party = PARTY_OPTIONS[by] if by else sharing_party(workspace, plan)
            unlock_for(workspace, plan, party)
        elif by:
            raise UsageError("--by goes with --for managers-manager or hr only.", kept="Nothing was written.")
        if target is not None:
            flow.hand_out(workspace, plan, party, export, target, replace=force)
        elif party is not None:
            flow.record_export(workspace, plan, party, export)
    if target is not None:
        where = safe_text(str(target), one_line=True)
    else:
        click.echo(export.content.decode("utf-8"), nl=False)
        where = "This export"
    if export.demo:
        click.echo("DEMO: nobody agreed to this plan.", err=True)
    for remark in export.remarks:
        click.echo(safe_text(remark, one_line=True), err=True)
    whom, known = (
        ", ".join(safe_text(name, one_line=True) for name in names)
        for names in (export.audience, export.confidential_to)
    )
    click.echo(
        f"{where} is for: {whom}. Agreed: {export.agreed} units; still open: {export.open}. "
        f"Confidential to: {known}.",
        err=True,
    )
    if export.outside:
        click.echo("The history says that it was made; both parties see that.", err=True)


def _refuse_on_terminal(export: object) -> None:
    from coach_assist.flows.export import Export

    assert isinstance(export, Export)
    if not export.is_text:
        raise click.UsageError(f"{export.file_type} is no text: name a file with -o.")
    if export.format == "signed" and sys.stdout.isatty():
        # Its bytes are what was signed, hidden characters and all; a terminal would act on some of them.
        raise click.UsageError(
            "The signed history is not for a terminal: name a file with -o, or use a pipe."
        )
