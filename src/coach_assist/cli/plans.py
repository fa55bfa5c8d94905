"""`coach-assist plans`: the plans on this machine."""

from __future__ import annotations

import json
from datetime import date

import click

from coach_assist.shown import safe_text


@click.command("plans")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one object with all plans.")
def command(as_json: bool) -> None:
    """List the plans on this machine: id, title, parties, state, and what waits for whom."""
    from coach_assist.flows.plans import plans, summary_json
    from coach_assist.flows.retention import reminder
    from coach_assist.flows.show import PARTY_WORDS
    from coach_assist.plan.units import PARTIES
    from coach_assist.workspace.store import Workspace

    found = plans(Workspace())
    if as_json:
        click.echo(json.dumps({"plans": [summary_json(one) for one in found]}, ensure_ascii=True, indent=2))
        return
    if not found:
        click.echo("There are no plans yet. Begin one: coach-assist interview", err=True)
    for one in found:
        if one.problem is not None:
            click.echo(f"{one.short}  cannot be read: {safe_text(one.problem, one_line=True)}")
            continue
        who = " and ".join(safe_text(name, one_line=True) for name in (one.team_member, one.manager) if name)
        waits = ", ".join(
            f"{one.waits[party]} to decide for the {PARTY_WORDS[party]}"
            for party in PARTIES
            if one.waits[party]
        )
        kept = reminder(one.keep_until, date.today(), one.short) or ""
        copy = "a viewer's copy" if one.viewer else ""
        parts = [safe_text(one.title, one_line=True), who, one.state_words, copy, waits, kept]
        mark = "DEMO  " if one.demo else ""
        click.echo(f"{one.short}  {mark}" + "; ".join(part for part in parts if part))
