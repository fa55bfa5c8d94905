"""`coach-assist plans`: the plans on this machine."""

from __future__ import annotations

import json
from datetime import date

import click

from coach_assist.shown import safe_text, shortened


@click.command("plans")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one object with all plans.")
@click.option("--search", "words", metavar="WORDS", help="Only plans in which all these words stand.")
def command(as_json: bool, words: str | None) -> None:
    """List the plans on this machine: id, title, parties, state, and what waits for whom.

    --search looks into titles, names and what both have agreed, never into drafts, notes or answers.
    """
    from coach_assist.flows.plans import plans, summary_json
    from coach_assist.flows.retention import reminder
    from coach_assist.flows.show import PARTY_WORDS
    from coach_assist.plan.units import PARTIES
    from coach_assist.workspace.store import Workspace

    where: dict[str, str] = {}
    if words is None:
        found = plans(Workspace())
    else:
        from coach_assist.flows.search import search

        hits = search(Workspace(), words)
        found = tuple(hit.plan for hit in hits)
        where = {hit.plan.id: hit.where for hit in hits if hit.where}
    if as_json:
        listed = [
            summary_json(one) | ({} if words is None else {"found": where.get(one.id, "")}) for one in found
        ]
        click.echo(json.dumps({"plans": listed}, ensure_ascii=True, indent=2))
        return
    if not found and words is not None:
        click.echo("No plan has all these words in its title, its names or its agreed texts.", err=True)
    elif not found:
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
        summaries = ", ".join(
            f"{one.summaries[party]} summaries to answer for the {PARTY_WORDS[party]}"
            for party in PARTIES
            if one.summaries[party]
        )
        kept = reminder(one.keep_until, date.today(), one.short) or ""
        copy = "a viewer's copy" if one.viewer else ""
        parts = [safe_text(one.title, one_line=True), who, one.state_words, copy, waits, summaries, kept]
        mark = "DEMO  " if one.demo else ""
        click.echo(f"{one.short}  {mark}" + "; ".join(part for part in parts if part))
        if one.id in where:
            click.echo(f"        {safe_text(shortened(where[one.id], 160), one_line=True)}")
