"""Save a shown text to a file: the fall-back where a terminal has no clipboard."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path


def save_text(text: str, folder: Path, *, stem: str = "coach-assist") -> Path:
    """Write `text` to a new file in `folder`, readable by its owner only; return its path.

    Raises OSError where the folder can't be written. An existing file is never replaced.
    """
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S")
    for count in range(100):
        path = folder / f"{stem}-{stamp}{f'-{count}' if count else ''}.txt"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text + "\n")
        return path
    raise OSError(17, "too many files of this second exist")
