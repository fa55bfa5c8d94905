"""Deciding: one proposal, whose text was shown, by one party, in their own name."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from plan_maker import accept_everything_one_by_one, goal, named_plan, plan_with_goals

from coach_assist.errors import UsageError
from coach_assist.flows import decide
from coach_assist.flows.counter import counter
from coach_assist.flows.propose import put_forward
from coach_assist.flows.show import plan_view
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

SMART = "Answer 8 of 10 customer mails within one working day by 31 March 2027"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "home")


@pytest.fixture
def plan(workspace: Workspace) -> PlanFile:
    return plan_with_goals(workspace, SMART, "Write minutes of 4 of 4 team meetings by 31 March 2027")


def only(plan: PlanFile, party: str = "manager") -> decide.ProposalView:
    view = decide.next_undecided(plan, party)
    assert view is not None
    return view


def test_both_accept_and_only_then_it_is_agreed(workspace: Workspace, plan: PlanFile) -> None:
    view = only(plan)
    decide.accept(
        workspace, plan, "manager", view.id, view.shown, acknowledged=frozenset(view.to_acknowledge)
    )
    assert plan.state.agreed == {}
    assert view.id not in {one.id for one in decide.undecided(plan, "manager")}
    assert view.id in {one.id for one in decide.undecided(plan, "team_member")}
    decide.accept(
        workspace, plan, "team_member", view.id, view.shown, acknowledged=frozenset(view.to_acknowledge)
    )
    assert [one.id for one in plan.state.agreed.values()] == [view.id]


def test_nothing_takes_several_proposals_or_none_shown() -> None:
    for one in (decide.accept, decide.decline, decide.talk, decide.withdraw, counter):
        parameters = inspect.signature(one).parameters
        assert parameters["proposal_id"].annotation == "str"
        assert parameters["shown"].default is inspect.Parameter.empty
    public = {
        name
        for name, one in vars(decide).items()
        if inspect.isfunction(one) and one.__module__ == decide.__name__
    }
    assert {name for name in public if not name.startswith("_")} == {
        "accept", "decline", "find_proposal", "next_undecided", "talk", "undecided", "withdraw",
    }  # fmt: skip


def test_a_text_that_was_not_shown_cannot_be_decided(workspace: Workspace, plan: PlanFile) -> None:
    one, two = decide.undecided(plan, "manager")
    count = len(plan.history.events)
    for shown in (two.shown, "", "0" * 64, one.shown.upper()):
        for act in (decide.accept, decide.decline, decide.talk, decide.withdraw):
            with pytest.raises(UsageError, match="not the text"):
                act(workspace, plan, "manager", one.id, shown)
        with pytest.raises(UsageError, match="not the text"):
            counter(workspace, plan, "manager", one.id, shown, {"statement": "Other"})
    with pytest.raises(UsageError, match="no such proposal"):
        decide.accept(workspace, plan, "manager", "0" * 64, one.shown)
    assert len(plan.history.events) == count


def test_a_decline_keeps_its_reason_and_needs_none(workspace: Workspace, plan: PlanFile) -> None:
    one, two = decide.undecided(plan, "manager")
    decide.decline(workspace, plan, "manager", one.id, one.shown, reason="Too much at once")
    decide.decline(workspace, plan, "manager", two.id, two.shown)
    proposals = plan.state.proposals
    assert proposals[one.id].reasons == {"manager": "Too much at once"}
    assert proposals[two.id].reasons == {}
    assert {one.status for one in proposals.values()} == {"declined"}
    assert decide.undecided(plan, "team_member") == ()
    with pytest.raises(UsageError, match="longer than"):
        decide.decline(workspace, plan, "manager", one.id, one.shown, reason="x" * 4001)
    decide.accept(workspace, plan, "manager", one.id, one.shown, acknowledged=frozenset(one.to_acknowledge))
    assert plan.state.proposals[one.id].status == "open"  # a changed mind counts


def test_a_counter_declines_proposes_and_accepts_in_one_act(workspace: Workspace, plan: PlanFile) -> None:
    view = only(plan)
    before = len(plan.history.events)
    new = counter(
        workspace, plan, "manager", view.id, view.shown, {"statement": "Answer 9 of 10"}, reason="More"
    )
    state = plan.state
    assert len(plan.history.events) == before + 4
    assert state.proposals[view.id].status == "declined"
    assert state.proposals[view.id].reasons == {"manager": "More"}
    made = state.proposals[new]
    assert (made.unit, made.counters, made.by, made.origin) == (view.unit, view.id, "manager", "person")
    assert made.decisions == {"team_member": None, "manager": "accept"}
    assert new in {one.id for one in decide.undecided(plan, "team_member")}
    assert state.agreed == {}


def test_a_counter_that_does_not_fit_decides_nothing(workspace: Workspace, plan: PlanFile) -> None:
    view = only(plan)
    count = len(plan.history.events)
    for value in ({}, {"statement": ""}, {"statement": "x", "due": "soon"}, dict(view.value)):
        with pytest.raises(UsageError):
            counter(workspace, plan, "manager", view.id, view.shown, value)
    assert len(plan.history.events) == count


def test_talk_goes_on_the_agenda_and_takes_back_a_lone_acceptance(
    workspace: Workspace, plan: PlanFile
) -> None:
    view = only(plan)
    decide.accept(
        workspace, plan, "manager", view.id, view.shown, acknowledged=frozenset(view.to_acknowledge)
    )
    decide.talk(workspace, plan, "manager", view.id, view.shown)
    proposal = plan.state.proposals[view.id]
    assert proposal.decisions["manager"] == "withdraw" and proposal.talk == {"manager"}
    other = decide.next_undecided(plan, "team_member")
    assert other is not None
    decide.talk(workspace, plan, "team_member", other.id, other.shown)
    assert {(one.id, party) for one, party in plan_view(plan).agenda} == {
        (view.id, "manager"), (other.id, "team_member"),
    }  # fmt: skip


def test_talking_about_what_is_agreed_leaves_it_agreed(workspace: Workspace, plan: PlanFile) -> None:
    accept_everything_one_by_one(workspace, plan)
    one = next(iter(plan.state.agreed.values()))
    decide.talk(workspace, plan, "manager", one.id, one.shown)
    assert plan.state.agreed[one.unit].id == one.id
    assert len(plan_view(plan).agenda) == 1


def test_withdrawing_an_acceptance_before_sign_off(workspace: Workspace, plan: PlanFile) -> None:
    accept_everything_one_by_one(workspace, plan)
    one = next(iter(plan.state.agreed.values()))
    decide.withdraw(workspace, plan, "manager", one.id, one.shown, reason="Not before the move")
    assert one.unit not in plan.state.agreed
    assert plan.state.proposals[one.id].reasons == {"manager": "Not before the move"}
    with pytest.raises(UsageError, match="nothing of yours"):
        decide.withdraw(workspace, plan, "manager", one.id, one.shown)


def test_what_is_settled_cannot_be_decided_again(workspace: Workspace, plan: PlanFile) -> None:
    accept_everything_one_by_one(workspace, plan)
    one = next(iter(plan.state.agreed.values()))
    for act in (decide.accept, decide.decline):
        with pytest.raises(UsageError, match="agreed on this already"):
            act(workspace, plan, "manager", one.id, one.shown)
    with pytest.raises(UsageError):
        counter(workspace, plan, "manager", one.id, one.shown, {"statement": "Other"})


def test_an_outdated_proposal_cannot_bring_the_old_text_back(workspace: Workspace) -> None:
    with plan_with_goals(workspace, SMART) as plan:
        accept_everything_one_by_one(workspace, plan)
        (agreed,) = plan.state.agreed.values()
        for party, text in (("manager", "Answer 9 of 10"), ("team_member", "Answer 7 of 10")):
            put_forward(workspace, plan, party, [goal(text, unit=agreed.unit)], accept_own=False)
        nine, seven = (one for one in plan.state.proposals.values() if one.base == agreed.id)
        for party in ("manager", "team_member"):
            view = next(v for v in decide.undecided(plan, party) if v.id == nine.id)
            decide.accept(
                workspace, plan, party, view.id, view.shown, acknowledged=frozenset(view.to_acknowledge)
            )
        assert plan.state.proposals[seven.id].status == "outdated"
        assert decide.undecided(plan, "manager") == ()
        with pytest.raises(UsageError, match="no longer what is agreed"):
            decide.accept(workspace, plan, "manager", seven.id, seven.shown)
        decide.decline(workspace, plan, "manager", seven.id, seven.shown)
        with pytest.raises(UsageError):
            decide.accept(workspace, plan, "manager", seven.id, seven.shown)


def test_hidden_characters_have_to_be_acknowledged_and_that_is_recorded(workspace: Workspace) -> None:
    with plan_with_goals(workspace, SMART + "\u202e\u2066") as plan:
        view = only(plan)
        assert "hidden-characters" in view.to_acknowledge
        with pytest.raises(UsageError, match="hidden-characters"):
            decide.accept(workspace, plan, "manager", view.id, view.shown)
        assert plan.state.proposals[view.id].decisions["manager"] is None
        wanted = frozenset({*view.to_acknowledge, "made-up"})
        decide.accept(workspace, plan, "manager", view.id, view.shown, acknowledged=wanted)
        last = list(plan.history.events.values())[-1]
        assert last.body.acknowledged == list(view.to_acknowledge)


def test_next_goes_down_the_list_and_round(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "One", "Two", "Three") as plan:
        one, two, three = decide.undecided(plan, "manager")
        assert decide.next_undecided(plan, "manager", one.id).id == two.id
        assert decide.next_undecided(plan, "manager", three.id).id == one.id
        decide.decline(workspace, plan, "manager", two.id, two.shown)
        assert decide.next_undecided(plan, "manager", one.id).id == three.id
        assert decide.next_undecided(plan, "manager", "0" * 64).id == one.id
    with named_plan(workspace) as empty:
        assert decide.next_undecided(empty, "manager") is None
        assert decide.undecided(empty, "manager") == ()
