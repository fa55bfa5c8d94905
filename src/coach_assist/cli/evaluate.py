"""`coach-assist evaluate`: what became of one's own plans, in counts of plans."""

from __future__ import annotations

import json
from datetime import date, datetime

import click

from coach_assist.shown import safe_text


@click.command("evaluate")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one object.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
def command(as_json: bool, today: datetime | None) -> None:
    """Count what became of the plans on this machine: goals reached, time to sign-off, check-ins held.

    Plans are counted, never people. Survey means are withheld while fewer than five plans have answers.
    """
    from coach_assist.flows.evaluate import evaluate, evaluation_json
    from coach_assist.flows.evaluation_words import evaluation_lines
    from coach_assist.workspace.store import Workspace

    found = evaluate(Workspace(), today.date() if today else date.today())
    if as_json:
        click.echo(json.dumps(evaluation_json(found), ensure_ascii=True, indent=2))
        return
    for line in evaluation_lines(found):
        click.echo(safe_text(line))
