"""`config`: every setting, its source, and where things lie."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach_assist.cli import main
from coach_assist.workspace.settings_file import settings_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["config", *arguments])
    return int(ended.value.code or 0)


def test_it_shows_each_value_and_where_it_comes_from(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    assert run("set", "theme", "nord") == 0
    monkeypatch.setenv("COACH_ASSIST_MODEL_PROVIDER", "none")
    capsys.readouterr()
    assert run() == 0
    out = capsys.readouterr().out
    assert "model.provider = none  (from the environment)" in out
    assert "theme = nord  (from the file)" in out
    assert "interview.path = short  (default)" in out
    assert f"settings: {settings_path()}" in out


def test_json(capsys) -> None:
    assert run("--json") == 0
    data = json.loads(capsys.readouterr().out)
    shown = {one["key"]: one for one in data["settings"]}
    assert shown["model.provider"]["choices"] == ["embedded", "remote", "none"]
    assert shown["editor"]["value"] is None
    assert data["places"]["settings"] == str(settings_path())


def test_path_of_a_file_that_is_not_there_yet(capsys) -> None:
    assert run("path") == 0
    assert Path(capsys.readouterr().out.strip()) == settings_path()
    assert not settings_path().exists()


def test_faults_have_exit_code_2_and_name_the_nearest_key(capsys) -> None:
    assert run("set", "model.providr", "none") == 2
    assert "did you mean model.provider?" in capsys.readouterr().err
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text("[modle]\n", encoding="utf-8")
    assert run() == 2
    err = capsys.readouterr().err
    assert str(settings_path()) in err
    assert "did you mean model?" in err


def test_taking_a_value_out(capsys) -> None:
    run("set", "model.provider", "none")
    assert run("set", "model.provider", "") == 0
    assert "not set any more" in capsys.readouterr().err
    assert run() == 0
    assert "model.provider = embedded  (default)" in capsys.readouterr().out


def test_hostile_values_are_shown_harmless(capsys) -> None:
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text('[keymap]\n"x\\u001b]0;t" = "q\\u001b[2J"\n', encoding="utf-8")
    run()
    out, err = capsys.readouterr()
    assert "\x1b" not in out + err
