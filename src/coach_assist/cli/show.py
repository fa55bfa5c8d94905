"""`coach-assist show`: one plan, what is agreed and what is open."""

from __future__ import annotations

import json

import click

from coach_assist.shown import safe_text


@click.command("show")
@click.argument("plan_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--explain", metavar="UNIT", help="Say which answers a draft, proposal or agreed part rests on (its id)."
)
def command(plan_id: str, as_json: bool, explain: str | None) -> None:
    """Show the plan ID: what both have agreed, what is open, what waits for whom.

    ID may be shortened as long as it is unique.
    """
    from coach_assist.cli.show_lines import plan_lines
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.show import plan_view
    from coach_assist.flows.show_json import plan_view_json
    from coach_assist.workspace.store import Workspace

    if explain is not None:
        _explain(plan_id, explain, as_json)
        return
    with open_plan(Workspace(), plan_id) as plan:
        view = plan_view(plan)
    if as_json:
        click.echo(json.dumps(plan_view_json(view), ensure_ascii=True, indent=2))
        return
    for line in plan_lines(view):
        click.echo(safe_text(line))


def _explain(plan_id: str, unit: str, as_json: bool) -> None:
    from coach_assist.flows.explain import explain_lines, explain_unit
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    with open_plan(Workspace(), plan_id) as plan:
        explained = explain_unit(plan, unit)
    if as_json:
        click.echo(json.dumps(explained.to_json(), ensure_ascii=True, indent=2))
        return
    for line in explain_lines(explained):
        click.echo(safe_text(line))
