"""`coach-assist share`: one sealed file with the whole plan for the other party."""

from __future__ import annotations

from pathlib import Path

import click

from coach_assist.shown import safe_text


@click.command("share")
@click.argument("plan_id", metavar="PLAN")
@click.option("--to", required=True, metavar="PERSON", help="A contact's name.")
@click.option("--as", "who", type=click.Choice(["manager", "team-member"]), required=True, help="Who shares.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option(
    "--hand-over", "handed", type=click.Choice(["manager", "team-member"]),
    help="Also hand over this party's key, so that PERSON can go on with keys of their own.",
)  # fmt: skip
def command(plan_id: str, to: str, who: str, output: Path, handed: str | None) -> None:
    """Write a file with the signed history of PLAN, sealed to PERSON.

    Send it by mail, on a stick, through a folder or git: only PERSON can open it, and any change on the
    way is noticed. Answers, notes and drafts are not in it. The history says that the copy was made.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.exchange.files import write_export
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.share import recipient, share
    from coach_assist.workspace.store import Workspace

    workspace = Workspace()
    contact = recipient(workspace, to)
    with open_plan(workspace, plan_id) as plan:
        unlock_for(workspace, plan, PARTY_OPTIONS[who])
        data = share(
            workspace, plan, PARTY_OPTIONS[who], contact, hand_over=PARTY_OPTIONS[handed] if handed else None
        )
        write_export(output, data, replace=True)
    name, path = safe_text(contact.name, one_line=True), safe_text(str(output), one_line=True)
    click.echo(f"{path} is sealed to {name}, who opens it by: coach-assist receive FILE", err=True)
