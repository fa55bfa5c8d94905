"""`coach-assist doctor`: say what works on this machine and what is missing."""

from __future__ import annotations

import json

import click

from coach_assist.errors import ExitCode
from coach_assist.shown import safe_text

MARKS = {"ok": "ok", "warning": "note", "problem": "MISSING"}


@click.command("doctor")
@click.option("--verify", is_flag=True, help="Also read the model's whole file and compare its digest.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(verify: bool, as_json: bool) -> int:
    """Say what works on this machine and what is missing; nothing leaves it."""
    from coach_assist.flows.doctor import examine

    checks = examine(verify=verify)
    if as_json:
        click.echo(json.dumps({"checks": [check.to_json() for check in checks]}, ensure_ascii=False))
    else:
        for check in checks:
            click.echo(f"{MARKS[check.level]:8}{check.name}: {safe_text(check.words)}")
            if check.next_step:
                click.echo(f"        next: {safe_text(check.next_step)}")
    worst = [check for check in checks if check.level == "problem"]
    if any(check.area == "workspace" for check in worst):
        return ExitCode.REFUSED
    return ExitCode.MODEL if worst else ExitCode.DONE
