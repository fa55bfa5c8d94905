"""The record of model calls that belong to no plan: one private SQLite file in the workspace."""

from __future__ import annotations

import contextlib
from pathlib import Path
from types import TracebackType
from typing import Self

from coach_assist.errors import Refused
from coach_assist.platform_calls import create_private, private_folder
from coach_assist.workspace.drawers import CallDrawer
from coach_assist.workspace.sqlite import Database

FILE = "ai-record.sqlite"
SHAPE = 1


class LooseCalls:
    """The open record. Use it as a context manager, or close it."""

    def __init__(self, root: Path) -> None:
        """Open the record in the workspace `root`, made now where there is none.

        Raises Refused where it cannot be written, is damaged, or is of a newer version.
        """
        path = root / FILE
        try:
            private_folder(root)
            with contextlib.suppress(FileExistsError):
                create_private(path, b"")
        except OSError as error:
            raise Refused(
                f"The record of model calls cannot be written to {root} ({error.strerror}).",
                kept="No model was asked.",
                next_step="Make that folder writable, or go on without a model (--no-model).",
            ) from error
        self._database = Database(path)
        try:
            with self._database.writing() as connection:
                shape = connection.execute("PRAGMA user_version").fetchone()[0]
                if shape > SHAPE:
                    raise Refused(
                        "The record of model calls was written by a newer coach-assist.",
                        kept="It was left exactly as it is.",
                        next_step="Install that version.",
                    )
                connection.execute(
                    """CREATE TABLE IF NOT EXISTS calls (
                        number INTEGER PRIMARY KEY, record TEXT NOT NULL
                    ) STRICT"""
                )
                connection.execute(f"PRAGMA user_version={SHAPE}")
            self.calls = CallDrawer(self._database)
        except BaseException:
            self._database.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def has_loose_calls(root: Path) -> bool:
    """Say whether there is a record in the workspace `root`."""
    return (root / FILE).exists()
