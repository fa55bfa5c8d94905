"""What the screen reads before its first paint, and changing settings."""

from __future__ import annotations

import subprocess
import sys

import pytest

from coach_assist.errors import Refused, UsageError
from coach_assist.flows.settings import (
    ScreenSettings,
    change_setting,
    places,
    save_theme,
    screen_settings,
    settings,
    settings_shown,
)
from coach_assist.workspace.settings_file import settings_path


def test_nothing_set() -> None:
    assert screen_settings() == ScreenSettings()
    assert settings().interview.path == "short"


def test_what_is_set_and_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    save_theme("nord")
    change_setting("keymap.interview.next", "ctrl+n")
    change_setting("interview.path", "full")
    change_setting("editor", "vi")
    assert screen_settings() == ScreenSettings(
        theme="nord", keymap={"interview.next": "ctrl+n"}, editor="vi", interview_path="full"
    )
    monkeypatch.setenv("COACH_ASSIST_THEME", "gruvbox")
    monkeypatch.setenv("COACH_ASSIST_INTERVIEW_PATH", "short")
    assert screen_settings().theme == settings().theme == "gruvbox"
    assert screen_settings().interview_path == settings().interview.path == "short"
    assert {one.source for one in settings_shown() if one.key == "theme"} == {"environment"}


@pytest.mark.parametrize(
    "content", ["theme = ", "\x00", 'theme = 3\nkeymap = "x"\ninterview = []\neditor = ""\n']
)
def test_a_broken_file_never_stops_the_screen(content: str) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text(content, encoding="utf-8")
    shown = screen_settings()
    assert (shown.theme, shown.keymap, shown.editor, shown.interview_path) == (None, {}, None, "short")
    with pytest.raises(UsageError, match=r"settings\.toml"):
        settings()


def test_a_broken_file_is_named() -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text("theme = ", encoding="utf-8")
    assert str(settings_path()) in screen_settings().problem


def test_a_home_that_is_no_folder(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("COACH_ASSIST_HOME", str(tmp_path / "file" / "home"))
    assert settings().theme is None
    with pytest.raises(Refused, match="cannot be written"):
        save_theme("nord")


def test_places() -> None:
    assert places()["settings"] == settings_path()


def test_the_screen_reads_its_settings_without_the_schema_library() -> None:
    code = (
        "import sys; from coach_assist.flows.settings import screen_settings; "
        "screen_settings(); print('pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
