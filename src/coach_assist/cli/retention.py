"""`coach-assist retention`: until when this machine keeps a plan, with a reminder in the list."""

from __future__ import annotations

from datetime import date, datetime

import click

from coach_assist.errors import UsageError


@click.command("retention")
@click.argument("plan_id", metavar="PLAN")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Keep it up to this day.")
@click.option("--off", is_flag=True, help="Take the day away.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
def command(plan_id: str, until: datetime | None, off: bool, today: datetime | None) -> None:
    """Say until when PLAN is kept on this machine. Without an option, show it.

    Once the day has passed, `coach-assist plans` reminds you. Nothing is deleted by itself, and copies on
    other machines are not concerned.
    """
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.retention import keep_until, set_keep_until
    from coach_assist.workspace.store import Workspace

    if until and off:
        raise UsageError("Give --until or --off.")
    with open_plan(Workspace(), plan_id) as plan:
        if until or off:
            day = today.date() if today else date.today()
            set_keep_until(plan, until.date() if until else None, day)
        found = keep_until(plan)
        click.echo(f"Kept until {found.isoformat()}." if found else "No day is set.")
