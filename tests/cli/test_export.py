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


def test_for_hr_it_is_signed_into_the_history_by_whoever_makes_it(
    identity: str, tmp_path: Path, capsys
) -> None:
    path = tmp_path / "hr.pdf"
    assert run(identity, "--for", "hr", "-o", str(path)) == 2
    assert "Say who" in capsys.readouterr().err
    assert run(identity, "--for", "hr", "--by", "manager", "-o", str(path)) == 0
    err = capsys.readouterr().err
    assert f"{path} is for: HR. Agreed: 11 units; still open: 0. Confidential to: HR, Nadia, Tom." in err
    assert "both parties see that" in err
    assert path.read_bytes().startswith(b"%PDF")
    assert run(identity, "--for", "managers-manager", "--by", "team-member", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["made_for"] == "managers_manager"
    with Workspace().open(identity) as plan:
        made = [event for event in plan.history.in_order() if event.kind == "export"]
        assert [(event.body.made_for, event.body.format) for event in made] == [
            ("hr", "pdf"), ("managers_manager", "json"),
        ]  # fmt: skip
    assert run(identity, "--for", "hr", "--by", "manager", "--format", "agenda") == 2
    assert "between the two parties" in capsys.readouterr().err
    assert run(identity, "--by", "manager") == 2
    assert run(identity, "--for", "team-member") == 0
    assert "is for: Nadia." in capsys.readouterr().err


def test_pages_are_written_as_their_files_say(identity: str, tmp_path: Path, capsys) -> None:
    for form in ("agreement", "agenda", "guide"):
        for ending, start in ((".pdf", b"%PDF"), (".docx", b"PK"), (".md", b"# ")):
            path = tmp_path / f"{form}{ending}"
            assert run(identity, "--format", form, "-o", str(path)) == 0
            assert path.read_bytes().startswith(start)
    capsys.readouterr()
    assert run(identity, "--format", "agenda", "--page", "pdf") == 2
    assert "name a file" in capsys.readouterr().err


def test_wrong_use(identity: str, capsys) -> None:
    assert run("zzzz") == 2
    assert run(identity, "--format", "pdf") == 2  # no text, so it needs a file
    assert run(identity, "--format", "odt") == 2
    assert run() == 2
    assert "Traceback" not in capsys.readouterr().err
