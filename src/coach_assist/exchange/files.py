"""Writing an export: whole or not at all, for its owner only, never over a file by accident."""

from __future__ import annotations

import secrets
from pathlib import Path

from coach_assist.errors import Refused, UsageError
from coach_assist.platform_calls import create_private, replace_private, sync_folder


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
        raise UsageError(
            f"{path} exists already",
            kept="It was not touched.",
            next_step="Choose another name, or say --force to replace it.",
        ) from None
    except OSError as error:
        raise Refused(
            f"{path} cannot be written: {error.strerror or error}",
            kept="The plan is as it was; nothing was written.",
            next_step="Choose another folder, or see that there is room and that you may write there.",
        ) from None


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
