"""Measure the review of plans: `python benchmarks/review.py [PLANS.jsonl] [--marks MARKS.json] [--show ID]`.

PLANS.jsonl holds one object a line with "id", "text", "kind" ("pip" or any other) and "source" (its name
tells Markdown from text); default: plans_dev.jsonl in COACH_ASSIST_DATA. MARKS.json names by line number
where a reader finds units of which kind (benchmarks/cases/review_marks.json); PIPs are not marked, for they
are not mapped to a plan. Printed are, by rules alone: units that are right (precision) and marked lines
that are found (recall), for each kind; kinds of units found per document; PIPs told from the rest; what
each document reads as; seconds. `--model` asks the embedded model about the sentences of our own in
cases/review_passages.jsonl: the prompt was chosen on the "tuned" ones, "fresh" ones it had not seen.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from coach_assist.assistant.reviewing import place_passages
from coach_assist.exchange.mapping.document import map_document
from coach_assist.exchange.mapping.mapped import Mapped
from coach_assist.exchange.readers.read import document_of
from coach_assist.flows.model_session import ModelSession
from coach_assist.workspace.store import Workspace

PASSAGES = Path(__file__).resolve().parent / "cases" / "review_passages.jsonl"
MARKS = Path(__file__).resolve().parent / "cases" / "review_marks.json"


@dataclass
class Tally:
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    kinds_right: int = 0
    kinds_wrong: int = 0
    kinds_missed: int = 0


def name_of(source: str) -> str:
    """Return a file name for a row: Markdown keeps its ending, everything else is text."""
    last = source.rsplit("/", 1)[-1]
    return last if last.endswith(".md") else f"{last}.md" if last.endswith(".html") else f"{last}.txt"


def score(mapped: Mapped, marks: list[dict[str, object]], tally: Tally) -> list[str]:
    """Count one document's units against its marks; return words about what is wrong or missed.

    A piece of text counts as right where its line is marked with its unit's kind (or one as good), and
    is left out where that is optional. A marked line counts as found where a unit of such a kind rests on it.
    """
    must = [(set(m["kinds"]), set(m["lines"])) for m in marks if not m["optional"]]  # type: ignore[call-overload]
    may = [(set(m["kinds"]), set(m["lines"])) for m in marks if m["optional"]]  # type: ignore[call-overload]
    said: list[str] = []
    covered: set[tuple[str, int]] = set()
    for unit in mapped.units:
        for source in unit.sources:
            covered.add((unit.kind, source.place))
            if any(unit.kind in kinds and source.place in lines for kinds, lines in must):
                tally.right[unit.kind] += 1
            elif not any(
                (unit.kind in kinds or "any" in kinds) and source.place in lines for kinds, lines in may
            ):
                # Fields beside a goal (its metric, its due date) are no units of their own.
                beside = (
                    len(unit.sources) > 1
                    and source is not unit.sources[0]
                    and unit.kind in ("goal", "activity")
                )
                if not beside:
                    tally.wrong[unit.kind] += 1
                    said.append(f"wrong {unit.kind} at line {source.place}")
    for kinds, lines in must:
        for line in lines:
            if any((kind, line) in covered for kind in kinds):
                tally.found["|".join(sorted(kinds))] += 1
            else:
                tally.missed["|".join(sorted(kinds))] += 1
                said.append(f"missed {'|'.join(sorted(kinds))} at line {line}")
    units = {unit.kind for unit in mapped.units}
    wanted = [kinds for kinds, _ in must]
    good = {kind for kind in units if any(kind in kinds or "any" in kinds for kinds, _ in must + may)}
    tally.kinds_right += len(good)
    tally.kinds_wrong += len(units - good)
    tally.kinds_missed += sum(1 for kinds in wanted if not kinds & units)
    return said


async def measure_model() -> None:
    """Ask the model about sentences of our own whose kind is known; print each difference and the shares."""
    rows = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    async with ModelSession(Workspace().root) as session:
        provider = await session.provider()
        started = time.perf_counter()
        roles, calls = await place_passages([row["text"] for row in rows], provider)
        seconds = time.perf_counter() - started
    for split in sorted({row["split"] for row in rows}):
        told = [(row, roles.get(index, "none")) for index, row in enumerate(rows) if row["split"] == split]
        right = sum(row["kind"] == role for row, role in told)
        placed = [(row, role) for row, role in told if role != "none"]
        good = sum(row["kind"] == role for row, role in placed)
        print(f"{split}: right {share(right, len(told) - right)}; placed {share(good, len(placed) - good)}")
        for row, role in told:
            if row["kind"] != role:
                print(f"    {row['kind']} was taken for {role}: {row['text']}")
    tokens = (
        sum(call.prompt_tokens or 0 for call in calls),
        sum(call.completion_tokens or 0 for call in calls),
    )
    print(f"{len(rows)} passages: {seconds:.1f} s, {tokens[0]} prompt tokens, {tokens[1]} answer tokens")


def share(part: int, rest: int) -> str:
    return f"{part}/{part + rest} = {part / (part + rest):.2f}" if part + rest else "none"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    default = Path(os.environ.get("COACH_ASSIST_DATA", ".")) / "plans_dev.jsonl"
    parser.add_argument("plans", nargs="?", type=Path, default=default)
    parser.add_argument("--marks", type=Path, default=MARKS)
    parser.add_argument(
        "--show", action="append", default=[], help="say of this document what is wrong and missed"
    )
    parser.add_argument(
        "--model", action="store_true", help="measure the model on review_passages.jsonl instead"
    )
    chosen = parser.parse_args()
    if chosen.model:
        asyncio.run(measure_model())
        return
    if not chosen.plans.is_file():
        sys.exit(f"{chosen.plans}: no such file; name one, or set COACH_ASSIST_DATA")
    marks = json.loads(chosen.marks.read_text(encoding="utf-8"))["documents"]
    rows = [
        json.loads(line) for line in chosen.plans.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    tally, pips, reads, seconds = Tally(), Counter[bool](), Counter[bool](), 0.0
    for row in rows:
        started = time.perf_counter()
        mapped = map_document(document_of(row["text"].encode("utf-8"), name_of(row["source"])))
        seconds += time.perf_counter() - started
        pip_right = (mapped.reads_as == "pip") == (row["kind"] == "pip")
        pips[pip_right] += 1
        marked = marks.get(row["id"])
        if marked is None:
            continue
        reads[mapped.reads_as == marked["reads_as"]] += 1
        said = score(mapped, marked["units"], tally) if mapped.reads_as != "pip" else []
        note = "" if mapped.reads_as == marked["reads_as"] else f" (a reader: {marked['reads_as']})"
        print(
            f"{row['id']}  reads as {mapped.reads_as}{note}; {len(mapped.units)} units, {len(said)} "
            f"differences"
        )
        if row["id"] in chosen.show or "all" in chosen.show:
            print("".join(f"    {line}\n" for line in said), end="")
    print("\npieces of text that are right, by the unit they are in")
    for kind in sorted(set(tally.right) | set(tally.wrong)):
        print(f"  {kind:18} {share(tally.right[kind], tally.wrong[kind])}")
    print("marked lines that are found, by the kinds that are right there")
    for kind in sorted(set(tally.found) | set(tally.missed)):
        print(f"  {kind:44} {share(tally.found[kind], tally.missed[kind])}")
    print(f"precision of pieces: {share(tally.right.total(), tally.wrong.total())}")
    print(f"recall of marked lines: {share(tally.found.total(), tally.missed.total())}")
    print(
        f"kinds of units per document: precision {share(tally.kinds_right, tally.kinds_wrong)}, "
        f"recall {share(tally.kinds_right, tally.kinds_missed)}"
    )
    print(f"PIPs told from the rest: {share(pips[True], pips[False])}")
    print(f"reads as a reader would say: {share(reads[True], reads[False])}")
    print(f"seconds: {seconds:.2f} for {len(rows)} documents")


if __name__ == "__main__":
    main()
