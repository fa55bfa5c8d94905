"""The pages that describe answers and settings say what the code does."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from datetime import date
from pathlib import Path
from types import ModuleType

from coach_assist.cli.line_answers import COMMANDS
from coach_assist.interview.answers import parse_answers
from coach_assist.workspace.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_tables_are_current() -> None:
    for path, text in script("generate_interview_docs").documents().items():
        assert path.read_text(encoding="utf-8") == text, (
            f"run scripts/generate_interview_docs.py ({path.name})"
        )


def test_the_tables_hold_every_question_and_setting() -> None:
    generator = script("generate_interview_docs")
    for path, rows in (("answers.md", generator.question_rows()), ("settings.md", generator.setting_rows())):
        page = (ROOT / "docs" / path).read_text(encoding="utf-8")
        assert len(rows) > 10
        assert all(row in page for row in rows)


def test_the_answer_file_of_the_page_is_taken() -> None:
    (example,) = blocks("answers.md", "toml")
    answers = parse_answers(example.encode(), today=date(2027, 1, 1))
    assert len(answers.goals) == 2
    assert answers.text("why", "manager")


def test_the_settings_file_of_the_page_is_taken() -> None:
    (example,) = blocks("settings.md", "toml")
    assert Settings.model_validate(tomllib.loads(example)).model.provider == "none"


def test_the_page_of_the_interview_names_every_command() -> None:
    page = (ROOT / "docs" / "interview.md").read_text(encoding="utf-8")
    assert all(f"| `:{name}` | {words} |" in page for name, words in COMMANDS.items())
    assert page.count("| `:") == len(COMMANDS)
