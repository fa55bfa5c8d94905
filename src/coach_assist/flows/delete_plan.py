"""Deleting a plan for good from this machine: its file, drawers, keys and what is remembered of it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from coach_assist.errors import Refused
from coach_assist.plan.units import PARTIES
from coach_assist.platform_calls import sync_folder
from coach_assist.workspace.keyring import key_path
from coach_assist.workspace.store import Workspace


@dataclass(frozen=True, slots=True)
class Deletion:
    """What deleting a plan takes away, and what it cannot reach."""

    plan: str
    files: tuple[Path, ...]
    elsewhere: tuple[str, ...]
    """Copies that this machine made for others, in words (as stored); they are not deleted by this."""


def deletion(workspace: Workspace, id_or_prefix: str) -> Deletion:
    """Return what deleting a plan would take away; a damaged plan can be deleted too.

    Raises UsageError where there is no such plan.
    """
    from coach_assist.flows.history_words import history_words

    identity = workspace.resolve(id_or_prefix)
    path = workspace.path_of(identity)
    candidates = [
        path,
        path.with_name(path.name + "-journal"),
        workspace.heads_folder / f"{identity}.heads",
        workspace.checked_path(identity),
        *(key_path(workspace.keys_folder, identity, party) for party in PARTIES),
    ]
    copies: tuple[str, ...] = ()
    with contextlib.suppress(Refused), workspace.open(identity) as plan:
        if plan.has_opened:
            words = history_words(plan.history)
            copies = tuple(one.what for one in words if plan.history.events[one.id].kind == "share")
    return Deletion(identity, tuple(one for one in candidates if one.exists()), copies)


def delete_plan(workspace: Workspace, wanted: Deletion) -> None:
    """Delete a plan. The bytes are overwritten first, as far as the disk lets a program do that.

    Raises Refused where something of it cannot be deleted; what was deleted before that is gone.
    """
    for path in wanted.files:
        try:
            with path.open("r+b") as file:
                file.write(bytes(path.stat().st_size))
                file.flush()
            path.unlink()
            sync_folder(path.parent)
        except OSError as error:
            raise Refused(
                f"{path.name} cannot be deleted ({error.strerror}).",
                next_step=f"Make {path.parent} writable, then delete the plan once more.",
            ) from error
    # The list's index holds titles and names: it is made anew without this plan.
    workspace.index_path.unlink(missing_ok=True)
