"""Two machines with real files, driven at random: propose, decide, share, sync late, merge in any order.

Whatever they do, on each machine a text is agreed only if both keys accepted exactly that proposal; once
both have everything, both machines say the same; and nobody alone takes back what both have signed.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from plan_maker import goal
from two_machines import Machine, two_machines

from coach_assist.agreement.bodies import DecideBody
from coach_assist.agreement.fold import State
from coach_assist.errors import Refused, UsageError
from coach_assist.flows import decide
from coach_assist.flows.export import export_plan
from coach_assist.flows.propose import put_forward
from coach_assist.flows.receive import open_file
from coach_assist.flows.sign import sign, sign_view
from coach_assist.flows.verify_bundle import verify_bundle
from coach_assist.workspace.people import Stretch

WHO = st.integers(0, 1)
PICK = st.integers(0, 40)


class TwoMachines(RuleBasedStateMachine):
    """Bo and Noor, each at an own machine with an own key; files lie about and arrive whenever they do."""

    files = Bundle("files")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        bo, noor, self.plan = two_machines(self.folder)
        self.machines = (bo, noor)
        self.signed: dict[str, str] = {}
        self.number = 0

    @rule(who=WHO, model=st.booleans(), pick=PICK)
    def propose(self, who: int, model: bool, pick: int) -> None:
        """A new text, or a change of what is agreed; by hand, or a model's (which nobody has accepted)."""
        machine = self.machines[who]
        self.number += 1
        with machine.workspace.open(self.plan) as plan:
            agreed = list(plan.state.agreed)
            unit = agreed[pick % len(agreed)] if agreed and pick % 3 else None
            draft = goal(f"Text {self.number}", unit=unit, origin="model" if model else "person")
            put_forward(machine.workspace, plan, machine.party, [draft], accept_own=True)

    @rule(
        who=WHO,
        pick=PICK,
        what=st.sampled_from(["accept", "accept", "accept", "decline", "withdraw", "talk"]),
    )
    def decide(self, who: int, pick: int, what: str) -> None:
        machine = self.machines[who]
        with machine.workspace.open(self.plan) as plan:
            proposals = list(plan.state.proposals)
            view = decide.find_proposal(plan, proposals[pick % len(proposals)])
            known = {"acknowledged": frozenset(view.to_acknowledge)} if what == "accept" else {}
            try:
                getattr(decide, what)(machine.workspace, plan, machine.party, view.id, view.shown, **known)
            except UsageError:
                return  # not now: somebody agreed, replaced or withdrew it

    @rule(who=WHO)
    def sign(self, who: int) -> None:
        machine = self.machines[who]
        with machine.workspace.open(self.plan) as plan:
            try:
                sign(machine.workspace, plan, machine.party, sign_view(plan).plan_hash)
            except UsageError:
                return

    @rule(who=WHO)
    def export(self, who: int) -> None:
        """What leaves for readers elsewhere says what is here, and writing it changes nothing."""
        machine = self.machines[who]
        with machine.workspace.open(self.plan) as plan:
            before = plan.state
            report = verify_bundle(export_plan(plan, "signed").content, machine.workspace)
            assert report.state == before and report.heads_checked
            exported = json.loads(export_plan(plan, "json").content)
            assert {unit["id"] for unit in exported["units"]} == set(before.in_force)
            assert plan.state == before

    @rule(target=files, who=WHO)
    def write(self, who: int) -> tuple[int, bytes]:
        return 1 - who, self.machines[who].file_for(self.machines[1 - who], self.plan)

    @rule(file=files)
    def receive(self, file: tuple[int, bytes]) -> None:
        to, data = file
        self.machines[to].receive(data)

    @rule(file=files, place=st.integers(0, 10_000), flip=st.integers(1, 255))
    def receive_changed(self, file: tuple[int, bytes], place: int, flip: int) -> None:
        to, data = file
        place %= len(data)
        before = self.machines[to].state(self.plan)
        with pytest.raises(Refused):
            self.machines[to].receive(data[:place] + bytes([data[place] ^ flip]) + data[place + 1 :])
        assert self.machines[to].state(self.plan) == before

    @precondition(lambda self: hasattr(self, "machines"))
    @rule()
    def exchange_all(self) -> None:
        """Once both have everything, both say the same."""
        bo, noor = self.machines
        noor.receive(bo.file_for(noor, self.plan))
        bo.receive(noor.file_for(bo, self.plan))
        noor.receive(bo.file_for(noor, self.plan))
        left, right = bo.state(self.plan), noor.state(self.plan)
        # Noor has one event more than Bo only if she wrote since; she did not.
        assert left.agreed == right.agreed and left.plan_hash == right.plan_hash
        assert left.signed == right.signed and left.conflicts == right.conflicts

    @invariant()
    def agreed_only_by_both_keys(self) -> None:
        if not hasattr(self, "machines"):
            return
        for machine in self.machines:
            with machine.workspace.open(self.plan) as plan:
                state, history = plan.state, plan.history
            for proposal in state.agreed.values():
                accepted = {
                    history.authors[event.by].party
                    for event in history.events.values()
                    if isinstance(event.body, DecideBody)
                    and event.body.proposal == proposal.id
                    and event.body.decision == "accept"
                    and event.body.shown == history.events[proposal.id].core.body_hash
                    and history.authors[event.by].custody == "own machine"
                }
                assert accepted == {"team_member", "manager"}
            self._signed_stays(machine, state)

    def _signed_stays(self, machine: Machine, state: State) -> None:
        """What a machine saw signed by both stays in force there until both sign something else."""
        in_force = state.sign_offs.in_force
        before = self.signed.get(machine.name)
        if before is not None:
            assert any(one.plan_hash == before for one in state.sign_offs.signed)
            assert in_force is not None or state.sign_offs.rivals
        if in_force is not None:
            self.signed[machine.name] = in_force.plan_hash
            for unit, proposal in state.signed.items():
                assert state.agreed[unit].id == proposal.id or unit in {one.unit for one in state.amendments}

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach_assist.workspace.people.Stretch", lambda: Stretch(m_kib=19_456, t=2))


def run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        TwoMachines,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_two_machines_at_random() -> None:
    run(4, 12)


@pytest.mark.slow
def test_two_machines_at_random_for_long() -> None:
    run(60, 40)


def test_a_file_that_is_opened_and_not_taken_in_changes_nothing(tmp_path: Path) -> None:
    bo, noor, plan = two_machines(tmp_path)
    with bo.workspace.open(plan) as opened:
        put_forward(bo.workspace, opened, "manager", [goal("More")], accept_own=False)
    before = noor.state(plan)
    assert open_file(noor.workspace, bo.file_for(noor, plan), noor.secrets).new
    assert noor.state(plan) == before
