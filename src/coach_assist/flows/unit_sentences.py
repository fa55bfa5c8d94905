"""The sentences of a unit: what of its value can be said in other words, and putting other words there."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from pydantic import JsonValue, ValidationError

from coach_assist.plan.units import UnitKind, parse_value, value_json

Value = dict[str, JsonValue]
Path = tuple[str | int, ...]
PROSE = frozenset({
    "purpose", "long_term_aim", "serves", "area", "text", "statement", "achievable", "relevant", "if_then",
    "what", "success_criterion", "about", "looked_at", "team_member", "manager",
})  # fmt: skip
"""Fields that are sentences: what is a name, a date, a number or a choice is never worded anew."""
_AS_AGREED = {("cadence", "text")}
"""Sentences that are facts: how often people meet is not said in other words."""


def sentences_of(kind: UnitKind, value: Mapping[str, JsonValue]) -> tuple[tuple[Path, str], ...]:
    """Return (path, text) of every sentence of a unit's value, in the order in which they stand there."""
    return tuple((path, str(_at(dict(value), path))) for path in _prose(kind, dict(value)))


def with_sentences(
    kind: UnitKind, value: Mapping[str, JsonValue], changed: Sequence[tuple[Path, str]]
) -> Value:
    """Return the value with other sentences at the paths of `changed`; as it was where they do not fit."""
    new: Value = copy.deepcopy(dict(value))
    for path, text in changed:
        _put(new, path, text)
    try:
        return cast("Value", value_json(parse_value(kind, new)))
    except ValidationError:
        return dict(value)


def _prose(kind: UnitKind, value: JsonValue, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every sentence in a value."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    match value:
        case dict():
            for field, inner in value.items():
                yield from _prose(kind, inner, (*path, field))
        case list():
            for number, inner in enumerate(value):
                yield from _prose(kind, inner, (*path, number))
        case str() if value.strip() and name in PROSE and (kind, name) not in _AS_AGREED:
            yield path


def _at(value: JsonValue, path: Path) -> JsonValue:
    for part in path:
        value = value[part]  # type: ignore[index]  # the path was read from this value
    return value


def _put(value: JsonValue, path: Path, text: str) -> None:
    for part in path[:-1]:
        value = value[part]  # type: ignore[index]
    value[path[-1]] = text  # type: ignore[index]
