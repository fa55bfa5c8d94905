"""Signing through the flow: both, the same plan, as it was shown; keys of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from plan_maker import accept_everything_one_by_one, goal, named_plan, plan_with_goals

from coach_assist.errors import Refused, UsageError
from coach_assist.flows import decide
from coach_assist.flows.export import agreed_plan, export_plan
from coach_assist.flows.identity import create_person, person
from coach_assist.flows.own_key import move_to_own_key
from coach_assist.flows.propose import put_forward
from coach_assist.flows.show import plan_view
from coach_assist.flows.sign import sign, sign_view
from coach_assist.flows.verify_bundle import verify_bundle
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

PASSPHRASE = "tulip ladder copper"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "home")


@pytest.fixture
def plan(workspace: Workspace) -> PlanFile:
    plan = plan_with_goals(workspace, "Answer 8 of 10 mails within a day by 31 March 2027")
    accept_everything_one_by_one(workspace, plan)
    return plan


def test_in_force_when_both_have_signed(workspace: Workspace, plan: PlanFile) -> None:
    view = sign_view(plan)
    assert (view.revision, view.in_force, view.signed_by, view.obstacle) == (1, 0, (), None)
    assert sign(workspace, plan, "manager", view.plan_hash) == 0
    assert sign_view(plan).signed_by == ("manager",)
    with pytest.raises(UsageError, match="already"):
        sign(workspace, plan, "manager", view.plan_hash)
    assert sign(workspace, plan, "team_member", view.plan_hash) == 1
    assert sign_view(plan).obstacle is not None
    (one,) = plan.state.agreed.values()
    with pytest.raises(UsageError, match="Both have signed"):
        decide.withdraw(workspace, plan, "manager", one.id, one.shown)
    assert plan.state.signed == plan.state.agreed != {}


def test_a_plan_that_was_not_shown_is_not_signed(workspace: Workspace, plan: PlanFile) -> None:
    shown = sign_view(plan).plan_hash
    put_forward(workspace, plan, "manager", [goal("Another", origin="person")], accept_own=True)
    accept_everything_one_by_one(workspace, plan)
    with pytest.raises(UsageError, match="changed since"):
        sign(workspace, plan, "manager", shown)
    assert plan.state.sign_offs.all == ()


def test_talk_between_the_signatures_does_not_matter_a_change_does(
    workspace: Workspace, plan: PlanFile
) -> None:
    shown = sign_view(plan).plan_hash
    sign(workspace, plan, "manager", shown)
    put_forward(workspace, plan, "manager", [goal("A later idea")], accept_own=False)
    assert sign(workspace, plan, "team_member", shown) == 1  # an open proposal is not in the plan
    accept_everything_one_by_one(workspace, plan)
    view = sign_view(plan)
    assert (view.revision, view.in_force, len(view.added), len(view.units)) == (2, 1, 1, 2)
    sign(workspace, plan, "team_member", view.plan_hash)
    assert plan.state.sign_offs.in_force.revision == 1
    assert sign(workspace, plan, "manager", view.plan_hash) == 2


def test_an_export_holds_what_is_in_force_and_names_what_waits(workspace: Workspace, plan: PlanFile) -> None:
    (one,) = plan.state.agreed.values()
    shown = sign_view(plan).plan_hash
    assert agreed_plan(plan).revision == 0
    for party in ("manager", "team_member"):
        sign(workspace, plan, party, shown)
    put_forward(workspace, plan, "manager", [goal("Answer all mails", unit=one.unit)], accept_own=False)
    put_forward(workspace, plan, "manager", [goal("Write minutes")], accept_own=False)
    accept_everything_one_by_one(workspace, plan)
    exported = agreed_plan(plan)
    assert exported.revision == 1
    assert [unit.value.statement for unit in exported.units] == [one.value["statement"]]
    assert {(unit.state, tuple(unit.waits_for)) for unit in exported.open} == {
        ("change_proposed", ("team_member", "manager")), ("proposed", ("team_member", "manager")),
    }  # fmt: skip
    view = plan_view(plan)
    assert view.revision == 1 and len(view.unsigned) == 2
    sign(workspace, plan, "manager", plan.state.plan_hash)
    assert {tuple(unit.waits_for) for unit in agreed_plan(plan).open} == {("team_member",)}
    sign(workspace, plan, "team_member", plan.state.plan_hash)
    assert (
        agreed_plan(plan).revision == 2 and len(agreed_plan(plan).units) == 2 and agreed_plan(plan).open == []
    )
    bundle = export_plan(plan, "signed").content
    assert verify_bundle(bundle).state == plan.state


def test_what_cannot_be_signed(workspace: Workspace) -> None:
    with named_plan(workspace) as empty, pytest.raises(UsageError):
        sign_view(empty)
    with plan_with_goals(workspace, "Answer mails") as undecided:
        assert "Nothing is agreed" in str(sign_view(undecided).obstacle)
        with pytest.raises(UsageError, match="Nothing is agreed"):
            sign(workspace, undecided, "manager", undecided.state.plan_hash)


def test_own_keys_are_needed_once_they_are_used(workspace: Workspace, plan: PlanFile) -> None:
    create_person(workspace, "Noor", PASSPHRASE)
    noor = person(workspace, "Noor")
    with pytest.raises(UsageError, match="locked"):
        move_to_own_key(workspace, plan, "team_member", noor)
    workspace.unlocked.unlock(noor, PASSPHRASE)
    move_to_own_key(workspace, plan, "team_member", noor)
    party = plan.state.parties["team_member"]
    assert (party.fingerprint, party.custody, party.seal) == (noor.fingerprint, "own machine", noor.seal)
    shown = sign_view(plan).plan_hash
    workspace.unlocked.lock()
    with pytest.raises(Refused, match="locked"):
        sign(workspace, plan, "team_member", shown)
    sign(workspace, plan, "manager", shown)
    workspace.unlocked.unlock(noor, PASSPHRASE)
    with pytest.raises(UsageError, match="already"):
        move_to_own_key(workspace, plan, "team_member", noor)
    assert sign(workspace, plan, "team_member", shown) == 1
    with workspace.open(plan.id) as again:
        assert again.state == plan.state
