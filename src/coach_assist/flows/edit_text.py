"""A long text in the person's own editor, through a private file that is gone afterwards."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from coach_assist.errors import UsageError
from coach_assist.platform_calls import create_private
from coach_assist.shown import shortened

LARGEST_BYTES = 1024 * 1024
USUAL_EDITORS = ("nano", "vim", "vi")


def editor_command(setting: str | None = None) -> list[str]:
    """Return the command of the editor: the setting, VISUAL, EDITOR, or one that is installed.

    Raises UsageError where there is none, or where the command cannot be read.
    """
    named = setting or os.environ.get("VISUAL") or os.environ.get("EDITOR")
    named = named or next((name for name in USUAL_EDITORS if shutil.which(name)), "")
    try:
        parts = shlex.split(named)
    except ValueError:
        parts = []
    if not parts or not shutil.which(parts[0]):
        what = f"the editor “{shortened(named, 60)}” is not there" if named else "no editor was found"
        raise UsageError(
            what,
            kept="Your text is kept.",
            next_step="Set EDITOR, or: coach-assist config set editor nano",
        )
    return parts


def edit_text(text: str, command: list[str]) -> str:
    """Open `text` in an editor and return what it is afterwards; blocks until the editor ends.

    The file lies in a folder that only this user can enter (0700), and both are removed whatever
    happens. One line end at the end, which editors add, is taken away. Raises UsageError where the
    editor fails, or leaves something that is no text; the text given is then unchanged.
    """
    folder = Path(tempfile.mkdtemp(prefix="coach-assist-"))
    try:
        path = folder / "answer.md"
        create_private(path, text.encode("utf-8"))
        try:
            ended = subprocess.run([*command, str(path)], check=False)
        except OSError as error:
            raise _failed(f"could not be started: {error.strerror}") from None
        if ended.returncode != 0:
            raise _failed(f"ended with {ended.returncode}")
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
        if len(content) > LARGEST_BYTES:
            raise _failed("left more than 1 MiB")
        edited = content.decode("utf-8").replace("\r\n", "\n")
    except (UnicodeDecodeError, FileNotFoundError):
        raise _failed("left no UTF-8 text") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return edited.removesuffix("\n") if not text.endswith("\n") else edited


def _failed(how: str) -> UsageError:
    return UsageError(
        f"the editor {how}", kept="Your text is as it was before.", next_step="Type it here, or try again."
    )
