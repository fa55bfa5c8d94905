"""A plan's history in words, and a plan that is deleted leaves nothing on this machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from plan_maker import accept_everything_one_by_one, plan_with_goals

from coach_assist.errors import UsageError
from coach_assist.flows import decide
from coach_assist.flows.counter import counter
from coach_assist.flows.delete_plan import delete_plan, deletion
from coach_assist.flows.history_words import history_words
from coach_assist.flows.plans import plans
from coach_assist.workspace.store import Workspace

SECRET = "the unlikely word wolkenkratzerpolka"


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coach_assist", *args], input="", capture_output=True, text=True, check=False
    )


def test_the_history_in_words(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "home")
    with plan_with_goals(workspace, "Answer mails", "Write minutes") as plan:
        one, two = decide.undecided(plan, "manager")
        decide.decline(workspace, plan, "manager", one.id, one.shown, reason="Too much")
        counter(workspace, plan, "manager", two.id, two.shown, {"statement": "Write short minutes"})
        told = history_words(plan.history)
    assert [one.what.split(":")[0].split(" (")[0] for one in told] == [
        "opened the plan of Noor and Bo", "proposed goal", "proposed goal", "declined goal", "gave a reason",
        "declined goal", "countered with goal", "accepted goal",
    ]  # fmt: skip
    assert told[4].what == "gave a reason: Too much" and told[4].unit == one.unit
    assert {one.custody for one in told} == {"this machine"} and told[0].unit is None
    assert [
        len(list(told_of)) for told_of in ([t for t in told if t.unit == u] for u in (one.unit, two.unit))
    ] == [3, 4]


def test_a_deleted_plan_is_gone_and_others_stay(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "home")
    with plan_with_goals(workspace, SECRET) as plan:
        plan.answers.put("team_member", "aim", SECRET)
        gone = plan.id
    with plan_with_goals(workspace, "Stays") as other:
        accept_everything_one_by_one(workspace, other)
    assert len(plans(workspace)) == 2
    wanted = deletion(workspace, gone[:8])
    assert len(wanted.files) == 4 and wanted.elsewhere == ()
    delete_plan(workspace, wanted)
    left = [path for path in workspace.root.rglob("*") if path.is_file()]
    assert not any(gone in path.name or SECRET.encode() in path.read_bytes() for path in left)
    assert [one.id for one in plans(workspace)] == [other.id]
    with pytest.raises(UsageError):
        deletion(workspace, gone)


def test_a_damaged_plan_can_be_deleted(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "home")
    with plan_with_goals(workspace, "Answer mails") as plan:
        pass
    workspace.path_of(plan.id).write_bytes(b"\0" * 5000)
    delete_plan(workspace, deletion(workspace, plan.id))
    assert workspace.ids() == ()


def test_at_the_command_line() -> None:
    with plan_with_goals(Workspace(), "Answer mails") as plan:
        pass
    told = run("history", plan.id[:6])
    assert told.returncode == 0 and "Noor (team member, key on this machine) proposed goal" in told.stdout
    for refused in (("delete", plan.id), ("delete", plan.id[:6], "--yes")):
        assert run(*refused).returncode == 2
    assert run("delete", plan.id, "--yes").returncode == 0
    assert run("show", plan.id).returncode == 2
