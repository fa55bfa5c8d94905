"""`coach-assist erase`: erase one's own text that is not agreed."""

from __future__ import annotations

import click


@click.command("erase")
@click.argument("plan_id", metavar="PLAN")
@click.argument("event", metavar="EVENT")
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member"]), required=True, help="Whose text it is."
)
def command(plan_id: str, event: str, who: str) -> None:
    """Erase the text of your own proposal, reason or comment EVENT (its id: see `history --json`).

    Only while it is not agreed. The history still verifies and says that you erased it. Exports,
    backups, and copies of the other party that are not shared again are not reached.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.erase import erase
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        unlock_for(workspace, plan, PARTY_OPTIONS[who])
        found = erase(workspace, plan, PARTY_OPTIONS[who], event)
    click.echo(
        f"The text of {found[:12]} is erased here. Copies elsewhere go when the plan is shared.", err=True
    )
