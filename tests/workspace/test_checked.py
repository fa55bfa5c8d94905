"""The list of checked signatures: it saves arithmetic, and lets nothing through."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from plan_maker import accept_everything_one_by_one, goal, plan_with_goals

from coach_assist.agreement import authors
from coach_assist.agreement.keys import signature_holds
from coach_assist.errors import Refused
from coach_assist.flows.delete_plan import delete_plan, deletion
from coach_assist.flows.propose import put_forward
from coach_assist.workspace.checked import CheckedSignatures
from coach_assist.workspace.store import Workspace

TEXTS = [f"Goal {number}" for number in range(14)]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the events whose signature was really checked."""
    done: list[str] = []

    def counting(public: str, event: str, sig: bytes) -> bool:
        done.append(event)
        return signature_holds(public, event, sig)

    monkeypatch.setattr(authors, "signature_holds", counting)
    return done


def made(workspace: Workspace) -> str:
    with plan_with_goals(workspace, *TEXTS) as plan:
        accept_everything_one_by_one(workspace, plan)
        assert len(plan.history.events) > 40
        return plan.id


def checked_now(workspace: Workspace, plan: str, counted: list[str]) -> int:
    counted.clear()
    workspace.open(plan).close()
    return len(counted)


def test_the_second_opening_checks_no_signature_again(counted: list[str]) -> None:
    workspace = Workspace()
    plan = made(workspace)
    total = checked_now(workspace, plan, counted)
    assert total > 40
    assert checked_now(workspace, plan, counted) == 0
    with workspace.open(plan) as opened:
        put_forward(workspace, opened, "manager", [goal("One more")], accept_own=False)
    assert checked_now(workspace, plan, counted) == 1  # what is new is checked, each time, until it is listed
    path = workspace.checked_path(plan)
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700


def test_one_key_vouches_for_the_lists_of_all_plans(counted: list[str]) -> None:
    workspace = Workspace()
    plans = [made(workspace), made(workspace)]
    for plan in plans:
        assert checked_now(workspace, plan, counted) > 40
    assert [checked_now(workspace, plan, counted) for plan in plans] == [0, 0]


@pytest.mark.parametrize(
    "what", ["gone", "short", "flipped", "empty", "other key", "no key", "renamed", "older"]
)
def test_a_list_that_cannot_be_trusted_counts_as_empty(what: str, counted: list[str]) -> None:
    workspace = Workspace()
    plan = made(workspace)
    total = checked_now(workspace, plan, counted)
    path, key = workspace.checked_path(plan), workspace.keys_folder / "this-machine.mac"
    data = path.read_bytes()
    match what:
        case "gone":
            path.unlink()
        case "short":
            path.write_bytes(data[:-1])
        case "flipped":
            path.write_bytes(data[:100] + bytes([data[100] ^ 1]) + data[101:])
        case "empty":
            path.write_bytes(b"")
        case "other key":
            key.write_bytes(os.urandom(32))
        case "no key":
            key.unlink()
        case "renamed":
            other = made(workspace)
            workspace.open(other).close()
            shutil.copy(workspace.checked_path(other), path)
        case "older":
            path.write_bytes(data[:64])
    assert checked_now(workspace, plan, counted) == total
    assert checked_now(workspace, plan, counted) == 0


def tamper(path: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(path) as connection:
        for trigger in ("events_hold", "bodies_hold", "events_stay", "bodies_stay"):
            connection.execute(f"DROP TRIGGER {trigger}")
        assert connection.execute(statement, values).rowcount == 1
    connection.close()


@pytest.mark.parametrize("what", ["core", "body", "sig", "sig of another", "lost"])
def test_everything_but_known_signatures_is_checked_at_each_opening(what: str, counted: list[str]) -> None:
    workspace = Workspace()
    plan = made(workspace)
    assert checked_now(workspace, plan, counted) > 0 == checked_now(workspace, plan, counted)
    path = workspace.path_of(plan)
    with sqlite3.connect(path) as connection:
        one, core, sig = connection.execute("SELECT id, core, sig FROM events WHERE number = 7").fetchone()
        other = connection.execute("SELECT sig FROM events WHERE number = 8").fetchone()[0]
        last = connection.execute("SELECT max(number) FROM events").fetchone()[0]
    connection.close()
    match what:
        case "core":
            changed = core.replace(b'"at":"2', b'"at":"3')
            tamper(path, "UPDATE events SET core = ? WHERE id = ?", changed, one)
        case "body":
            statement = "UPDATE bodies SET body = CAST(REPLACE(body, 'Goal', 'Gold') AS BLOB) WHERE event = ?"
            tamper(path, statement, one)
        case "sig":
            tamper(path, "UPDATE events SET sig = ? WHERE id = ?", sig[:-1] + bytes([sig[-1] ^ 1]), one)
        case "sig of another":
            tamper(path, "UPDATE events SET sig = ? WHERE id = ?", other, one)
        case "lost":
            tamper(path, "DELETE FROM bodies WHERE event = (SELECT id FROM events WHERE number = ?)", last)
            tamper_last(path, last)
    with pytest.raises(Refused):
        workspace.open(plan)


def tamper_last(path: Path, last: int) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM events WHERE number = ?", (last,))
    connection.close()


def test_a_read_only_place_checks_all_and_writes_nothing(tmp_path: Path, counted: list[str]) -> None:
    listing = CheckedSignatures(tmp_path / "nowhere" / "x.checked", tmp_path / "no.key")
    assert listing.read() == frozenset()
    workspace = Workspace()
    plan = made(workspace)
    (workspace.root / "checked").mkdir()
    (workspace.root / "checked").rmdir()
    (workspace.root / "checked").write_text("in the way", encoding="utf-8")
    total = checked_now(workspace, plan, counted)
    assert checked_now(workspace, plan, counted) == total


def test_only_a_whole_key_vouches_and_nothing_endless_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key = tmp_path / "plan.checked", tmp_path / "key"
    listed = CheckedSignatures(path, key)
    for secret, trusted in ((b"k" * 32, 1), (b"", 0), (b"k" * 31, 0), (b"k" * 33, 0)):
        key.write_bytes(secret)
        path.write_bytes(listed._mac(secret, b"d" * 32) + b"d" * 32)
        assert len(listed.read()) == trusted
    key.write_bytes(b"k" * 32)
    path.write_bytes(listed._mac(b"k" * 32, b"d" * 33) + b"d" * 33)
    assert listed.read() == frozenset()
    path.write_bytes(listed._mac(b"k" * 32, b"d" * 32) + b"d" * 32)
    monkeypatch.setattr("coach_assist.workspace.checked.LARGEST", 63)
    assert listed.read() == frozenset()


def test_it_is_deleted_with_the_plan(counted: list[str]) -> None:
    workspace = Workspace()
    plan = made(workspace)
    workspace.open(plan).close()
    assert workspace.checked_path(plan).exists()
    delete_plan(workspace, deletion(workspace, plan))
    assert not workspace.checked_path(plan).exists()
