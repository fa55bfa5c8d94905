"""Writing another text in place of a unit's value: field by field in lines, or whole in an editor."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from typing import cast

from pydantic import JsonValue, ValidationError

from coach_assist.cli.numbered import ask_choice, ask_line, say
from coach_assist.errors import UsageError
from coach_assist.flows.edit_text import edit_text, editor_command
from coach_assist.flows.unit_fields import LABELS
from coach_assist.plan.units import UnitKind, parse_value, value_json

Path = tuple[str | int, ...]
FIXED = {"id", "gap", "goal"}
"""Fields that hold ids, which nobody types."""


def edit_value(
    kind: UnitKind, value: Mapping[str, JsonValue], editor: str | None
) -> dict[str, JsonValue] | None:
    """Return the value as the person changed it, valid for its kind; None where they gave up.

    Raises click.Abort on Ctrl-C.
    """
    current = _fitting(kind, value)
    while True:
        way = ask_choice(
            (
                ("lines", "change it here, line by line"),
                ("editor", "open it in your editor"),
                ("back", "go back"),
            ),
            "How",
        )
        if way == "back":
            return None
        changed = _in_lines(current) if way == "lines" else _in_editor(current, editor)
        if changed is None:
            continue
        try:
            return _fitting(kind, changed)
        except ValidationError as error:
            for one in error.errors(include_url=False, include_input=False):
                say(f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}")
            say("That does not fit; nothing was decided. Change it once more, or go back.")
            current = changed


def _fitting(kind: UnitKind, value: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    return cast("dict[str, JsonValue]", value_json(parse_value(kind, dict(value))))


def _in_lines(value: dict[str, JsonValue]) -> dict[str, JsonValue]:
    say("For each line: type the new text, or press Enter to keep it; a single - empties it.")
    changed = copy.deepcopy(value)
    for path, text in _leaves(value):
        say(f"{_label(path)}: {text or '(empty)'}")
        typed = ask_line("New text")
        if typed:
            _put(changed, path, None if typed.strip() == "-" else _like(text, typed))
    return changed


def _in_editor(value: dict[str, JsonValue], editor: str | None) -> dict[str, JsonValue] | None:
    try:
        text = edit_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", editor_command(editor))
        changed = json.loads(text)
    except UsageError as error:
        say(str(error))
        return None
    except ValueError as error:
        say(f"What the editor left cannot be read ({error}); the text is as it was.")
        return None
    if not isinstance(changed, dict):
        say("What the editor left is no unit; the text is as it was.")
        return None
    return changed


def _leaves(value: JsonValue, path: Path = ()) -> Iterator[tuple[Path, str | int | None]]:
    """Yield (path, content) of every text, number or empty field; ids are left out."""
    if path and path[-1] in FIXED:
        return
    match value:
        case dict():
            for name, inner in value.items():
                yield from _leaves(inner, (*path, name))
        case list():
            for number, inner in enumerate(value):
                yield from _leaves(inner, (*path, number))
        case str() | None:
            yield path, value
        case int():
            yield path, value


def _like(before: str | int | None, typed: str) -> str | int:
    return int(typed) if isinstance(before, int) and typed.strip().isdigit() else typed


def _put(value: JsonValue, path: Path, content: JsonValue) -> None:
    for part in path[:-1]:
        value = value[part]  # type: ignore[index]  # the path was read from this value
    value[path[-1]] = content  # type: ignore[index]


def _label(path: Path) -> str:
    named = (
        str(part + 1) if isinstance(part, int) else LABELS.get(part, part.replace("_", " ")) for part in path
    )
    text = ", ".join(named)
    return text[0].upper() + text[1:]
