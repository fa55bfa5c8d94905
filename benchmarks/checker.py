"""Measure the checker on labelled JSON Lines: verdicts, deadlines, speed, with yardsticks in the same run.

    python benchmarks/checker.py                       # the files in the folder COACH_ASSIST_DATA
    python benchmarks/checker.py FILE.jsonl …          # any labelled file, told apart by its keys
    python benchmarks/checker.py --part tune|held      # one part of a split by the hash of `source`
    python benchmarks/checker.py --errors S            # list what is judged otherwise than labelled

Rows: {"text", "labels": {"S": 1|0|null, …}, "source"} goals · {"criterion", "text", "met", "context"} edges ·
{"text", "has_end", "date", "ref"} deadlines. The positive class of every figure is *unmet* (label 0).
For S, M and T a verdict `unknown` counts as wrong. For A and R, which default to unknown, `unmet` and
`unknown` are both "not stated" (label 0).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from coach_assist.checker import Context, check_goal, find_deadline

Row = dict[str, object]
SMT = "SMT"


def part_of(row: Row) -> str:
    """Return "held" or "tune": two of five sources are held out, by the hash of the source (or the text)."""
    key = str(row.get("source") or row.get("text"))
    return "held" if int(hashlib.sha256(key.encode()).hexdigest(), 16) % 5 < 2 else "tune"


def naive(text: str) -> dict[str, str]:
    """The keyword checker that everybody writes first: a digit is a measure, "by" a deadline."""
    low = text.lower()
    met = {
        "S": len(text.split()) >= 8 or any(c.isdigit() for c in text),
        "M": any(c.isdigit() for c in text),
        "A": not any(word in low for word in ("all", "every", "100%", "never", "always")),
        "R": any(word in low for word in ("so that", "in order to", "to ", "for ")),
        "T": any(
            word in low for word in ("by ", "until", "within", "week", "month", "quarter", "year", "daily")
        ),
    }
    return {letter: "met" if value else "unmet" for letter, value in met.items()}


class Counts:
    """A confusion matrix whose positive class is *unmet*."""

    def __init__(self) -> None:
        self.tp = self.fp = self.fn = self.tn = 0

    def add(self, predicted_unmet: bool, unmet: bool) -> None:
        if predicted_unmet and unmet:
            self.tp += 1
        elif predicted_unmet:
            self.fp += 1
        elif unmet:
            self.fn += 1
        else:
            self.tn += 1

    def line(self, name: str) -> str:
        tp, fp, fn, tn = self.tp, self.fp, self.fn, self.tn
        precision = tp / (tp + fp) if tp + fp else 1.0
        recall = tp / (tp + fn) if tp + fn else 1.0
        f1 = 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else 1.0
        root = math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))
        mcc = (tp * tn - fp * fn) / root if root else 0.0
        figures = f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  MCC {mcc:+.3f}"
        return f"  {name}  {figures}  ({tp}/{fp}/{fn}/{tn})"


def verdict_of(row: Row) -> dict[str, str]:
    report = check_goal(str(row["text"]), Context.from_json(row.get("context") or {}))  # type: ignore[arg-type]
    return dict(report.verdicts)


def judge_goals(rows: list[Row], errors: str) -> None:
    for name, judge in (
        ("coach-assist", verdict_of),
        ("naive keywords", lambda row: naive(str(row["text"]))),
    ):
        counts = {letter: Counts() for letter in "SMART"}
        for row in rows:
            verdicts = judge(row)  # type: ignore[operator]
            labels: dict[str, int | None] = row["labels"]  # type: ignore[assignment]
            for letter, label in labels.items():
                if label is None:
                    continue
                verdict = verdicts[letter]
                if letter in SMT and verdict == "unknown":
                    predicted = label == 1
                elif letter in SMT:
                    predicted = verdict == "unmet"
                else:
                    predicted = verdict != "met"
                counts[letter].add(predicted, label == 0)
                if name == "coach-assist" and letter in errors and predicted != (label == 0):
                    print(f"    {letter} label {label}, {verdict}: {row['text']}")
        print(f"{name}: {len(rows)} goals, unmet class")
        for letter in "SMART":
            print(counts[letter].line(letter))


def judge_edges(rows: list[Row], errors: str) -> None:
    for name, judge in (
        ("coach-assist", verdict_of),
        ("naive keywords", lambda row: naive(str(row["text"]))),
    ):
        right: dict[str, list[bool]] = {}
        strict = 0
        for row in rows:
            letter = str(row["criterion"])
            verdict = judge(row)[letter]  # type: ignore[operator]
            ok = (verdict == "met") == bool(row["met"])
            if letter in SMT and verdict == "unknown":
                ok = False
            strict += verdict == ("met" if row["met"] else "unmet")
            right.setdefault(letter, []).append(ok)
            if name == "coach-assist" and not ok and ("E" in errors or letter in errors):
                print(f"    edge {letter} met {row['met']}, {verdict}: {row['text']}  [{row.get('trap')}]")
        every = [ok for oks in right.values() for ok in oks]
        each = "  ".join(f"{letter} {sum(oks)}/{len(oks)}" for letter, oks in sorted(right.items()))
        print(
            f"{name}: edges {sum(every)}/{len(every)} = {sum(every) / len(every):.3f}  "
            f"(unknown counted wrong for all: {strict / len(every):.3f})  {each}"
        )


def judge_dates(rows: list[Row], errors: str) -> None:
    counts = Counts()
    exact = dated = 0
    for row in rows:
        reference = row.get("ref")
        found = find_deadline(str(row["text"]), date.fromisoformat(str(reference)) if reference else None)
        counts.add(found is not None, bool(row["has_end"]))
        if row.get("date"):
            dated += 1
            got = found.date.isoformat() if found and found.date else None
            exact += got == row["date"]
            if got != row["date"] and "D" in errors:
                print(f"    date {row['date']}, got {got}: {row['text']}")
        if (found is not None) != bool(row["has_end"]) and "D" in errors:
            print(f"    end {row['has_end']}, got {found}: {row['text']}")
    print(counts.line("deadline found"))
    print(f"  exact date {exact}/{dated}" + (f" = {exact / dated:.3f}" if dated else ""))


def worked(call: Callable[[], object]) -> float:
    """Processor time: it does not grow when another process takes the core."""
    start = time.process_time()
    call()
    return time.process_time() - start


def speed(texts: list[str]) -> None:
    """1,000 goals: warm in this process; through the whole `check` command beside proselint, in turns."""
    goals = (texts * (1000 // max(len(texts), 1) + 1))[:1000]
    for text in goals[:200]:
        check_goal(text)
    warm = min(worked(lambda: [check_goal(text) for text in goals]) for _ in range(3))
    print(f"warm: {warm:.3f} s of processor time for 1,000 goals = {warm:.3f} ms a goal")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "goals.txt"
        file.write_text("\n".join(text.replace("\n", " ") for text in goals) + "\n", encoding="utf-8")
        commands = {"coach-assist check": [program("coach-assist"), "check", str(file)]}
        if Path(program("proselint")).exists():
            commands["proselint check"] = [program("proselint"), "check", str(file)]
        else:
            print("proselint is not installed here: no yardstick for time")
        spent: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        for turn in range(8):
            for name, command in commands.items():
                times = in_a_process(command, folder)
                if turn:  # the first run compiles
                    spent[name].append(times)
        for name, runs in spent.items():
            wall, cpu = (min(run[part] for run in runs) for part in (0, 1))
            print(f"{name}: {wall:.3f} s, {cpu:.3f} s of processor time (fastest of {len(runs)})")
    unit = goals[0] + " " + goals[1] + ". "
    growth = [min(worked(lambda n=n: check_goal(unit * n)) for _ in range(3)) for n in (20, 80, 320)]
    print("growth at 1x, 4x, 16x:", "  ".join(f"{t / growth[0]:.1f}" for t in growth))


def program(name: str) -> str:
    """Return the path of a command installed beside this Python, or else on the path."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name) or str(beside)


def in_a_process(command: list[str], home: str) -> tuple[float, float]:
    """Run a command from cached bytecode; return its seconds by the clock and of processor time."""
    environment = {**os.environ, "HOME": home, "COACH_ASSIST_HOME": f"{home}/coach-assist"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = f"{home}/bytecode"
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, check=False
    )
    ended, after = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return ended - begun, cpu


def read_rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def files_to_read(named: Iterable[str]) -> list[Path]:
    if paths := [Path(name) for name in named]:
        return paths
    folder = os.environ.get("COACH_ASSIST_DATA")
    if not folder:
        sys.exit("name a labelled JSON Lines file, or set COACH_ASSIST_DATA to the folder that holds some")
    return [
        path
        for name in ("goals_dev", "edge_dev", "dates_dev")
        if (path := Path(folder) / f"{name}.jsonl").exists()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*")
    parser.add_argument("--part", choices=("tune", "held", "all"), default="all")
    parser.add_argument("--errors", default="", help="letters of S M A R T, E for edges, D for dates")
    parser.add_argument("--no-speed", action="store_true")
    options = parser.parse_args()
    texts: list[str] = []
    for path in files_to_read(options.files):
        rows = [row for row in read_rows(path) if options.part == "all" or part_of(row) == options.part]
        if not rows:
            continue
        print(f"== {path.name}, part {options.part}")
        if "labels" in rows[0]:
            judge_goals(rows, options.errors)
            texts = [str(row["text"]) for row in rows]
        elif "criterion" in rows[0]:
            judge_edges(rows, options.errors)
        elif "has_end" in rows[0]:
            judge_dates(rows, options.errors)
    if texts and not options.no_speed:
        print("== speed")
        speed(texts)


if __name__ == "__main__":
    main()
