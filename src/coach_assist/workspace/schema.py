"""The tables of a plan's file, and the steps from each older shape of it to this one.

Events are append-only: triggers abort every change and deletion, also by REPLACE. Bodies lie beside
them, because the body of what is not agreed may be erased by its author; only a body named in
`erasures` can be deleted. The drawers are tables of their own, and everything in them is deletable.
"""

from __future__ import annotations

import sqlite3

from coach_assist.agreement.faults import NewerVersion
from coach_assist.workspace.sqlite import Database, damaged

APPLICATION_ID = 0x436F4173
"""Marks a file as a plan of coach-assist ("CoAs")."""

STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        """CREATE TABLE events (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, core BLOB NOT NULL, sig BLOB NOT NULL
        ) STRICT""",
        """CREATE TABLE bodies (
            event TEXT PRIMARY KEY REFERENCES events (id), salt BLOB NOT NULL, body BLOB NOT NULL
        ) STRICT""",
        "CREATE TABLE erasures (event TEXT PRIMARY KEY REFERENCES events (id)) STRICT",
        """CREATE TRIGGER events_stay BEFORE DELETE ON events
           BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END""",
        """CREATE TRIGGER events_hold BEFORE UPDATE ON events
           BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
        """CREATE TRIGGER bodies_hold BEFORE UPDATE ON bodies
           BEGIN SELECT RAISE(ABORT, 'bodies are never changed'); END""",
        """CREATE TRIGGER bodies_stay BEFORE DELETE ON bodies
           WHEN OLD.event NOT IN (SELECT event FROM erasures)
           BEGIN SELECT RAISE(ABORT, 'only an erased body is deleted'); END""",
        *(
            f"""CREATE TABLE {drawer} (
                place INTEGER PRIMARY KEY, owner TEXT NOT NULL, question TEXT NOT NULL,
                value TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (owner, question)
            ) STRICT"""
            for drawer in ("answers", "notes", "partials")
        ),
        """CREATE TABLE drafts (
            place INTEGER PRIMARY KEY, owner TEXT NOT NULL, id TEXT NOT NULL UNIQUE, draft TEXT NOT NULL
        ) STRICT""",
        "CREATE TABLE calls (number INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT",
    ),
)
"""Each step's statements; `user_version` counts the steps that a file has had."""


def prepare(database: Database) -> None:
    """Fill a file that was just made. Raises Refused."""
    with database.writing() as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        _steps(connection, 0)


def check(database: Database) -> None:
    """Look at a file before anything of it is used, and bring an older shape up to date.

    Raises Refused where it is no plan (an emptied or zeroed file included), NewerVersion where a newer
    version wrote it: such a file is left untouched.
    """
    with database.reading() as connection:
        mark = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    if mark != APPLICATION_ID or version < 1:
        raise damaged(database.path, "its mark is missing")
    if version > len(STEPS):
        raise NewerVersion(
            f"its file has shape {version}, this version knows shape {len(STEPS)}",
            "a version that knows this shape",
        )
    if version < len(STEPS):
        with database.writing() as connection:
            _steps(connection, version)


def _steps(connection: sqlite3.Connection, done: int) -> None:
    for number, statements in enumerate(STEPS[done:], start=done + 1):
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version={number}")
