"""A person's own keys on this machine: create, show, back up, restore, change the passphrase."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from coach_assist.agreement.fingerprint_words import fingerprint_words
from coach_assist.errors import Refused, UsageError
from coach_assist.platform_calls import create_private, private_folder, replace_private
from coach_assist.workspace.contacts import Card, card_bytes, keep_card
from coach_assist.workspace.people import (
    SUFFIX,
    PersonFile,
    new_person,
    read_person,
    relocked,
    to_bytes,
    unlock,
)
from coach_assist.workspace.store import Workspace

WITHOUT_BACKUP = (
    "Without passphrase and backup the keys cannot be recovered, by nobody; the other party would have to "
    "close your plans and carry them into new ones."
)


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person as shown. The name is as stored."""

    name: str
    fingerprint: str
    words: str
    """Eight words for reading the fingerprint to each other."""
    sealing_key: str
    path: Path
    backed_up: bool


def people(workspace: Workspace) -> tuple[PersonView, ...]:
    """Return everybody who has keys on this machine, by name. Raises Refused for a damaged file."""
    found = [
        _view(workspace, read_person(path)) for path in sorted(workspace.people_folder.glob(f"*{SUFFIX}"))
    ]
    return tuple(sorted(found, key=lambda one: (one.name, one.fingerprint)))


def person(workspace: Workspace, wanted: str) -> PersonFile:
    """Return one person's file by name, by the beginning of the fingerprint, or the only one for "".

    Raises UsageError where none or several match.
    """
    known = people(workspace)
    found = [
        one
        for one in known
        if not wanted
        or one.name.casefold() == wanted.casefold()
        or one.fingerprint.startswith(wanted.lower())
    ]
    if len(found) == 1:
        return read_person(found[0].path)
    if not found:
        raise UsageError(
            f"There are no keys of “{wanted}” on this machine."
            if wanted
            else "There are no keys on this machine.",
            next_step="Create them: coach-assist identity create NAME",
        )
    raise UsageError(
        f"{len(found)} people have keys on this machine: {', '.join(one.name for one in found)}.",
        next_step="Say whose you mean.",
    )


def create_person(workspace: Workspace, name: str, passphrase: str) -> PersonView:
    """Make a person's keys. Raises UsageError (name taken, passphrase too short), Refused."""
    if any(one.name.casefold() == name.strip().casefold() for one in people(workspace)):
        raise UsageError(f"There are keys of “{name}” on this machine already.", kept="They are untouched.")
    made = new_person(name, passphrase)
    _write_new(workspace, made)
    return _view(workspace, made)


def said_twice(first: str, again: str) -> str:
    """Return a new passphrase that was typed twice. Raises UsageError where the two differ."""
    if first != again:
        raise UsageError("The two passphrases differ.", kept="Nothing was changed.")
    return first


def change_passphrase(workspace: Workspace, wanted: str, old: str, new: str) -> PersonView:
    """Lock a person's keys with another passphrase. Raises WrongPassphrase, UsageError, Refused.

    Older backups still open with the older passphrase.
    """
    current = person(workspace, wanted)
    changed = relocked(current, old, new)
    try:
        replace_private(_path(workspace, changed), to_bytes(changed))
    except OSError as error:
        raise Refused(
            f"The keys cannot be written ({error.strerror}).", kept="They are as before."
        ) from error
    return _view(workspace, changed)


def back_up(workspace: Workspace, wanted: str, path: Path) -> PersonView:
    """Copy a person's key file, still locked, to `path`; nothing is overwritten.

    Raises UsageError, Refused.
    """
    current = person(workspace, wanted)
    try:
        create_private(path, to_bytes(current))
    except FileExistsError:
        raise UsageError(
            f"{path} is there already.", kept="It is untouched.", next_step="Take another name."
        ) from None
    except OSError as error:
        raise Refused(f"The backup cannot be written ({error.strerror}).") from error
    _marker(workspace, current).touch(0o600)
    return _view(workspace, current)


def restore(workspace: Workspace, path: Path, passphrase: str) -> PersonView:
    """Take a backup back, once its passphrase has opened it. Raises WrongPassphrase, UsageError, Refused."""
    found = read_person(path)
    unlock(found, passphrase)
    target = _path(workspace, found)
    if target.exists():
        if read_person(target).sign == found.sign:
            replace_private(target, to_bytes(found))
            return _view(workspace, found)
        raise UsageError("Other keys lie there already.", kept="They are untouched.")
    _write_new(workspace, found)
    _marker(workspace, found).touch(0o600)
    return _view(workspace, found)


def card_of(workspace: Workspace, wanted: str) -> tuple[str, bytes]:
    """Return (the words of the fingerprint, the contact card) of a person here. Raises UsageError."""
    found = person(workspace, wanted)
    card = Card(name=found.name, sign=found.sign, seal=found.seal)
    return fingerprint_words(found.fingerprint), card_bytes(card)


def write_card(workspace: Workspace, wanted: str, path: Path) -> str:
    """Write a person's contact card to the new file `path`; return the words of its fingerprint.

    Raises UsageError where the file exists, Refused where it cannot be written.
    """
    words, data = card_of(workspace, wanted)
    try:
        create_private(path, data)
    except FileExistsError:
        raise UsageError(
            f"{path} is there already.", kept="It is untouched.", next_step="Take another name."
        ) from None
    except OSError as error:
        raise Refused(f"The card cannot be written ({error.strerror}).") from error
    return words


def take_card_in(workspace: Workspace, card: Card, said: str) -> None:
    """Take a contact card in, if `said` are the words of its fingerprint. Raises UsageError, Refused.

    The words are typed in rather than shown and nodded at: who only nods, does not compare.
    """
    wanted = fingerprint_words(card.fingerprint).split("-")
    if [word for word in re.split(r"[\s\-,]+", said.strip().lower()) if word] != wanted:
        raise UsageError(
            "These are not the words of this card.",
            kept="The card was not taken in.",
            next_step="Ask for the words once more; if they differ again, the card was exchanged on its way.",
        )
    keep_card(workspace.contacts_folder, card)


def _write_new(workspace: Workspace, made: PersonFile) -> None:
    try:
        private_folder(workspace.people_folder)
        create_private(_path(workspace, made), to_bytes(made))
    except OSError as error:
        raise Refused(
            f"The keys cannot be written ({error.strerror}).",
            next_step=f"Make {workspace.people_folder} writable and free some space.",
        ) from error


def _path(workspace: Workspace, one: PersonFile) -> Path:
    return workspace.people_folder / f"{one.fingerprint[:32]}{SUFFIX}"


def _marker(workspace: Workspace, one: PersonFile) -> Path:
    return _path(workspace, one).with_suffix(".backed-up")


def _view(workspace: Workspace, one: PersonFile) -> PersonView:
    return PersonView(
        name=one.name,
        fingerprint=one.fingerprint,
        words=fingerprint_words(one.fingerprint),
        sealing_key=one.seal,
        path=_path(workspace, one),
        backed_up=_marker(workspace, one).exists(),
    )
