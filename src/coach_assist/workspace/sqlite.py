"""SQLite as this project uses it: durable, strict, suspicious of what it opens, and with words for faults.

Rollback journal and full syncing: a commit that was acknowledged survives a killed process and a
power cut, and a plan in a read-only folder can still be read (neither holds for a write-ahead log).
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from coach_assist.errors import Refused

BUSY_SECONDS = 10.0
KEPT = "What was saved before is kept."


class Database:
    """One open file. Several threads may share it: each block below has it for itself."""

    def __init__(self, path: Path) -> None:
        """Open an existing SQLite file; it is never created. Read-only where it cannot be written.

        Raises Refused where it is missing, damaged or not readable.
        """
        self.path = path
        self._lock = threading.RLock()
        with self._in_words():
            self._connection = sqlite3.connect(
                f"file:{quote(str(path))}?mode=rw",
                uri=True,
                timeout=BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            try:
                self._connection.execute("PRAGMA trusted_schema=OFF")
                # Without this, REPLACE goes round the triggers that keep events from being deleted.
                self._connection.execute("PRAGMA recursive_triggers=ON")
                self._connection.execute("PRAGMA foreign_keys=ON")
                self._connection.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten
                self._connection.execute("PRAGMA journal_mode=DELETE").fetchone()
                self._connection.execute("PRAGMA synchronous=FULL")
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Run the block with the connection; fetch all rows in it. Raises Refused."""
        with self._lock, self._in_words():
            yield self._connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Run the block as one transaction that holds the write lock from its start.

        All of it is on disk when the block ends, or nothing. A block inside another one joins it.
        Raises Refused with words for a person: read-only, disk full, busy, damaged.
        """
        with self._lock, self._in_words():
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def _in_words(self) -> Iterator[None]:
        """Turn the store's errors into words for a person (Refused, exit code 4)."""
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as error:  # damaged text comes back as the latter
            raise _refusal(error, self.path) from error


def damaged(path: Path, why: str) -> Refused:
    """Return the refusal of a file whose content cannot be what this program wrote."""
    return Refused(
        f"{path.name} is damaged, or no plan at all ({why}).",
        kept="The file was left exactly as it is.",
        next_step="Restore it from a backup.",
    )


def _refusal(error: Exception, path: Path) -> Refused:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_READONLY") or (name.startswith("SQLITE_CANTOPEN") and path.is_file()):
        return Refused(
            f"{path.name} can be read but not written here: the file or its folder is read-only.",
            kept="Nothing was changed.",
            next_step="Make the folder writable, or copy the plan to a place where you may write.",
        )
    if name in {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC"}:
        return Refused(
            "The disk is full.", kept=KEPT, next_step="Free some space, then do the last step once more."
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Refused(
            "Another program has been writing to this plan for too long.",
            kept=KEPT,
            next_step="Close the other one, or wait a moment, then do the last step once more.",
        )
    if name.startswith("SQLITE_CANTOPEN"):
        return Refused(f"{path.name} cannot be opened.", next_step=f"Look whether {path} is still there.")
    return damaged(path, name or type(error).__name__)
