"""Every field of a unit as labelled text, so that whoever decides on it has seen all of it.

The walk is generic: a field that a unit model gains later is shown without a change here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from pydantic import JsonValue, ValidationError

from coach_assist.plan.units import UnitKind, parse_value, value_json

KIND_WORDS: dict[UnitKind, str] = {
    "frame": "Frame of the plan",
    "development_area": "Development area",
    "current_state": "Current state",
    "goal": "Goal",
    "activity": "Activity",
    "support": "Support commitment",
    "milestone": "Milestone",
    "feedback": "Feedback",
    "roles": "Roles",
    "timeline": "Timeline",
    "cadence": "Cadence",
}
LABELS = {
    "plan_kind": "Kind of plan",
    "serves": "It serves",
    "readers": "Who may read it",
    "second_party": "The second party is called",
    "prompted_by": "What prompted it",
    "if_not_reached": "If its goals are not reached",
    "formal_use": "Use in a formal process",
    "achievable": "Achievable because",
    "relevant": "It matters because",
    "gap": "Closes the gap",
    "goal": "For the goal",
    "if_then": "If it gets difficult",
    "activity_kind": "Kind of activity",
    "time_needed": "Time it takes",
    "success_criterion": "Reached when",
    "every": "How often",
    "text": "In words",
    "looked_at": "What is looked at",
    "minutes": "Length in minutes",
    "evidence": "Evidence",
    "collector": "Collected by",
    "team_member": "The team member commits to",
    "manager": "The manager commits to",
    "who": "Who",
    "what": "What",
}
"""Field → label, where the field's own name says too little."""
CODED = {"plan_kind", "activity_kind", "every", "weekday", "second_party", "kind", "direction", "source"}
"""Fields whose values are words of ours, written with underscores."""
REFERENCES = {"gap", "goal"}

Field = tuple[str, str]


def fields_of(
    kind: UnitKind, value: Mapping[str, JsonValue], known: Mapping[str, str] | None = None
) -> tuple[Field, ...]:
    """Return (label, text) for everything in a unit's value that is not null or empty.

    The order is that of the unit's model (what is stored is sorted by name). `known` maps ids of gaps
    and goals to their texts; an id that is not in it is shown as it is. Texts are as stored: whoever
    shows them passes them through the display function.
    """
    try:
        ordered = cast("dict[str, JsonValue]", value_json(parse_value(kind, dict(value))))
    except ValidationError:  # a draft that is not complete yet
        ordered = dict(value)
    return tuple(_walk(ordered, "", known or {}))


def _walk(value: Mapping[str, JsonValue], prefix: str, known: Mapping[str, str]) -> Iterator[Field]:
    for name, content in value.items():
        label = LABELS.get(name, name.replace("_", " ").capitalize())
        if prefix:
            label = f"{prefix}, {label[0].lower()}{label[1:]}"
        match content:
            case None | "" | []:
                continue
            case dict():
                yield from _walk(content, label, known)
            case list():
                yield from _entries(content, label.removesuffix("s"), known)
            case str() if name in REFERENCES:
                yield label, known.get(content, content)
            case str() if name in CODED:
                yield label, content.replace("_", " ")
            case bool():
                yield label, "yes" if content else "no"
            case _:
                yield label, str(content)


def _entries(content: list[JsonValue], label: str, known: Mapping[str, str]) -> Iterator[Field]:
    for number, entry in enumerate(content, start=1):
        place = label if len(content) == 1 else f"{label} {number}"
        if not isinstance(entry, dict):
            yield place, str(entry)
            continue
        yield place, str(entry.get("text", ""))
        rest = {name: inner for name, inner in entry.items() if name not in ("id", "text")}
        yield from _walk(rest, place, known)
