"""`coach-assist progress`: how a plan stands, in plain text."""

from __future__ import annotations

import json
from datetime import date, datetime

import click

from coach_assist.shown import safe_text


@click.command("progress")
@click.argument("plan_id", metavar="ID")
@click.option("--words", is_flag=True, help="Say everything in words: no charts, no timeline.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
def command(plan_id: str, words: bool, as_json: bool, today: datetime | None) -> None:
    """Show how the plan ID stands: goals over time, promises, milestones, check-ins.

    What is expected is a straight line from a goal's baseline to its target. Where a plan seems to stand
    still, there are questions for both, and what might be adjusted; never a verdict.
    """
    from coach_assist.cli.progress_lines import progress_lines
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.progress import progress_json, progress_view
    from coach_assist.workspace.store import Workspace

    with open_plan(Workspace(), plan_id) as plan:
        view = progress_view(plan, today.date() if today else date.today())
    if as_json:
        click.echo(json.dumps(progress_json(view), ensure_ascii=True, indent=2))
        return
    for line in progress_lines(view, charts=not words):
        click.echo(safe_text(line))
