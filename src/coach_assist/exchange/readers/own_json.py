"""JSON of our own: an exported plan, drafts as `draft --json` prints them, or any {"units": […]}."""

from __future__ import annotations

from typing import Any

from coach_assist.checker.inputs.jsonl import load_json
from coach_assist.exchange.readers.document import Format, ReadFault
from coach_assist.plan.units import VALUE_MODELS

MOST_UNITS = 500
_NEWEST = 1


def own_units(text: str) -> tuple[Format, tuple[dict[str, Any], ...], tuple[str, ...]]:
    """Return (format, units, kinds that are not agreed yet). Raises ReadFault in words.

    Values are not validated here: a review says what is wrong with them.
    """
    try:
        data = load_json(text)
    except ValueError as error:
        raise ReadFault(str(error)) from None
    if not isinstance(data, dict) or not isinstance(data.get("units"), list):
        raise ReadFault('this JSON is neither a plan nor drafts: it has no list "units"')
    if data.get("format") == "coach-assist plan" and data.get("version") != _NEWEST:
        raise ReadFault("this plan was written by a newer version", next_step="Update coach-assist.")
    if len(data["units"]) > MOST_UNITS:
        raise ReadFault(f"it has more than {MOST_UNITS} units")
    units: list[dict[str, Any]] = []
    for number, entry in enumerate(data["units"]):
        kind, value = (entry.get("kind"), entry.get("value")) if isinstance(entry, dict) else (None, None)
        if not isinstance(kind, str) or kind not in VALUE_MODELS or not isinstance(value, dict):
            raise ReadFault(f'units[{number}] lacks a known "kind" or a "value"')
        unit_id = entry.get("id")
        units.append(
            {
                "id": unit_id if isinstance(unit_id, str) else f"unit-{number + 1}",
                "kind": kind,
                "value": value,
            }
        )
    names = [unit["id"] for unit in units]
    if len(set(names)) < len(names):
        raise ReadFault("two of its units have the same id")
    opened = data.get("open")
    listed = opened if isinstance(opened, list) else []
    kinds = tuple(
        str(one["kind"]) for one in listed if isinstance(one, dict) and one.get("kind") in VALUE_MODELS
    )
    form: Format = "plan" if data.get("format") == "coach-assist plan" else "drafts"
    return form, tuple(units), kinds


def all_text(value: object, depth: int = 0) -> list[str]:
    """Return every text in JSON-like data, in order."""
    if isinstance(value, str):
        return [value]
    if depth > 20:
        return []
    if isinstance(value, dict):
        return [text for inner in value.values() for text in all_text(inner, depth + 1)]
    if isinstance(value, list):
        return [text for inner in value for text in all_text(inner, depth + 1)]
    return []
