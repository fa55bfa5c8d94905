"""Putting forward: drafts become proposals, nothing is accepted that a person did not write."""

from __future__ import annotations

from pathlib import Path

import pytest
from plan_maker import accept_everything_one_by_one, goal, named_plan, plan_with_goals

from coach_assist.agreement.bodies import DecideBody
from coach_assist.errors import UsageError
from coach_assist.flows.open_plan import new_plan, open_plan
from coach_assist.flows.propose import put_forward
from coach_assist.plan.drafts import Draft, Suggestion
from coach_assist.plan.ids import new_unit_id
from coach_assist.workspace.store import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "home")


def test_the_opening_event_pins_both_parties(workspace: Workspace) -> None:
    with named_plan(workspace, demo=True) as plan:
        assert not plan.has_opened
        put_forward(workspace, plan, "team_member", [goal("Answer mails")], accept_own=False)
        state = plan.state
        assert state.demo and state.plan == plan.id
        assert {party: one.name for party, one in state.parties.items()} == {
            "team_member": "Noor",
            "manager": "Bo",
        }
        assert {one.custody for one in state.parties.values()} == {"this machine"}
        for party, one in state.parties.items():
            assert workspace.key(plan.id, party).public == one.key
        assert plan.history.authors[plan.history.root.by].party == "team_member"  # who put forward


def test_without_names_nothing_is_put_forward_and_nothing_is_lost(workspace: Workspace) -> None:
    with new_plan(workspace) as plan:
        draft = goal("Answer mails")
        plan.drafts.put("joint", draft)
        plan.answers.put("joint", "team_member", "Noor")
        with pytest.raises(UsageError, match="name of the manager"):
            put_forward(workspace, plan, "manager", [draft], accept_own=True)
        assert not plan.has_opened and plan.drafts.all() == (draft,)
        assert not workspace.keys_folder.exists()


def test_drafts_become_proposals_and_leave_their_drawer(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        drafts = [goal("One"), goal("Two"), goal("Three")]
        plan.drafts.put_all("joint", drafts)
        done = put_forward(workspace, plan, "manager", drafts[:2], accept_own=False)
        assert plan.drafts.all() == (drafts[2],)
        assert [plan.state.proposals[one].unit for one in done.proposals] == [drafts[0].id, drafts[1].id]
        assert done.accepted == ()
        assert all(set(one.decisions.values()) == {None} for one in plan.state.proposals.values())


def test_one_act_accepts_own_words_but_never_the_models(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        drafts = [goal(origin, origin=origin) for origin in ("model", "import", "own_words", "person")]
        done = put_forward(workspace, plan, "team_member", drafts, accept_own=True)
        by_text = {str(one.value["statement"]): one for one in plan.state.proposals.values()}
        assert {text for text, one in by_text.items() if one.decisions["team_member"] == "accept"} == {
            "own_words", "person",
        }  # fmt: skip
        assert set(done.accepted) == {by_text["own_words"].id, by_text["person"].id}
        assert all(one.decisions["manager"] is None for one in by_text.values())
        assert plan.state.agreed == {}


def test_a_change_builds_on_what_is_agreed(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Answer mails") as plan:
        accept_everything_one_by_one(workspace, plan)
        (agreed,) = plan.state.agreed.values()
        draft = goal("Answer 8 of 10 mails within a day", unit=agreed.unit, origin="person")
        done = put_forward(workspace, plan, "manager", [draft], accept_own=True)
        assert plan.state.proposals[done.proposals[0]].base == agreed.id
        assert plan.state.agreed[agreed.unit].id == agreed.id
        accept_everything_one_by_one(workspace, plan)
        assert plan.state.agreed[agreed.unit].id == done.proposals[0]


def test_the_same_text_again_is_no_proposal(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Answer mails") as plan:
        accept_everything_one_by_one(workspace, plan)
        (agreed,) = plan.state.agreed.values()
        draft = goal("Answer mails", unit=agreed.unit)
        plan.drafts.put("joint", draft)
        count = len(plan.history.events)
        done = put_forward(workspace, plan, "manager", [draft], accept_own=True)
        assert done.unchanged == (draft.id,) and done.proposals == ()
        assert len(plan.history.events) == count and plan.drafts.all() == ()


def test_a_second_text_of_the_same_party_takes_the_place_of_its_first(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        unit = new_unit_id()
        first = put_forward(workspace, plan, "manager", [goal("One", unit=unit)], accept_own=False)
        put_forward(workspace, plan, "team_member", [goal("Other", unit=unit)], accept_own=False)
        put_forward(workspace, plan, "manager", [goal("Two", unit=unit)], accept_own=False)
        statuses = {str(one.value["statement"]): one.status for one in plan.state.proposals.values()}
        assert statuses == {"One": "withdrawn", "Other": "open", "Two": "open"}
        assert plan.state.proposals[first.proposals[0]].decisions["manager"] == "withdraw"


def test_there_is_one_timeline_whatever_its_draft_is_called(workspace: Workspace) -> None:
    def timeline(end: str) -> Draft:
        return Draft(
            id=new_unit_id(), kind="timeline", value={"start": "2026-12-01", "end": end}, origin="person"
        )

    with named_plan(workspace) as plan:
        put_forward(workspace, plan, "manager", [timeline("2026-12-31")], accept_own=True)
        accept_everything_one_by_one(workspace, plan)
        put_forward(workspace, plan, "team_member", [timeline("2027-01-31")], accept_own=True)
        accept_everything_one_by_one(workspace, plan)
        (agreed,) = plan.state.agreed.values()
        assert agreed.value["end"] == "2027-01-31"


def test_a_removal_and_coming_back(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Answer mails") as plan:
        accept_everything_one_by_one(workspace, plan)
        (agreed,) = plan.state.agreed.values()
        removal = Draft(id=agreed.unit, kind="goal", value=dict(agreed.value), origin="person", removal=True)
        put_forward(workspace, plan, "team_member", [removal], accept_own=True)
        assert plan.state.agreed
        accept_everything_one_by_one(workspace, plan)
        assert plan.state.agreed == {}
        with pytest.raises(UsageError, match="Only what is agreed"):
            put_forward(workspace, plan, "manager", [removal], accept_own=False)
        back = goal("Answer mails again", unit=agreed.unit)
        put_forward(workspace, plan, "manager", [back], accept_own=False)
        accept_everything_one_by_one(workspace, plan)
        assert plan.state.agreed[agreed.unit].value["statement"] == "Answer mails again"
        assert plan.state.conflicts == ()


def test_a_value_that_does_not_fit_puts_nothing_forward(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        good, bad = goal("Answer mails"), goal("")
        plan.drafts.put_all("joint", [good, bad])
        for wrong in (bad, goal("x" * 4001), goal("x", due="soon"), goal("half \ud83d an emoji")):
            with pytest.raises(UsageError):
                put_forward(workspace, plan, "manager", [good, wrong], accept_own=False)
        with pytest.raises(UsageError, match="no draft"):
            put_forward(workspace, plan, "manager", [], accept_own=False)
        assert not plan.has_opened and len(plan.drafts.all()) == 2


def test_what_the_model_suggested_travels_with_the_proposal(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        hint = Suggestion(field="metric.target", text="8 of 10", question="Is 8 of 10 right?")
        draft = goal("Answer 8 of 10 mails").model_copy(update={"suggested": [hint]})
        done = put_forward(workspace, plan, "manager", [draft], accept_own=False)
        proposal = plan.state.proposals[done.proposals[0]]
        assert proposal.suggested == (hint,) and proposal.origin == "model"


def test_reopening_by_prefix(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Answer mails") as plan, open_plan(workspace, plan.id[:8]) as again:
        assert again.state == plan.state
        decisions = [one for one in again.history.events.values() if isinstance(one.body, DecideBody)]
        assert decisions == []
