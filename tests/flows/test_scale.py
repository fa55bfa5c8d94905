"""Many plans: the list, `today` and `evaluate` cost a look at the index, not the plans."""

from __future__ import annotations

import importlib.util
import time
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from follow_maker import agreed_plan

from coach_assist.flows.plans import plans
from coach_assist.flows.today import today_view
from coach_assist.plan.ids import new_plan_id
from coach_assist.workspace.index import Index, stamp_of
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


def test_a_thousand_plans_are_read_from_the_index(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    agreed_plan(workspace).close()
    plans(workspace)
    row = next(iter(Index(workspace.index_path).rows().values()))[1]
    rows = {}
    for _ in range(999):
        identity = new_plan_id()
        path = workspace.path_of(identity)
        path.write_bytes(b"never opened")
        rows[identity] = (stamp_of(path), row)
    Index(workspace.index_path).replace(rows, frozenset())
    started = time.process_time()
    view = today_view(workspace, date(2026, 12, 11))
    took = time.process_time() - started
    assert (view.plans, view.unreadable) == (1000, ())
    assert len(view.items) % 1000 == 0 and view.items
    assert took < 0.4  # about 0.06 s on a machine of two cores


@pytest.mark.slow
def test_two_hundred_plans_stay_within_a_fifth_of_the_limit(tmp_path: Path) -> None:
    found = more_than_with_three(tmp_path, 200, 100)
    assert all(more < 40 for more in found.values()), found
