"""One plan's file: durable, append-only, private, exact."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from history_maker import Copy, opening
from plan_maker import goal, named_plan, plan_with_goals

from coach_assist.agreement.faults import Damaged
from coach_assist.errors import Refused, UsageError
from coach_assist.flows.propose import put_forward
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "home")


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_is_private(workspace: Workspace) -> None:
    plan = plan_with_goals(workspace, "Answer 8 of 10 mails within a day")
    for folder in (workspace.root, workspace.plans_folder, workspace.keys_folder, workspace.heads_folder):
        assert rights(folder) == 0o700
    files = [path for path in workspace.root.rglob("*") if path.is_file()]
    assert len(files) == 4  # the plan, two keys, the remembered heads
    assert {rights(path) for path in files} == {0o600}
    keys = sorted(workspace.keys_folder.iterdir())
    assert [path.stat().st_size for path in keys] == [32, 32]
    plan.close()


def test_a_loose_umask_changes_nothing(workspace: Workspace) -> None:
    before = os.umask(0)
    try:
        plan_with_goals(workspace, "Answer mails").close()
    finally:
        os.umask(before)
    assert {rights(path) for path in workspace.root.rglob("*") if path.is_file()} == {0o600}


def test_what_was_written_is_there_after_reopening(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Answer mails") as plan:
        state, identity = plan.state, plan.id
        plan.answers.put("joint", "aim", "Lead a team one day")
    with workspace.open(identity) as again:
        assert again.state == state
        assert again.answers.get("joint", "aim") == "Lead a team one day"
        assert [record.core for record in again.history.records()]


def test_the_exact_bytes_are_kept(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        text = "Grüße 😀 \u202e [@click=app.quit]x[/] \x1b]52;c;x\x07"
        put_forward(workspace, plan, "manager", [goal(text)], accept_own=False)
        records = plan.history.records()
        identity = plan.id
    with workspace.open(identity) as again:
        assert again.history.records() == records
        assert next(iter(again.state.proposals.values())).value["statement"] == text


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM events", "UPDATE events SET core = x'00'",
        "DELETE FROM bodies", "UPDATE bodies SET body = x'00'",
        "INSERT OR REPLACE INTO events SELECT number, id, core, x'00' FROM events WHERE number = 1",
        "REPLACE INTO bodies SELECT event, salt, x'00' FROM bodies",
    ],
)  # fmt: skip
def test_events_are_append_only(workspace: Workspace, statement: str) -> None:
    with plan_with_goals(workspace, "Answer mails") as plan:
        with pytest.raises(Refused), plan._database.writing() as connection:
            connection.execute(statement)
        identity, count = plan.id, len(plan.history.events)
    with workspace.open(identity) as again:
        assert len(again.history.events) == count


def test_a_failed_act_leaves_nothing(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Answer mails") as plan:
        before = plan.history.records()
        copy = Copy()
        copy.propose("manager", "Of another plan")
        with pytest.raises(Damaged):
            plan.record(lambda history: copy.history.records())

        def fails(history: object) -> list[object]:
            raise RuntimeError("in the middle")

        with pytest.raises(RuntimeError):
            plan.record(fails)
        assert plan.history.records() == before
        identity = plan.id
    with workspace.open(identity) as again:
        assert again.history.records() == before


def test_prefixes_while_unique(workspace: Workspace) -> None:
    identities = []
    for _ in range(40):
        with workspace.create() as plan:
            identities.append(plan.id)
    first = identities[0]
    with workspace.open(workspace.shortest(first)) as plan:
        assert plan.id == first
    with workspace.open(first.upper()) as plan:
        assert plan.id == first
    for wrong in ("", "zzzzzzzzzz1", "../x", first + "a"):
        with pytest.raises(UsageError):
            workspace.open(wrong)
    letters = [one[0] for one in identities]
    doubled = next(letter for letter in letters if letters.count(letter) > 1)
    with pytest.raises(UsageError, match="beginning of"):
        workspace.open(doubled)


def test_other_files_in_the_folder_are_left_alone(workspace: Workspace) -> None:
    workspace.create().close()
    for name in ("notes.txt", "x.plan", "A" * 26 + ".plan", f"{'a' * 26}.plan-journal"):
        (workspace.plans_folder / name).write_text("mine", encoding="utf-8")
    assert len(workspace.ids()) == 1


def test_receiving_the_opening_of_another_plan_is_refused(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        plan.record(lambda history: [opening(plan=plan.id)])
        assert plan.has_opened
    assert isinstance(workspace.open(plan.id), PlanFile)
