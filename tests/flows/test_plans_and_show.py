"""The list of plans, and one plan as a person sees it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from plan_maker import accept_everything_one_by_one, goal, named_plan, plan_with_goals

from coach_assist.flows import plans as listing
from coach_assist.flows.open_plan import new_plan
from coach_assist.flows.plans import plans, summary_json
from coach_assist.flows.propose import put_forward
from coach_assist.flows.show import plan_view
from coach_assist.flows.show_json import plan_view_json
from coach_assist.flows.unit_fields import fields_of
from coach_assist.plan.drafts import Draft
from coach_assist.plan.ids import new_unit_id
from coach_assist.workspace.store import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "home")


def test_states_and_counts(workspace: Workspace) -> None:
    assert plans(workspace) == ()
    assert not workspace.root.exists()  # looking leaves nothing behind
    new_plan(workspace).close()
    with named_plan(workspace, demo=True) as drafted:
        drafted.drafts.put("joint", goal("Answer mails"))
    plan_with_goals(workspace, "Answer mails", "Write minutes").close()
    with plan_with_goals(workspace, "Answer mails") as agreed:
        accept_everything_one_by_one(workspace, agreed)
    found = {one.state: one for one in plans(workspace)}
    assert set(found) == {"interview", "drafts", "open", "agreed"}
    assert found["interview"].title == "New plan"
    assert found["drafts"].demo and found["drafts"].drafts == 1 and found["drafts"].title == "Plan of Noor"
    assert found["open"].waits == {"team_member": 2, "manager": 2}
    assert (found["agreed"].team_member, found["agreed"].manager) == ("Noor", "Bo")
    assert plans(workspace)[0].state == "agreed"  # what changed last comes first
    assert json.loads(json.dumps([summary_json(one) for one in plans(workspace)]))


def test_the_title_is_the_agreed_one(workspace: Workspace) -> None:
    frame = Draft(
        id=new_unit_id(),
        kind="frame",
        value={"title": "Calmer handovers", "purpose": "Nobody waits"},
        origin="model",
    )
    with named_plan(workspace) as plan:
        plan.drafts.put("joint", frame)
        assert plan_view(plan).title == "Calmer handovers"
        put_forward(workspace, plan, "manager", [frame], accept_own=False)
        assert plan_view(plan).title == "Calmer handovers"
        accept_everything_one_by_one(workspace, plan)
        assert plans(workspace)[0].title == "Calmer handovers"


def test_a_private_drawer_gives_no_title(workspace: Workspace) -> None:
    frame = Draft(
        id=new_unit_id(), kind="frame", value={"title": "My secret worry", "purpose": "x"}, origin="person"
    )
    with named_plan(workspace) as plan:
        plan.drafts.put("team_member", frame)
        assert "secret" not in plan_view(plan).title
    assert "secret" not in plans(workspace)[0].title


def test_a_damaged_plan_is_listed_with_its_problem(workspace: Workspace) -> None:
    good = plan_with_goals(workspace, "Answer mails")
    bad = plan_with_goals(workspace, "Write minutes")
    good.close()
    bad.close()
    assert {one.problem for one in plans(workspace)} == {None}
    workspace.path_of(bad.id).write_bytes(b"\0" * 8192)
    by_id = {one.id: one for one in plans(workspace)}
    assert by_id[good.id].problem is None
    assert "damaged" in str(by_id[bad.id].problem) and by_id[bad.id].state is None
    assert by_id[bad.id].state_words == "cannot be read"


def test_unchanged_plans_are_not_opened_again(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [plan_with_goals(workspace, f"Goal {number}") for number in range(3)]
    first = plans(workspace)
    opened: list[str] = []
    look = listing._look
    monkeypatch.setattr(listing, "_look", lambda plan: opened.append(plan.id) or look(plan))
    assert plans(workspace) == first and opened == []
    accept_everything_one_by_one(workspace, kept[1])
    second = plans(workspace)
    assert opened == [kept[1].id]
    assert {one.id: one.state for one in second}[kept[1].id] == "agreed"
    workspace.index_path.write_bytes(b"spoiled")
    assert plans(workspace) == second
    workspace.index_path.unlink()
    assert plans(workspace) == second
    assert len(opened) == 7
    workspace.path_of(kept[0].id).unlink()
    assert len(plans(workspace)) == 2
    for plan in kept:
        plan.close()


def test_a_thousand_plans_are_listed_without_opening_one(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with workspace.create() as plan:
        plan.answers.put("joint", "team_member", "Noor")
        first = plan.path
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    for number in range(999):
        name = f"{letters[number // 32]}{letters[number % 32]}" + "a" * 24
        shutil.copyfile(first, workspace.plans_folder / f"{name}.plan")
    assert len(plans(workspace)) == 1000
    opened: list[str] = []
    monkeypatch.setattr(listing, "_look", lambda plan: opened.append(plan.id))
    assert len(plans(workspace)) == 1000
    assert opened == []


def test_everything_in_a_value_is_shown() -> None:
    value = {
        "statement": "S1",
        "metric": {
            "name": "N2", "kind": "quantitative", "unit": "U3", "baseline": "4", "target": "5",
            "direction": "reach", "evidence": "E6", "collector": "C7",
        },
        "due": "2027-03-31", "achievable": "A8", "relevant": "R9", "gap": "gapgapgap2",
        "if_then": "I10",
    }  # fmt: skip
    fields = fields_of("goal", value, {"gapgapgap2": "G11"})
    text = "\n".join(f"{label}: {content}" for label, content in fields)
    for wanted in (
        "S1",
        "N2",
        "quantitative",
        "U3",
        "4",
        "5",
        "reach",
        "E6",
        "C7",
        "2027-03-31",
        "A8",
        "R9",
        "I10",
        "G11",
    ):
        assert wanted in text
    assert fields[0] == ("Statement", "S1")
    state = {
        "strengths": [{"id": "aaaaaaaaaa", "text": "T1", "evidence": "E2", "source": "peer_feedback"}],
        "gaps": [{"id": "bbbbbbbbbb", "text": "T3"}, {"id": "cccccccccc", "text": "T4"}],
    }
    shown = dict(fields_of("current_state", state))
    assert shown == {
        "Strength": "T1", "Strength, evidence": "E2", "Strength, source": "peer feedback",
        "Gap 1": "T3", "Gap 2": "T4",
    }  # fmt: skip


def test_the_whole_view_as_json(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Answer mails", "Write minutes") as plan:
        accept_everything_one_by_one(workspace, plan)
        unit = next(iter(plan.state.agreed))
        put_forward(workspace, plan, "manager", [goal("Answer all mails", unit=unit)], accept_own=False)
        view = plan_view(plan)
        data = json.loads(json.dumps(plan_view_json(view)))
    assert data["state"] == "partly_agreed" and len(data["agreed"]) == 2
    (proposal,) = data["open"]
    assert proposal["replaces"]["statement"] == "Answer mails"
    assert proposal["verdicts"].keys() == set("SMART")
    assert proposal["decisions"] == {"team_member": None, "manager": None}
