"""`coach-assist identity`: a person's own keys on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.flows.identity import PersonView

BACKUP_WORDS = "Back the keys up now: coach-assist identity backup FILE."


@click.group("identity")
def command() -> None:
    """Create, show, back up and restore the keys with which you sign.

    Each person has keys of their own, locked with a passphrase. The words of a fingerprint are for
    reading to each other, so that both know that no key was exchanged on the way.
    """


@command.command("create")
@click.argument("name")
def create(name: str) -> None:
    """Make keys for NAME, locked with a passphrase that is asked for."""
    from coach_assist.flows.identity import WITHOUT_BACKUP, create_person
    from coach_assist.workspace.store import Workspace

    made = create_person(Workspace(), name, _new_passphrase())
    _show(made)
    click.echo(f"{BACKUP_WORDS} {WITHOUT_BACKUP}", err=True)


@command.command("show")
@click.argument("name", required=False, default="")
def show(name: str) -> None:
    """Show who has keys here: names, fingerprints as words, sealing keys. Secrets are never shown."""
    from coach_assist.flows.identity import people, person
    from coach_assist.workspace.store import Workspace

    workspace = Workspace()
    found = people(workspace)
    if name:
        wanted = person(workspace, name).fingerprint
        found = tuple(one for one in found if one.fingerprint == wanted)
    if not found:
        click.echo("Nobody has keys here yet: coach-assist identity create NAME", err=True)
    for one in found:
        _show(one)


@command.command("passphrase")
@click.argument("name", required=False, default="")
def passphrase(name: str) -> None:
    """Change the passphrase of NAME's keys. Older backups keep the older one."""
    from coach_assist.flows.identity import change_passphrase, person
    from coach_assist.workspace.store import Workspace

    workspace = Workspace()
    person(workspace, name)
    old = _ask("Passphrase now")
    change_passphrase(workspace, name, old, _new_passphrase())
    click.echo("The passphrase was changed. Make a new backup, and destroy the old ones.", err=True)


@command.command("remember")
@click.argument("name", required=False, default="")
def remember(name: str) -> None:
    """Keep the passphrase of NAME's keys in this system's keyring; unlocking then takes one key press.

    Whoever can use your unlocked session can then use your keys. Take it back: coach-assist identity lock
    """
    from coach_assist.flows.identity import person
    from coach_assist.workspace.people import unlock
    from coach_assist.workspace.store import Workspace
    from coach_assist.workspace.system_keyring import remember as remember_passphrase

    found = person(Workspace(), name)
    asked = _ask(f"Passphrase of {safe_text(found.name, one_line=True)}")
    unlock(found, asked)
    remember_passphrase(found.fingerprint, asked)
    click.echo("The system's keyring keeps the passphrase now.", err=True)


@command.command("lock")
@click.argument("name", required=False, default="")
def lock(name: str) -> None:
    """Take the passphrase of NAME's keys out of this system's keyring; it is asked for from now on.

    Without a keyring every command asks anyway, and the full-screen app locks at each hand-over and after
    some minutes without a key press (the setting lock_minutes).
    """
    from coach_assist.flows.identity import person
    from coach_assist.workspace.store import Workspace
    from coach_assist.workspace.system_keyring import forget

    was = forget(person(Workspace(), name).fingerprint)
    click.echo("Locked." if was else "The keyring holds no passphrase; the keys are locked.", err=True)


@command.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--name", default="", help="Whose keys, where several people have some here.")
def backup(file: Path, name: str) -> None:
    """Copy the key file, still locked with its passphrase, to FILE."""
    from coach_assist.flows.identity import back_up
    from coach_assist.workspace.store import Workspace

    one = back_up(Workspace(), name, file)
    who = safe_text(one.name, one_line=True)
    click.echo(f"The keys of {who} were copied. Keep the file apart from this machine.", err=True)


@command.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def restore(file: Path) -> None:
    """Take keys back from the backup FILE, once its passphrase has opened it."""
    from coach_assist.flows.identity import restore as restore_keys
    from coach_assist.workspace.store import Workspace

    _show(restore_keys(Workspace(), file, _ask("Passphrase of the backup")))


@command.command("card")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the card to this file.")
@click.option("--name", default="", help="Whose card, where several people have keys here.")
def card(output: Path | None, name: str) -> None:
    """Print your contact card: public keys for the other party. It holds nothing secret."""
    from coach_assist.exchange.files import write_export
    from coach_assist.flows.identity import card_of
    from coach_assist.workspace.store import Workspace

    words, data = card_of(Workspace(), name)
    if output is None:
        click.echo(data.decode("ascii"), nl=False)
    else:
        write_export(output, data, replace=True)
    click.echo(f"Read these words to the other person: {words}", err=True)


@command.command("add")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--words", "said", help="The words that the other person read out (asked for otherwise).")
def add(file: Path, said: str | None) -> None:
    """Take in somebody's contact card, once the words of its fingerprint were compared."""
    from coach_assist.flows.identity import take_card_in
    from coach_assist.workspace.contacts import read_card
    from coach_assist.workspace.store import Workspace

    found = read_card(file)
    who = safe_text(found.name, one_line=True)
    if said is None:
        click.echo(f"Let {who} read the words of their fingerprint to you, by voice if you can.", err=True)
        said = str(click.prompt("The words", err=True))
    take_card_in(Workspace(), found, said)
    click.echo(f"{who} is a contact now.", err=True)


@command.command("use")
@click.argument("plan_id", metavar="PLAN")
@click.option(
    "--as", "who", type=click.Choice(["manager", "team-member"]), required=True, help="Which party you are."
)
@click.option("--name", default="", help="Whose keys, where several people have some here.")
def use(plan_id: str, who: str, name: str) -> None:
    """Go on in PLAN with your own keys instead of the one that was made when it opened.

    From then on only you can act for your party, and the history shows it.
    """
    from coach_assist.cli.numbered import PARTY_OPTIONS
    from coach_assist.flows.identity import person
    from coach_assist.flows.open_plan import open_plan
    from coach_assist.flows.own_key import move_to_own_key
    from coach_assist.workspace.store import Workspace

    workspace = Workspace()
    found = person(workspace, name)
    with open_plan(workspace, plan_id) as plan:
        workspace.unlocked.unlock(found, _ask(f"Passphrase of {safe_text(found.name, one_line=True)}"))
        move_to_own_key(workspace, plan, PARTY_OPTIONS[who], found)
    click.echo("The plan knows your key now; acceptances with the old one no longer count.", err=True)


def _show(one: PersonView) -> None:
    click.echo(safe_text(one.name, one_line=True))
    click.echo(f"  fingerprint: {one.words}")
    click.echo(f"  in full:     {one.fingerprint}")
    click.echo(f"  sealing key: {one.sealing_key}")
    click.echo(f"  backup:      {'made' if one.backed_up else 'none yet'}")


def _new_passphrase() -> str:
    from coach_assist.flows.identity import said_twice

    return said_twice(_ask("New passphrase"), _ask("The same once more"))


def _ask(prompt: str) -> str:
    return str(click.prompt(prompt, hide_input=True, err=True))
