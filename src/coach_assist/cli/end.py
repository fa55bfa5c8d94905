"""`coach-assist end`: close a plan alone, with a reason."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

import click

from coach_assist.errors import UsageError

if TYPE_CHECKING:
    from coach_assist.agreement.joining_bodies import EndReason


@click.command("end")
@click.argument("plan_id", metavar="PLAN")
@click.option("--as", "who", type=click.Choice(["manager", "team-member"]), required=True, help="Who closes.")
@click.option(
    "--reason", type=click.Choice(["lost-key", "new-manager", "other"]), required=True, help="Why it ends."
)
@click.option("--words", help="The reason in words, for both to read (asked for otherwise).")
def command(plan_id: str, who: str, reason: str, words: str | None) -> None:
    """Close PLAN alone, with a reason: a lost key, somebody else who takes over.

    What is agreed or signed stays readable and verifiable, and nothing of it is undone. To go on:
    coach-assist carry PLAN --with PERSON. To close a plan together, see coach-assist close; a team member
    leaves without a reason by coach-assist leave.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS, ask_line, ask_yes, say
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.joining import end_plan
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    if not sys.stdin.isatty():
        raise UsageError(
            "end takes its answer from a person at a terminal, not from a pipe or a file.",
            kept="Nothing was closed.",
        )
    party = PARTY_OPTIONS[who]
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        said = words or ask_line("The reason, in words that both can read")
        say(said)
        if not ask_yes("Close this plan, for both and for good?"):
            say("Nothing was closed.")
            return
        unlock_for(workspace, plan, party)
        end_plan(workspace, plan, party, cast("EndReason", reason.replace("-", "_")), said)
        say("The plan is closed. To go on in a new one:")
        say(f"coach-assist carry {plan.id[:8]} --as {who} --with PERSON")
