"""Adapting: proposals with base and reason; nothing changes before both have accepted."""

from datetime import date

import pytest
from follow_maker import COURSE, GOAL, agreed_plan

from coach_assist.errors import Refused, UsageError
from coach_assist.flows.adapt import (
    adapt_view,
    begin_still_true,
    draft_of_addition,
    draft_of_change,
    draft_of_end,
    draft_of_removal,
    put_change,
    to_adapt,
)
from coach_assist.flows.close import begin_page, put_page, sign_page
from coach_assist.flows.decide import accept, undecided
from coach_assist.flows.progress import progress_view
from coach_assist.flows.sign import sign, sign_view
from coach_assist.plan.units import PARTIES
from coach_assist.workspace.store import Workspace

DAY = date(2026, 12, 11)


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


def other_accepts(workspace, plan) -> None:
    for view in undecided(plan, "team_member"):
        accept(
            workspace, plan, "team_member", view.id, view.shown, acknowledged=frozenset(view.to_acknowledge)
        )


def test_a_change_has_a_base_and_a_reason_and_waits_for_the_other(workspace) -> None:
    with agreed_plan(workspace) as plan:
        before = plan.state.agreed[GOAL]
        draft = draft_of_change(plan, "manager", GOAL, {**before.value, "due": "2026-12-31"})
        assert plan.drafts.owner(GOAL) == "manager"
        made = put_change(workspace, plan, "manager", draft, "The inbox moves on the 15th")
        proposal = plan.state.proposals[made]
        assert (proposal.base, proposal.status) == (before.id, "open")
        assert proposal.reasons == {"manager": "The inbox moves on the 15th"}
        assert plan.state.agreed[GOAL] == before
        assert plan.drafts.all() == ()
        assert adapt_view(plan, DAY).waiting == {GOAL}
        other_accepts(workspace, plan)
        assert plan.state.agreed[GOAL].value["due"] == "2026-12-31"


def test_a_signed_plan_stays_in_force_until_both_sign_again(workspace) -> None:
    with agreed_plan(workspace, signed=True) as plan:
        put_change(workspace, plan, "manager", draft_of_end(plan, "manager", "60 days"), "Holidays")
        other_accepts(workspace, plan)
        assert progress_view(plan, DAY).end == date(2026, 12, 25)
        for party in PARTIES:
            sign(workspace, plan, party, sign_view(plan).plan_hash)
        assert (plan.state.revision, progress_view(plan, DAY).end) == (2, date(2027, 1, 24))


def test_a_unit_is_dropped_or_added_by_both(workspace) -> None:
    with agreed_plan(workspace) as plan:
        removal = draft_of_removal(plan, "manager", COURSE)
        put_change(workspace, plan, "manager", removal, "It no longer fits")
        added = draft_of_addition(plan, "manager", "activity", {"what": "Write the rota"})
        put_change(workspace, plan, "manager", added, "It came up")
        assert COURSE in plan.state.agreed
        other_accepts(workspace, plan)
        assert COURSE not in plan.state.agreed
        assert plan.state.agreed[added.id].value["what"] == "Write the rota"


@pytest.mark.parametrize(
    ("end", "words"),
    [("2026-11-01", "after the start"), ("soon", "is not a date"), ("2026-12-25", "the same")],
)
def test_an_end_that_does_not_fit(workspace, end, words) -> None:
    with agreed_plan(workspace) as plan, pytest.raises(UsageError, match=words):
        draft_of_end(plan, "manager", end)


def test_a_change_without_a_reason_stays_a_draft(workspace) -> None:
    with agreed_plan(workspace) as plan:
        draft = draft_of_end(plan, "manager", "60 days")
        events = plan.state.events
        with pytest.raises(UsageError, match="needs a reason"):
            put_change(workspace, plan, "manager", draft, "  ")
        assert plan.state.events == events
        assert [one.id for one in plan.drafts.all("manager")] == [draft.id]


def test_what_does_not_fit_is_refused(workspace) -> None:
    with agreed_plan(workspace) as plan:
        for unit, value in ((GOAL, {"statement": ""}), (GOAL, {"mood": "good"}), ("nonenone22", {})):
            with pytest.raises(UsageError):
                draft_of_change(plan, "manager", unit, value)
        assert plan.drafts.all() == ()


def test_is_this_still_true(workspace) -> None:
    with agreed_plan(workspace) as plan:
        talk = begin_still_true(plan, "team_member", DAY)
        assert len(talk.steps) == len(plan.state.agreed)
        while (step := talk.step) is not None:
            answer = {f"true/{GOAL}": "change", f"true/{COURSE}": "drop"}.get(step.id, "true")
            assert talk.answer(answer) == ""
        assert to_adapt(talk) == ((GOAL, "change"), (COURSE, "drop"))
        assert to_adapt(begin_still_true(plan, "team_member", DAY)) == to_adapt(talk)
        talk.drop()
        assert not plan.notes.all("team_member")


def test_a_closed_plan_is_not_adapted(workspace) -> None:
    with agreed_plan(workspace) as plan:
        talk = begin_page(plan, "manager", DAY)
        while (step := talk.step) is not None:
            talk.answer("done" if step.id.startswith("outcome/") else "")
        page = put_page(workspace, plan, "manager", talk)
        shown = plan.history.events[page].core.body_hash
        sign_page(workspace, plan, "team_member", page, shown)
        with pytest.raises(Refused, match="closed"):
            adapt_view(plan, DAY)
