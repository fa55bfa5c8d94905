"""What the store says of a file that it cannot use: each fault of SQLite in words, nothing swallowed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from plan_maker import plan_with_goals

from coach_assist.agreement.faults import Damaged
from coach_assist.errors import Refused
from coach_assist.workspace import sqlite
from coach_assist.workspace.schema import APPLICATION_ID, STEPS
from coach_assist.workspace.store import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "home")


def raw(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def changed(path: Path, *statements: str) -> None:
    connection = raw(path)
    for statement in statements:
        connection.execute(statement)
    connection.close()


class Fault(sqlite3.OperationalError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.sqlite_errorname = name


@pytest.mark.parametrize(
    ("name", "there", "words"),
    [
        ("SQLITE_READONLY", True, "read-only"),
        ("SQLITE_READONLY_DIRECTORY", True, "read-only"),
        ("SQLITE_CANTOPEN", True, "read-only"),
        ("SQLITE_CANTOPEN", False, "cannot be opened"),
        ("SQLITE_FULL", True, "disk is full"),
        ("SQLITE_IOERR_WRITE", True, "disk is full"),
        ("SQLITE_IOERR_FSYNC", True, "disk is full"),
        ("SQLITE_BUSY", True, "Another program"),
        ("SQLITE_BUSY_SNAPSHOT", True, "Another program"),
        ("SQLITE_LOCKED", True, "Another program"),
        ("SQLITE_CORRUPT", True, "damaged, or no plan at all"),
        ("SQLITE_NOTADB", True, "damaged, or no plan at all"),
        ("", True, "damaged, or no plan at all"),
    ],
)
def test_every_fault_has_words_of_its_own(name: str, there: bool, words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.plan"
    if there:
        path.write_bytes(b"")
    refusal = sqlite._refusal(Fault(name), path)
    assert words in refusal.what and refusal.exit_code == 4 and refusal.next_step


def test_a_file_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"cannot be opened"):
        sqlite.Database(tmp_path / "gone.plan")
    assert list(tmp_path.iterdir()) == []


def test_a_plan_that_somebody_else_holds_says_so(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.01)
    with plan_with_goals(workspace, "Answer mails") as plan:
        holder = raw(plan.path)
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Refused, match="Another program has been writing"):
            workspace.open(plan.id)
        holder.execute("ROLLBACK")
        holder.close()
        workspace.open(plan.id).close()


@pytest.mark.parametrize(
    ("mark", "version"), [(APPLICATION_ID, 0), (0, 1), (APPLICATION_ID + 1, 1), (APPLICATION_ID, -1)]
)
def test_a_file_without_its_mark_is_no_plan(workspace: Workspace, mark: int, version: int) -> None:
    with plan_with_goals(workspace, "Answer mails") as plan:
        pass
    changed(plan.path, f"PRAGMA application_id={mark}", f"PRAGMA user_version={version}")
    before = plan.path.read_bytes()
    with pytest.raises(Refused, match="its mark is missing"):
        workspace.open(plan.id)
    assert plan.path.read_bytes() == before
    changed(plan.path, f"PRAGMA application_id={APPLICATION_ID}", f"PRAGMA user_version={len(STEPS)}")
    workspace.open(plan.id).close()


def test_another_plans_file_is_refused_also_where_this_one_was_never_seen(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Answer mails") as plan:
        pass
    elsewhere = workspace.path_of("b" * 26)
    elsewhere.write_bytes(plan.path.read_bytes())
    with pytest.raises(Damaged, match=f"holds the plan {plan.id}"):
        workspace.open("b" * 26)


@pytest.mark.parametrize("column", ["core", "sig", "id", "number"])
def test_a_value_of_another_type_is_damage(workspace: Workspace, column: str) -> None:
    with plan_with_goals(workspace, "Answer mails") as plan:
        pass
    value = {"core": "CAST(core AS TEXT)", "sig": "hex(sig)", "id": "CAST(id AS BLOB)", "number": "'x'"}[
        column
    ]
    columns = ", ".join(value if one == column else one for one in ("number", "id", "core", "sig"))
    changed(
        plan.path,
        "CREATE TABLE loose (number, id, core, sig)",
        f"INSERT INTO loose SELECT {columns} FROM events",
        "PRAGMA foreign_keys=OFF",
        "DROP TABLE events",
        "ALTER TABLE loose RENAME TO events",
    )
    with pytest.raises(Refused, match=r"damaged"):
        workspace.open(plan.id)
