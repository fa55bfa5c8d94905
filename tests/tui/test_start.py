"""The start: nothing heavy before the first paint, and words where the app can't be opened."""

from __future__ import annotations

import subprocess
import sys

import pytest

from coach_assist.cli.app import open_app
from coach_assist.errors import UsageError

FIRST_PAINT = """
import sys
from coach_assist.tui.app import CoachApp
CoachApp._after_first_paint = lambda self: self.exit()
from coach_assist.tui.home.screen import HomeScreen
HomeScreen.load = lambda self: None
CoachApp().run(headless=True)
heavy = {"openai", "instructor", "pydantic", "cryptography", "sqlite3", "jinja2", "httpx2", "tenacity"}
print(sorted(heavy & set(sys.modules)))
"""


def test_nothing_heavy_is_imported_before_the_first_paint():
    done = subprocess.run([sys.executable, "-c", FIRST_PAINT], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip().splitlines()[-1] == "[]", done.stderr[-2000:]


def test_without_a_terminal_it_says_so_and_names_the_plain_way():
    with pytest.raises(UsageError) as caught:
        open_app()
    assert "terminal" in caught.value.what and "coach-assist interview" in caught.value.next_step


@pytest.mark.parametrize("term", ["", "dumb"])
def test_a_terminal_that_cannot_move_the_cursor_is_told_apart(monkeypatch, term):
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(UsageError, match="move the cursor"):
        open_app()
