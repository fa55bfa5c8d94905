"""Making text inert in Markdown, HTML and JSON: what was typed is shown, and never does anything."""

from __future__ import annotations

import json
import re

from coach_assist.shown import safe_text

_ALWAYS = re.compile(r"[\\`*_\[\]<>&|~$^@{}]")
_LINK = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=\w)\.(?=[^\W\d])", re.IGNORECASE)
_EMOJI_CODE = re.compile(r":(?=[a-z0-9_+-]+:)")
_LINE_START = re.compile(r"^(?:([#+\-=:!\"'(%;])|(\d{1,9})([.)]))")
_NOT_ASCII = re.compile(r"[^\x20-\x7e]")


def markdown_line(text: str) -> str:
    """Return `text` as one line of Markdown that shows it and holds no markup, tag, link or image."""
    return _escaped(safe_text(text, one_line=True))


def markdown_text(text: str, indent: str = "") -> str:
    """Return `text` as one paragraph of inert Markdown; its lines are kept by hard breaks.

    `indent` leads every line but the first (inside a list item). Blank lines are left out.
    """
    lines = [_escaped(line) for line in safe_text(text).split("\n") if line.strip()]
    return f"\\\n{indent}".join(lines)


def _escaped(line: str) -> str:
    line = " ".join(line.split())
    line = _ALWAYS.sub(lambda match: "\\" + match[0], line)
    line = _EMOJI_CODE.sub(r"\\:", line)
    line = _LINK.sub(lambda match: "\\" + match[0], line)
    return _LINE_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", line)


def json_text(data: object) -> str:
    """Return `data` as indented JSON in which no character can act on a terminal.

    Texts are exact: what would be harmful or invisible when printed stands there as `\\uXXXX`.
    """
    return _NOT_ASCII.sub(_json_character, json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def _json_character(match: re.Match[str]) -> str:
    character = match[0]
    if character == "\n" or safe_text(character) == character:
        return character
    return json.dumps(character)[1:-1]
