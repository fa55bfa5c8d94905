"""`coach-assist receive`: verify a sealed file, say what is new, take it in."""

from __future__ import annotations

from pathlib import Path

import click

from coach_assist.errors import UsageError
from coach_assist.shown import safe_text


@click.command("receive")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--name", default="", help="Whose keys open it, where several people have some here.")
def command(file: Path, name: str) -> None:
    """Open the sealed FILE, verify all of it, show what is new and merge it into this machine's plan.

    Files may come in any order, twice or late; the outcome is the same. Nothing is applied unless all
    of it verifies. Neither a model nor a network is needed.
    """
    from coach_assist.cli.numbered import say
    from coach_assist.flows.identity import person
    from coach_assist.flows.receive import open_file, read_sealed, take_in
    from coach_assist.flows.show import PARTY_WORDS
    from coach_assist.workspace.store import Workspace

    data = read_sealed(file)
    workspace = Workspace()
    found = person(workspace, name)
    asked = f"Passphrase of {safe_text(found.name, one_line=True)}"
    workspace.unlocked.unlock(found, str(click.prompt(asked, hide_input=True, err=True)))
    secrets = workspace.unlocked.held(found.fingerprint)
    if secrets is None:
        raise UsageError("The keys are locked.")
    received = open_file(workspace, data, secrets)
    say(
        f"Plan {received.plan[:8]}: {'known here' if received.known else 'new on this machine'}. It verifies."
    )
    if received.viewer:
        say("It is a viewer's copy: it shows what holds now, and nobody decides in it.")
    for one in received.new:
        say(f"- {one.name} ({PARTY_WORDS[one.party]}, key on {one.custody}): {one.what}")
    if not received.new:
        say("Nothing in it is new.")
    state = take_in(workspace, received)
    for party, info in state.parties.items():
        if received.viewer:
            break
        if count := len(state.waits_for(party)):
            say(f"{count} to decide for {info.name} ({PARTY_WORDS[party]}).")
    if received.unsent:
        say(f"{received.unsent} events here are not in that file: share the plan back.")
    if received.hands_over is not None:
        who = received.hands_over.replace("_", "-")
        say(f"It handed over the key of the {PARTY_WORDS[received.hands_over]}. Go on with your own now:")
        say(f"coach-assist identity use {received.plan[:8]} --as {who}")
