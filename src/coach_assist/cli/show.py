"""`coach-assist show`: one plan, what is agreed and what is open."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from coach_assist.cli.filter_option import FILTER_OPTIONS
from coach_assist.errors import UsageError
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.flows.show import PlanView


@click.command("show")
@click.argument("plan_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--explain", metavar="UNIT", help="Say which answers a draft, proposal or agreed part rests on (its id)."
)
@click.option("--filter", "wanted", type=click.Choice(FILTER_OPTIONS), help="Only proposals of this sort.")
@click.option("--as", "who", type=click.Choice(["manager", "team-member"]), help="Who is “me” in a filter.")
def command(plan_id: str, as_json: bool, explain: str | None, wanted: str | None, who: str | None) -> None:
    """Show the plan ID: what both have agreed, what is open, what waits for whom.

    ID may be shortened as long as it is unique. With --filter, only the proposals that wait for you, for
    the other, are in conflict, have open findings, or are agreed and not signed.
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
    if wanted is not None:
        _filtered(view, wanted, who, as_json)
        return
    if as_json:
        click.echo(json.dumps(plan_view_json(view), ensure_ascii=True, indent=2))
        return
    for line in plan_lines(view):
        click.echo(safe_text(line))


def _filtered(view: PlanView, wanted: str, who: str | None, as_json: bool) -> None:
    """Print the proposals of one sort, and how many they are."""
    from coach_assist.cli.filter_option import filter_named
    from coach_assist.cli.numbered import PARTY_OPTIONS
    from coach_assist.cli.show_lines import filtered_lines
    from coach_assist.flows.review_filter import matching
    from coach_assist.flows.show_json import proposal_json

    name = filter_named(wanted)
    if name in ("for_me", "for_other") and who is None:
        raise UsageError(f"--filter {wanted} needs --as: whom something waits for.")
    party = PARTY_OPTIONS[who] if who else None
    found = matching(view, name, party)
    if as_json:
        rows = [proposal_json(one) for one in found]
        data = {"id": view.id, "filter": wanted, "as": party, "count": len(rows), "proposals": rows}
        click.echo(json.dumps(data, ensure_ascii=True, indent=2))
        return
    for line in filtered_lines(view, name, found):
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
