"""`coach-assist release`: release one's own answers, unseen until both have."""

from __future__ import annotations

import sys

import click

from coach_assist.errors import UsageError
from coach_assist.shown import safe_text, shortened


@click.command("release")
@click.argument("plan_id", metavar="PLAN")
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member"]), required=True, help="Whose answers."
)
@click.option("--hold-back", "held", multiple=True, metavar="QUESTION", help="Keep this answer to yourself.")
def command(plan_id: str, who: str, held: tuple[str, ...]) -> None:
    """Release the answers that you gave on your own in PLAN, except those that you hold back.

    The other party sees none of them before they have released theirs. What is released cannot be changed
    any more. Then both see where they differ: coach-assist differ PLAN
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS, ask_yes, say
    from coach_assist.cli.unlocking import unlock_for
    from coach_assist.flows.blind import release, release_view
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.workspace.store import Workspace

    if not sys.stdin.isatty():
        raise UsageError(
            "Answers are released by a person at a terminal, not from a pipe or a file.",
            kept="Nothing was released.",
        )
    party = PARTY_OPTIONS[who]
    workspace = Workspace()
    with open_plan(workspace, plan_id) as plan:
        unlock_for(workspace, plan, party)
        view = release_view(workspace, plan, party)
        for question, answer in view.ready.items():
            text = answer if isinstance(answer, str) else " / ".join(answer)
            mark = "held back" if question in held else "released"
            click.echo(f"{question} ({mark}): {shortened(text, 300)}")
        if not ask_yes("Release these to the other party, once they have released theirs?"):
            say("Nothing was released.")
            return
        count = release(workspace, plan, party, hold_back=held)
        say(f"Released: {count} answers.")
        if view.other_released:
            say(f"Both have released. See: coach-assist differ {safe_text(plan.id[:8])}")
        else:
            say("The other party has not released yet; until then nobody sees them.")
