"""`coach-assist draft` as it is called: what it prints, where, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from scripted_drafting import ANSWERS

from coach_assist.cli import main
from coach_assist.resources import resource_folder


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["draft", *arguments])
    out, err = capfd.readouterr()
    return int(ended.value.code or 0), out, err


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(ANSWERS), encoding="utf-8")
    return path


def test_json_has_exactly_the_shape_of_its_schema(answers: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, str(answers), "--no-model", "--json")
    assert code == 0 and out.isascii()
    schema = json.loads((resource_folder("schemas") / "draft.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(out), schema)
    assert set(json.loads(out)) == {"units", "findings", "calls", "seconds"}


def test_text_names_who_wrote_what_and_what_is_not_stated_yet(
    answers: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capfd, str(answers), "--no-model")
    assert code == 0
    assert "Goal (in your own words)" in out and "specific: not stated yet" in out
    assert "Get better at troubleshooting" in out


def test_without_a_model_the_drafts_come_in_own_words_and_the_code_is_3(
    answers: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COACH_ASSIST_MODEL", str(tmp_path / "none.gguf"))
    code, out, err = run(capfd, str(answers), "--json")
    assert code == 3 and err
    assert len(json.loads(out)["units"]) >= 8


def test_faults_of_the_file_are_said_at_once(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"manger": "Tom", "goal": "x", "end": "soon"}), encoding="utf-8")
    code, out, err = run(capfd, str(path))
    assert code == 2 and not out
    assert "manager" in err and "team_member" in err and "soon" in err


def test_control_characters_do_not_reach_the_terminal(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "answers.json"
    hostile = {
        **ANSWERS,
        "goal": "Get better \x1b]0;t\x07\u202e[/b]",
        "support": "[@click=app.quit]x[/] \x9b2J",
    }
    path.write_text(json.dumps(hostile), encoding="utf-8")
    for options in (("--no-model",), ("--no-model", "--json")):
        code, out, _ = run(capfd, str(path), *options)
        assert code == 0
        assert not any(sign in out for sign in ("\x1b", "\x07", "\u202e", "\x9b"))
    assert "[/b]" in out
