"""Each check of the verifier disabled in turn: a test must notice, or the check is not needed.

The mutants are generated from the source (tests/support/mutants.py): of everything in `agreement`, and of
whatever runs when a plan is opened or a file received. Those that no test can notice are listed here by
name, each with the reason; a name that no longer fits, or that a test does notice, fails.
"""

from __future__ import annotations

import json
import os
import pkgutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from equivalent_mutants import EQUIVALENT
from mutants import mutants

from coach_assist import agreement

TESTS = Path(__file__).parents[1]
LONG = {"test_mutants", "test_promise_one"}
"""Tests that the campaign does without: random histories take long, and find what the others find."""
CAMPAIGN = (
    *sorted(
        str(one.relative_to(TESTS)) for one in (TESTS / "agreement").glob("test_*.py") if one.stem not in LONG
    ),
    "workspace/test_plan_file.py",
    "workspace/test_damaged_files.py",
    "workspace/test_refusals.py",
    "workspace/test_checked.py",
    "exchange/test_sealed_files.py",
    "flows/test_two_machines.py",
    "flows/test_viewers.py",
    "flows/test_erase.py",
)
MODULES = (
    *sorted(f"coach_assist.agreement.{one.name}" for one in pkgutil.iter_modules(agreement.__path__)),
    "coach_assist.workspace.plan_file",
    "coach_assist.workspace.schema",
    "coach_assist.workspace.sqlite",
    "coach_assist.workspace.memory",
    "coach_assist.workspace.checked",
    "coach_assist.exchange.package",
    "coach_assist.exchange.sealing",
    "coach_assist.flows.receive",
    "coach_assist.flows.verify_bundle",
)


def test_the_list_of_equivalent_mutants_is_of_this_source() -> None:
    names = [one.name for module in MODULES for one in mutants(module)]
    assert len(names) == len(set(names)) > 200
    assert EQUIVALENT.keys() <= set(names), "checks that are not in the source (any more)"
    assert all(reason.strip() for reason in EQUIVALENT.values())


@pytest.mark.slow
def test_every_disabled_check_is_noticed(tmp_path: Path) -> None:
    known, outcomes = tmp_path / "equivalents", tmp_path / "outcomes"
    known.write_text("\n".join(EQUIVALENT), encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable, "-m", "pytest", "-p", "mutation_run", "-p", "no:cacheprovider",
            "--hypothesis-seed=1", "-o", "tmp_path_retention_policy=none", f"--basetemp={tmp_path / 'runs'}",
            "--equivalents", str(known), "--outcomes", str(outcomes),
            *(part for module in MODULES for part in ("--mutate", module)),
            *(str(TESTS / one) for one in CAMPAIGN),
        ],
        env={**os.environ, "PYTHONPATH": str(TESTS / "support")}, cwd=TESTS.parent,
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    found = [json.loads(line) for line in outcomes.read_text(encoding="utf-8").splitlines()]
    for one in found:
        print(f"{one['outcome']:8} {one['name']}")
    count = Counter("equivalent" if one["name"] in EQUIVALENT else one["outcome"] for one in found)
    print(f"{len(found)} mutants: " + ", ".join(f"{number} {what}" for what, number in sorted(count.items())))
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(found) == sum(len(mutants(module)) for module in MODULES)
    noticed = {one["name"] for one in found if one["outcome"] in ("killed", "hangs")}
    assert [one["name"] for one in found if one["name"] not in noticed | EQUIVALENT.keys()] == []
    assert sorted(noticed & EQUIVALENT.keys()) == [], "a test notices these after all"
