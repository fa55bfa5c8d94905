"""kill -9 in the middle of accepting, merging, signing, exporting and erasing.

A child process acts in a loop and says each thing that it was told is done; it is killed at a random
moment. Whatever was acknowledged is there afterwards, the history verifies, and nothing is half applied.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from plan_maker import accept_everything_one_by_one, goal, plan_with_goals

from coach_assist.agreement.events import Record
from coach_assist.agreement.history import History
from coach_assist.agreement.lines import to_lines
from coach_assist.flows.decide import accept, undecided
from coach_assist.flows.erase import erase
from coach_assist.flows.export import export_plan, save_export
from coach_assist.flows.propose import put_forward
from coach_assist.flows.sign import sign, sign_view
from coach_assist.flows.verify_bundle import verify_bundle
from coach_assist.plan.units import PARTIES
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

Say = Callable[[str], None]
Act = Callable[[Workspace, str, Say], None]
ROUNDS_OF_ONE_PLAN = 10
"""A plan grows with each round; after these a new one is begun."""


def killed(workspace: Workspace, plan: str, act: Act, wait: float, *, words: int = 1) -> list[str]:
    """Let a child act, kill it `wait` seconds after its first words; return what it said was done."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with contextlib.suppress(BaseException):
            act(workspace, plan, lambda text: (os.write(writing, f"{text}\n".encode()), None)[1])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        first = b"".join(said.readline() for _ in range(words))
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        rest = said.read()
    assert os.WIFSIGNALED(status), "the child ended by itself, so nothing was tested"
    return [line.decode() for line in (first + rest).split(b"\n")[:-1] if line]


def rounds(count: int) -> Iterator[tuple[int, float]]:
    """Yield (number, seconds to wait), the same on every run."""
    chance = random.Random(count)
    for number in range(count):
        yield number, chance.uniform(0, 0.04)


def whole(plan: PlanFile) -> None:
    with plan._database.reading() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    verify_bundle(to_lines(plan.history))


def accepting(workspace: Workspace, identity: str, say: Say) -> None:
    with workspace.open(identity) as plan:
        for number in range(10_000):
            put_forward(workspace, plan, PARTIES[number % 2], [goal(f"Goal {number}")], accept_own=False)
            for party in PARTIES:
                for view in undecided(plan, party):
                    accept(
                        workspace, plan, party, view.id, view.shown,
                        acknowledged=frozenset(view.to_acknowledge),
                    )  # fmt: skip
                    say(f"{party} {view.id}")


def check_accepting(count: int) -> int:
    workspace, done, identity = Workspace(), 0, ""
    for number, wait in rounds(count):
        if number % ROUNDS_OF_ONE_PLAN == 0:
            with plan_with_goals(workspace, "Answer mails") as plan:
                identity = plan.id
            said: set[str] = set()
        said |= set(killed(workspace, identity, accepting, wait))
        with workspace.open(identity) as plan:
            whole(plan)
            for one in said:
                party, proposal = one.split()
                assert plan.state.proposals[proposal].decisions[party] == "accept"
            for proposal in plan.state.proposals.values():
                assert (proposal.status == "agreed") == proposal.accepted
        done += 1
    return done


def signing(workspace: Workspace, identity: str, say: Say) -> None:
    with workspace.open(identity) as plan:
        for number in range(10_000):
            put_forward(workspace, plan, "manager", [goal(f"Goal {number}")], accept_own=False)
            accept_everything_one_by_one(workspace, plan)
            for party in PARTIES:
                revision = sign(workspace, plan, party, sign_view(plan).plan_hash)
            say(str(revision))


def check_signing(count: int) -> int:
    workspace, done, identity = Workspace(), 0, ""
    for number, wait in rounds(count):
        if number % ROUNDS_OF_ONE_PLAN == 0:
            with plan_with_goals(workspace, "Answer mails") as plan:
                accept_everything_one_by_one(workspace, plan)
                identity = plan.id
        said = killed(workspace, identity, signing, wait)
        with workspace.open(identity) as plan:
            whole(plan)
            state = plan.state
            assert state.revision >= max(int(one) for one in said)
            assert all(one.problem is None for one in state.sign_offs.all)
            accept_everything_one_by_one(workspace, plan)
            # Somebody killed between both signatures goes on where they were.
            for party in PARTIES:
                if party not in sign_view(plan).signed_by and sign_view(plan).obstacle is None:
                    sign(workspace, plan, party, sign_view(plan).plan_hash)
        done += 1
    return done


def erasing(workspace: Workspace, identity: str, say: Say) -> None:
    with workspace.open(identity) as plan:
        for number in range(10_000):
            text = f"secret-{os.getpid()}-{number}-end"
            (one,) = put_forward(workspace, plan, "manager", [goal(text)], accept_own=False).proposals
            erase(workspace, plan, "manager", one)
            say(f"{one} {text}")


def check_erasing(count: int) -> int:
    workspace, done, identity = Workspace(), 0, ""
    for number, wait in rounds(count):
        if number % ROUNDS_OF_ONE_PLAN == 0:
            with plan_with_goals(workspace, "Answer mails") as plan:
                identity = plan.id
        said = killed(workspace, identity, erasing, wait)
        with workspace.open(identity) as plan:
            whole(plan)
            for one, text in (line.split() for line in said):
                assert plan.history.events[one].body is None and one in plan.history.erased
                assert text.encode() not in plan.path.read_bytes()
            assert plan.history.withheld == frozenset()
        done += 1
    return done


def check_merging(count: int) -> int:
    """All of the other copy's events arrive, or none."""
    workspace, done = Workspace(), 0
    with plan_with_goals(workspace, "Answer mails") as plan:
        base = plan.path.with_name("base")
        shutil.copy(plan.path, base)
        heads = workspace.heads_folder / f"{plan.id}.heads"
        remembered = heads.read_bytes()
        before = set(plan.history.events)
        for number in range(20):
            put_forward(workspace, plan, "manager", [goal(f"From elsewhere {number}")], accept_own=False)
        records = plan.history.records()
        after = set(plan.history.events)
        identity, path = plan.id, plan.path

    def merging(where: Workspace, wanted: str, say: Say, *, held: bool = False) -> None:
        def compose(history: History) -> tuple[Record, ...]:
            say("begun")
            if held:
                time.sleep(600)
            return records

        with where.open(wanted) as mine:
            mine.record(compose)
            say("done")
            time.sleep(600)

    outcomes = set()
    for number, wait in rounds(count):
        shutil.copy(base, path)
        heads.write_bytes(remembered)
        # Each third one is killed inside of the transaction, each third after it, the rest at any moment.
        act = partial(merging, held=True) if number % 3 == 0 else merging
        said = killed(workspace, identity, act, wait, words=2 if number % 3 == 1 else 1)
        with workspace.open(identity) as plan:
            whole(plan)
            found = set(plan.history.events)
            assert found in (before, after)
            assert found == after or "done" not in said
            outcomes.add(found == after)
        done += 1
    assert outcomes == {True, False}
    return done


def check_exporting(count: int) -> int:
    """The file is the old export or the new one, each whole."""
    workspace, done = Workspace(), 0
    with plan_with_goals(workspace, *(f"Goal {number}" for number in range(30))) as plan:
        identity = plan.id
        small = export_plan(plan, "signed")
        accept_everything_one_by_one(workspace, plan)
        large = export_plan(plan, "signed")
    target = workspace.root / "plan.signed"

    def exporting(where: Workspace, wanted: str, say: Say) -> None:
        for number in range(100_000):
            save_export((small, large)[number % 2], target, replace=True)
            say(str(number))

    for _, wait in rounds(count):
        killed(workspace, identity, exporting, wait)
        data = target.read_bytes()
        assert data in (small.content, large.content)
        done += 1
    verify_bundle(target.read_bytes())
    return done


CHECKS = {
    "accept": check_accepting,
    "merge": check_merging,
    "sign": check_signing,
    "export": check_exporting,
    "erase": check_erasing,
}


@pytest.mark.parametrize("what", CHECKS)
def test_killed_in_the_middle(what: str) -> None:
    assert CHECKS[what](3) == 3


@pytest.mark.slow
@pytest.mark.parametrize("what", CHECKS)
def test_killed_two_hundred_times(what: str) -> None:
    assert CHECKS[what](200) == 200
