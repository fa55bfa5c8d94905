"""What a person looks at: each filter by itself, its count, and the words for none."""

from __future__ import annotations

from pathlib import Path

import pytest
from plan_maker import goal, named_plan
from two_machines import cheap_stretching, two_machines

from coach_assist.flows import decide
from coach_assist.flows.comment import comment
from coach_assist.flows.propose import put_forward
from coach_assist.flows.review_filter import (
    EMPTY_WORDS,
    FILTER_WORDS,
    FILTERS,
    counts,
    following,
    matching,
)
from coach_assist.flows.show import PlanView, plan_view
from coach_assist.flows.sign import sign
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

SMART = "Answer 8 of 10 customer mails within one working day by 31 March 2027"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "home")


def accepted(workspace: Workspace, plan: PlanFile, party: str, which: str) -> None:
    view = decide.find_proposal(plan, which)
    decide.accept(workspace, plan, party, view.id, view.shown, acknowledged=frozenset(view.to_acknowledge))


def texts(view: PlanView, wanted: str, party: str | None) -> list[str]:
    return [one.headline for one in matching(view, wanted, party)]


def test_each_filter(workspace: Workspace) -> None:
    plan = named_plan(workspace)
    made = put_forward(
        workspace, plan, "team_member", [goal(SMART), goal("Communicate better"), goal("Hidden \u202ewords")],
        accept_own=False,
    )  # fmt: skip
    smart, vague, hidden = made.proposals
    accepted(workspace, plan, "team_member", smart)
    view = plan_view(plan)
    assert texts(view, "all", "manager") == [SMART, "Communicate better", "Hidden \u202ewords"]
    assert texts(view, "for_me", "team_member") == ["Communicate better", "Hidden \u202ewords"]
    assert texts(view, "for_other", "team_member") == texts(view, "all", None)
    assert texts(view, "for_other", "manager") == ["Communicate better", "Hidden \u202ewords"]
    assert texts(view, "findings", "manager") == ["Communicate better", "Hidden \u202ewords"]
    assert texts(view, "for_me", None) == texts(view, "for_other", None) == []
    accepted(workspace, plan, "manager", smart)
    view = plan_view(plan)
    assert texts(view, "agreed", "manager") == [SMART]
    assert counts(view, "manager") == {
        "all": 2, "for_me": 2, "for_other": 2, "conflicts": 0, "findings": 2, "agreed": 1,
    }  # fmt: skip
    for one in (vague, hidden):
        shown = decide.find_proposal(plan, one)
        decide.decline(workspace, plan, "manager", one, shown.shown)
    assert sign(workspace, plan, "manager", plan.state.plan_hash) == 0
    assert sign(workspace, plan, "team_member", plan.state.plan_hash) == 1
    assert set(counts(plan_view(plan), "manager").values()) == {0}  # what is signed cannot be taken back


def test_a_conflict_is_looked_at_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cheap_stretching(monkeypatch)
    bo, noor, identity = two_machines(tmp_path, SMART)
    with bo.workspace.open(identity) as plan:
        unit = next(iter(plan.state.proposals.values())).unit
        other = goal(SMART.replace("8", "9"), unit=unit)
        put_forward(bo.workspace, plan, "manager", [other], accept_own=False)
    noor.receive(bo.file_for(noor, identity))
    with noor.workspace.open(identity) as plan:
        put_forward(noor.workspace, plan, "team_member", [goal(SMART, unit=unit)], accept_own=False)
    bo.receive(noor.file_for(bo, identity))
    for machine in (bo, noor):  # both accept both texts, and neither has seen the other do so
        with machine.workspace.open(identity) as plan:
            for one in plan_view(plan).open:
                accepted(machine.workspace, plan, machine.party, one.id)
    bo.receive(noor.file_for(bo, identity))
    with bo.workspace.open(identity) as plan:
        view = plan_view(plan)
        assert sorted(texts(view, "conflicts", "manager")) == [SMART, SMART.replace("8", "9")]
        assert texts(view, "all", "manager") == texts(view, "conflicts", "manager") and not view.open
        rival = view.conflicts[0].rivals[0]
        comment(bo.workspace, plan, "manager", rival.id, rival.shown, "Which one?")
        decide.withdraw(bo.workspace, plan, "manager", rival.id, rival.shown)
        assert counts(plan_view(plan), "manager")["conflicts"] == 0
        assert len(plan.state.agreed) == 1


def test_the_filters_come_one_after_another_and_have_words() -> None:
    seen = [FILTERS[0]]
    while (wanted := following(seen[-1])) != FILTERS[0]:
        seen.append(wanted)
    assert tuple(seen) == FILTERS
    assert set(FILTERS) == FILTER_WORDS.keys() == EMPTY_WORDS.keys()
