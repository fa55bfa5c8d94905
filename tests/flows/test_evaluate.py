"""Counts over plans: nobody is ranked, small numbers are withheld."""

from datetime import date
from decimal import Decimal

import pytest
from follow_maker import GOAL, SOFT_GOAL, agreed_plan, hold_check_in

from coach_assist.flows.close import begin_page, begin_survey, put_page, release_survey, sign_page
from coach_assist.flows.evaluate import evaluate, evaluation, evaluation_json
from coach_assist.workspace.store import Workspace

DAY = date(2026, 12, 12)


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


def close(workspace, plan) -> None:
    talk = begin_page(plan, "manager", DAY)
    answers = {f"outcome/{GOAL}": "done", f"outcome/{SOFT_GOAL}": "dropped", f"reason/{SOFT_GOAL}": "Moved"}
    while (step := talk.step) is not None:
        talk.answer(answers.get(step.id, ""))
    page = put_page(workspace, plan, "manager", talk)
    sign_page(workspace, plan, "team_member", page, plan.history.events[page].core.body_hash)


def survey(workspace, plan, party, score: str) -> None:
    talk = begin_survey(plan, party, DAY)
    talk.answer(score)
    release_survey(workspace, plan, party, talk)


def test_nothing_yet(workspace) -> None:
    found = evaluate(workspace, DAY)
    assert (found.plans, found.hours_to_sign_off, found.surveys) == (0, None, ())


def test_counts_over_plans(workspace) -> None:
    with agreed_plan(workspace, signed=True) as plan:
        hold_check_in(workspace, plan, "manager", date(2026, 12, 2), {f"value/{GOAL}": "10"})
        survey(workspace, plan, "manager", "4")
    with agreed_plan(workspace) as plan:
        close(workspace, plan)
    agreed_plan(workspace, demo=True).close()
    found = evaluate(workspace, DAY)
    assert (found.plans, found.running, found.closed, found.by_kind) == (2, 1, 1, {"development": 2})
    assert (found.goals, found.reached) == (4, 2)
    assert found.outcomes == {"done": 1, "changed": 0, "dropped": 1, "open": 2}
    assert (found.signed, found.hours_to_sign_off) == (1, 0.0)
    assert (found.check_ins_held, found.check_ins_planned, found.plans_without_check_in) == (1, 4, 1)
    assert [(one.question, one.party, one.plans, one.mean) for one in found.surveys] == [
        ("worth", "manager", 1, None)
    ]
    assert evaluate(workspace, date(2027, 3, 1)).past_end == 1
    assert evaluation_json(found)["surveys"][0]["mean"] is None


def row(score: int | None, hours: int | None = None, *, reached: int = 0) -> dict:
    surveys = {} if score is None else {"team_member": {"worth": score}}
    return {
        "planned": [], "held": [], "end": "2026-12-25", "closed": False,
        "evaluation": {
            "kind": "career", "goals": 1, "reached": reached, "demo": False,
            "outcomes": {"done": 0, "changed": 0, "dropped": 0, "open": 1},
            "hours_to_sign_off": hours, "surveys": surveys,
        },
    }  # fmt: skip


def test_means_are_withheld_under_five_plans() -> None:
    four = evaluation([row(score) for score in (1, 2, 3, 4)], DAY).surveys
    assert [(one.plans, one.mean) for one in four] == [(4, None)]
    five = evaluation([row(score) for score in (1, 2, 3, 4, 5)] + [row(None)], DAY).surveys
    assert [(one.plans, one.mean) for one in five] == [(5, Decimal("3.0"))]


def test_time_to_sign_off_is_the_median() -> None:
    found = evaluation([row(None, 2), row(None, 50), row(None, 4), row(None)], DAY)
    assert (found.signed, found.hours_to_sign_off) == (3, 4.0)


def test_no_name_is_in_what_comes_out(workspace) -> None:
    import json

    with agreed_plan(workspace) as plan:
        close(workspace, plan)
    text = json.dumps(evaluation_json(evaluate(workspace, DAY)))
    assert "Noor" not in text and "Bo" not in text and plan.id not in text
