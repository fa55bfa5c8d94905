"""`coach-assist confirm`: confirm with your own key what was accepted on the other's machine."""

from __future__ import annotations

import sys

import click

from coach_assist.errors import UsageError


@click.command("confirm")
@click.argument("plan_id", metavar="PLAN")
@click.option("--as", "who", type=click.Choice(["manager", "team-member"]), required=True, help="Whose turn.")
def command(plan_id: str, who: str) -> None:
    """Go through what you accepted in PLAN with the key that lay on the other's machine.

    Each text is shown whole, and confirmed by one answer of its own. What you leave out stays accepted as
    it was; the history shows which key each acceptance has.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS, ask_yes, say
    from coach_assist.cli.proposal_lines import say_proposal
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.confirm import confirm, to_confirm
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    if not sys.stdin.isatty():
        raise UsageError(
            "confirm takes its answers from a person at a terminal, not from a pipe or a file.",
            kept="Nothing was confirmed.",
        )
    party = PARTY_OPTIONS[who]
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        unlock_for(workspace, plan, party)
        waiting = to_confirm(plan, party)
        if not waiting:
            say("There is nothing to confirm.")
        count = 0
        for number, view in enumerate(waiting, start=1):
            say()
            say_proposal(view, f"{number} of {len(waiting)}")
            if ask_yes("Confirm that you accepted exactly this?"):
                confirm(workspace, plan, party, view.id, view.shown)
                count += 1
        if waiting:
            say(f"Confirmed: {count} of {len(waiting)}.")
