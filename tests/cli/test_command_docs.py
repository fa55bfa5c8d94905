"""docs/commands.md is what the commands say of themselves."""

import importlib.util
from pathlib import Path
from types import ModuleType

from coach_assist.cli.check import command

ROOT = Path(__file__).resolve().parents[2]


def generator() -> ModuleType:
    path = ROOT / "scripts" / "generate_command_docs.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_commands_is_current() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == generator().rendered(), "run: python scripts/generate_command_docs.py"


def test_the_help_of_check_names_every_option() -> None:
    options = [name for parameter in command.params for name in parameter.opts if name.startswith("--")]
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert options
    assert all(option in page for option in options)
