"""Many plans: the list, `today` and `evaluate` cost a look at the index, not the plans."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from types import ModuleType

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


def test_the_benchmark_measures_each_look_over_many_plans(tmp_path: Path) -> None:
    found = benchmark().measure(tmp_path, 9, 50)
    assert len(plans(Workspace(tmp_path))) == 9
    assert {"home", "today", "search", "evaluate", "opening"} <= set(found)
    assert all(seconds > 0 for seconds in found.values())


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
    view = today_view(workspace, date(2026, 12, 11))
    assert (view.plans, view.unreadable) == (1000, ())
    assert len(view.items) % 1000 == 0 and view.items
