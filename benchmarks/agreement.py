"""Measure signing, opening, verifying and merging plans of 100, 1,000 and 10,000 events.

    python benchmarks/agreement.py [EVENTS …]

Processor seconds, so that a busy machine tells the same. The yardstick is what no verifier can save: one
Ed25519 check and one SHA-256 for each event, in the same run. A table for each size:

    sign       all events, one by one
    verify     every id, body, signature and parent
    fold       the state, from a verified history
    open cold  the plan's file in a new process, imports left out; no list of checked signatures is there
    open list  the same in another new process, with the list that the first one has left
    open warm  once more in one process, with that list
    all anew   the same with every signature checked again
    merge      two copies that have both gone on by a tenth
    news       what another process has added, a tenth

`growth` compares with the table before, for as many events more: 1.0 is as many times the work.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from coach_assist.agreement.bodies import DecideBody, OpenBody, PartyKey, PartyKeys, ProposeBody
from coach_assist.agreement.events import Record, body_hash, event_id, make_record
from coach_assist.agreement.fold import fold
from coach_assist.agreement.history import History
from coach_assist.agreement.keys import SigningKey, signature_holds
from coach_assist.plan.ids import new_unit_id
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

AT = "2026-11-25T09:30:00Z"
COLD = """
import sys, time
from pathlib import Path
from coach_assist.workspace.store import Workspace
workspace = Workspace(Path(sys.argv[1]))
started = time.process_time()
with workspace.open(sys.argv[2]) as plan:
    plan.state
print(time.process_time() - started)
"""


class Writer:
    """Writes a history in which both parties propose and accept in turn."""

    def __init__(self, plan: str) -> None:
        self.plan = plan
        self.keys = (SigningKey.generate(), SigningKey.generate())
        pinned = [
            PartyKey(name=name, key=key.public, custody="this machine")
            for name, key in zip("AB", self.keys, strict=True)
        ]
        body = OpenBody(parties=PartyKeys(team_member=pinned[0], manager=pinned[1]))
        first = make_record("open", body, plan=plan, key=self.keys[0], at=AT, parents=frozenset())
        self.records = [first]
        self.last = {self.keys[0]: first.id}

    def branch(self) -> Writer:
        other = object.__new__(Writer)
        other.plan, other.keys = self.plan, self.keys
        other.records, other.last = list(self.records), dict(self.last)
        return other

    def grow(self, count: int, only: int | None = None) -> None:
        """Write `count` events: a proposal, then both parties' acceptances; or those of one party alone."""
        proposal: Record | None = None
        for number in range(count):
            step = number % 3
            key = self.keys[step % 2 if only is None else only]
            if step == 0 or proposal is None:
                text = f"Answer {number} of {count} mails within one working day by 31 March 2027"
                value = ProposeBody(
                    unit=new_unit_id(), kind="goal", value={"statement": text}, origin="person"
                )
                proposal = self._add("propose", value, key)
            else:
                assert proposal.salt is not None and proposal.body is not None
                shown = body_hash(proposal.salt, proposal.body)
                self._add("decide", DecideBody(proposal=proposal.id, shown=shown, decision="accept"), key)

    def _add(self, kind: str, body: ProposeBody | DecideBody, key: SigningKey) -> Record:
        parents = {self.records[-1].id} | ({self.last[key]} if key in self.last else set())
        record = make_record(kind, body, plan=self.plan, key=key, at=AT, parents=frozenset(parents))
        self.records.append(record)
        self.last[key] = record.id
        return record


def timed(act: Callable[[], object]) -> float:
    """Return the processor seconds of `act`, this process alone."""
    started = time.process_time()
    act()
    return time.process_time() - started


def bare(records: list[Record], keys: tuple[SigningKey, SigningKey]) -> None:
    """Do the arithmetic of each event once, and nothing else."""
    public = {key.fingerprint.encode(): key.public for key in keys}
    for record in records:
        signer = next(one for fingerprint, one in public.items() if fingerprint in record.core)
        assert signature_holds(signer, event_id(record.core), record.sig)


def in_new_process(workspace: Workspace, plan: str) -> float:
    """Open a plan in a process of its own; return its processor seconds after the imports."""
    command = [sys.executable, "-c", COLD, str(workspace.root), plan]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def measure(count: int, folder: Path) -> dict[str, float]:
    workspace = Workspace(folder / str(count))
    with workspace.create() as plan:
        writer = Writer(plan.id)
        figures = {"sign": timed(lambda: writer.grow(count - 1))}
        figures["yardstick"] = timed(lambda: bare(writer.records, writer.keys))
        history = History()
        figures["verify"] = timed(lambda: history.extended(writer.records))
        history = history.extended(writer.records)
        figures["fold"] = timed(lambda: fold(history))
        plan.record(lambda _: writer.records)
        workspace.checked_path(plan.id).unlink(missing_ok=True)
        figures["open cold"] = in_new_process(workspace, plan.id)
        figures["open list"] = in_new_process(workspace, plan.id)
        figures["open warm"] = timed(lambda: workspace.open(plan.id).state)
        heads = workspace.heads_folder / f"{plan.id}.heads"
        figures["all anew"] = timed(lambda: PlanFile(workspace.path_of(plan.id), heads).state)
        left, right = writer.branch(), writer.branch()
        left.grow(max(count // 10, 1), only=0)
        right.grow(max(count // 10, 1), only=1)
        mine = history.extended(left.records)
        figures["merge"] = timed(lambda: fold(mine.extended(right.records)))
        with workspace.open(plan.id) as other:
            other.record(lambda _: left.records)
            figures["news"] = timed(lambda: plan.state)
    return figures


def main() -> None:
    sizes = [int(one) for one in sys.argv[1:]] or [100, 1_000, 10_000]
    before: tuple[int, dict[str, float]] | None = None
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            figures = measure(size, Path(folder))
            print(f"{size:,} events")
            for name, seconds in figures.items():
                line = f"  {name:10} {seconds:8.3f} s  {seconds / figures['yardstick']:6.2f} × the yardstick"
                if before is not None:
                    growth = seconds / before[1][name] / (size / before[0])
                    line += f"  growth {growth:5.2f}"
                print(line)
            before = size, figures


if __name__ == "__main__":
    main()
