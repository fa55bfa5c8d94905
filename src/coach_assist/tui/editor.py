"""Open a text in the person's own editor and bring it back."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from coach_assist.errors import CoachError

if TYPE_CHECKING:
    from textual.app import App


def editor_command(setting: str | None = None) -> list[str]:
    """Return the words of the editor's command: the setting, $VISUAL, $EDITOR, or one that is here.

    Raises CoachError where there is none.
    """
    for candidate in (setting, os.environ.get("VISUAL"), os.environ.get("EDITOR")):
        if candidate:
            with contextlib.suppress(ValueError):
                if words := shlex.split(candidate):
                    return words
    for name in ("nano", "vim", "vi"):
        if found := shutil.which(name):
            return [found]
    raise CoachError(
        "No editor was found.", kept="Your text is unchanged.", next_step="Set EDITOR, or write it here."
    )


def edited(app: App[object], text: str, setting: str | None = None) -> str:
    """Return `text` as the person left it in the editor; the app steps aside meanwhile.

    The file is readable by its owner only and gone afterwards, also after a failure. Raises CoachError
    where there is no editor, it failed, or the app can't step aside.
    """
    command = editor_command(setting)
    handle, name = tempfile.mkstemp(prefix="coach-assist-", suffix=".txt")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        try:
            with app.suspend():
                done = subprocess.run([*command, name], check=False)
        except SuspendNotSupported as error:
            raise CoachError("The editor can't be opened here.", kept="Your text is unchanged.") from error
        except OSError as error:
            raise CoachError(
                f"The editor “{command[0]}” could not be started: {error.strerror}.",
                kept="Your text is unchanged.", next_step="Set EDITOR to an editor that is installed.",
            ) from error  # fmt: skip
        if done.returncode != 0:
            raise CoachError(f"The editor ended with code {done.returncode}.", kept="Your text is unchanged.")
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            changed = file.read()
    finally:
        path.unlink(missing_ok=True)
    return changed if text.endswith("\n") else changed.removesuffix("\n")
