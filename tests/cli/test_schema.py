"""The schemas: current, valid, printed."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import jsonschema
import pytest

from coach_assist.cli import main

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("answers", "draft", "plan", "review", "rewrite", "summary")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["schema", *arguments])
    return int(ended.value.code or 0)


def test_they_are_current() -> None:
    spec = importlib.util.spec_from_file_location(
        "generate_schemas", ROOT / "scripts" / "generate_schemas.py"
    )
    assert spec
    assert spec.loader
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    files = generator.files()
    assert {path.name for path in files} == {path.name for path in (ROOT / "schemas").iterdir()}
    for path, text in files.items():
        assert path.read_text(encoding="utf-8") == text, f"run scripts/generate_schemas.py ({path.name})"


def test_the_names(capsys) -> None:
    assert run() == 0
    assert tuple(capsys.readouterr().out.split()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_schema(name: str, capsys) -> None:
    assert run(name) == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))


def test_an_unknown_name(capsys) -> None:
    assert run("answer") == 2
    assert "did you mean “answers”?" in capsys.readouterr().err
