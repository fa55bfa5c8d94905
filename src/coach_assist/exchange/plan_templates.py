"""Templates of plans by kind: data files in plain words, which become starting drafts.

A template is a beginning, not a plan: what only the two can know stands in [square brackets], and days
are counted from the start ("day 30", or {day 30} within a text).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import cast, get_args

from pydantic import JsonValue

from coach_assist.plan.units import PlanKind, UnitKind, parse_value, value_json

FOLDER = Path(__file__).with_name("templates")
KINDS: tuple[PlanKind, ...] = get_args(PlanKind)
_DAY = re.compile(r"day (\d{1,3})")
_DAY_IN_TEXT = re.compile(r"\{day (\d{1,3})\}")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanTemplate:
    """One template. `units` are (kind, value) with days still counted from the start."""

    kind: PlanKind
    title: str
    summary: str
    days: int
    units: tuple[tuple[UnitKind, Mapping[str, JsonValue]], ...]


@cache
def plan_template(kind: PlanKind) -> PlanTemplate:
    """Return the template of a kind."""
    data = tomllib.loads((FOLDER / f"{kind}.toml").read_text(encoding="utf-8"))
    units = tuple(
        (cast("UnitKind", unit["kind"]), {name: value for name, value in unit.items() if name != "kind"})
        for unit in data["units"]
    )
    return PlanTemplate(data["kind"], data["title"], data["summary"], data["days"], units)


def filled_units(
    template: PlanTemplate, start: date, new_id: Callable[[], str]
) -> tuple[tuple[UnitKind, dict[str, JsonValue]], ...]:
    """Return the template's units for a plan that begins on `start`, each a whole value of its kind.

    `new_id` makes the ids of gaps and strengths; references between units keep pointing at them.
    """
    ids: dict[str, str] = {}

    def filled(value: JsonValue, field: str) -> JsonValue:
        match value:
            case dict():
                return {name: filled(inner, name) for name, inner in value.items()}
            case list():
                return [filled(inner, field) for inner in value]
            case str() if field in ("id", "gap"):
                return ids.setdefault(value, new_id())
            case str() if match := _DAY.fullmatch(value):
                return (start + timedelta(days=int(match[1]))).isoformat()
            case str():
                return _DAY_IN_TEXT.sub(lambda found: _in_words(start, int(found[1])), value)
        return value

    made = []
    for kind, value in template.units:
        whole = parse_value(kind, filled(dict(value), ""))
        made.append((kind, cast("dict[str, JsonValue]", value_json(whole))))
    return tuple(made)


def _in_words(start: date, days: int) -> str:
    day = start + timedelta(days=days)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
