"""Measure note summaries: `python benchmarks/notes.py [NOTES.jsonl] [--marks MARKS.json] [--no-model]`.

NOTES.jsonl holds one object a line with "id" and "text" (default: notes_dev.jsonl in COACH_ASSIST_DATA).
MARKS.json holds {"notes": {id: [{"line": n, "owner": [names that are right], "optional": bool}]}}: the
actions with an owner that a person marked by hand; optional ones count neither way. Printed are: quotes
that are verbatim, precision and recall of actions with owner, items that only repeat their quote, lines
quoted or listed, seconds and tokens. `--out` keeps the summaries for reading; with `--resume` those that it
already holds are counted and not made again, so that a long run can go in slices (`--seconds`).

`--long WORDS` makes one text of so many words of the notes instead, and prints what is said beforehand and
how long it takes; with `--parts N` it is stopped after N parts, as Ctrl-C would, and the whole is reckoned
from them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from coach_assist.assistant.notes.condense import repeats
from coach_assist.assistant.notes.outputs import SummaryOutput
from coach_assist.flows.model_session import ModelSession
from coach_assist.flows.summarise import Progress, summarise_notes
from coach_assist.flows.summary_words import progress_line


@dataclass
class Tally:
    """Counts over all notes."""

    items: int = 0
    quotes: int = 0
    verbatim: int = 0
    repeated: int = 0
    copied: int = 0
    dropped: int = 0
    lines: int = 0
    quoted: int = 0
    accounted: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0
    optional: int = 0
    seconds: list[float] = field(default_factory=list)
    tokens: list[tuple[int, int, int]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def score(
    text: str, summary: dict[str, Any], marks: list[dict[str, Any]] | None, tally: Tally, name: str
) -> None:
    """Add one summary, as `--json` prints it, to the tally."""
    printed = SummaryOutput.model_validate_json(json.dumps(summary))
    tally.seconds.append(sum(call.seconds for call in printed.calls))
    tally.tokens += [
        (call.prompt_tokens or 0, call.cached_tokens or 0, call.completion_tokens or 0)
        for call in printed.calls
    ]
    lines = text.splitlines()
    filled = {number for number, line in enumerate(lines, 1) if line.strip()}
    quoted = {quote.line for item in printed.items for quote in item.quotes}
    tally.lines += len(filled)
    tally.quoted += len(quoted)
    tally.accounted += len(filled & (quoted | set(printed.uncovered)))
    if quoted | set(printed.uncovered) != filled or quoted & set(printed.uncovered):
        tally.errors.append(f"{name}: quoted and uncovered lines are not all lines")
    tally.dropped += printed.dropped
    for item in printed.items:
        tally.items += 1
        quotes = [quote.text for quote in item.quotes]
        tally.quotes += len(quotes)
        tally.verbatim += sum(
            1 <= quote.line <= len(lines) and lines[quote.line - 1] == quote.text for quote in item.quotes
        )
        tally.repeated += repeats(item.text, quotes)
        tally.copied += item.text.lower() in " ".join(quotes).lower()
    if marks is not None:
        _score_actions(printed, marks, tally, name)


def _score_actions(printed: SummaryOutput, marks: list[dict[str, Any]], tally: Tally, name: str) -> None:
    met: set[int] = set()
    for item in printed.items:
        if item.kind != "action" or item.owner is None:
            continue
        near = [mark for mark in marks if mark["line"] in {quote.line for quote in item.quotes}]
        fitting = [mark for mark in near if item.owner in mark["owner"]]
        if fitting and not all(mark.get("optional") for mark in fitting):
            tally.right += 1
        elif near and all(mark.get("optional") for mark in near):
            tally.optional += 1
        else:
            tally.wrong += 1
            tally.errors.append(
                f"{name}: not marked: {item.owner}, lines {[quote.line for quote in item.quotes]}"
            )
        met |= {mark["line"] for mark in fitting}
    for mark in marks:
        if mark["line"] not in met and not mark.get("optional"):
            tally.missed += 1
            tally.errors.append(f"{name}: missed: line {mark['line']}, owner {mark['owner']}")


async def run(
    notes: list[dict[str, Any]], kept: dict[str, dict[str, Any]], *, no_model: bool, seconds: float
) -> None:
    """Summarise every note that is not in `kept` and put it there; begin none after `seconds`."""
    started = time.monotonic()
    left = [note for note in notes if note["id"] not in kept]
    if not left:
        return
    with tempfile.TemporaryDirectory() as folder:
        async with ModelSession(Path(folder)) as session:
            provider = None if no_model else await session.provider()
            for note in left:
                if time.monotonic() - started > seconds:
                    print(f"stopped after {seconds:.0f} s; go on with --resume", file=sys.stderr)
                    return
                result = await summarise_notes(note["text"], provider=provider, today=date.today())
                if result.interrupted or result.failed:
                    why = result.failed.what if result.failed else "stopped"
                    print(f"{note['id']}: {why}", file=sys.stderr)
                    return
                kept[note["id"]] = result.to_json()
                print(
                    f"{note['id']}: {len(result.items)} items, {result.dropped} dropped, "
                    f"{len(result.calls)} calls, {sum(call.seconds for call in result.calls):.0f} s",
                    file=sys.stderr,
                    flush=True,
                )


async def run_long(notes: list[dict[str, Any]], words: int, parts: int | None) -> dict[str, Any]:
    """Summarise one text of at least `words` words; return what was said beforehand and what it took."""
    text, count = "", 0
    while count < words:
        for note in notes:
            text += note["text"].rstrip("\n") + "\n\n"
            count += len(note["text"].split())
            if count >= words:
                break
    heard: list[Progress] = []
    with tempfile.TemporaryDirectory() as folder:
        async with ModelSession(Path(folder)) as session:
            provider = await session.provider()

            def follow(progress: Progress) -> None:
                heard.append(progress)
                print(progress_line(progress), file=sys.stderr, flush=True)
                if parts is not None and progress.piece >= parts and progress.piece < progress.pieces:
                    task.cancel()

            task = asyncio.ensure_future(
                summarise_notes(text, provider=provider, today=date.today(), on_progress=follow)
            )
            result = await task
    lines = text.splitlines()
    said = [one for one in heard if one.piece == 0]
    last = heard[-1]
    seconds = last.seconds + last.left
    return {
        "words": count,
        "lines": len(lines),
        "parts": f"{last.piece} of {last.pieces}",
        "said beforehand, a guess (seconds)": round(said[0].left),
        "said beforehand, measured (seconds)": round(said[-1].left) if said[-1].measured else None,
        "seconds of these parts": round(last.seconds),
        "seconds of all, reckoned from them" if last.left else "seconds of all": round(seconds),
        "items": len(result.items),
        "by the model": sum(item.by == "model" for item in result.items),
        "stopped": result.interrupted,
        "quotes verbatim": all(
            lines[line.number - 1] == line.given for item in result.items for line in item.lines
        ),
        "tokens (prompt, of these cached, answer)": [
            sum(getattr(call, name) or 0 for call in result.calls)
            for name in ("prompt_tokens", "cached_tokens", "completion_tokens")
        ],
    }


def report(tally: Tally, *, marked: bool) -> dict[str, Any]:
    """Return the figures as they are printed."""
    figures: dict[str, Any] = {
        "notes": len(tally.seconds),
        "items": tally.items,
        "quotes verbatim": f"{tally.verbatim} of {tally.quotes}",
        "dropped": tally.dropped,
        "items that only repeat": round(tally.repeated / max(tally.items, 1), 3),
        "items that are a piece of their line": round(tally.copied / max(tally.items, 1), 3),
        "lines quoted": round(tally.quoted / max(tally.lines, 1), 3),
        "lines quoted or listed": round(tally.accounted / max(tally.lines, 1), 3),
        "seconds a note (median, longest)": (
            round(statistics.median(tally.seconds)),
            round(max(tally.seconds)),
        ),
        "calls": len(tally.tokens),
        "tokens (prompt, of these cached, answer)": tuple(
            sum(column) for column in zip(*tally.tokens, strict=True)
        )
        or None,
    }
    if marked:
        figures["actions with owner"] = {
            "right": tally.right,
            "not marked": tally.wrong,
            "missed": tally.missed,
            "optional": tally.optional,
            "precision": round(tally.right / max(tally.right + tally.wrong, 1), 3),
            "recall": round(tally.right / max(tally.right + tally.missed, 1), 3),
        }
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    folder = os.environ.get("COACH_ASSIST_DATA")
    parser.add_argument("notes", nargs="?", default=str(Path(folder) / "notes_dev.jsonl") if folder else None)
    parser.add_argument("--marks", help="actions with owner, marked by hand (JSON)")
    parser.add_argument("--no-model", action="store_true", help="the extract by rules")
    parser.add_argument("--limit", type=int, default=None, help="only the first so many notes")
    parser.add_argument("--out", help="keep the summaries in this file")
    parser.add_argument("--resume", action="store_true", help="go on with the summaries in --out")
    parser.add_argument("--seconds", type=float, default=math.inf, help="begin no note after so long")
    parser.add_argument("--long", type=int, metavar="WORDS", help="one text of so many words")
    parser.add_argument("--parts", type=int, help="with --long: stop after so many parts")
    parser.add_argument("--verbose", action="store_true", help="say each action that is wrong or missed")
    arguments = parser.parse_args()
    if arguments.notes is None:
        parser.error("name a file of notes, or set COACH_ASSIST_DATA")
    lines = Path(arguments.notes).read_text(encoding="utf-8").split("\n")
    notes = [json.loads(line) for line in lines if line.strip()][: arguments.limit]
    if arguments.long:
        print(json.dumps(asyncio.run(run_long(notes, arguments.long, arguments.parts)), indent=2))
        return 0
    marked = json.loads(Path(arguments.marks).read_text(encoding="utf-8"))["notes"] if arguments.marks else {}
    out = Path(arguments.out) if arguments.out else None
    kept: dict[str, dict[str, Any]] = {}
    if arguments.resume and out is not None and out.exists():
        kept = {
            one["id"]: {key: value for key, value in one.items() if key != "id"}
            for one in json.loads(out.read_text(encoding="utf-8"))
        }
    try:
        asyncio.run(run(notes, kept, no_model=arguments.no_model, seconds=arguments.seconds))
    finally:
        if out is not None:
            made = [{"id": name, **summary} for name, summary in kept.items()]
            out.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
    tally = Tally()
    for note in notes:
        if note["id"] in kept:
            score(note["text"], kept[note["id"]], marked.get(note["id"]), tally, note["id"])
    if not tally.seconds:
        return 1
    print(json.dumps(report(tally, marked=bool(arguments.marks)), indent=2))
    if arguments.verbose:
        print("\n".join(tally.errors), file=sys.stderr)
    return 1 if tally.verbatim != tally.quotes or tally.accounted != tally.lines else 0


if __name__ == "__main__":
    sys.exit(main())
