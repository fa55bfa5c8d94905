"""`coach-assist carry`: go on from a closed plan in a new one, with another person."""

from __future__ import annotations

import sys

import click

from coach_assist.errors import UsageError


@click.command("carry")
@click.argument("plan_id", metavar="PLAN")
@click.option("--with", "other", metavar="PERSON", required=True, help="A contact's name, or any name.")
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member"]), required=True, help="Who you are."
)
def command(plan_id: str, other: str, who: str) -> None:
    """Open a new plan with PERSON, which goes on from the closed PLAN and names it by its hash.

    What was still open or in force there is put forward again, and both decide on each of it anew. The
    closed plan stays, and can be read and verified. A contact acts with the keys of their card; for
    another name a key is made on this machine, as in any new plan.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS, ask_yes, say
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.carry import carry, open_units
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.share import known_contact
    from coach_assist.workspace.store import Workspace

    if not sys.stdin.isatty():
        raise UsageError(
            "carry takes its answer from a person at a terminal, not from a pipe or a file.",
            kept="Nothing was opened.",
        )
    party = PARTY_OPTIONS[who]
    workspace = Workspace()
    contact = known_contact(workspace, other)
    with open_plan(workspace, plan_id) as plan:
        if not plan.has_opened:
            raise UsageError("Nothing of this plan was put forward yet.", next_step="Go on in it.")
        count = len(open_units(plan))
        keys = "with the keys of their card" if contact else "with a key that is made on this machine"
        say(f"A new plan with {contact.name if contact else other}, {keys}; {count} units to decide anew.")
        if not ask_yes("Open it?"):
            say("Nothing was opened.")
            return
        unlock_for(workspace, plan, party)
        with carry(workspace, plan, party, contact or other) as fresh:
            say(f"Opened as {fresh.id[:8]}. It names plan {plan.id[:8]} by its hash.")
            say(f"To decide: coach-assist decide {fresh.id[:8]} --as manager|team-member")
            if contact:
                say(f"To share it: coach-assist share {fresh.id[:8]} --as {who} --to … -o FILE")
