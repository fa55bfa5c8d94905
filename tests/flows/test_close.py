"""Closing a plan takes both signatures under one page; the survey is private until released."""

from datetime import date

import pytest
from follow_maker import GOAL, SOFT_GOAL, WALK, agreed_plan, hold_check_in

from coach_assist.agreement.follow_fold import follow
from coach_assist.errors import Refused, UsageError
from coach_assist.flows import check_in
from coach_assist.flows.carry import carry
from coach_assist.flows.close import (
    begin_page,
    begin_survey,
    closing_json,
    closing_view,
    put_page,
    release_survey,
    sign_page,
)
from coach_assist.flows.plans import plans
from coach_assist.flows.progress import progress_view
from coach_assist.flows.show import CLOSED_WORDS, plan_view
from coach_assist.flows.today import today_view
from coach_assist.workspace.store import Workspace

DAY = date(2026, 12, 23)
ANSWERS = {
    f"outcome/{GOAL}": "done", f"outcome/{SOFT_GOAL}": "dropped", f"reason/{SOFT_GOAL}": "The calls ended",
    "learned/team_member": "Mornings suit me", "learned/manager": "Ask earlier", "next_area": "Hosting",
}  # fmt: skip


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


def fill(plan, party, answers=ANSWERS):
    talk = begin_page(plan, party, DAY)
    while (step := talk.step) is not None:
        assert talk.answer(answers.get(step.id, "")) == ""
    return talk


def test_a_plan_is_closed_by_both_signatures(workspace) -> None:
    with agreed_plan(workspace, signed=True) as plan:
        before = plan.state
        put_page(workspace, plan, "manager", fill(plan, "manager"))
        view = closing_view(plan)
        assert view.closed == ()
        page = view.waiting[0]
        assert (page.signed, page.waits_for) == (("manager",), ("team_member",))
        assert ("Dropped", "Open each planning call with the two open decisions by 18 December 2026 "
                "(The calls ended)") in page.fields  # fmt: skip
        assert [(one.kind, one.who) for one in today_view(workspace, DAY).items if one.kind == "sign"] == [
            ("sign", "Noor")
        ]
        assert not progress_view(plan, DAY).closed
        assert sign_page(workspace, plan, "team_member", page.id, page.shown)
        assert progress_view(plan, DAY).closed
        assert [(one.status, one.status_reason) for one in progress_view(plan, DAY).goals] == [
            ("done", None), ("dropped", "The calls ended"),
        ]  # fmt: skip
        assert (plan.state.agreed, plan.state.revision) == (before.agreed, 1)
        assert today_view(workspace, DAY).items == ()
        assert plan_view(plan).state_words == plans(workspace)[0].state_words == CLOSED_WORDS
        with pytest.raises(Refused, match="closed"):
            check_in.begin(plan, "manager", DAY)
        assert closing_json(closing_view(plan))["closed"][0]["signed"] == ["team_member", "manager"]


def test_another_page_answers_the_first(workspace) -> None:
    with agreed_plan(workspace) as plan:
        first = put_page(workspace, plan, "manager", fill(plan, "manager"))
        shown = closing_view(plan).waiting[0].shown
        answer = put_page(workspace, plan, "team_member", fill(plan, "team_member"))
        assert [one.id for one in closing_view(plan).waiting] == [answer]
        hints = {step.id: step.hint for step in begin_page(plan, "manager", DAY).steps}
        assert hints["next_area"] == "The page that waits says: Hosting"
        with pytest.raises(UsageError, match="not the one that waits"):
            sign_page(workspace, plan, "team_member", first, shown)
        page = closing_view(plan).waiting[0]
        with pytest.raises(UsageError, match="signed this page already"):
            sign_page(workspace, plan, "team_member", answer, page.shown)
        with pytest.raises(UsageError, match="not the one that waits"):
            sign_page(workspace, plan, "manager", answer, shown)
        assert sign_page(workspace, plan, "manager", answer, page.shown)


def test_what_is_open_goes_on_in_a_next_plan(workspace) -> None:
    with agreed_plan(workspace) as plan:
        hold_check_in(workspace, plan, "manager", DAY, {f"mark/{WALK}": "helped"})
        with pytest.raises(UsageError, match="not closed"):
            carry(workspace, plan, "manager", "Noor")
        answers = {**ANSWERS, f"outcome/{GOAL}": "changed", f"reason/{GOAL}": "It needs more time"}
        page = put_page(workspace, plan, "manager", fill(plan, "manager", answers))
        sign_page(workspace, plan, "team_member", page, plan.history.events[page].core.body_hash)
        with carry(workspace, plan, "manager", "Noor") as fresh:
            assert not fresh.state.agreed
            units = {one.unit for one in fresh.state.proposals.values()}
            assert GOAL in units
            assert not units & {SOFT_GOAL, WALK}


@pytest.mark.parametrize(
    ("without", "words"), [(f"outcome/{GOAL}", "not said yet"), (f"reason/{SOFT_GOAL}", "reason is missing")]
)
def test_what_is_missing_is_named_and_all_is_kept(workspace, without, words) -> None:
    with agreed_plan(workspace) as plan:
        talk = fill(plan, "manager", {key: text for key, text in ANSWERS.items() if key != without})
        with pytest.raises(UsageError, match=words):
            put_page(workspace, plan, "manager", talk)
        assert begin_page(plan, "manager", DAY).answers["next_area"] == "Hosting"
        talk.go_to(without)
        talk.answer("done" if "outcome" in without else "The calls ended")
        put_page(workspace, plan, "manager", talk)


def test_the_survey_is_private_until_released(workspace) -> None:
    with agreed_plan(workspace) as plan:
        events = plan.state.events
        talk = begin_survey(plan, "team_member", DAY)
        for answer in ("5", "4", "partly", "", "1"):
            talk.answer(answer)
        talk.answer("Shorter talks")
        assert plan.state.events == events
        assert talk.step is None
        release_survey(workspace, plan, "team_member", talk)
        survey = follow(plan.history).surveys["team_member"]
        assert survey.scores == {"worth": 5, "clear": 4, "support": 3, "again": 1}
        assert survey.words == "Shorter talks"
        assert plan.notes.all("team_member") == ()
        with pytest.raises(UsageError, match="No question"):
            release_survey(workspace, plan, "manager", begin_survey(plan, "manager", DAY))
