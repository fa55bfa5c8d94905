"""`coach-assist export`: the agreed plan for people, programs, calendars and talks."""

from __future__ import annotations

import sys
from datetime import date, datetime, time
from pathlib import Path

import click

from coach_assist.shown import safe_text

FORMATS = ("md", "json", "docx", "ics", "agenda", "guide", "signed")
TALKS = ("opening", "check-in", "closing")


@click.command("export")
@click.argument("plan_id", metavar="ID")
@click.option(
    "--format", "export_format", type=click.Choice(FORMATS), default="md", show_default=True,
    help="md, docx: the plan for people; json: for programs (see `schema plan`); ics: its dates for a "
    "calendar; agenda: for the next check-in; guide: a page for a talk; signed: the whole "
    "history, for `verify`.",
)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file (0600).")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.option(
    "--talk", type=click.Choice(TALKS), default="opening", show_default=True, help="guide: which talk."
)
@click.option("--titles", is_flag=True, help="ics: show the plan's texts; without it titles are neutral.")
@click.option("--at", type=click.DateTime(["%H:%M"]), help="ics: the time of the check-ins (HH:MM).")
@click.option("--zone", help="ics: the time zone of --at, such as Europe/Berlin.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="agenda: the day that counts as today.")
def command(
    plan_id: str, export_format: str, output: Path | None, force: bool, talk: str, titles: bool,
    at: datetime | None, zone: str | None, today: datetime | None,
) -> None:  # fmt: skip
    """Write what both have agreed of the plan ID, and name what is still open.

    ID may be shortened as long as it is unique. Texts that are not agreed never leave in an export.
    """
    from coach_assist.exchange.calendar import CalendarChoice
    from coach_assist.flows import export as flow
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    begins: time | None = at.time() if at else None
    choice = flow.ExportChoice(
        today=today.date() if today else date.today(),
        talk=next(known for known in flow.TALKS if known == talk),
        calendar=CalendarChoice(titles=titles, at=begins, zone=zone),
    )
    with open_plan(Workspace(), plan_id) as plan:
        export = flow.export_plan(plan, next(one for one in flow.FORMATS if one == export_format), choice)
    audience = ", ".join(safe_text(name, one_line=True) for name in export.audience)
    if output is not None and str(output) != "-":
        flow.save_export(export, output, replace=force)
        where = safe_text(str(output), one_line=True)
    elif export_format == "signed" and sys.stdout.isatty():
        # Its bytes are what was signed, hidden characters and all; a terminal would act on some of them.
        raise click.UsageError(
            "The signed history is not for a terminal: name a file with -o, or use a pipe."
        )
    elif export.is_text:
        click.echo(export.content.decode("utf-8"), nl=False)
        where = "This export"
    else:
        raise click.UsageError(f"{export_format} is no text: name a file with -o.")
    if export.demo:
        click.echo("DEMO: nobody agreed to this plan.", err=True)
    click.echo(
        f"{where} is for: {audience}. Agreed: {export.agreed} units; still open: {export.open}.", err=True
    )
