"""A plan's file among several processes and threads, killed ones, full disks and read-only places."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from plan_maker import goal, plan_with_goals

from coach_assist.errors import Refused
from coach_assist.flows.plans import plans
from coach_assist.flows.propose import put_forward
from coach_assist.workspace.store import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "home")


def test_two_open_copies_see_each_other_and_both_write(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Answer mails") as one, workspace.open(one.id) as two:
        assert one.state == two.state
        for number in range(6):
            writer, reader = (one, two) if number % 2 else (two, one)
            party = "manager" if number % 2 else "team_member"
            assert not reader.changed()
            put_forward(workspace, writer, party, [goal(f"Goal {number}")], accept_own=False)
            assert reader.changed()
            assert not writer.changed()
            assert reader.state == writer.state
            assert not reader.changed()
        assert len(one.history.events) == 8
        assert len(one.history.heads) == 1  # each act built on all that was there


WRITER = """
import sys
from plan_maker import goal
from coach_assist.flows.propose import put_forward
from coach_assist.workspace.store import Workspace
from pathlib import Path
workspace = Workspace(Path(sys.argv[1]))
with workspace.open(sys.argv[2]) as plan:
    for number in range(int(sys.argv[4])):
        plan.answers.put("joint", "aim", f"{sys.argv[3]} {number}")
        done = put_forward(workspace, plan, sys.argv[3], [goal(f"{sys.argv[3]} {number}")], accept_own=False)
        print(done.proposals[0], flush=True)
"""


def writer(workspace: Workspace, identity: str, party: str, count: int) -> subprocess.Popen[str]:
    support = Path(__file__).parents[1] / "support"
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(workspace.root), identity, party, str(count)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(support)},
    )  # fmt: skip


def test_two_processes_write_one_plan_at_once(workspace: Workspace) -> None:
    plan = plan_with_goals(workspace, "Answer mails")
    children = [writer(workspace, plan.id, party, 8) for party in ("manager", "team_member")]
    said = [line for child in children for line in child.communicate(timeout=60)[0].split()]
    assert [child.returncode for child in children] == [0, 0]
    assert len(said) == 16 and set(said) <= set(plan.state.proposals)
    assert len(plan.history.events) == 18
    plan.close()
    workspace.open(plan.id).close()


def kill_in_the_middle(workspace: Workspace, rounds: int) -> int:
    acknowledged: set[str] = set()
    plan = plan_with_goals(workspace, "Answer mails")
    identity = plan.id
    plan.close()
    for number in range(rounds):
        child = writer(workspace, identity, ("manager", "team_member")[number % 2], 10_000)
        assert child.stdout is not None
        acknowledged.add(child.stdout.readline().strip())  # it is writing now
        time.sleep(0.003 * (number % 17))
        child.send_signal(signal.SIGKILL)
        rest = child.communicate()[0]
        acknowledged |= {line for line in rest.split("\n")[:-1] if line}
        with workspace.open(identity) as again:
            assert acknowledged <= set(again.state.proposals)
            assert again._database._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return len(acknowledged)


def test_killed_in_the_middle_nothing_acknowledged_is_lost(workspace: Workspace) -> None:
    assert kill_in_the_middle(workspace, 4) >= 4


@pytest.mark.slow
def test_killed_two_hundred_times(workspace: Workspace) -> None:
    assert kill_in_the_middle(workspace, 200) >= 200


def test_a_full_disk_says_so_and_keeps_what_was_there(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Answer mails") as plan:
        with plan._database.reading() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages + 2}")
        before = plan.state
        with pytest.raises(Refused, match="disk is full"):
            for number in range(50):
                plan.answers.put("joint", f"question {number}", "x" * 3000)
        with pytest.raises(Refused, match="disk is full"):
            put_forward(workspace, plan, "manager", [goal("Long " * 700)], accept_own=False)
        assert plan.state == before
        kept = plan.answers.all()
        identity = plan.id
    with workspace.open(identity) as again:
        assert again.state == before
        assert again.answers.all() == kept


def look_without_rights(home: Path, identity: str) -> list[str]:
    """What a reader sees who may not write; run in a child that gave up its rights (root writes anywhere)."""
    plans(Workspace(home))  # everything is imported before the rights are gone
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        lines: list[str] = []
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            workspace = Workspace(home)
            with workspace.open(identity) as plan:
                lines.append(f"{plan.read_only} {len(plan.state.proposals)} {len(plans(workspace))}")
                for act in (
                    lambda: plan.answers.put("joint", "aim", "x"),
                    lambda: plan.drafts.delete("x"),
                    workspace.create,
                    lambda: put_forward(workspace, plan, "manager", [goal("More")], accept_own=False),
                ):
                    try:
                        act()
                        lines.append("written")
                    except Refused as error:
                        lines.append(f"refused: {error.what}")
        except BaseException as error:
            lines.append(repr(error))
        os.write(writing, "\n".join(lines).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said.splitlines()


def test_a_read_only_folder_can_be_read_and_says_why_not_written(tmp_path: Path) -> None:
    base = Path("/var/tmp") if os.geteuid() == 0 else tmp_path
    home = base / f"coach-assist-read-only-{os.getpid()}"
    try:
        plan = plan_with_goals(Workspace(home), "Answer mails")
        plan.close()
        for path in sorted(home.rglob("*"), reverse=True):
            path.chmod(0o555 if path.is_dir() else 0o444)
        home.chmod(0o555)
        first, *refusals = look_without_rights(home, plan.id)
        assert first == "True 1 1"
        assert len(refusals) == 4
        assert all("read-only" in line or "cannot be written" in line for line in refusals), refusals
    finally:
        home.chmod(0o700)
        for path in home.rglob("*"):
            if path.is_dir():
                path.chmod(0o700)
        shutil.rmtree(home)


def test_a_place_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(Refused, match="cannot be written"):
        Workspace(tmp_path / "file" / "home").create()


def test_threads_share_one_open_plan(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Answer mails") as plan:
        failures: list[BaseException] = []

        def work(name: str) -> None:
            try:
                for number in range(15):
                    plan.answers.put("joint", f"{name} {number}", name)
                    put_forward(workspace, plan, "manager", [goal(f"{name} {number}")], accept_own=False)
                    assert plan.state.proposals
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b", "c")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert len(plan.state.proposals) == 46
        assert len(plan.answers.all()) == 47
