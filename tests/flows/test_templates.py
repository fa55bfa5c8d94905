"""Templates are whole drafts of each kind, with the open parts in brackets; nothing in them is agreed."""

import re
from datetime import date

import pytest
from plan_maker import accept_everything_one_by_one

from coach_assist.checker import check_goal, recognise_pip
from coach_assist.exchange.plan_templates import FOLDER, filled_units, plan_template
from coach_assist.flows.progress import progress_view
from coach_assist.flows.propose import put_forward
from coach_assist.flows.templates import KINDS, begin_from_template, template_view, template_views
from coach_assist.plan.ids import new_unit_id
from coach_assist.plan.units import VALUE_MODELS
from coach_assist.workspace.store import Workspace

START = date(2027, 1, 4)


def test_there_is_one_for_each_kind_and_no_more() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(KINDS)
    assert [one.kind for one in template_views(START)] == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_a_whole_plan(kind) -> None:
    template = plan_template(kind)
    units = filled_units(template, START, new_unit_id)
    found = [unit for unit, _ in units]
    assert set(VALUE_MODELS) - set(found) <= {"feedback"}
    order = list(VALUE_MODELS)
    assert found == sorted(found, key=order.index)
    frame = units[0][1]
    assert frame["plan_kind"] == template.kind == kind
    for field in ("prompted_by", "if_not_reached", "formal_use"):
        assert bool(frame[field]) == (kind == "performance_support")
    timeline = next(value for unit, value in units if unit == "timeline")
    assert (date.fromisoformat(timeline["end"]) - START).days == template.days
    gaps = {entry["id"] for unit, value in units if unit == "current_state" for entry in value["gaps"]}
    for unit, value in units:
        assert value.get("gap") in (None, *gaps)
        for day in (value.get("due"), value.get("date")):
            assert day is None or START.isoformat() <= day <= timeline["end"]
        if unit == "activity" and value["owner"]:
            assert "[" in value["owner"]
    first = min(value["due"] for unit, value in units if unit == "activity")
    assert (date.fromisoformat(first) - START).days <= 7
    assert 1 <= found.count("goal") <= 3


@pytest.mark.parametrize("kind", KINDS)
def test_goals_have_a_deadline_and_no_brackets_are_left_in_days(kind) -> None:
    for unit, value in filled_units(plan_template(kind), START, new_unit_id):
        text = str(value)
        assert not re.search(r"\{day|'day \d", text)
        if unit == "goal":
            assert check_goal(value["statement"]).deadline.date.isoformat() == value["due"]


def test_a_plan_begun_from_a_template_is_drafts_only() -> None:
    workspace = Workspace()
    names = {"team_member": "Noor", "manager": "Bo"}
    with begin_from_template(workspace, "onboarding", START, names) as plan:
        assert not plan.has_opened
        drafts = plan.drafts.all("joint")
        assert {draft.origin for draft in drafts} == {"import"}
        done = put_forward(workspace, plan, "manager", drafts, accept_own=True)
        assert done.accepted == ()
        assert not plan.state.agreed
        accept_everything_one_by_one(workspace, plan)
        view = progress_view(plan, date(2027, 1, 20))
        assert (view.start, view.end, len(view.goals)) == (START, date(2027, 4, 4), 3)
        assert view.next_check_in == date(2027, 1, 25)


def test_each_is_begun_with_ids_of_its_own() -> None:
    workspace = Workspace()
    with begin_from_template(workspace, "career", START) as one, begin_from_template(
        workspace, "career", START
    ) as other:  # fmt: skip
        assert not {draft.id for draft in one.drafts.all()} & {draft.id for draft in other.drafts.all()}


@pytest.mark.parametrize("kind", KINDS)
def test_no_template_reads_as_a_formal_warning(kind) -> None:
    texts = [text for _, fields in template_view(kind, START).units for _, text in fields]
    assert recognise_pip("\n".join(texts)) == ()
