"""`coach-assist export`: the agreed plan as Markdown or JSON."""

from __future__ import annotations

from pathlib import Path

import click

from coach_assist.shown import safe_text


@click.command("export")
@click.argument("plan_id", metavar="ID")
@click.option(
    "--format", "export_format", type=click.Choice(["md", "json"]), default="md", show_default=True,
    help="Markdown for people, JSON for programs (valid against `coach-assist schema plan`).",
)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file (0600).")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def command(plan_id: str, export_format: str, output: Path | None, force: bool) -> None:
    """Write what both have agreed of the plan ID, and name what is still open.

    ID may be shortened as long as it is unique. Texts that are not agreed never leave in an export.
    """
    from coach_assist.flows.export import FORMATS, export_plan, save_export
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    chosen = next(known for known in FORMATS if known == export_format)
    with open_plan(Workspace(), plan_id) as plan:
        export = export_plan(plan, chosen)
    audience = " and ".join(safe_text(name, one_line=True) for name in export.audience)
    if output is None or str(output) == "-":
        click.echo(export.content.decode("utf-8"), nl=False)
        where = "This export"
    else:
        save_export(export, output, replace=force)
        where = safe_text(str(output), one_line=True)
    if export.demo:
        click.echo("DEMO: nobody agreed to this plan.", err=True)
    click.echo(
        f"{where} is for {audience}. Agreed: {export.agreed} units; still open: {export.open}.", err=True
    )
