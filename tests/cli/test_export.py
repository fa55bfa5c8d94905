"""`export`: data on stdout, talk on stderr, a file only where one is asked for."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import plan_examples as examples
import pytest

from coach_assist.cli import main
from coach_assist.workspace.store import Workspace


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["export", *arguments])
    return int(ended.value.code or 0)


@pytest.fixture
def identity() -> str:
    with examples.whole_plan(Workspace()) as plan:
        return plan.id


def test_markdown_on_stdout_by_a_shortened_id(identity: str, capsys) -> None:
    assert run(identity[:6]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("# Tours that hold\n")
    assert "is for: Nadia, Tom, Lea Sand. Agreed: 11 units; still open: 3." in err


def test_json_on_stdout(identity: str, capsys) -> None:
    assert run(identity, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["plan"] == identity


def test_a_file_names_its_audience_and_is_not_replaced_by_accident(
    identity: str, tmp_path: Path, capsys
) -> None:
    path = tmp_path / "plan.json"
    assert run(identity, "--format", "json", "-o", str(path)) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{path} is for: Nadia, Tom" in err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert run(identity, "--format", "md", "-o", str(path)) == 2
    assert "exists already" in capsys.readouterr().err
    assert json.loads(path.read_text(encoding="utf-8"))["plan"] == identity
    assert run(identity, "--format", "md", "-o", str(path), "--force") == 0
    assert path.read_text(encoding="utf-8").startswith("# Tours")


def test_a_demo_is_marked(capsys) -> None:
    with examples.whole_plan(Workspace(), demo=True) as plan:
        assert run(plan.id) == 0
    out, err = capsys.readouterr()
    assert "DEMO" in out
    assert "DEMO" in err


def test_wrong_use(identity: str, capsys) -> None:
    assert run("zzzz") == 2
    assert run(identity, "--format", "pdf") == 2  # no text, so it needs a file
    assert run(identity, "--format", "odt") == 2
    assert run() == 2
    assert "Traceback" not in capsys.readouterr().err
