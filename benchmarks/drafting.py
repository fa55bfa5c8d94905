"""How good the drafts are: every statement printed, and the figures by which they are judged.

    python benchmarks/drafting.py [--cases DIR] [--url URL --key KEY --model NAME] [--yardstick SCRIPT]
                                  [--out FILE] [--repeats N] [--limit N]

Cases are answer files (benchmarks/drafting_cases/ holds our own). Without --url the embedded model is
used. Each case is drafted once at temperature 0, its answers fed at once. A yardstick is a script called
as `SCRIPT URL ANSWERS.json KEY MODEL` that prints {"plan", "seconds", "tokens", "error"}; it runs on the
same server and is judged by the same code. Results lie in --out (JSON Lines, with git revision, model and
prompt versions); a second run goes on where the first one stopped.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from coach_assist.assistant.brief import Brief, brief_of
from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.facts import measured_facts
from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.numbers import as_decimal_text, numbers_in
from coach_assist.assistant.outputs import DraftOutput
from coach_assist.assistant.prompts import load_prompt, worked_examples
from coach_assist.assistant.provider import Provider
from coach_assist.assistant.words import shares_run
from coach_assist.checker import Context, check_goal
from coach_assist.flows.draft import draft_answers
from coach_assist.flows.model_session import ModelSession
from coach_assist.interview.answers import Answers, parse_answers
from coach_assist.workspace.store import Workspace

HERE = Path(__file__).parent
TASKS = (
    "current_state", "goal_measured", "goal_observed", "activities", "goal_measured_de", "goal_observed_de",
    "activities_de", "rewrite", "rewrite_de",
)  # fmt: skip
TODAY = date(2026, 1, 5)
COPIED_RUN = 5
"""So many words in a row from a worked example, and not from the answers, count as copied."""


def judge_goal(statement: str, due: str | None, brief: Brief) -> dict[str, Any]:
    """Return the checker's verdicts on a statement with its due date beside it."""
    try:
        day = date.fromisoformat(due) if due else None
    except ValueError:
        day = None
    context = Context(due=day, focus=brief.text("development_area"), start=brief.start, end=brief.end)
    report = check_goal(statement, context)
    smart = all(report.verdicts[letter] == "met" for letter in ("S", "M", "T"))
    return {"statement": statement, "verdicts": dict(report.verdicts), "smart": smart,
            "findings": [finding.code for finding in report.findings]}  # fmt: skip


def texts_of(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a unit with its path; ids and coded words are left out."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in {"id", "gap", "goal", "kind", "activity_kind", "direction", "plan_kind", "every"}:
                yield from texts_of(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for item in value:
            yield from texts_of(item, path)
    elif isinstance(value, str):
        yield path, value


def inventions(texts: list[str], listed: str, brief: Brief) -> list[str]:
    """Return numbers, dates and names in `texts` that are in no answer and not `listed`."""
    grounds = Grounds(f"{brief.everything}\n{listed}", german=brief.language == "de")
    return [found.text for text in texts for found in grounds.inventions(text)]


def copies(texts: list[str], brief: Brief) -> list[str]:
    """Return texts that hold a run of words of a worked example which the answers do not hold."""
    examples = [line for task in TASKS for line in worked_examples(task)]
    return [
        text
        for text in texts
        if any(shares_run(text, example, COPIED_RUN) for example in examples)
        and not shares_run(text, brief.everything, COPIED_RUN)
    ]


def measured(brief: Brief) -> set[str]:
    """Return the numbers that the answers measure, as decimal strings."""
    return {fact.baseline for fact in measured_facts(list(brief.texts.items()))}


async def ours(answers: Answers, provider: Provider) -> dict[str, Any]:
    """Draft one case and judge it."""
    brief = brief_of(answers)
    result = await draft_answers(answers, provider=provider)
    data = json.loads(json.dumps(result.to_json()))
    try:
        DraftOutput.model_validate(data)
        valid = result.failed is None
    except ValueError:
        valid = False
    goals = []
    for unit in data["units"]:
        if unit["kind"] == "goal":
            value = unit["value"]
            metric = value["metric"] or {}
            judged = judge_goal(value["statement"], value["due"], brief)
            origin = unit["provenance"]["origin"]
            goals.append({**judged, "baseline": metric.get("baseline"), "origin": origin})
    listed = "\n".join(one["text"] for unit in data["units"] for one in unit["suggested"])
    texts = [text for unit in data["units"] for _, text in texts_of(unit["value"])]
    calls = data["calls"]
    return {
        "valid": valid,
        "units": len(data["units"]),
        "goals": goals,
        "invented": inventions(texts, listed, brief),
        "copied": copies(texts, brief),
        "calls": len(calls),
        "reasks": sum(call["attempts"] - 1 for call in calls),
        "prompt_tokens": sum(call["prompt_tokens"] or 0 for call in calls),
        "cached_tokens": sum(call["cached_tokens"] or 0 for call in calls),
        "completion_tokens": sum(call["completion_tokens"] or 0 for call in calls),
        "seconds": data["seconds"],
        "failed": str(result.failed.what) if result.failed else None,
    }


def yardstick(script: Path, case: Path, endpoint: Endpoint, answers: Answers) -> dict[str, Any]:
    """Run the yardstick on one case and judge what it wrote by the same code."""
    brief = brief_of(answers)
    started = time.monotonic()
    run = subprocess.run(
        [sys.executable, str(script), endpoint.base_url, str(case), endpoint.api_key, endpoint.model],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        data = json.loads(run.stdout.strip().splitlines()[-1])
    except (ValueError, IndexError):
        data = {"plan": None, "tokens": None, "error": "no output"}
    plan = data["plan"]
    goals = []
    for goal in (plan or {}).get("goals", []):
        numbers = numbers_in(str(goal.get("baseline", "")))
        baseline = as_decimal_text(numbers[0].value) if numbers else None
        goals.append({**judge_goal(goal["statement"], goal.get("due"), brief), "baseline": baseline})
    texts = [text for _, text in texts_of(plan or {})]
    return {
        "valid": plan is not None,
        "goals": goals,
        "invented": inventions(texts, "", brief),
        "completion_tokens": data["tokens"] or 0,
        "seconds": round(time.monotonic() - started, 2),
        "own_seconds": data.get("seconds"),
        "failed": data["error"],
    }


def summary(rows: list[dict[str, Any]], numbers: dict[str, set[str]]) -> dict[str, str]:
    """Return the figures of one kind of run; shares of goals with their standard error over cases."""
    goals = [(row, goal) for row in rows for goal in row["goals"]]
    # Where the answers measure something, a goal that states a baseline must have taken it from them. The
    # yardstick always states one; ours may leave it out where a goal is seen on occasions.
    with_fact = [
        (row, goal)
        for row, goal in goals
        if numbers[row["case"]] and (goal["baseline"] or row["kind"] != "ours")
    ]
    grounded = [goal for row, goal in with_fact if goal["baseline"] in numbers[row["case"]]]
    per_case = [
        statistics.mean(goal["smart"] for goal in row["goals"]) if row["goals"] else 0.0 for row in rows
    ]
    error = statistics.stdev(per_case) / len(per_case) ** 0.5 if len(per_case) > 1 else 0.0
    seconds = [row["seconds"] for row in rows]
    found = {
        "cases": str(len(rows)),
        "valid": f"{sum(row['valid'] for row in rows)}/{len(rows)}",
        "goals": str(len(goals)),
        "S, M, T met": f"{sum(goal['smart'] for _, goal in goals)}/{len(goals)} = "
        f"{sum(goal['smart'] for _, goal in goals) / max(len(goals), 1):.2f} (se over cases {error:.2f})",
        "invented, not listed": str(sum(len(row["invented"]) for row in rows)),
        "baseline from the answers": f"{len(grounded)}/{len(with_fact)}",
        "completion tokens": str(sum(row["completion_tokens"] for row in rows)),
        "seconds": f"{sum(seconds):.0f} (median {statistics.median(seconds):.0f} a case)",
    }
    if rows[0]["kind"] == "ours":
        found["copied from examples"] = str(sum(len(row["copied"]) for row in rows))
        found["calls"] = str(sum(row["calls"] for row in rows))
        found["asked again"] = str(sum(row["reasks"] for row in rows))
    return found


def revision() -> str:
    """Return the git revision, marked where files have changed since."""
    run = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=HERE, capture_output=True, text=True, check=False
    )
    return run.stdout.strip() or "unknown"


def show(row: dict[str, Any]) -> None:
    """Print one case: every statement with its verdicts."""
    cost = f"{row['seconds']:.0f} s, {row['completion_tokens']} tokens"
    print(f"\n{row['case']} [{row['kind']}] {cost}{' FAILED ' + row['failed'] if row['failed'] else ''}")
    for goal in row["goals"]:
        verdicts = " ".join(f"{letter}:{goal['verdicts'][letter]}" for letter in "SMT")
        mark = "SMART" if goal["smart"] else "vague"
        print(f"  {mark} | {goal['statement']} | {verdicts} | baseline {goal['baseline']}")
    for name in ("invented", "copied"):
        if row.get(name):
            print(f"  {name}: {row[name]}")
    sys.stdout.flush()


async def run(options: argparse.Namespace) -> None:
    """Run all cases that have no result yet, then print the figures."""
    cases = sorted(options.cases.glob("*.json"))[: options.limit]
    done: dict[tuple[str, str, int], dict[str, Any]] = {}
    if options.out.exists():
        for line in options.out.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            done[row["case"], row["kind"], row["repeat"]] = row
    session = ModelSession(Workspace().root, may_pull=True)
    async with session:
        if options.url:
            provider = Provider(Endpoint(options.url, options.key, options.model))
        else:
            provider = await session.provider()
        about = {
            "revision": revision(),
            "model": provider.endpoint.model,
            "prompts": {task: load_prompt(task).version for task in ("system", *TASKS)},
        }
        kinds = ["ours", "yardstick"] if options.yardstick else ["ours"]
        rows = []
        for case in cases:
            answers = parse_answers(case, today=TODAY)
            for kind in kinds:
                for repeat in range(options.repeats):
                    key = (case.stem, kind, repeat)
                    if key not in done:
                        if kind == "ours":
                            found = await ours(answers, provider)
                        else:
                            found = await asyncio.to_thread(
                                yardstick, options.yardstick, case, provider.endpoint, answers
                            )
                        done[key] = {
                            "case": case.stem,
                            "kind": kind,
                            "repeat": repeat,
                            **found,
                            "about": about,
                        }
                        if done[key]["failed"] and not done[key]["completion_tokens"]:
                            print(f"{case.stem}: {done[key]['failed']}; run it again to go on here")
                            continue
                        with options.out.open("a", encoding="utf-8") as file:
                            file.write(json.dumps(done[key], ensure_ascii=False) + "\n")
                    show(done[key])
                    rows.append(done[key])
    numbers = {case.stem: measured(brief_of(parse_answers(case, today=TODAY))) for case in cases}
    print(f"\nrevision {about['revision']}, model {about['model']}, prompts {about['prompts']}")
    for kind in kinds:
        print(f"\n{kind}")
        for name, figure in summary([row for row in rows if row["kind"] == kind], numbers).items():
            print(f"  {name}: {figure}")


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=Path, default=HERE / "drafting_cases")
    parser.add_argument(
        "--url", help="an OpenAI-compatible server on this machine; the embedded model without it"
    )
    parser.add_argument("--key", default="none")
    parser.add_argument("--model", default="local")
    parser.add_argument("--yardstick", type=Path)
    parser.add_argument("--out", type=Path, default=Path("drafting-results.jsonl"))
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--limit", type=int)
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
