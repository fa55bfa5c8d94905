"""Many plans: the list, `today` and `evaluate` cost a look at the index, not the plans."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from coach_assist.flows.plans import plans
from coach_assist.workspace.store import Workspace

ROOT = Path(__file__).resolve().parents[2]


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scale", ROOT / "benchmarks" / "scale.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def more_than_with_three(root: Path, count: int, events: int) -> dict[str, float]:
    """Return the milliseconds that `count` plans cost over three."""
    scale = benchmark()
    few, many = scale.measure(root / "few", 3, events), scale.measure(root / "many", count, events)
    assert len(plans(Workspace(root / "many"))) == count
    return {name: (many[name] - few[name]) * 1000 for name in ("home", "today", "evaluate", "progress")}


def test_a_few_more_plans_cost_next_to_nothing(tmp_path: Path) -> None:
    found = more_than_with_three(tmp_path, 9, 50)
    assert all(more < 50 for more in found.values()), found


@pytest.mark.slow
def test_two_hundred_plans_stay_within_a_fifth_of_the_limit(tmp_path: Path) -> None:
    found = more_than_with_three(tmp_path, 200, 100)
    assert all(more < 40 for more in found.values()), found
