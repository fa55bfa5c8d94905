"""`coach-assist history`: what was agreed, by whom, when, in words."""

from __future__ import annotations

import json

import click

from coach_assist.shown import safe_text


@click.command("history")
@click.argument("plan_id", metavar="PLAN")
@click.option("--unit", help="Only this unit (its id, or the beginning of it).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(plan_id: str, unit: str | None, as_json: bool) -> None:
    """Tell the history of PLAN in words: who put forward, who accepted, when, on whose machine, why not.

    Times are what each author's clock said. The order is that of the events themselves.
    """
    from coach_assist.flows.history_words import history_words
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.show import PARTY_WORDS
    from coach_assist.workspace.store import Workspace

    with open_plan(Workspace(), plan_id) as plan:
        told = history_words(plan.history) if plan.has_opened else ()
    if unit:
        told = tuple(one for one in told if one.unit is not None and one.unit.startswith(unit))
    if as_json:
        rows = [
            {
                "id": one.id,
                "party": one.party,
                "at": one.at,
                "custody": one.custody,
                "unit": one.unit,
                "what": one.what,
            }
            for one in told
        ]
        click.echo(json.dumps({"history": rows}, ensure_ascii=True, indent=2))
        return
    if not told:
        click.echo("Nothing was put forward yet.", err=True)
    for one in told:
        who = f"{one.name} ({PARTY_WORDS[one.party]}, key on {one.custody})"
        click.echo(safe_text(f"{one.at}  {who} {one.what}", one_line=True))
