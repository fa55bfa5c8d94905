"""Asking for the passphrase of a party's own key, where it has one."""

from __future__ import annotations

import click

from coach_assist.cli.numbered import say
from coach_assist.flows.identity import person
from coach_assist.flows.sync import Synced, sync_in, synced_words
from coach_assist.plan.units import Party
from coach_assist.workspace.people import WrongPassphrase
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace
from coach_assist.workspace.system_keyring import remembered

TRIES = 3


def unlock_for(workspace: Workspace, plan: PlanFile, party: Party) -> None:
    """Unlock the party's own key for this command; nothing is asked where the key lies open here.

    Raises WrongPassphrase after three wrong ones, UsageError where the key is not on this machine.
    """
    if not plan.has_opened:
        return
    current = plan.state.parties[party]
    if current.custody != "own machine" or workspace.unlocked.held(current.fingerprint) is not None:
        return
    found = person(workspace, current.fingerprint)
    if (kept := remembered(found.fingerprint)) is not None:
        # Still one key press a turn: nothing is signed by a program that merely runs.
        asked = f"Press Enter to unlock the keys of {current.name} from this system's keyring"
        click.prompt(asked, default="", show_default=False, err=True, prompt_suffix=" ")
        try:
            workspace.unlocked.unlock(found, kept)
        except WrongPassphrase:
            say("The passphrase in the keyring is an old one.")
        else:
            say_synced(sync_in(workspace, plan))
            return
    for tries in range(1, TRIES + 1):
        passphrase = str(click.prompt(f"Passphrase of {current.name}", hide_input=True, err=True))
        try:
            workspace.unlocked.unlock(found, passphrase)
        except WrongPassphrase:
            if tries == TRIES:
                raise
            say("That passphrase does not open the keys.")
        else:
            say_synced(sync_in(workspace, plan))
            return


def say_synced(result: Synced) -> None:
    """Say what came through the plan's folder, and what could not be taken in."""
    for row in synced_words(result):
        say(row)
