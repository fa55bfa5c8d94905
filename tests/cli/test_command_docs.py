"""docs/commands.md is what the commands say of themselves."""

import subprocess
import sys
from pathlib import Path

from coach_assist.cli.check import command

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_commands_is_current() -> None:
    """In a process of its own: click keeps the help option of a command as it was first called."""
    script = ROOT / "scripts" / "generate_command_docs.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_help_of_check_names_every_option() -> None:
    options = [name for parameter in command.params for name in parameter.opts if name.startswith("--")]
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert options
    assert all(option in page for option in options)
