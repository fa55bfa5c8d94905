"""Writing an export: whole or not at all, for its owner only, never over a file by accident."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from coach_assist.errors import Refused, UsageError
from coach_assist.platform_calls import create_private, replace_private, sync_folder

KEPT = "The plan is as it was; nothing was written."


def check_target(path: Path, *, replace: bool = False) -> None:
    """Raise UsageError or Refused where `path` plainly cannot be written; nothing is written."""
    if not replace and (path.exists() or path.is_symlink()):
        raise _there_already(path)
    if path.is_dir():
        raise Refused(f"{path} is a folder", kept=KEPT, next_step="Name a file in it.")
    folder = path.parent
    if not folder.is_dir():
        raise _not_written(path, "there is no such folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _not_written(path, "nobody may write to that folder here")


def write_export(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write `data` to `path`, mode 0600; a crash leaves the whole new file or what was there before.

    Raises UsageError where a file is there and `replace` is not said, Refused where it cannot be written.
    """
    try:
        if replace:
            replace_private(path, data)
        else:
            _create_whole(path, data)
    except FileExistsError:
        raise _there_already(path) from None
    except OSError as error:
        raise _not_written(path, error.strerror or str(error)) from None


def _there_already(path: Path) -> UsageError:
    return UsageError(
        f"{path} exists already",
        kept="It was not touched.",
        next_step="Choose another name, or say --force to replace it.",
    )


def _not_written(path: Path, why: str) -> Refused:
    return Refused(
        f"{path} cannot be written: {why}",
        kept=KEPT,
        next_step="Choose another folder, or see that there is room and that you may write there.",
    )


def _create_whole(path: Path, data: bytes) -> None:
    # A link appears with its whole content or not at all, and never replaces a file.
    temporary = path.with_name(f".{path.name[:200]}.{secrets.token_hex(6)}")
    create_private(temporary, data)
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        create_private(path, data)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)
