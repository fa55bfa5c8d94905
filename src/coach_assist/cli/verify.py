"""`coach-assist verify`: check a signed export with nothing but the file."""

from __future__ import annotations

from pathlib import Path

import click

from coach_assist.agreement.lines import MAX_BUNDLE_BYTES
from coach_assist.shown import safe_text


@click.command("verify")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def command(file: Path) -> None:
    """Check the signed FILE: who did what, when as claimed, whether anything was changed, what is signed.

    Nothing else is needed for it. A tail that was cut off cleanly cannot be seen from the file alone;
    where this machine has seen the plan before, it looks for the newest events that it remembers.
    """
    from coach_assist.agreement.fingerprint_words import fingerprint_words
    from coach_assist.flows.show import PARTY_WORDS
    from coach_assist.flows.verify_bundle import verify_bundle
    from coach_assist.workspace.store import Workspace

    with file.open("rb") as opened:
        data = opened.read(MAX_BUNDLE_BYTES + 1)
    report = verify_bundle(data, Workspace())
    state = report.state
    click.echo(f"Valid: plan {state.plan}, {len(report.events)} events.{' DEMO.' if state.demo else ''}")
    for party, info in state.parties.items():
        words = fingerprint_words(info.fingerprint)
        contested = " CONTESTED: two keys claim to follow one." if info.contested else ""
        name = safe_text(info.name, one_line=True)
        click.echo(f"{PARTY_WORDS[party]}: {name}, key on {info.custody}, {words}{contested}")
    for one in report.events:
        line = f"{one.id[:12]}  {one.at} (claimed)  {one.name}, key on {one.custody}: {one.what}"
        click.echo(safe_text(line, one_line=True))
    for sign_off in state.sign_offs.all:
        verdict = "counts" if sign_off.problem is None else f"does not count: {sign_off.problem}"
        if not sign_off.proved:
            verdict = "is there; what it covers is withheld from this file"
        click.echo(f"Sign-off of the {PARTY_WORDS[sign_off.party]}, hash {sign_off.plan_hash}: {verdict}.")
    signed = state.sign_offs.in_force
    if signed is not None:
        click.echo(f"In force: revision {signed.revision}, signed by both, hash {signed.plan_hash}.")
        if not signed.proved:
            click.echo("NOT SHOWN WHOLE: texts that both signed are withheld, so its hash cannot be checked.")
    else:
        click.echo("No plan is signed by both.")
    if report.withheld:
        click.echo(f"{report.withheld} bodies are withheld: this file proves only what both have signed.")
    else:
        click.echo(f"Agreed now: {len(state.agreed)} units, hash {state.plan_hash}.")
    if report.heads_checked:
        click.echo(f"The {report.heads_checked} newest events that this machine remembers are in it.")
    else:
        click.echo("This machine never saw the plan: whether newer events were left out cannot be told.")
