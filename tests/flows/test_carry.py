"""Carrying a closed plan into a new one: proposals again, the old hash named, the old plan untouched."""

from __future__ import annotations

from pathlib import Path

import pytest
from follow_maker import GOAL, agreed_plan
from plan_maker import accept_everything_one_by_one, goal, plan_with_goals
from two_machines import Machine, cheap_stretching, two_machines

from coach_assist.agreement.bodies import OpenBody
from coach_assist.agreement.lines import to_lines
from coach_assist.errors import Refused, UsageError
from coach_assist.flows import decide
from coach_assist.flows.carry import carry
from coach_assist.flows.history_words import history_words
from coach_assist.flows.joining import end_plan, leave
from coach_assist.flows.propose import put_forward
from coach_assist.flows.share import known_contact
from coach_assist.flows.verify_bundle import verify_bundle
from coach_assist.workspace.store import Workspace

TEXT = "Answer 8 of 10 mails within a day by 31 March 2027"


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


def test_open_units_are_proposals_again_and_the_old_plan_stays(workspace: Workspace) -> None:
    with agreed_plan(workspace, signed=True) as old:
        put_forward(workspace, old, "manager", [goal("Not decided yet")], accept_own=False)
        end_plan(workspace, old, "team_member", "new_manager", "Kim takes over")
        before, text = old.state, to_lines(old.history)
        with carry(workspace, old, "team_member", "Kim") as fresh:
            state = fresh.state
            assert state.agreed == {} and not state.sign_offs.all
            assert {one.unit for one in state.proposals.values()} >= set(before.signed)
            assert any(
                one.value == {**one.value, "statement": "Not decided yet"} for one in state.proposals.values()
            )
            assert all(
                one.decisions == {"team_member": None, "manager": None} for one in state.proposals.values()
            )
            assert (state.parties["team_member"].name, state.parties["manager"].name) == ("Noor", "Kim")
            assert state.parties["manager"].key != before.parties["manager"].key
            root = fresh.history.opened
            assert isinstance(root, OpenBody) and root.carried_from is not None
            assert (root.carried_from.plan, root.carried_from.plan_hash) == (old.id, before.plan_hash)
            assert before.plan_hash[:16] in history_words(fresh.history)[0].what
            accept_everything_one_by_one(workspace, fresh)
            assert fresh.state.agreed[GOAL].value == before.signed[GOAL].value
        assert to_lines(old.history) == text and verify_bundle(text).state == before


def test_a_plan_that_goes_on_is_not_carried(workspace: Workspace) -> None:
    with plan_with_goals(workspace, TEXT) as old:
        with pytest.raises(UsageError, match="not closed"):
            carry(workspace, old, "manager", "Kim")
        leave(workspace, old)
        with pytest.raises(UsageError, match="only they carry"):
            carry(workspace, old, "manager", "Kim")
        assert workspace.ids() == (old.id,)
        carry(workspace, old, "team_member", "Kim").close()
        assert len(workspace.ids()) == 2


def test_nothing_is_left_where_the_new_plan_cannot_be_opened(workspace: Workspace) -> None:
    with plan_with_goals(workspace, TEXT) as old:
        end_plan(workspace, old, "manager", "other", "Moved away")
        for wrong in ("", "x" * 201):
            with pytest.raises(UsageError):
                carry(workspace, old, "manager", wrong)
        assert workspace.ids() == (old.id,)


def test_with_a_contact_the_new_plan_knows_both_own_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap_stretching(monkeypatch)
    _, noor, plan = two_machines(tmp_path)
    kim = Machine(tmp_path / "kim", "Kim", "manager")
    noor.meet(kim)
    kim.meet(noor)
    with noor.workspace.open(plan) as old:
        end_plan(noor.workspace, old, "team_member", "lost_key", "Bo's keys are gone")
        contact = known_contact(noor.workspace, "kim")
        assert contact is not None and known_contact(noor.workspace, "Nobody") is None
        with carry(noor.workspace, old, "team_member", contact) as fresh:
            identity = fresh.id
            assert {one.custody for one in fresh.state.parties.values()} == {"own machine"}
            view = decide.undecided(fresh, "manager")[0]
            with pytest.raises(Refused, match="locked, or not on this machine"):
                decide.decline(noor.workspace, fresh, "manager", view.id, view.shown)
    state = kim.receive(noor.file_for(kim, identity))
    assert len(state.waits_for("manager")) == 1
    with kim.workspace.open(identity) as there:
        view = decide.undecided(there, "manager")[0]
        acknowledged = frozenset(view.to_acknowledge)
        decide.accept(kim.workspace, there, "manager", view.id, view.shown, acknowledged=acknowledged)
    assert len(noor.receive(kim.file_for(noor, identity)).waits_for("team_member")) == 1


def test_a_locked_key_carries_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_stretching(monkeypatch)
    _, noor, plan = two_machines(tmp_path)
    with noor.workspace.open(plan) as old:
        end_plan(noor.workspace, old, "team_member", "other", "Enough")
        noor.workspace.unlocked.lock()
        with pytest.raises(Refused, match="locked"):
            carry(noor.workspace, old, "team_member", "Kim")
    assert noor.workspace.ids() == (plan,)
