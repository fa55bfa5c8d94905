"""Sending a plan to a person: to whom it can go and how, what travels, and the file that is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coach_assist.errors import Refused, UsageError
from coach_assist.flows.share import readers, share, share_with_viewer
from coach_assist.flows.show import PARTY_WORDS
from coach_assist.plan.units import PARTIES, Party
from coach_assist.platform_calls import create_private, replace_private
from coach_assist.workspace.contacts import Card, contacts
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

How = Literal["party", "hand_over", "viewer"]
TRAVELS: dict[How, tuple[str, str]] = {
    "party": (
        "The whole signed history: proposals, decisions, reasons, sign-offs, what was put forward of notes.",
        "Answers, private notes and drafts never travel, and no key does.",
    ),
    "hand_over": (
        "The whole signed history, and the key of this party that was made here, to go on from with keys of "
        "their own.",
        "Answers, private notes and drafts never travel.",
    ),
    "viewer": (
        "What holds now: the agreed plan, sign-offs, progress, the closing page, the member's statement.",
        "Everything else is withheld: open and declined proposals, reasons, notes. Nobody decides in it.",
    ),
}
"""What a copy holds, and what it does not."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One person to whom the plan can go. The name in it is as stored."""

    to: Card
    how: How
    words: str
    hand_over: Party | None = None


def choices(workspace: Workspace, plan: PlanFile, party: Party) -> tuple[Choice, ...]:
    """Return to whom `party` can send the plan: the other party, agreed readers, and, while the other's key
    still lies here, every contact who may be that party.

    Raises UsageError where nothing was put forward yet.
    """
    if not plan.has_opened:
        raise UsageError("Nothing of this plan was put forward yet, so there is nothing to share.")
    named = {one.casefold() for one in readers(plan.state)}
    found: list[Choice] = []
    second = next(one for one in PARTIES if one != party)
    info = plan.state.parties[second]
    lies_here = info.custody == "this machine" and workspace.has_key(plan.id, second, info.fingerprint)
    for card in contacts(workspace.contacts_folder):
        author = plan.history.authors.get(card.fingerprint)
        if author is not None:
            if author.party != party:
                found.append(Choice(card, "party", f"the {PARTY_WORDS[author.party]} of this plan"))
        elif card.name.casefold() in named:
            found.append(Choice(card, "viewer", "a reader to whom both have agreed"))
        elif lies_here:
            words = f"as the {PARTY_WORDS[second]}, {info.name}, with the key that was made here"
            found.append(Choice(card, "hand_over", words, second))
    order = {"party": 0, "hand_over": 1, "viewer": 2}
    same = info.name.casefold()
    return tuple(sorted(found, key=lambda one: (one.to.name.casefold() != same, order[one.how], one.to.name)))


def file_name(plan: PlanFile, to: Card) -> str:
    """Return a name for the file, of plain characters only, whatever the person is called."""
    return f"plan-{plan.id[:6]}-for-{plain_name(to.name)}.sealed"


def plain_name(name: str) -> str:
    """Return a person's name as the part of a file name that every system takes."""
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower()[:40] or "person"


def send(
    workspace: Workspace, plan: PlanFile, party: Party, choice: Choice, path: Path, *, replace: bool = False
) -> None:
    """Write the plan to the file `path`, sealed to one person; the history says that it was made.

    Raises UsageError where the file exists (unless `replace`) or the person may not have it, Refused where
    it cannot be written. A place that cannot be written is found before the history says anything, and a
    new file is gone again where the rest fails.
    """
    new = _take_place(path, replace)
    try:
        if choice.how == "viewer":
            data = share_with_viewer(workspace, plan, party, choice.to)
        else:
            data = share(workspace, plan, party, choice.to, hand_over=choice.hand_over)
        replace_private(path, data)
    except BaseException:
        if new:
            path.unlink(missing_ok=True)
        raise


def _take_place(path: Path, replace: bool) -> bool:
    """Make the new file, or see that the one that is there can be replaced. Return whether it is new."""
    there = path.is_file()
    if there and not replace:
        raise UsageError(
            f"{path} exists already.", kept="It was not touched, and nothing was shared.",
            next_step="Choose another name.",
        )  # fmt: skip
    trial = path.with_name(f".{path.name}.new") if there else path
    try:
        create_private(trial, b"")
        if there:
            trial.unlink()
    except OSError as error:
        raise Refused(
            f"{path} cannot be written: {error.strerror or error}.",
            kept="Nothing was shared.",
            next_step="Choose another folder, or see that there is room and that you may write there.",
        ) from None
    return not there


def typed_path(text: str) -> Path:
    """Return what was typed, pasted or dropped as a path: quotes and `file://` taken off, ~ understood.

    Raises UsageError where nothing, or a null character, was typed.
    """
    from urllib.parse import unquote

    given = text.strip()
    if len(given) > 1 and given[0] == given[-1] and given[0] in "'\"":
        given = given[1:-1]
    if given.startswith("file://"):
        given = unquote(given.removeprefix("file://"))
    if not given or "\0" in given:
        raise UsageError("That is no name of a file.", kept="Nothing was changed.")
    return Path(given).expanduser()
