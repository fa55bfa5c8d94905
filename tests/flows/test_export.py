"""Exports: only what both accepted, what is open by name, for its audience, written whole."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path

import jsonschema
import plan_examples as examples
import pytest

from coach_assist.agreement.fold import Conflict
from coach_assist.errors import Refused, UsageError
from coach_assist.exchange.plan_json import PlanJson, plan_schema
from coach_assist.flows.export import agreed_plan, export_plan, plan_json, save_export
from coach_assist.flows.propose import put_forward
from coach_assist.workspace.store import Workspace

SCHEMA = jsonschema.Draft202012Validator(plan_schema())


def test_the_json_holds_what_is_agreed_and_names_what_is_open() -> None:
    plan = examples.whole_plan(Workspace())
    data = json.loads(export_plan(plan, "json").content)
    SCHEMA.validate(data)
    assert [unit["kind"] for unit in data["units"]] == [kind for kind, _ in examples.VALUES]
    assert data["parties"] == {"team_member": "Nadia", "manager": "Tom"}
    assert data["audience"] == ["Nadia", "Tom", "Lea Sand"]
    assert {(unit["kind"], unit["state"], tuple(unit["waits_for"])) for unit in data["open"]} == {
        ("goal", "change_proposed", ("team_member",)),
        ("activity", "proposed", ("team_member",)),
        ("milestone", "removal_proposed", ("team_member",)),
    }
    assert data["demo"] is False
    assert PlanJson.model_validate(data).units[3].value.metric.target == "2"


@pytest.mark.parametrize("form", ["md", "json"])
def test_no_text_leaves_that_is_not_agreed(form: str) -> None:
    export = export_plan(examples.whole_plan(Workspace()), form)
    assert b"SECRET" not in export.content
    assert b"Nadia cuts changed stops from 6 to 2 a week by 1 March 2027." in export.content
    assert (export.agreed, export.open) == (11, 3)
    assert export.audience == ("Nadia", "Tom", "Lea Sand")


def test_a_plan_of_which_nothing_is_agreed_yet() -> None:
    workspace = Workspace()
    plan = examples.new_plan(workspace)
    with pytest.raises(UsageError, match="put forward"):
        export_plan(plan, "md")
    put_forward(
        workspace, plan, "manager", [examples.draft("development_area", {"area": "SECRET"})], accept_own=False
    )
    data = json.loads(export_plan(plan, "json").content)
    SCHEMA.validate(data)
    assert data["units"] == []
    assert data["open"][0]["waits_for"] == ["team_member", "manager"]
    text = export_plan(plan, "md").content.decode()
    assert "Nothing is agreed yet." in text
    assert "SECRET" not in text


def test_an_amended_unit_is_exported_as_it_is_agreed_now() -> None:
    workspace = Workspace()
    plan = examples.new_plan(workspace)
    first = examples.draft("development_area", {"area": "Planning"})
    examples.agree(workspace, plan, first)
    examples.agree(workspace, plan, examples.draft("development_area", {"area": "Planning early"}, first.id))
    (unit,) = agreed_plan(plan).units
    assert unit.value.area == "Planning early"
    assert agreed_plan(plan).open == []


def test_a_demo_is_marked() -> None:
    plan = examples.whole_plan(Workspace(), demo=True)
    assert "DEMO" in export_plan(plan, "md").content.decode()
    assert json.loads(export_plan(plan, "json").content)["demo"] is True


def test_a_file_is_private_whole_and_never_replaced_by_accident(tmp_path: Path) -> None:
    export = export_plan(examples.whole_plan(Workspace()), "md")
    path = tmp_path / "plan.md"
    save_export(export, path)
    assert path.read_bytes() == export.content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="exists already"):
        save_export(export, path)
    assert path.read_text(encoding="utf-8") == "mine"
    save_export(export, path, replace=True)
    assert path.read_bytes() == export.content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.md"]


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("mine", encoding="utf-8")
    link = tmp_path / "plan.md"
    link.symlink_to(target)
    with pytest.raises(UsageError, match="exists already"):
        save_export(export_plan(examples.whole_plan(Workspace()), "md"), link)
    assert target.read_text(encoding="utf-8") == "mine"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    export = export_plan(examples.whole_plan(Workspace()), "md")
    with pytest.raises(Refused, match="cannot be written"):
        save_export(export, tmp_path / "none" / "plan.md")
    with pytest.raises(Refused, match="cannot be written"):
        save_export(export, tmp_path / "none" / "plan.md", replace=True)


def test_a_conflict_is_named_and_the_text_in_force_stays() -> None:
    state = examples.whole_plan(Workspace()).state
    (change,) = [one for one in state.proposals.values() if one.kind == "goal" and one.status == "open"]
    rival = replace(
        change, id="f" * 64, status="conflict", decisions={"team_member": "accept", "manager": "accept"}
    )
    proposals = {**state.proposals, rival.id: rival}
    conflict = Conflict("goal", (rival.id,), state.agreed[change.unit].id)
    data = plan_json(replace(state, proposals=proposals, conflicts=(conflict,)))
    (goal,) = [unit for unit in data.open if unit.kind == "goal"]
    assert (goal.state, goal.waits_for) == ("conflict", ["team_member"])
    assert [unit.value.statement for unit in data.units if unit.kind == "goal"] == [
        "Nadia cuts changed stops from 6 to 2 a week by 1 March 2027."
    ]


def test_the_page_about_the_format_names_every_key_and_state() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "plan-format.md").read_text(encoding="utf-8")
    schema = plan_schema()
    keys = {
        *schema["properties"],
        *schema["$defs"]["OpenUnit"]["properties"],
        *schema["$defs"]["AgreedGoal"]["properties"],
    }
    states = schema["$defs"]["OpenUnit"]["properties"]["state"]["enum"]
    assert all(f"`{word}`" in page for word in {*keys, *states})
