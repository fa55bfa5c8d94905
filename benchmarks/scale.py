"""Measure what follow-through costs with 10 and with 1,000 plans (100,000 events).

    python benchmarks/scale.py [--plans 1000] [--events 100] [--processor]

Every plan is a file of its own with a signed history of `--events` events. Printed are seconds in one
process, imports left out: `home` (the list of plans), `today`, `search` (a word that stands in every plan),
`evaluate`, and `opening` of one plan with its progress, with the index as it stands after one look; `first
look` is the one that makes the index. `more` is what the many plans cost over ten, in milliseconds; home,
today, search and opening may take 200 ms more.
Ends with exit code 1 where one takes longer. `--processor` counts processor seconds of this process
instead of the clock, for a machine that is busy with other work.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from follow_maker import GOAL, START, agreed_plan

from coach_assist.agreement.events import make_record
from coach_assist.agreement.follow_bodies import CheckInBody, ReadingPart
from coach_assist.flows.evaluate import evaluate
from coach_assist.flows.plans import plans
from coach_assist.flows.progress import progress_view
from coach_assist.flows.search import search
from coach_assist.flows.today import today_view
from coach_assist.workspace.store import Workspace

DAY = date(2026, 12, 11)
LIMIT_MS = 200
FEW = 10


def make_plan(workspace: Workspace, events: int) -> str:
    """Make one plan with at least `events` events; return its id."""
    with agreed_plan(workspace) as plan:
        key = workspace.key(plan.id, "manager")

        def compose(history):
            parents, records = history.parents_for(key.fingerprint), []
            for number in range(max(events - len(history.events), 0)):
                reading = ReadingPart(goal=GOAL, day=START.isoformat(), value=str(number % 10))
                body = CheckInBody(day=START.isoformat(), readings=[reading])
                made = make_record(
                    "check_in", body, plan=plan.id, key=key, at="2026-12-01T09:00:00Z", parents=parents
                )
                records.append(made)
                parents = frozenset({made.id})
            return records

        plan.record(compose)
        return plan.id


def fill(workspace: Workspace, count: int, events: int) -> str:
    """Make `count` plans; return the id of one. Each has an own signed history."""
    identity = ""
    for number in range(count):
        identity = make_plan(workspace, events)
        if sys.stderr.isatty() and number % 10 == 9:
            print(f"\rmade {number + 1} of {count}", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return identity


Clock = Callable[[], float]


def measure(root: Path, count: int, events: int, clock: Clock = time.perf_counter) -> dict[str, float]:
    """Make a workspace and measure everything in it, in seconds of `clock`."""

    def seconds(act: Callable[[], object], runs: int = 7) -> float:
        """Return the least of the seconds that `act` takes: what else the machine does only adds."""
        found = []
        for _ in range(runs):
            started = clock()
            act()
            found.append(clock() - started)
        return min(found)

    workspace = Workspace(root)
    identity = fill(workspace, count, events)

    def opening() -> None:
        with workspace.open(identity[:12]) as plan:
            progress_view(plan, DAY)

    first = seconds(lambda: plans(workspace), 1)
    return {
        "first look": first,
        "home": seconds(lambda: plans(workspace)),
        "today": seconds(lambda: today_view(workspace, DAY)),
        "search": seconds(lambda: search(workspace, "shadow inbox")),
        "evaluate": seconds(lambda: evaluate(workspace, DAY)),
        "opening": seconds(opening),
    }


def main() -> int:
    """Measure, print, and say whether the many plans stay within the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--processor", action="store_true")
    chosen = parser.parse_args()
    clock = time.process_time if chosen.processor else time.perf_counter
    folder = Path(tempfile.mkdtemp(prefix="scale-"))
    try:
        few = measure(folder / "few", FEW, chosen.events, clock)
        many = measure(folder / "many", chosen.plans, chosen.events, clock)
    finally:
        shutil.rmtree(folder)
    print(f"{'':<12}{FEW:>9} plans{chosen.plans:>9} plans{'more':>12}")
    slow = []
    for name in few:
        more = (many[name] - few[name]) * 1000
        print(f"{name:<12}{few[name]:>13.3f} s{many[name]:>13.3f} s{more:>9.0f} ms")
        if name in ("home", "today", "search", "opening") and more > LIMIT_MS:
            slow.append(name)
    print(f"{chosen.plans * chosen.events} events; {'over the limit: ' + ', '.join(slow) if slow else 'ok'}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
