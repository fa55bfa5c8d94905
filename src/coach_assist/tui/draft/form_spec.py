"""What a form for a unit asks, read from the unit's own pydantic fields, and back to its value.

A new field of a unit therefore appears in the form by itself. Nested models (a goal's metric) are laid
out flat with dotted paths; lists are texts with one entry on each line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, JsonValue, ValidationError
from pydantic.fields import FieldInfo

from coach_assist.plan.ids import UNIT_ID_PATTERN, new_unit_id
from coach_assist.plan.units import VALUE_MODELS, Decimal, Observation, Text, UnitKind, parse_value

FieldType = Literal["line", "text", "date", "number", "count", "choice", "lines", "observations", "reference"]

_HIDDEN = {"id"}
_LABELS = {
    "if_then": "If … then …",
    "due": "Due",
    "plan_kind": "Kind of plan",
    "activity_kind": "Kind",
    "second_party": "Second party is the",
    "time_needed": "Time it takes",
    "gap": "Closes the gap",
    "goal": "Serves the goal",
    "who": "Who",
    "metric.kind": "Metric · kind",
    "long_term_aim": "Long-term aim",
}


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form. `path` is dotted ("metric.target")."""

    path: str
    label: str
    help: str
    type: FieldType
    required: bool
    choices: tuple[str, ...] = ()


def form_fields(kind: UnitKind) -> tuple[FormField, ...]:
    """Return the fields of a form for units of `kind`, in the order of the model."""
    return tuple(_fields(VALUE_MODELS[kind], "", required=True))


def to_texts(kind: UnitKind, value: Mapping[str, JsonValue]) -> dict[str, str]:
    """Return the text of each field of the form for a value. Absent and null fields are empty."""
    return {field.path: _as_text(field, _at(value, field.path)) for field in form_fields(kind)}


def from_texts(
    kind: UnitKind, texts: Mapping[str, str], before: Mapping[str, JsonValue]
) -> tuple[dict[str, JsonValue], dict[str, str]]:
    """Return the value that the form's texts make, and what is wrong, in words, by field.

    `before` keeps what a form can't hold, such as the ids of observations whose words stayed. With
    anything wrong the value is not valid and must not be kept.
    """
    value: dict[str, JsonValue] = {}
    wrong: dict[str, str] = {}
    for field in form_fields(kind):
        text = texts.get(field.path, "")
        try:
            _put(value, field.path, _as_value(field, text, _at(before, field.path)))
        except ValueError as error:
            wrong[field.path] = str(error)
            _put(value, field.path, None)
    _close_empty(VALUE_MODELS[kind], value)
    if not wrong:
        try:
            parse_value(kind, value)
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                path = ".".join(str(part) for part in fault["loc"] if not isinstance(part, int))
                wrong.setdefault(path, in_words(fault["type"], fault.get("ctx") or {}))
    return value, wrong


def blank_value(kind: UnitKind) -> dict[str, JsonValue]:
    """Return the empty value with which a new unit of `kind` begins (not valid until it is filled in)."""
    value, _wrong = from_texts(kind, {}, {})
    return value


def in_words(fault: str, context: Mapping[str, Any]) -> str:
    """Return what a pydantic fault means to a person who fills in a form."""
    most = context.get("max_length")
    return {
        "missing": "This is needed.",
        "string_type": "This is needed.",
        "string_too_short": "This is needed.",
        "string_too_long": f"At most {most} characters.",
        "too_long": f"At most {most} entries.",
        "string_pattern_mismatch": "A plain number, such as 4 or 12.5.",
        "date_from_datetime_parsing": "A date such as 2027-03-31.",
        "date_parsing": "A date such as 2027-03-31.",
        "literal_error": "Choose one of the list.",
        "int_parsing": "A whole number.",
        "greater_than_equal": f"At least {context.get('ge')}.",
        "less_than_equal": f"At most {context.get('le')}.",
    }.get(fault, "This does not fit here.")


def _fields(model: type[BaseModel], prefix: str, *, required: bool) -> Sequence[FormField]:
    found: list[FormField] = []
    for name, info in model.model_fields.items():
        if name in _HIDDEN:
            continue
        path = prefix + name
        inner, optional = _without_none(info.annotation)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found += _fields(inner, f"{path}.", required=False)
            continue
        kind, choices = _type_of(inner, info)
        found.append(
            FormField(
                path,
                _label(path),
                (info.description or "").split("\n")[0],
                kind,
                required and not optional and info.is_required(),
                choices,
            )
        )
    return found


def _label(path: str) -> str:
    if path in _LABELS:
        return _LABELS[path]
    words = path.rsplit(".", 1)[-1]
    label = _LABELS.get(words, words.replace("_", " ").capitalize())
    return f"{path.split('.')[0].capitalize()} · {label.lower()}" if "." in path else label


def _without_none(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in {Union, UnionType}:
        rest = [part for part in get_args(annotation) if part is not NoneType]
        return rest[0], len(rest) < len(get_args(annotation))
    return annotation, False


def _type_of(annotation: Any, info: FieldInfo) -> tuple[FieldType, tuple[str, ...]]:
    if get_origin(annotation) is Literal:
        return "choice", tuple(str(choice) for choice in get_args(annotation))
    if get_origin(annotation) is list:
        return ("observations" if get_args(annotation)[0] is Observation else "lines"), ()
    limits = list(get_args(annotation)[1:]) if get_origin(annotation) is Annotated else list(info.metadata)
    base = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    if base is str:
        patterns = {getattr(limit, "pattern", None) for limit in limits}
        most = max((getattr(limit, "max_length", None) or 0 for limit in limits), default=0)
        if UNIT_ID_PATTERN in patterns:
            return "reference", ()
        if patterns & {_limit(Decimal).pattern}:
            return "number", ()
        return ("text" if most >= _limit(Text).max_length else "line"), ()
    return ("count" if base is int else "date"), ()


def _limit(annotated: Any) -> Any:
    return get_args(annotated)[1]


def _at(value: Mapping[str, JsonValue], path: str) -> JsonValue:
    current: JsonValue = dict(value)
    for part in path.split("."):
        current = current.get(part) if isinstance(current, dict) else None
    return current


def _put(value: dict[str, JsonValue], path: str, entry: JsonValue) -> None:
    *outer, last = path.split(".")
    for part in outer:
        inner = value.setdefault(part, {})
        assert isinstance(inner, dict)
        value = inner
    value[last] = entry


def _close_empty(model: type[BaseModel], value: dict[str, JsonValue]) -> None:
    """Make a nested model null where nothing in it was filled in but what has always a choice."""
    for name, info in model.model_fields.items():
        inner = value.get(name)
        nested, optional = _without_none(info.annotation)
        if optional and isinstance(inner, dict) and isinstance(nested, type):
            typed = [key for key, entry in inner.items() if entry is not None and key != "kind"]
            if not typed:
                value[name] = None


def _as_text(field: FormField, entry: JsonValue) -> str:
    if entry is None:
        return ""
    if field.type == "observations" and isinstance(entry, list):
        return "\n".join(_observation_line(one) for one in entry if isinstance(one, dict))
    if isinstance(entry, list):
        return "\n".join(str(one) for one in entry)
    return str(entry)


def _observation_line(one: Mapping[str, JsonValue]) -> str:
    text = " ".join(str(one.get("text") or "").splitlines())
    evidence = " ".join(str(one.get("evidence") or "").splitlines())
    return f"{text} | {evidence}" if evidence else text


def _as_value(field: FormField, text: str, before: JsonValue) -> JsonValue:
    if field.type in {"lines", "observations"}:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return [_observation(line, before) for line in lines] if field.type == "observations" else list(lines)
    if not text.strip():
        if field.required:
            raise ValueError("This is needed.")
        return None
    if field.type == "text":
        return text
    if field.type == "count":
        if not text.strip().isdecimal():
            raise ValueError("A whole number.")
        return int(text)
    if field.type == "number":
        return text.strip().replace(",", ".") if text.count(",") == 1 and "." not in text else text.strip()
    return text.strip()


def _observation(line: str, before: JsonValue) -> JsonValue:
    text, _bar, evidence = line.partition(" | ")
    known = [one for one in before if isinstance(one, dict)] if isinstance(before, list) else []
    for one in known:
        if " ".join(str(one.get("text") or "").split()) == " ".join(text.split()):
            return {**one, "evidence": evidence.strip() or None}
    return {"id": new_unit_id(), "text": text.strip(), "evidence": evidence.strip() or None, "source": None}
