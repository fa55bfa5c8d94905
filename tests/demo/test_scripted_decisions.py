"""The demo's scripted pair: through the public flow, one proposal at a time, in a demo plan alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from coach_assist.demo.sample import sample_answers, sample_plan, throw_away_workspace
from coach_assist.demo.scripted_decisions import decide_as
from coach_assist.errors import Refused
from coach_assist.flows.export import export_plan
from coach_assist.flows.open_plan import new_plan
from coach_assist.flows.propose import put_forward
from coach_assist.flows.show import plan_view
from coach_assist.plan.drafts import Draft
from coach_assist.plan.ids import new_unit_id
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

TODAY = date(2027, 3, 1)


def model_activity(what: str) -> Draft:
    return Draft(id=new_unit_id(), kind="activity", value={"what": what}, origin="model")


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with throw_away_workspace() as made:
        yield made


@pytest.fixture
def plan(workspace: Workspace) -> Iterator[PlanFile]:
    with sample_plan(workspace, sample_answers(TODAY)) as made:
        yield made


def test_both_decide_and_only_what_both_accepted_is_agreed(workspace: Workspace, plan: PlanFile) -> None:
    drafts = [model_activity("Read the refund guide"), model_activity("Watch a recorded call")]
    put_forward(workspace, plan, "team_member", drafts, accept_own=True)
    assert plan_view(plan).agreed == ()
    first = [decision.answer for decision in decide_as(workspace, plan, "team_member")]
    assert [answer.split()[0] for answer in first] == ["accepted", "declined."]
    assert plan_view(plan).agreed == ()
    list(decide_as(workspace, plan, "manager"))
    assert [unit.headline for unit in plan_view(plan).agreed] == ["Read the refund guide"]
    assert b"DEMO" in export_plan(plan, "md").content


def test_a_plan_that_is_no_demo_is_refused(workspace: Workspace) -> None:
    with new_plan(workspace) as real:
        real.answers.put("joint", "team_member", "A")
        real.answers.put("joint", "manager", "B")
        put_forward(workspace, real, "manager", [model_activity("Read")], accept_own=False)
        with pytest.raises(Refused):
            list(decide_as(workspace, real, "manager"))
        assert plan_view(real).agreed == ()


def test_the_workspace_and_its_keys_are_gone_afterwards() -> None:
    with throw_away_workspace() as made:
        root = Path(made.root)
        with sample_plan(made, sample_answers(TODAY)) as sample:
            put_forward(made, sample, "manager", [model_activity("Read")], accept_own=False)
        assert list(root.rglob("*.key"))
    assert not root.exists()


def test_the_sample_answers_are_complete() -> None:
    answers = sample_answers(TODAY)
    assert (answers.start, (answers.end - answers.start).days) == (TODAY, 30)
    assert answers.goals
