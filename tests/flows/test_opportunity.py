"""Before the plan: skippable, private until released, shown before anything drafted from it is decided."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from plan_maker import named_plan
from pty_session import Session
from two_machines import cheap_stretching, two_machines

from coach_assist.agreement.opportunity import released_opportunity
from coach_assist.cli.main import group
from coach_assist.errors import UsageError
from coach_assist.flows.counter import counter
from coach_assist.flows.decide import accept, decline, undecided
from coach_assist.flows.draft_plan import draft_plan
from coach_assist.flows.history_words import history_words
from coach_assist.flows.interview import Interview
from coach_assist.flows.opportunity import begin, opportunity, plan_kind_of
from coach_assist.flows.opportunity_release import forget, mark_shown, release
from coach_assist.flows.opportunity_words import PIP_WORDS
from coach_assist.flows.propose import put_forward
from coach_assist.flows.show import plan_view
from coach_assist.interview.opportunity import STATEMENTS, kinds, opportunity_questions
from coach_assist.plan.drafts import Draft
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

TODAY = date(2027, 1, 4)
ANSWERS = {
    "development_area": "Tours", "current_state": "Last week 6 of 20 tours changed",
    "goal": ["Cut changed stops from 6 to 2 a week by 2027-03-01"], "why": "Trucks", "obstacle": "No time",
    "support": "Bo closes the desk", "cadence": "Fridays",
}  # fmt: skip
WRITTEN = {
    "kind": "performance_support",
    "observed": "The sheet was empty on two Mondays.",
    "aspires": "To train new drivers.",
    "need": "A second shift in June.",
    "prompted_by": "Four of eleven reports came late.",
    "if_not_reached": "Nothing else follows.",
    "formal_use": "No.",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "w")


@pytest.fixture
def plan(workspace: Workspace) -> PlanFile:
    plan = named_plan(workspace)
    for question, value in ANSWERS.items():
        plan.answers.put("joint", question, value)
    return plan


def write(plan: PlanFile, answers: dict[str, str] = WRITTEN) -> None:
    talk = begin(plan, TODAY)
    while (step := talk.step) is not None:
        assert talk.answer(answers.get(step.id, "")) == ""


async def frame_of(plan: PlanFile) -> Draft:
    result = await draft_plan(plan, provider=None, on_event=lambda event: None, today=TODAY)
    (frame,) = [unit.draft for unit in result.units if unit.draft.kind == "frame"]
    assert plan.drafts.get(frame.id) == frame
    return frame


def test_each_kind_has_its_words_and_the_statements_are_for_performance_support_alone() -> None:
    for kind, wording in kinds().items():
        asked = opportunity_questions(kind)
        assert wording.days >= 30 and wording.about
        assert ({one.id for one in asked} >= set(STATEMENTS)) is (kind == "performance_support")
        assert len({one.id for one in asked}) == len(asked)
    prompts = {kind: opportunity_questions(kind)[1].prompt for kind in kinds()}
    assert len(set(prompts.values())) == 3, "onboarding and leadership ask in their own words"


def test_all_can_be_skipped_and_nothing_is_left(workspace: Workspace, plan: PlanFile) -> None:
    talk = begin(plan, TODAY)
    while talk.step is not None:
        talk.skip()
    view = opportunity(plan)
    assert view.entries == () and not view.released and view.kind == "development"
    with pytest.raises(UsageError, match="nothing to release"):
        release(workspace, plan)


def test_it_is_the_manager_s_alone_until_released_and_a_change_takes_that_back(
    workspace: Workspace, plan: PlanFile
) -> None:
    write(plan)
    assert {entry.owner for entry in plan.notes.all()} == {"manager"}
    with pytest.raises(UsageError, match="not released"):
        mark_shown(workspace, plan)
    release(workspace, plan)
    mark_shown(workspace, plan)
    assert opportunity(plan).released and opportunity(plan).shown
    begin(plan, TODAY).put("observed", "Something else.")
    assert not opportunity(plan).released and not opportunity(plan).shown
    forget(workspace, plan)
    assert opportunity(plan).entries == () and plan.notes.all("manager") == ()


async def test_the_frame_takes_kind_statements_and_what_the_interview_left_open(plan: PlanFile) -> None:
    write(plan)
    frame = await frame_of(plan)
    value = frame.value
    assert value["plan_kind"] == "performance_support"
    assert [value[one] for one in STATEMENTS] == [WRITTEN[one] for one in STATEMENTS]
    assert (value["serves"], value["long_term_aim"]) == (WRITTEN["need"], WRITTEN["aspires"])
    named = {entry.field: entry.questions for entry in frame.provenance}
    assert named["prompted_by"] == ["opportunity.prompted_by"]
    plan.answers.put("joint", "aim", "Run a shift")
    assert (await frame_of(plan)).value["long_term_aim"] == "Run a shift", "an answer of the interview stays"


async def test_nothing_drafted_from_it_is_decided_before_it_was_shown(
    workspace: Workspace, plan: PlanFile
) -> None:
    write(plan)
    frame = await frame_of(plan)
    with pytest.raises(UsageError, match="not released"):
        put_forward(workspace, plan, "manager", [frame], accept_own=True)
    release(workspace, plan)
    put = put_forward(workspace, plan, "manager", [frame], accept_own=True)
    assert put.accepted == (), "not even by the one who wrote it"
    (view,) = undecided(plan, "team_member")
    acts = (
        lambda party: accept(
            workspace, plan, party, view.id, view.shown, acknowledged=frozenset(view.to_acknowledge)
        ),
        lambda party: decline(workspace, plan, party, view.id, view.shown),
        lambda party: counter(workspace, plan, party, view.id, view.shown, {**view.value, "title": "Other"}),
    )
    for act in acts:
        for party in ("team_member", "manager"):
            with pytest.raises(UsageError, match="has not seen yet") as caught:
                act(party)
            assert "--show" in caught.value.next_step
    mark_shown(workspace, plan)
    for party in ("team_member", "manager"):
        acts[0](party)
    (agreed,) = plan_view(plan).agreed
    assert agreed.kind == "frame"


async def test_other_units_and_plans_without_the_step_are_not_held_up(
    workspace: Workspace, plan: PlanFile
) -> None:
    frame = await frame_of(plan)
    put = put_forward(workspace, plan, "manager", [frame], accept_own=True)
    assert len(put.accepted) == 1
    write(plan)
    (goal, *_) = [draft for draft in plan.drafts.all() if draft.kind == "goal"]
    put_forward(workspace, plan, "manager", [goal], accept_own=False)
    view = next(one for one in undecided(plan, "team_member") if one.kind == "goal")
    decline(workspace, plan, "team_member", view.id, view.shown)


async def test_performance_support_needs_its_three_statements(workspace: Workspace, plan: PlanFile) -> None:
    write(plan, {**WRITTEN, "if_not_reached": "", "formal_use": ""})
    assert opportunity(plan).missing == ("If its goals are not reached", "Use in a formal process")
    frame = await frame_of(plan)
    release(workspace, plan)
    with pytest.raises(UsageError, match="If its goals are not reached; Use in a formal process"):
        put_forward(workspace, plan, "manager", [frame], accept_own=False)


def test_a_formal_warning_is_recognised_and_the_choice_left(plan: PlanFile) -> None:
    write(
        plan, {**WRITTEN, "if_not_reached": "Failure to improve leads to a written warning and termination."}
    )
    assert opportunity(plan).pip_signs
    write_again = begin(plan, TODAY)
    write_again.put("if_not_reached", "We divide the reports otherwise.")
    assert opportunity(plan).pip_signs == ()


def test_the_kind_sets_words_and_length_of_the_interview(workspace: Workspace, plan: PlanFile) -> None:
    assert plan_kind_of(plan) == "development"
    before = Interview.resume(workspace, plan, today=TODAY)
    before.go_to("end")
    assert before.session.default == "30 days"
    write(plan, {"kind": "onboarding"})
    interview = Interview.resume(workspace, plan, today=TODAY)
    interview.go_to("end")
    assert interview.session.default == "90 days"
    interview.go_to("development_area")
    assert interview.session.question is not None
    assert "new colleague" in interview.session.question.prompt
    assert interview.switch_path("full").questions[0].prompt == before.session.questions[0].prompt


def test_the_command_from_writing_to_having_been_shown() -> None:
    terminal = Session("opportunity")
    for line in ("2", "The sheet was empty.", "", "", "", "", "", ""):
        terminal.answer("> ", line)
    terminal.answer("> ", "Reports came late.")
    terminal.answer("> ", "")
    terminal.answer("> ", "Failure to improve leads to a written warning and termination.")
    terminal.answer("> ", "")
    terminal.answer("> ", "No.")
    terminal.answer("> ", "")
    assert terminal.end() == 0, terminal.seen
    assert "Kind of plan: performance support." in terminal.seen
    assert PIP_WORDS[:40] in terminal.seen and "The choice is yours" in terminal.seen
    (identity,) = Workspace().ids()
    run = CliRunner()
    assert run.invoke(group, ["opportunity", identity, "--show"]).exit_code != 0, "not released"
    assert run.invoke(group, ["opportunity", identity, "--release"]).exit_code == 0
    shown = Session("opportunity", identity[:6], "--show")
    assert "The sheet was empty." in shown.answer("have you read it?", "yes")
    assert shown.end() == 0
    with Workspace().open(identity) as plan:
        assert opportunity(plan).shown


def test_looking_and_leaving_keeps_nothing() -> None:
    terminal = Session("opportunity")
    terminal.answer("> ", ":leave")
    assert terminal.end() == 0
    assert Workspace().ids() == ()


async def test_a_release_before_the_first_proposal_becomes_an_event_with_it(
    workspace: Workspace, plan: PlanFile
) -> None:
    write(plan)
    release(workspace, plan)
    mark_shown(workspace, plan)
    put_forward(workspace, plan, "team_member", [await frame_of(plan)], accept_own=False)
    found = released_opportunity(plan.history)
    assert found is not None and found.seen and found.answers["need"] == WRITTEN["need"]
    release(workspace, plan)
    kinds_now = [event.kind for event in plan.history.in_order()]
    assert kinds_now.count("opportunity") == kinds_now.count("opportunity_seen") == 1
    begin(plan, TODAY).put("need", "Another one.")
    assert not opportunity(plan).released
    release(workspace, plan)
    assert opportunity(plan).released and not opportunity(plan).shown
    forget(workspace, plan)
    assert released_opportunity(plan.history) is None and opportunity(plan).entries == ()
    assert any("text erased" in one.what for one in history_words(plan.history))


def test_on_two_machines_it_travels_and_is_read_before_the_frame_is_decided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap_stretching(monkeypatch)
    bo, noor, identity = two_machines(tmp_path)
    frame = Draft(
        id="frameframe", kind="frame", origin="person",
        value={"title": "Tours", "purpose": "Fewer changed stops"},
    )  # fmt: skip
    with bo.workspace.open(identity) as plan:
        write(plan, {**WRITTEN, "kind": "career"})
        put_forward(bo.workspace, plan, "manager", [frame], accept_own=False)
        release(bo.workspace, plan)
    noor.receive(bo.file_for(noor, identity))
    with noor.workspace.open(identity) as plan:
        view = opportunity(plan)
        assert (view.own, view.released, view.shown, view.kind) == (False, True, False, "career")
        assert ("Business need", WRITTEN["need"]) in view.entries
        assert plan.notes.all("manager") == ()
        (waiting,) = [one for one in undecided(plan, "team_member") if one.kind == "frame"]
        acknowledged = frozenset(waiting.to_acknowledge)
        with pytest.raises(UsageError, match="has not seen yet"):
            accept(noor.workspace, plan, "team_member", waiting.id, waiting.shown, acknowledged=acknowledged)
        mark_shown(noor.workspace, plan)
        accept(noor.workspace, plan, "team_member", waiting.id, waiting.shown, acknowledged=acknowledged)
    bo.receive(noor.file_for(bo, identity))
    with bo.workspace.open(identity) as plan:
        assert opportunity(plan).shown
