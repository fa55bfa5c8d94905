"""The blind double interview: nobody sees the other's answers before both have released."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from plan_maker import named_plan
from two_machines import Machine, cheap_stretching, two_machines

from coach_assist.agreement.blind import blind
from coach_assist.agreement.blind_bodies import AnswersBody, ReleaseBody, answers_hash
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.lines import to_lines
from coach_assist.errors import Refused, UsageError
from coach_assist.flows.blind import (
    begin_blind,
    both_sets,
    differ,
    is_blind,
    release,
    release_view,
    show_due,
)
from coach_assist.flows.draft_plan import draft_plan
from coach_assist.flows.interview import Interview, read_answers
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

TODAY = date(2026, 11, 25)
NOOR = {
    "development_area": "Saying no to late requests",
    "goal": ["Cut late requests from 6 to 2 a week by 2027-03-01"],
    "why": "I go home at seven every day.",
    "obstacle": "My secret: I am afraid of Bo.",
}
BO = {
    "development_area": "Planning the week",
    "goal": ["Cut late requests from 9 to 2 a week by 2027-04-01"],
    "why": "The team waits for her.",
    "support": "I close the order desk at eight.",
}


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


def alone(workspace: Workspace, plan: PlanFile, party: str, answers: dict) -> None:
    interview = Interview.resume(workspace, plan, path="short", today=TODAY, owner=party)
    for question, value in answers.items():
        interview.go_to(question)
        interview.answer(value if isinstance(value, str) else "\n".join(value), keep=True)


def answered(workspace: Workspace) -> PlanFile:
    plan = named_plan(workspace)
    begin_blind(plan)
    alone(workspace, plan, "team_member", NOOR)
    alone(workspace, plan, "manager", BO)
    return plan


def test_neither_sees_the_others_until_both_have_released(workspace: Workspace) -> None:
    with answered(workspace) as plan:
        assert is_blind(plan)
        with pytest.raises(UsageError, match="Not released yet"):
            differ(workspace, plan, TODAY)
        assert release(workspace, plan, "team_member", hold_back=["obstacle"]) == 3
        assert release_view(workspace, plan, "manager").other_released
        for text in (b"late requests", b"seven every day", b"afraid"):
            assert text not in to_lines(plan.history)
        for act in (lambda: differ(workspace, plan, TODAY), lambda: read_answers(plan, today=TODAY)):
            with pytest.raises(UsageError, match="the answers of the manager"):
                act()
        release(workspace, plan, "manager")
        view = differ(workspace, plan, TODAY)
        assert view.talk[0].question.id == "goal"
        goal = next(one for one in view.questions if one.question.id == "goal")
        assert {mark.kind for mark in goal.marks} == {"goal", "date", "number"}
        assert b"afraid" not in to_lines(plan.history)  # held back, for good
        assert "obstacle" not in {one.question.id for one in view.questions}
        assert release_view(workspace, plan, "team_member").ready.keys() == {"obstacle"}


def test_the_names_are_not_asked_again_and_joint_answers_stay_apart(workspace: Workspace) -> None:
    with answered(workspace) as plan:
        own = Interview.resume(workspace, plan, path="short", today=TODAY, owner="team_member")
        assert not {"team_member", "manager"} & {one.id for one in own.session.questions}
        assert own.session.answers["why"] == NOOR["why"]
        joint = Interview.resume(workspace, plan, path="short", today=TODAY)
        assert "why" not in joint.session.answers
        assert {entry.owner for entry in plan.answers.all() if entry.question == "why"} == {
            "team_member",
            "manager",
        }


def test_what_was_released_cannot_be_changed(workspace: Workspace) -> None:
    with answered(workspace) as plan:
        release(workspace, plan, "team_member")
        alone(workspace, plan, "team_member", {"why": "Another reason, after a look"})
        release(workspace, plan, "manager")
        assert blind(plan.history).by["team_member"].answers["why"] == NOOR["why"]
        # A changed answer can be released as well, and the history shows both.
        assert release(workspace, plan, "team_member") == 1
        assert blind(plan.history).by["team_member"].answers["why"] == "Another reason, after a look"


def test_other_answers_than_promised_are_refused(workspace: Workspace) -> None:
    from coach_assist.flows.acts import Act

    with answered(workspace) as plan:
        release(workspace, plan, "team_member")
        one = blind(plan.history).by["team_member"].releases[0]
        for party, body in (
            ("team_member", AnswersBody(release=one, salt="0" * 64, answers={"why": "Other"})),
            ("manager", AnswersBody(release=one, salt="0" * 64, answers={"why": "Other"})),
            ("team_member", AnswersBody(release=plan.history.root.id, salt="0" * 64, answers={})),
        ):
            act = Act(plan.id, plan.history, workspace.key(plan.id, party))
            act.add("answers", body)
            with pytest.raises(Damaged, match=r"promised|other party|no release"):
                plan.record(lambda history, act=act: act.records)
        salt = "1" * 64
        act = Act(plan.id, plan.history, workspace.key(plan.id, "manager"))
        act.add("release", ReleaseBody(answers_hash=answers_hash(salt, {"why": "Mine"}), count=1))
        act.add("answers", AnswersBody(release=act.records[-1].id, salt=salt, answers={"why": "Mine"}))
        plan.record(lambda history: act.records)
        assert blind(plan.history).by["manager"].answers == {"why": "Mine"}


def test_nothing_to_release(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        with pytest.raises(UsageError, match="nothing of yours"):
            release(workspace, plan, "manager")
        with pytest.raises(UsageError, match="no question nonsense"):
            release(workspace, plan, "manager", hold_back=["nonsense"])
        assert not plan.has_opened


async def test_drafting_uses_both_sets_and_says_whose(workspace: Workspace) -> None:
    with answered(workspace) as plan:
        with pytest.raises(UsageError, match="Not released yet"):
            await draft_plan(plan, provider=None, on_event=lambda event: None, today=TODAY)
        release(workspace, plan, "team_member", hold_back=["obstacle"])
        release(workspace, plan, "manager")
        by, joined, sources = both_sets(plan)
        assert by["team_member"]["why"] == NOOR["why"] and by["manager"]["why"] == BO["why"]
        assert joined["goal"] == [*NOOR["goal"], *BO["goal"]]
        assert joined["why"] == f"Noor: {NOOR['why']}\nBo: {BO['why']}"
        assert sources["support"] == ("manager",)
        await draft_plan(plan, provider=None, on_event=lambda event: None, today=TODAY)
        drafts = plan.drafts.all()
        goals = [one.value["statement"] for one in drafts if one.kind == "goal"]
        assert len(goals) == 2
        asked = {asked for one in drafts for part in one.provenance for asked in part.questions}
        assert {"goal:team_member", "goal:manager"} <= asked and "goal" not in asked
        assert "afraid" not in json.dumps([one.value for one in drafts])
        # What both answer together afterwards comes first.
        plan.answers.put("joint", "why", "Both of us want quieter evenings.")
        assert read_answers(plan, today=TODAY).text("why") == "Both of us want quieter evenings."


def test_on_two_machines_each_shows_its_own_and_drawers_are_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap_stretching(monkeypatch)
    bo, noor, plan = two_machines(tmp_path)
    for machine, answers in ((noor, NOOR), (bo, BO)):
        with machine.workspace.open(plan) as opened:
            alone(machine.workspace, opened, machine.party, answers)
        for path in (machine.workspace.root / "plans").iterdir():
            for text in (b"late requests", b"afraid", b"order desk"):
                assert text not in path.read_bytes()
    with noor.workspace.open(plan) as opened:
        noor.workspace.unlocked.lock()
        with pytest.raises(Refused, match="sealed to a key"):
            release(noor.workspace, opened, "team_member")
        noor.unlock()
        release(noor.workspace, opened, "team_member")
        assert b"late requests" not in opened.path.read_bytes()  # the promise is sealed as well
    bo.receive(noor.file_for(bo, plan))
    with bo.workspace.open(plan) as opened:
        assert b"late requests" not in to_lines(opened.history)
        assert b"late requests" not in opened.path.read_bytes()
        release(bo.workspace, opened, "manager")
        with pytest.raises(UsageError, match="not here yet"):
            differ(bo.workspace, opened, TODAY)
        assert blind(opened.history).by["manager"].answers  # Noor had released, so Bo's are shown
    noor.receive(bo.file_for(noor, plan))
    with noor.workspace.open(plan) as opened:
        here = differ(noor.workspace, opened, TODAY)
    bo.receive(noor.file_for(bo, plan))
    with bo.workspace.open(plan) as opened:
        assert differ(bo.workspace, opened, TODAY) == here
        assert show_due(bo.workspace, opened) == 0


def test_answers_from_before_the_own_key_are_sealed_when_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cheap_stretching(monkeypatch)
    bo = Machine(tmp_path / "bo", "Bo", "manager")
    from plan_maker import plan_with_goals

    with plan_with_goals(bo.workspace, "One") as opened:
        alone(bo.workspace, opened, "manager", {"why": "Written before"})
        plan = opened.id
        assert opened.answers.get("manager", "why") == "Written before"
    bo.use_own_key(plan)
    with bo.workspace.open(plan) as opened:
        own = Interview.resume(bo.workspace, opened, path="short", today=TODAY, owner="manager")
        assert own.session.answers["why"] == "Written before"
        path = opened.path
    assert b"Written before" not in path.read_bytes()
    with sqlite3.connect(path) as connection:
        kept = connection.execute("SELECT value FROM answers WHERE owner = 'manager'").fetchall()
    assert kept and all("sealed" in row[0] for row in kept)
