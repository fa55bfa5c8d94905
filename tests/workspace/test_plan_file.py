"""One plan's file: durable, append-only, private, suspicious, shared by several processes."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from history_maker import KEYS, Copy, opening
from plan_maker import goal, named_plan, plan_with_goals

from coach_assist.agreement.faults import Damaged, NewerVersion
from coach_assist.errors import Refused, UsageError
from coach_assist.flows.plans import plans
from coach_assist.flows.propose import put_forward
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.schema import STEPS
from coach_assist.workspace.store import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "home")


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def raw(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


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


# -- damaged, foreign and newer files ----------------------------------------------------------------


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


# -- several processes, killed processes, full disks, read-only places --------------------------------


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


def test_receiving_the_opening_of_another_plan_is_refused(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        plan.record(lambda history: [opening(plan=plan.id)])
        assert plan.has_opened
    assert isinstance(workspace.open(plan.id), PlanFile)
