"""Where the settings lie, and changing one line of the file without losing its comments.

Imports no schema library: the screen reads its theme and keys from here before anything else.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coach_assist.errors import Refused, UsageError
from coach_assist.platform_calls import private_folder, replace_private
from coach_assist.shown import safe_text, shortened

FILE_NAME = "settings.toml"
LARGEST_BYTES = 256 * 1024
_PLAIN_KEY = re.compile(r"^[A-Za-z0-9_-]+$")


def settings_path(environ: Mapping[str, str] | None = None) -> Path:
    """Return where the settings lie, whether or not the file exists.

    In the folder COACH_ASSIST_HOME where that is set, else in the user's configuration folder.
    """
    home = (os.environ if environ is None else environ).get("COACH_ASSIST_HOME")
    if home:
        return Path(home).expanduser() / FILE_NAME
    from platformdirs import user_config_path

    return user_config_path("coach-assist", appauthor=False) / FILE_NAME


def read_settings_file(path: Path) -> dict[str, Any]:
    """Return the file's tables as they stand there; {} where there is no file.

    Raises UsageError, naming the file and the line, where it is no TOML.
    """
    text = _text_of(path)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"{path} is not valid TOML: {shortened(str(error), 200)}",
            kept="Nothing in it was changed.",
            next_step="Correct that line, or move the file away to start with the defaults.",
        ) from None


def write_setting(path: Path, key: str, value: str | int | None) -> None:
    """Put one setting into the file, or take it out (None). `key` is dotted, "model.provider".

    Comments and order stay where the line can be changed in place; else the file is written anew.
    The file is replaced whole, mode 0600. Raises Refused where it cannot be written.
    """
    wanted = read_settings_file(path)
    _put(wanted, key.split(".", 1), value)
    text = _edited(_text_of(path), key, value)
    if _loaded(text) != wanted:
        text = _written(wanted)
    try:
        private_folder(path.parent)
        replace_private(path, text.encode("utf-8"))
    except OSError as error:
        raise Refused(
            f"{path} cannot be written: {error.strerror or error}",
            kept="The settings are as they were.",
            next_step="See who may write in that folder, or set COACH_ASSIST_HOME to another one.",
        ) from None


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(content) > LARGEST_BYTES:
        raise UsageError(f"{path} is too large for settings (more than 256 KiB)")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path} is not UTF-8 text: line {line}") from None


def _loaded(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _put(data: dict[str, Any], parts: list[str], value: str | int | None) -> None:
    if len(parts) == 2:
        table = data.setdefault(parts[0], {})
        if not isinstance(table, dict):
            raise UsageError(f"{parts[0]} must be a table in the settings file")
        _put(table, [parts[1]], value)
        if not table:
            del data[parts[0]]
    elif value is None:
        data.pop(parts[0], None)
    else:
        data[parts[0]] = value


def _edited(text: str, key: str, value: str | int | None) -> str:
    """Change the one line of `key`, or insert it at the end of its table."""
    section, _, name = key.partition(".") if "." in key else ("", "", key)
    line = "" if value is None else f"{_key(name)} = {_value(value)}\n"
    pattern = re.compile(rf"^\s*(?:{re.escape(name)}|{re.escape(json.dumps(name))})\s*=")
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    table, end_of_table, kept, done = "", None if section else 0, list[str](), False
    for current in lines:
        if current.lstrip().startswith("["):
            table = current.strip().strip("[]").strip()
        if table == section and not done and pattern.match(current):
            kept.append(line)
            done = True
            continue
        kept.append(current)
        if table == section and current.strip():
            end_of_table = len(kept)
    if not done and line:
        if end_of_table is None:
            kept.append(("\n" if kept else "") + f"[{section}]\n{line}")
        else:
            kept.insert(end_of_table, line)
    return "".join(kept)


def _written(data: Mapping[str, Any]) -> str:
    plain = {key: value for key, value in data.items() if not isinstance(value, dict)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for section, table in data.items():
        if isinstance(table, dict):
            lines += ["", f"[{_key(section)}]"]
            lines += [f"{_key(key)} = {_value(value)}" for key, value in table.items()]
    return "\n".join(lines).lstrip("\n") + "\n"


def _key(name: str) -> str:
    return name if _PLAIN_KEY.match(name) else _value(name)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    raise UsageError(f"the settings file holds a value that cannot be written again: {safe_text(str(value))}")
