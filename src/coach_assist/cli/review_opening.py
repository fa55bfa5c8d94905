"""Opening sealed files for a review: whose keys, and their passphrase, asked once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coach_assist.errors import UsageError
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.flows.review_batch import Opener


def opener_for(paths: Sequence[Path], name: str) -> Opener | None:
    """Return what opens the sealed files among `paths`; None where there are none.

    Asks for the passphrase of `name`, or of the only person with keys here. Where nobody's keys fit that,
    each sealed file says so, and the others are reviewed all the same. Raises WrongPassphrase.
    """
    from coach_assist.flows.identity import person
    from coach_assist.flows.review_batch import sealed_files
    from coach_assist.flows.review_bundle import unsealed
    from coach_assist.workspace.store import Workspace

    if not (sealed := sealed_files(paths)):
        return None
    workspace = Workspace()
    try:
        found = person(workspace, name)
    except UsageError as error:
        fault = UsageError(
            f"It is sealed. {error.what}", next_step="Say whose keys open it with --name, or create some."
        )
        return lambda _: _refuse(fault)
    files = "1 file is sealed" if len(sealed) == 1 else f"{len(sealed)} files are sealed"
    asked = f"{files}. Passphrase of {safe_text(found.name, one_line=True)}"
    workspace.unlocked.unlock(found, str(click.prompt(asked, hide_input=True, err=True)))
    secrets = workspace.unlocked.held(found.fingerprint)
    if secrets is None:
        raise UsageError("The keys are locked.")
    identity = secrets.seal
    return lambda data: unsealed(data, identity)


def _refuse(fault: UsageError) -> bytes:
    raise fault
