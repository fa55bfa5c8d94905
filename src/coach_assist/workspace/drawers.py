"""The drawers of a plan: answers, notes, drafts, partial model text, the record of model calls.

They are private, lie beside the history and not in it, and can be deleted at any time. Every write is
on disk before it returns.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, cast

from pydantic import JsonValue, ValidationError

from coach_assist.errors import UsageError
from coach_assist.plan.drafts import Draft
from coach_assist.plan.units import Party
from coach_assist.workspace.sqlite import Database, damaged

Owner = Party | Literal["joint"]
"""Whose drawer: one party's own, or the one that both fill at one keyboard."""
MAX_VALUE = 1024 * 1024
"""The longest text of one entry, in characters of its JSON. A longer one is refused, never cut."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a drawer. `at` is the UTC time of its last writing."""

    owner: Owner
    question: str
    value: JsonValue
    at: str


class Drawer:
    """Texts by owner and question. Each keeps the place at which it was first written."""

    def __init__(self, database: Database, table: Literal["answers", "notes", "partials"]) -> None:
        self._database = database
        # The table's name is one of three literals; values only ever go through placeholders.
        self._upsert = (
            f"INSERT INTO {table} (owner, question, value, at) VALUES (?, ?, ?, ?) "  # noqa: S608
            "ON CONFLICT (owner, question) DO UPDATE SET value = excluded.value, at = excluded.at"
        )
        self._one = f"SELECT value FROM {table} WHERE owner = ? AND question = ?"  # noqa: S608
        self._several = (
            f"SELECT owner, question, value, at FROM {table} "  # noqa: S608
            "WHERE ?1 IS NULL OR owner = ?1 ORDER BY place"
        )
        self._remove = (
            f"DELETE FROM {table} "  # noqa: S608
            "WHERE (?1 IS NULL OR owner = ?1) AND (?2 IS NULL OR question = ?2)"
        )

    def put(self, owner: Owner, question: str, value: JsonValue) -> None:
        """Write one value (a text, or a list of texts); it is on disk when this returns.

        Raises UsageError where it is too long or has no JSON form, Refused where the plan is read-only
        or the disk is full. What was there before is then still there.
        """
        text = _to_text(value)
        with self._database.writing() as connection:
            connection.execute(
                self._upsert,
                (owner, question, text, datetime.now(UTC).isoformat(timespec="seconds")),
            )

    def get(self, owner: Owner, question: str) -> JsonValue | None:
        """Return one value, or None."""
        with self._database.reading() as connection:
            row = connection.execute(self._one, (owner, question)).fetchone()
        return None if row is None else _value(self._database, row[0])

    def all(self, owner: Owner | None = None) -> tuple[Entry, ...]:
        """Return all entries, or those of one owner, in the order of their first writing."""
        with self._database.reading() as connection:
            rows = connection.execute(
                self._several,
                (owner,),
            ).fetchall()
        return tuple(
            Entry(one, question, _value(self._database, value), at) for one, question, value, at in rows
        )

    def delete(self, owner: Owner | None = None, question: str | None = None) -> None:
        """Delete one entry, all of one owner, or all. The text is overwritten in the file."""
        with self._database.writing() as connection:
            connection.execute(
                self._remove,
                (owner, question),
            )


class DraftDrawer:
    """Drafts by their id. A draft that is rewritten keeps its place."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, owner: Owner, draft: Draft) -> None:
        """Write one draft. Raises Refused."""
        self.put_all(owner, (draft,))

    def put_all(self, owner: Owner, drafts: Iterable[Draft]) -> None:
        """Write several drafts, all or none. Raises Refused."""
        rows = [(owner, draft.id, draft.model_dump_json()) for draft in drafts]
        with self._database.writing() as connection:
            connection.executemany(
                """INSERT INTO drafts (owner, id, draft) VALUES (?, ?, ?)
                   ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, draft = excluded.draft""",
                rows,
            )

    def get(self, draft_id: str) -> Draft | None:
        """Return one draft, or None."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT draft FROM drafts WHERE id = ?", (draft_id,)).fetchone()
        return None if row is None else _draft(self._database, row[0])

    def owner(self, draft_id: str) -> Owner | None:
        """Return whose drawer a draft lies in, or None where there is no such draft."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT owner FROM drafts WHERE id = ?", (draft_id,)).fetchone()
        return None if row is None else cast("Owner", row[0])

    def all(self, owner: Owner | None = None) -> tuple[Draft, ...]:
        """Return all drafts, or those of one owner, in their order."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT draft FROM drafts WHERE ?1 IS NULL OR owner = ?1 ORDER BY place", (owner,)
            ).fetchall()
        return tuple(_draft(self._database, row[0]) for row in rows)

    def of_plan(self, owner: Owner | None = None) -> tuple[Draft, ...]:
        """Return the drafts that are to be put forward: all but private versions of others' proposals."""
        return tuple(one for one in self.all(owner) if one.counters is None)

    def delete(self, draft_id: str) -> None:
        """Delete one draft; nothing happens where there is none. Raises Refused."""
        self.forget((draft_id,))

    def delete_all(self, owner: Owner | None = None) -> None:
        """Delete all drafts, or those of one owner. Raises Refused."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM drafts WHERE ?1 IS NULL OR owner = ?1", (owner,))

    def forget(self, draft_ids: Iterable[str]) -> None:
        """Delete several drafts, as part of the transaction that is running, if one is."""
        with self._database.writing() as connection:
            connection.executemany("DELETE FROM drafts WHERE id = ?", [(one,) for one in draft_ids])


class CallDrawer:
    """The local record of every model call, in the order in which they were made."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, record: dict[str, JsonValue]) -> None:
        """Write one call. Raises UsageError, Refused."""
        text = _to_text(cast("JsonValue", record))
        with self._database.writing() as connection:
            connection.execute("INSERT INTO calls (record) VALUES (?)", (text,))

    def all(self) -> tuple[dict[str, JsonValue], ...]:
        """Return all calls."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT record FROM calls ORDER BY number").fetchall()
        return tuple(cast("dict[str, JsonValue]", _value(self._database, row[0])) for row in rows)

    def forget_before(self, at: str) -> None:
        """Delete the calls that ended before the UTC time `at` (ISO), and what is noted of them.

        Entries without a time stay. Raises Refused.
        """
        with self._database.writing() as connection:
            connection.execute(
                """DELETE FROM calls WHERE json_extract(record, '$.call') IN (
                       SELECT json_extract(record, '$.id') FROM calls
                       WHERE json_extract(record, '$.at') < ?)""",
                (at,),
            )
            connection.execute("DELETE FROM calls WHERE json_extract(record, '$.at') < ?", (at,))

    def delete(self) -> None:
        """Delete the whole record. Raises Refused."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM calls")


class Meta:
    """Small marks of a plan, such as where its interview stands."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> str | None:
        """Return one mark, or None."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else cast("str", row[0])

    def put(self, key: str, text: str) -> None:
        """Write one mark. Raises Refused."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, text),
            )


def _value(database: Database, text: str) -> JsonValue:
    try:
        return cast("JsonValue", json.loads(text))
    except (ValueError, TypeError, RecursionError):
        raise damaged(database.path, "an entry in a drawer") from None


def _draft(database: Database, text: str) -> Draft:
    try:
        return Draft.model_validate_json(text)
    except ValidationError:
        raise damaged(database.path, "a draft") from None


def _to_text(value: JsonValue) -> str:
    # Lone surrogates (half an emoji from a broken paste) have no UTF-8 form: as JSON escapes they are
    # kept exactly.
    text = json.dumps(value, ensure_ascii=True)
    if len(text) > MAX_VALUE:
        raise UsageError(
            "This text is longer than one megabyte, too long to keep in one answer.",
            kept="What was there before is kept.",
            next_step="Shorten it, or split it.",
        )
    return text
