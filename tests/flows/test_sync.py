"""Syncing through a folder: any order, twice, late; damaged files are named and left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from plan_maker import goal, plan_with_goals
from two_machines import Machine, cheap_stretching, two_machines

from coach_assist.errors import Refused, UsageError
from coach_assist.flows import decide
from coach_assist.flows.history_words import history_words
from coach_assist.flows.open_plan import open_plan
from coach_assist.flows.propose import put_forward
from coach_assist.flows.sync import set_sync, stop_sync, sync_in, sync_out, sync_place
from coach_assist.workspace.store import Workspace


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Machine, Machine, str, Path]:
    cheap_stretching(monkeypatch)
    bo, noor, plan = two_machines(tmp_path)
    folder = tmp_path / "shared"
    folder.mkdir()
    for machine in (bo, noor):
        with open_plan(machine.workspace, plan) as opened:
            set_sync(machine.workspace, opened, machine.party, folder)
        with open_plan(machine.workspace, plan):
            pass
    return bo, noor, plan, folder


def propose(machine: Machine, plan: str, text: str) -> None:
    with open_plan(machine.workspace, plan) as opened:
        put_forward(machine.workspace, opened, machine.party, [goal(text, origin="person")], accept_own=True)


def accept_all_shown(machine: Machine, plan: str) -> None:
    with open_plan(machine.workspace, plan) as opened:
        for view in decide.undecided(opened, machine.party):
            known = frozenset(view.to_acknowledge)
            decide.accept(machine.workspace, opened, machine.party, view.id, view.shown, acknowledged=known)


def look(machine: Machine, plan: str) -> set[str]:
    with open_plan(machine.workspace, plan) as opened:
        return set(opened.history.events)


def test_opening_and_closing_is_all_it_takes(pair: tuple[Machine, Machine, str, Path]) -> None:
    bo, noor, plan, folder = pair
    propose(bo, plan, "From Bo")
    propose(noor, plan, "From Noor")
    accept_all_shown(bo, plan)
    accept_all_shown(noor, plan)
    assert look(bo, plan) == look(noor, plan)
    state = bo.state(plan)
    assert state == noor.state(plan) and len(state.agreed) >= 2
    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"{plan}.manager.sealed", f"{plan}.team_member.sealed"]
    for path in folder.iterdir():
        assert b"From" not in path.read_bytes()
    with open_plan(bo.workspace, plan) as opened:
        said = [one.what for one in history_words(opened.history)]
    assert sum("through a folder" in one for one in said) == 2  # once by each, not at every file


def test_late_and_twice_and_older_files_do_no_harm(pair: tuple[Machine, Machine, str, Path]) -> None:
    bo, noor, plan, folder = pair
    file = folder / f"{plan}.manager.sealed"
    propose(bo, plan, "First")
    early = file.read_bytes()
    propose(bo, plan, "Second")
    late = file.read_bytes()
    for data in (late, early, late, early):
        file.write_bytes(data)
        look(noor, plan)
    assert look(noor, plan) >= look(bo, plan) - {None}
    before = noor.state(plan)
    look(bo, plan)
    assert noor.state(plan) == before


def test_a_bad_file_is_named_and_left_alone(pair: tuple[Machine, Machine, str, Path], tmp_path: Path) -> None:
    bo, noor, plan, folder = pair
    propose(bo, plan, "From Bo")
    file = folder / f"{plan}.manager.sealed"
    good = file.read_bytes()
    before = noor.state(plan)
    for bad in (b"", good[:-1], good[:200] + bytes([good[200] ^ 1]) + good[201:], b"age-encryption.org/v1\n"):
        file.write_bytes(bad)
        with noor.workspace.open(plan) as opened:
            result = sync_in(noor.workspace, opened)
            assert len(result.problems) == 1 and file.name in result.problems[0] and result.came == 0
        assert noor.state(plan) == before and file.read_bytes() == bad
    shutil.copy(folder / f"{plan}.team_member.sealed", folder / f"{plan}.x.sealed")
    (folder / "other.sealed").write_bytes(b"not ours")
    (folder / f".{plan}.manager.sealed.abc").write_bytes(b"half written")
    file.write_bytes(good)
    with noor.workspace.open(plan) as opened:
        result = sync_in(noor.workspace, opened)
        assert result.came > 0 and result.problems == []


def test_a_locked_key_reads_nothing_and_still_writes(pair: tuple[Machine, Machine, str, Path]) -> None:
    bo, noor, plan, folder = pair
    propose(bo, plan, "From Bo")
    noor.workspace.unlocked.lock()
    before = look(noor, plan)
    (folder / f"{plan}.team_member.sealed").unlink()
    look(noor, plan)
    assert (folder / f"{plan}.team_member.sealed").exists()
    noor.unlock()
    assert look(noor, plan) > before


def test_a_folder_that_is_away_costs_nothing(pair: tuple[Machine, Machine, str, Path]) -> None:
    bo, noor, plan, folder = pair
    away = folder.rename(folder.with_name("away"))
    propose(bo, plan, "While away")
    with bo.workspace.open(plan) as opened:
        assert sync_out(bo.workspace, opened).problems
    away.rename(folder)
    look(bo, plan)
    assert look(noor, plan) >= look(bo, plan)


def test_nothing_is_written_again_without_news(pair: tuple[Machine, Machine, str, Path]) -> None:
    bo, noor, plan, folder = pair
    look(bo, plan)
    look(noor, plan)
    look(bo, plan)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for _ in range(3):
        look(bo, plan)
        look(noor, plan)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_who_may_sync_and_stopping(pair: tuple[Machine, Machine, str, Path], tmp_path: Path) -> None:
    bo, _, plan, folder = pair
    with bo.workspace.open(plan) as opened:
        with pytest.raises(UsageError, match="no folder"):
            set_sync(bo.workspace, opened, "manager", tmp_path / "nowhere")
        stop_sync(opened)
        assert sync_place(opened) is None
    with (
        plan_with_goals(Workspace(), "One") as alone,
        pytest.raises(UsageError, match="no keys of their own"),
    ):
        set_sync(Workspace(), alone, "manager", folder)
    bo.workspace.unlocked.lock()
    with bo.workspace.open(plan) as opened, pytest.raises(Refused, match="locked"):
        set_sync(bo.workspace, opened, "manager", folder)
