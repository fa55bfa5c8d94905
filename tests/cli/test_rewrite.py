"""`rewrite`: by rules alone, several goals of a file, and what is printed where there is no model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from coach_assist.errors import ExitCode

TWO_GOALS = "Improve the weekly report\n\nListen better\n"


def rewrite(*words: str) -> subprocess.CompletedProcess[str]:
    """Run `coach-assist rewrite` where no weights are."""
    environment = {name: text for name, text in os.environ.items() if name != "COACH_ASSIST_MODEL"}
    command = [sys.executable, "-m", "coach_assist", "rewrite", *words]
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
        env=environment, timeout=60,
    )  # fmt: skip


def test_each_goal_of_a_file_is_one_object_with_its_gaps_marked(tmp_path: Path) -> None:
    file = tmp_path / "goals.txt"
    file.write_text(TWO_GOALS, encoding="utf-8")
    result = rewrite("--file", str(file), "--json", "--no-model")
    objects = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == ExitCode.DONE
    assert [one["original"] for one in objects] == ["Improve the weekly report", "Listen better"]
    assert "[target]" in objects[0]["rewrites"][0]["statement"]
    assert all(len(one["rewrites"]) == 1 and one["calls"] == [] for one in objects)


def test_a_missing_model_is_said_and_the_marked_text_still_comes() -> None:
    result = rewrite("Improve the weekly report")
    assert result.returncode == ExitCode.MODEL
    assert "[target]" in result.stdout and "without the model" in result.stdout
    assert "model" in result.stderr
