"""`coach-assist share`: one sealed file with the whole plan for the other party, or a viewer's copy."""

from __future__ import annotations

from pathlib import Path

import click

from coach_assist.errors import UsageError
from coach_assist.shown import safe_text

PARTIES = click.Choice(["manager", "team-member"])


@click.command("share")
@click.argument("plan_id", metavar="PLAN")
@click.option("--to", required=True, metavar="PERSON", help="A contact's name.")
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member", "viewer"]), required=True,
    help="Who shares with the other party; or viewer: PERSON only reads.",
)  # fmt: skip
@click.option("--by", type=PARTIES, help="With --as viewer: who shares, where both act on this machine.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option(
    "--hand-over", "handed", type=PARTIES,
    help="Also hand over this party's key, so that PERSON can go on with keys of their own.",
)  # fmt: skip
def command(plan_id: str, to: str, who: str, by: str | None, output: Path, handed: str | None) -> None:
    """Write a file with the signed history of PLAN, sealed to PERSON.

    Send it by mail, on a stick, through a folder or git: only PERSON can open it, and any change on the
    way is noticed. Answers, notes and drafts are not in it. The history says that the copy was made.

    With --as viewer PERSON gets what holds now: the agreed plan, the sign-offs, progress and closing.
    Everything else is withheld, and the copy still verifies. Both must have agreed to this reader.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.sending import Choice, send
    from coach_assist.flows.share import recipient, sharing_party
    from coach_assist.workspace.store import Workspace

    if who == "viewer" and handed:
        raise UsageError("A viewer gets no party's key.", kept="Nothing was shared.")
    if who != "viewer" and by:
        raise UsageError("--by goes with --as viewer only.", kept="Nothing was shared.")
    workspace = Workspace()
    contact = recipient(workspace, to)
    with open_plan(workspace, plan_id) as plan:
        if who == "viewer":
            party = PARTY_OPTIONS[by] if by else sharing_party(workspace, plan)
            unlock_for(workspace, plan, party)
            choice = Choice(contact, "viewer", "")
        else:
            party = PARTY_OPTIONS[who]
            unlock_for(workspace, plan, party)
            hand_over = PARTY_OPTIONS[handed] if handed else None
            choice = Choice(contact, "hand_over" if handed else "party", "", hand_over)
        send(workspace, plan, party, choice, output, replace=True)
    name, path = safe_text(contact.name, one_line=True), safe_text(str(output), one_line=True)
    click.echo(f"{path} is sealed to {name}, who opens it by: coach-assist receive FILE", err=True)
