"""A plan's file that is damaged, foreign, newer or older than it was: refused, named, left as it is."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from history_maker import KEYS
from plan_maker import goal, plan_with_goals

from coach_assist.agreement.faults import Damaged, NewerVersion
from coach_assist.errors import Refused
from coach_assist.flows.propose import put_forward
from coach_assist.workspace.schema import STEPS
from coach_assist.workspace.store import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "home")


def raw(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def spoiled(workspace: Workspace, data: bytes, identity: str) -> None:
    path = workspace.path_of(identity)
    path.write_bytes(data)
    with pytest.raises(Refused) as caught:
        workspace.open(identity).close()
    assert caught.value.exit_code == 4
    assert path.read_bytes() == data  # left exactly as it is
    assert not path.with_name(path.name + "-journal").exists()


def test_damaged_files_are_named_and_left_as_they_are(workspace: Workspace) -> None:
    plan = plan_with_goals(workspace, *(f"Answer mails {number}" for number in range(20)))
    plan.close()
    path = workspace.path_of(plan.id)
    good = path.read_bytes()
    spoiled(workspace, b"", plan.id)
    spoiled(workspace, good[: len(good) // 2], plan.id)
    spoiled(workspace, b"\0" * 100 + good[100:], plan.id)
    spoiled(workspace, b"\0" * len(good), plan.id)
    spoiled(workspace, b"not a plan at all" * 300, plan.id)
    place = good.index(b"Answer mails 7")
    spoiled(workspace, good[:place] + b"Ignore" + good[place + 6 :], plan.id)
    path.write_bytes(good)
    workspace.open(plan.id).close()


def test_another_sqlite_file_is_no_plan(workspace: Workspace) -> None:
    with workspace.create() as plan:
        pass
    path = workspace.path_of(plan.id)
    path.unlink()
    raw(path).execute("CREATE TABLE t (x)").close()
    with pytest.raises(Refused, match="no plan"):
        workspace.open(plan.id)


def test_one_flipped_bit_anywhere_never_changes_what_is_read(workspace: Workspace) -> None:
    import random

    plan = plan_with_goals(workspace, "Answer 8 of 10 mails within a day")
    wanted = plan.state
    plan.close()
    path = workspace.path_of(plan.id)
    good = path.read_bytes()
    used = [n for n, byte in enumerate(good) if byte]
    chooser = random.Random(3)
    refused = 0
    for place in chooser.sample(used, 120):
        data = bytearray(good)
        data[place] ^= 1 << chooser.randrange(8)
        path.write_bytes(bytes(data))
        try:
            with workspace.open(plan.id) as again:
                assert again.state == wanted
        except Refused:
            refused += 1
    assert refused > 60


def test_a_newer_file_is_untouched_and_says_so(workspace: Workspace) -> None:
    with workspace.create() as plan:
        pass
    path = workspace.path_of(plan.id)
    connection = raw(path)
    connection.execute(f"PRAGMA user_version={len(STEPS) + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NewerVersion, match="newer"):
        workspace.open(plan.id)
    assert path.read_bytes() == before


def test_a_deleted_body_is_damage_and_a_deleted_event_too(workspace: Workspace) -> None:
    plan = plan_with_goals(workspace, "Answer mails")
    plan.close()
    path = workspace.path_of(plan.id)
    good = path.read_bytes()
    for statements in (
        ("DROP TRIGGER bodies_stay", "DELETE FROM bodies WHERE rowid = 2"),
        ("DROP TRIGGER events_stay", "DELETE FROM events WHERE number = 2"),
        ("DROP TRIGGER events_stay", "DELETE FROM events WHERE number = 1"),
        ("DROP TRIGGER events_stay", "DELETE FROM events"),
        ("DROP TRIGGER events_hold", "UPDATE events SET id = upper(id)"),
        ("DROP TABLE bodies",),
    ):
        connection = raw(path)
        for statement in statements:
            connection.execute(statement)
        connection.close()
        with pytest.raises(Refused):
            workspace.open(plan.id)
        path.write_bytes(good)


def test_an_older_copy_put_back_is_noticed(workspace: Workspace) -> None:
    plan = plan_with_goals(workspace, "Answer mails")
    path = workspace.path_of(plan.id)
    older = path.read_bytes()
    put_forward(workspace, plan, "manager", [goal("Write minutes")], accept_own=False)
    plan.close()
    path.write_bytes(older)
    with pytest.raises(Damaged, match="gone"):
        workspace.open(plan.id)


def test_a_plan_under_another_plans_name_is_refused(workspace: Workspace) -> None:
    one = plan_with_goals(workspace, "Answer mails")
    other = plan_with_goals(workspace, "Write minutes")
    one.close()
    other.close()
    shutil.copyfile(workspace.path_of(one.id), workspace.path_of(other.id))
    with pytest.raises(Damaged):
        workspace.open(other.id)


def test_a_missing_or_spoiled_key_cannot_act(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Answer mails") as plan:
        path = workspace.keys_folder / f"{plan.id}.manager.key"
        good = path.read_bytes()
        for data in (b"", good[:31], good + b"x", KEYS["manager"].secret()):
            path.write_bytes(data)
            with pytest.raises(Refused):
                put_forward(workspace, plan, "manager", [goal("Write minutes")], accept_own=False)
        path.unlink()
        with pytest.raises(Refused, match="missing"):
            put_forward(workspace, plan, "manager", [goal("Write minutes")], accept_own=False)
        assert plan.state.proposals


def test_remembered_heads_that_are_damaged_are_named(workspace: Workspace) -> None:
    plan = plan_with_goals(workspace, "Answer mails")
    plan.close()
    path = workspace.heads_folder / f"{plan.id}.heads"
    for text in ("xyz\n", "AB" * 32 + "\n", "é\n"):
        path.write_text(text, encoding="latin-1")
        with pytest.raises(Refused, match="remembers"):
            workspace.open(plan.id)
    path.unlink()
    workspace.open(plan.id).close()
