"""`rewrite`: by rules alone, several goals of a file, and what is printed where there is no model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from coach_assist.cli.main import main
from coach_assist.errors import ExitCode

RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COACH_ASSIST_MODEL", raising=False)


def test_without_a_model_the_gaps_are_marked() -> None:
    result = RUNNER.invoke(main, ["rewrite", "Improve the weekly report", "--no-model"])
    assert result.exit_code == ExitCode.DONE
    assert "[target]" in result.stdout and "without the model" in result.stdout


def test_each_goal_of_a_file_is_one_object(tmp_path: Path) -> None:
    file = tmp_path / "goals.txt"
    file.write_text("Improve the weekly report\n\nListen better\n", encoding="utf-8")
    result = RUNNER.invoke(main, ["rewrite", "--file", str(file), "--json", "--no-model"])
    objects = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["original"] for one in objects] == ["Improve the weekly report", "Listen better"]
    assert all(len(one["rewrites"]) == 1 and one["calls"] == [] for one in objects)


def test_a_missing_model_is_said_and_the_marked_text_still_comes() -> None:
    result = RUNNER.invoke(main, ["rewrite", "Improve the weekly report"])
    assert result.exit_code == ExitCode.MODEL
    assert "[target]" in result.stdout and result.stderr.strip()


def test_a_goal_and_a_file_at_once_are_refused() -> None:
    assert RUNNER.invoke(main, ["rewrite"]).exit_code == ExitCode.USAGE
