"""One plan's file: its verified history, and its drawers."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from coach_assist.agreement.events import Record
from coach_assist.agreement.faults import Damaged, Fault
from coach_assist.agreement.fold import State, fold
from coach_assist.agreement.history import History
from coach_assist.agreement.signoff import sign_offs
from coach_assist.workspace.checked import CheckedSignatures
from coach_assist.workspace.drawers import CallDrawer, DraftDrawer, Drawer, Meta, Owner
from coach_assist.workspace.memory import remember_heads, remembered_heads
from coach_assist.workspace.schema import check
from coach_assist.workspace.sqlite import Database, damaged

Row = tuple[int, str, bytes, bytes, bytes | None, bytes | None]
COPY, VIEWER = "copy", "viewer"
"""The mark of a viewer's copy, and its value."""
Compose = Callable[[History], Iterable[Record]]
"""Given the newest history, return the events to add to it."""


class PlanFile:
    """One open plan. Use it as a context manager, or close it.

    Several processes may hold one plan open and write to it: each write starts from the newest events,
    and `state` takes in what others wrote.
    """

    def __init__(self, path: Path, heads: Path, checked: CheckedSignatures | None = None) -> None:
        """Open and verify `path`; `heads` is the file that remembers the newest events.

        `checked` lists signatures that were checked on this machine before; None checks all of them.

        Raises Damaged, NewerVersion or another Refused; the file is then untouched.
        """
        self.path = path
        self.id = path.stem
        self._heads_path = heads
        self._checked = checked
        self.before_close: Callable[[], object] | None = None
        """Called once when the plan is closed, while it can still be read (syncing)."""
        self._database = Database(path)
        try:
            check(self._database)
            self.answers = Drawer(self._database, "answers")
            self.notes = Drawer(self._database, "notes")
            self.partials = Drawer(self._database, "partials")
            self.drafts = DraftDrawer(self._database)
            self.calls = CallDrawer(self._database)
            self.meta = Meta(self._database)
            self._history = History()
            self._state: State | None = None
            self._seen_version = -1
            self._seen_number = 0
            self._load()
        except BaseException:
            self._database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, after `before_close`. Everything that was acknowledged is already on disk."""
        before, self.before_close = self.before_close, None
        try:
            if before is not None:
                before()
        finally:
            self._database.close()

    @property
    def read_only(self) -> bool:
        """Whether this user cannot write the plan here."""
        return not (os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK))

    @property
    def demo(self) -> bool:
        """Whether this is a demo plan, whose screens and exports are marked so."""
        return self.meta.get("demo") == "yes"

    @property
    def viewer(self) -> bool:
        """Whether this is a viewer's copy: some bodies are withheld, and nobody decides in it."""
        return self.meta.get(COPY) == VIEWER

    @property
    def has_opened(self) -> bool:
        """Whether the first proposal has been put forward, and with it both parties' keys pinned."""
        return self.history.root is not None

    @property
    def history(self) -> History:
        """The verified history with all that others wrote since. Raises Damaged, NewerVersion, Refused."""
        if self.changed():
            self._load()
        return self._history

    @property
    def state(self) -> State:
        """The folded state. Raises Damaged where the plan has not opened yet (see `has_opened`)."""
        history = self.history
        if self._state is None:
            self._state = fold(history)
        return self._state

    def changed(self) -> bool:
        """Say whether another process has written to the file since this one last read it. Cheap."""
        with self._database.reading() as connection:
            version: int = connection.execute("PRAGMA data_version").fetchone()[0]
        return version != self._seen_version

    def record(
        self,
        compose: Compose,
        *,
        spent_drafts: Iterable[str] = (),
        spent_notes: Iterable[tuple[Owner, str]] = (),
    ) -> tuple[str, ...]:
        """Add the events that `compose` makes of the newest history; return their ids.

        All of them are verified, and on disk when this returns, together with the deletion of the
        drafts and notes (whose, which) that they were made of; or, on any error, nothing of it is.
        Raises what `compose` raises, Damaged where the new events do not verify, Refused.
        """
        with self._database.writing() as connection:
            self._load()
            records = tuple(compose(self._history))
            grown = self._history.extended(records, partial=self.viewer)
            fresh = [record for record in records if record.id not in self._history.events]
            bodies = [record for record in records if self._lacks_body(record)]
            for record in fresh:
                connection.execute(
                    "INSERT INTO events (id, core, sig) VALUES (?, ?, ?)",
                    (record.id, record.core, record.sig),
                )
            for record in bodies:
                connection.execute(
                    "INSERT INTO bodies (event, salt, body) VALUES (?, ?, ?)",
                    (record.id, record.salt, record.body),
                )
            self._erase(connection, grown)
            self.drafts.forget(spent_drafts)
            for owner, entry in spent_notes:
                self.notes.delete(owner, entry)
            last: int = connection.execute("SELECT max(number) FROM events").fetchone()[0] or 0
        if grown.erased:
            self._read_all_again()
        else:
            self._history, self._state, self._seen_number = grown, None, last
        remember_heads(self._heads_path, grown.heads)
        return tuple(record.id for record in fresh)

    def _erase(self, connection: sqlite3.Connection, history: History) -> None:
        """Overwrite the texts that their authors have erased, except those that are signed by both."""
        there = [one for one in history.erased if history.events[one].body is not None]
        if there:
            signed = sign_offs(history).protected
            gone = [(one,) for one in there if one not in signed]
            connection.executemany("INSERT OR IGNORE INTO erasures VALUES (?)", gone)
            connection.executemany("DELETE FROM bodies WHERE event = ?", gone)

    def _lacks_body(self, record: Record) -> bool:
        known = self._history.events.get(record.id)
        return record.body is not None and (known is None or known.body is None)

    def _load(self) -> None:
        """Read what is new. On the first call that is everything, checked against the remembered heads."""
        with self._database.reading() as connection:
            version: int = connection.execute("PRAGMA data_version").fetchone()[0]
            rows: list[Row] = connection.execute(
                """SELECT number, id, core, sig, salt, body FROM events
                       LEFT JOIN bodies ON bodies.event = events.id
                       WHERE number > ? ORDER BY number""",
                (self._seen_number,),
            ).fetchall()
        first = self._seen_version == -1
        if rows or first:
            records = [self._as_record(row) for row in rows]
            remembered = remembered_heads(self._heads_path) if first else ()
            listed = self._checked.read() if first and self._checked is not None else frozenset()
            try:
                self._history = self._history.extended(
                    records, remembered=remembered, partial=self.viewer, checked=listed
                )
            except Damaged as error:
                raise Damaged(error.faults, source=f"The plan {self.id[:6]}") from None
            self._state = None
            if rows and not first and self._history.erased:
                self._read_all_again()  # another process has erased something, perhaps
                return
            if self._history.plan not in (None, self.id):
                fault = Fault("other-plan", f"the file holds the plan {self._history.plan}")
                raise Damaged((fault,), source=f"The plan {self.id[:6]}")
            if rows:
                self._seen_number = rows[-1][0]
            if self._checked is not None and first and not self.read_only:
                self._checked.keep(self._history)
        self._seen_version = version

    def _read_all_again(self) -> None:
        """Read from the file alone, so that nothing of an erased text is left in memory."""
        self._history, self._state = History(), None
        self._seen_version, self._seen_number = -1, 0
        self._load()

    def _as_record(self, row: Row) -> Record:
        """Return a row as a record. A damaged file can hold a text where bytes were written."""
        number, identity, core, sig, salt, body = row
        bodiless = salt is None and body is None
        if not (
            isinstance(number, int)
            and isinstance(identity, str)
            and isinstance(core, bytes)
            and isinstance(sig, bytes)
            and (bodiless or (isinstance(salt, bytes) and isinstance(body, bytes)))
        ):
            raise damaged(self.path, f"event {number}")
        return Record(identity, core, sig, salt, body)
