"""Every format that was ever written opens: plan files, signed bundles and exports of each version."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from coach_assist import __version__
from coach_assist.exchange.mapping.document import map_document
from coach_assist.exchange.plan_json import PlanJson
from coach_assist.exchange.readers.read import document_of
from coach_assist.flows.export import export_plan
from coach_assist.flows.show import plan_view
from coach_assist.flows.verify_bundle import verify_bundle
from coach_assist.plan.units import Goal
from coach_assist.resources import resource_folder
from coach_assist.workspace.store import Workspace

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "formats"
VERSIONS = sorted(path.name for path in SAMPLES.iterdir())


def opened(version: str, root: Path) -> tuple[Workspace, str]:
    """Put the version's saved plan where a workspace keeps plans; return the workspace and the plan's id."""
    (saved,) = [path for path in (SAMPLES / version).iterdir() if not path.name.startswith("export.")]
    workspace = Workspace(root)
    place = workspace.path_of(saved.stem)
    place.parent.mkdir(parents=True)
    shutil.copyfile(saved, place)
    return workspace, saved.stem


def test_this_version_has_samples() -> None:
    assert __version__ in VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_a_saved_plan_opens_whole(version: str, tmp_path: Path) -> None:
    workspace, identity = opened(version, tmp_path / "workspace")
    with workspace.open(identity) as plan:
        view = plan_view(plan)
        kinds = {unit.kind for unit in view.agreed}
        assert {"frame", "development_area", "goal", "activity", "support", "timeline", "cadence"} <= kinds
        assert not view.conflicts
        exported = json.loads(export_plan(plan, "json").content)
    before = json.loads((SAMPLES / version / "export.json").read_text(encoding="utf-8"))
    assert [unit["value"] for unit in exported["units"]] == [unit["value"] for unit in before["units"]]
    assert exported["revision"] == before["revision"] == 1


@pytest.mark.parametrize("version", VERSIONS)
def test_a_signed_bundle_verifies_with_nothing_else(version: str) -> None:
    report = verify_bundle((SAMPLES / version / "export.signed").read_bytes())
    assert report.withheld == 0
    assert report.state.sign_offs.in_force is not None


@pytest.mark.parametrize(
    "path", sorted(SAMPLES.glob("*/export*.json")), ids=lambda path: f"{path.parent.name}-{path.name}"
)
def test_the_json_export_is_valid_today(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    schema = json.loads((resource_folder("schemas") / "plan.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)
    PlanJson.model_validate(data)


@pytest.mark.parametrize(
    "path",
    [path for ending in ("md", "docx", "json") for path in sorted(SAMPLES.glob(f"*/export.{ending}"))],
    ids=lambda path: f"{path.parent.name}-{path.name}",
)
def test_what_was_exported_comes_back_as_the_same_goals(path: Path) -> None:
    found = map_document(document_of(path.read_bytes(), path.name))
    whole = PlanJson.model_validate_json(path.with_name("export.json").read_text(encoding="utf-8"))
    assert [unit.kind for unit in found.units] == [unit.kind for unit in whole.units]
    goals = [str(unit.value["statement"]) for unit in found.units if unit.kind == "goal"]
    assert goals == [unit.value.statement for unit in whole.units if isinstance(unit.value, Goal)]


def test_what_joined_in_0_2_0_is_in_its_plan(tmp_path: Path) -> None:
    workspace, identity = opened("0.2.0", tmp_path / "workspace")
    with workspace.open(identity) as plan:
        kinds = {event.kind for event in plan.history.events.values()}
        assert {"comment", "check_in", "summary", "summary_answer", "export"} <= kinds
