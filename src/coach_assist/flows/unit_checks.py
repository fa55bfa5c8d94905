"""What the checker says of a unit that waits for a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pydantic import JsonValue

from coach_assist.agreement.fold import State
from coach_assist.plan.units import UnitKind
from coach_assist.shown import has_hidden_characters

if TYPE_CHECKING:
    from coach_assist.checker import Context, Finding, GoalReport

HIDDEN_CHARACTERS = "hidden-characters"
"""What a party acknowledges when it accepts text with control or bidirectional characters."""


@dataclass(frozen=True, slots=True)
class UnitCheck:
    """The checker's word on one unit."""

    report: GoalReport | None
    """Verdicts on a goal's statement; None for the other kinds."""
    findings: tuple[tuple[str, Finding], ...]
    """(field, finding): offsets count in that field's text as stored."""
    hidden_characters: bool

    @property
    def to_acknowledge(self) -> tuple[str, ...]:
        """What has to be acknowledged before this can be accepted: codes of error findings, hidden text."""
        codes = dict.fromkeys(one.code for _, one in self.findings if one.level == "error")
        return (*codes, HIDDEN_CHARACTERS) if self.hidden_characters else tuple(codes)


def check_unit(kind: UnitKind, value: Mapping[str, JsonValue] | None, state: State | None) -> UnitCheck:
    """Check a unit's value against the rules, with the agreed plan around it. A removal has no value."""
    from coach_assist.checker import check_goal, check_text

    if value is None:
        return UnitCheck(None, (), hidden_characters=False)
    report = check_goal(str(value["statement"]), _context(value, state)) if kind == "goal" else None
    findings = [("statement", one) for one in report.findings] if report else []
    for field, text in value.items():
        if isinstance(text, str) and not (kind == "goal" and field == "statement"):
            findings += [(field, one) for one in check_text(text)]
    return UnitCheck(
        report, tuple(findings), any(has_hidden_characters(text) for text in _texts(dict(value)))
    )


def _context(value: Mapping[str, JsonValue], state: State | None) -> Context:
    from coach_assist.checker import Context

    around = {} if state is None else {one.kind: one.value or {} for one in state.agreed.values()}
    timeline = around.get("timeline", {})
    metric = value.get("metric")
    return Context(
        due=_date(value.get("due")),
        focus=_text(around.get("development_area", {}).get("area")),
        relevance=_text(value.get("relevant")),
        achievable=_text(value.get("achievable")),
        metric=_text(metric.get("name")) if isinstance(metric, dict) else None,
        start=_date(timeline.get("start")),
        end=_date(timeline.get("end")),
    )


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) and value else None


def _date(value: JsonValue) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _texts(value: JsonValue) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for inner in value.values() for text in _texts(inner)]
        case list():
            return [text for inner in value for text in _texts(inner)]
    return []
