"""What the list of plans shows, kept so that a thousand plans need not all be opened to show it.

The index holds nothing that is not in the plans. Each row is good for one size and time of its plan's
file and is made anew when these change; a missing, damaged or unwritable index costs time, no more.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from pydantic import JsonValue

from coach_assist.errors import CoachError
from coach_assist.platform_calls import create_private
from coach_assist.workspace.sqlite import Database

SHAPE = 5
Stamp = tuple[int, int, int]
"""A plan file's size, time of change (ns) and inode."""


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of a plan's file; None where it is gone or has an unfinished write beside it."""
    try:
        found = path.stat()
    except OSError:
        return None
    if path.with_name(path.name + "-journal").exists():
        return None
    return (found.st_size, found.st_mtime_ns, found.st_ino)


class Index:
    """The rows of the list, by plan id."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def rows(self) -> dict[str, tuple[Stamp, dict[str, JsonValue]]]:
        """Return all rows: plan id → (stamp, what the list shows). Empty where there is no good index."""
        try:
            database = Database(self._path)
        except CoachError:
            return {}
        try:
            with database.reading() as connection:
                if connection.execute("PRAGMA user_version").fetchone()[0] != SHAPE:
                    return {}
                found = connection.execute("SELECT plan, size, time, inode, row FROM plans").fetchall()
            return {plan: ((size, time, inode), json.loads(row)) for plan, size, time, inode, row in found}
        except (CoachError, ValueError):
            return {}
        finally:
            database.close()

    def texts(self) -> dict[str, str]:
        """Return what can be searched, by plan id; only a search reads it. Empty where there is no index."""
        try:
            database = Database(self._path)
        except CoachError:
            return {}
        try:
            with database.reading() as connection:
                if connection.execute("PRAGMA user_version").fetchone()[0] != SHAPE:
                    return {}
                return dict(connection.execute("SELECT plan, text FROM texts").fetchall())
        except CoachError:
            return {}
        finally:
            database.close()

    def replace(
        self,
        fresh: Mapping[str, tuple[Stamp, Mapping[str, JsonValue]]],
        gone: frozenset[str],
        texts: Mapping[str, str] | None = None,
    ) -> None:
        """Write rows that are new and forget plans that are gone. Does nothing where it cannot write.

        `texts` is what can be searched of the fresh ones. It lies in a table of its own, so that a list
        of plans does not read it.
        """
        if not fresh and not gone:
            return
        with contextlib.suppress(CoachError, OSError, sqlite3.Error):
            if not self._usable():
                self._path.unlink(missing_ok=True)
                create_private(self._path, b"")
            database = Database(self._path)
            try:
                with database.writing() as connection:
                    connection.execute(f"PRAGMA user_version={SHAPE}")
                    connection.execute(
                        """CREATE TABLE IF NOT EXISTS plans (
                            plan TEXT PRIMARY KEY, size INTEGER NOT NULL, time INTEGER NOT NULL,
                            inode INTEGER NOT NULL, row TEXT NOT NULL
                        ) STRICT"""
                    )
                    connection.execute(
                        "CREATE TABLE IF NOT EXISTS texts (plan TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT"
                    )
                    connection.executemany(
                        "INSERT OR REPLACE INTO texts VALUES (?, ?)", list((texts or {}).items())
                    )
                    connection.executemany(
                        "INSERT OR REPLACE INTO plans VALUES (?, ?, ?, ?, ?)",
                        [(plan, *stamp, json.dumps(row)) for plan, (stamp, row) in fresh.items()],
                    )
                    connection.executemany("DELETE FROM plans WHERE plan = ?", [(one,) for one in gone])
                    connection.executemany("DELETE FROM texts WHERE plan = ?", [(one,) for one in gone])
            finally:
                database.close()

    def _usable(self) -> bool:
        try:
            database = Database(self._path)
        except CoachError:
            return False
        try:
            with database.reading() as connection:
                version = cast("int", connection.execute("PRAGMA user_version").fetchone()[0])
                return version == SHAPE and connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        except CoachError:
            return False
        finally:
            database.close()
