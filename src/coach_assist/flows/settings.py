"""Reading and changing the settings, for both front ends."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from coach_assist.errors import UsageError
from coach_assist.workspace.settings_file import read_settings_file, settings_path, write_setting

if TYPE_CHECKING:
    from coach_assist.workspace.settings import Settings, SettingShown


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """What the full-screen app needs at once."""

    theme: str | None = None
    keymap: Mapping[str, str] = field(default_factory=dict)
    """Binding id → key, in the person's own choice."""
    editor: str | None = None
    lock_minutes: int = 10
    """After how many minutes without a key press open keys are locked."""
    interview_path: Literal["short", "full"] = "short"
    problem: str = ""
    """Why the settings could not be read, in words; the defaults are shown then."""


def screen_settings() -> ScreenSettings:
    """Return what the screen needs, quickly (no schema library) and without ever failing.

    The whole file is judged later, by `settings`.
    """
    try:
        data = read_settings_file(settings_path())
    except UsageError as error:
        return ScreenSettings(problem=str(error))
    keymap, interview = data.get("keymap"), data.get("interview")
    in_file = interview.get("path") if isinstance(interview, dict) else None
    path = os.environ.get("COACH_ASSIST_INTERVIEW_PATH") or in_file
    return ScreenSettings(
        theme=_text(os.environ.get("COACH_ASSIST_THEME") or data.get("theme")),
        keymap={
            binding: key
            for binding, key in (keymap if isinstance(keymap, dict) else {}).items()
            if isinstance(key, str)
        },
        editor=_text(os.environ.get("COACH_ASSIST_EDITOR") or data.get("editor")),
        lock_minutes=_minutes(os.environ.get("COACH_ASSIST_LOCK_MINUTES") or data.get("lock_minutes")),
        interview_path="full" if path == "full" else "short",
    )


def _minutes(value: object) -> int:
    """Return a number of minutes as the settings allow it; the default where it is none."""
    text = str(value) if isinstance(value, int | str) else ""
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= 240 else 10


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def save_theme(theme: str) -> None:
    """Remember the theme. Raises Refused where the settings cannot be written."""
    write_setting(settings_path(), "theme", theme)


def settings() -> Settings:
    """Return the settings in force. Raises UsageError naming file, key and the nearest known key."""
    from coach_assist.workspace.settings import load_settings

    return load_settings()


def settings_shown() -> tuple[SettingShown, ...]:
    """Return each setting with its value, where that comes from, and what it means."""
    from coach_assist.workspace.settings import explain_settings

    return explain_settings()


def change_setting(key: str, text: str) -> str | int | None:
    """Write one setting; empty text takes it out of the file. Returns its value there.

    Raises UsageError for an unknown key or a wrong value, Refused where the file cannot be written.
    """
    from coach_assist.workspace.settings import set_setting

    return set_setting(key, text)


def places() -> dict[str, Path]:
    """Return where things lie on this machine, by what they are."""
    from coach_assist.workspace.store import Workspace

    return {"settings": settings_path(), "plans": Workspace().root}
