"""One drafted unit with what is known about it, and small helpers to build one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from coach_assist.checker import Context, Finding, check_goal, check_text
from coach_assist.plan.drafts import Draft, Origin, Provenance, Suggestion
from coach_assist.plan.ids import new_unit_id
from coach_assist.plan.units import UnitKind, Value, parse_value, value_json


@dataclass(frozen=True, slots=True)
class DraftedUnit:
    """A draft, the verdicts of its goal (None for other kinds) and what the checker says of its text."""

    draft: Draft
    verdicts: dict[str, str] | None = None
    findings: tuple[Finding, ...] = ()
    section: str = ""
    """The section that it came from, such as "goal:0"."""
    notes: tuple[str, ...] = field(default=())
    """What the checks on the model's output still had against it."""

    def to_json(self) -> dict[str, Any]:
        """Return the unit under the keys of schemas/draft.schema.json."""
        draft = self.draft.model_dump(mode="json")
        return {
            "id": draft["id"],
            "kind": draft["kind"],
            "value": draft["value"],
            "suggested": draft["suggested"],
            "provenance": {"origin": draft["origin"], "fields": draft["provenance"]},
            "verdicts": self.verdicts,
            "findings": [finding.to_json() for finding in self.findings],
        }

    def event_data(self) -> dict[str, Any]:
        """Return the draft's own fields with its verdicts and findings, JSON-ready."""
        findings = [finding.to_json() for finding in self.findings]
        return {**self.draft.model_dump(mode="json"), "verdicts": self.verdicts, "findings": findings}


def make_unit(
    kind: UnitKind,
    value: Value | dict[str, Any],
    *,
    origin: Origin,
    section: str,
    suggested: list[Suggestion] | None = None,
    provenance: list[Provenance] | None = None,
    context: Context | None = None,
    unit_id: str = "",
    notes: tuple[str, ...] = (),
) -> DraftedUnit:
    """Return a drafted unit whose value was validated and whose text was checked.

    Raises pydantic.ValidationError where the value does not fit its kind.
    """
    parsed = parse_value(kind, value) if isinstance(value, dict) else value
    data = value_json(parsed)
    draft = Draft(
        id=unit_id or new_unit_id(),
        kind=kind,
        value=data,  # type: ignore[arg-type]
        origin=origin,
        suggested=suggested or [],
        provenance=provenance or [],
    )
    verdicts, findings = checked(kind, data, context)
    return DraftedUnit(draft, verdicts, findings, section, notes)


def checked(
    kind: str, value: dict[str, Any], context: Context | None = None
) -> tuple[dict[str, str] | None, tuple[Finding, ...]]:
    """Return the verdicts (goals only) and the findings on the text of a unit's value."""
    if kind == "goal":
        metric = value.get("metric") or {}
        base = context or Context()
        report = check_goal(
            str(value["statement"]),
            Context(
                due=date.fromisoformat(value["due"]) if value.get("due") else None,
                focus=base.focus,
                relevance=value.get("relevant") or base.relevance,
                achievable=value.get("achievable") or base.achievable,
                metric=metric.get("name"),
                today=base.today,
                start=base.start,
                end=base.end,
            ),
        )
        return {str(letter): str(verdict) for letter, verdict in report.verdicts.items()}, report.findings
    return None, tuple(finding for text in _texts(kind, value) for finding in check_text(text))


def _texts(kind: str, value: dict[str, Any]) -> list[str]:
    names = {"activity": ["what"], "support": ["what"], "development_area": ["area"]}.get(kind, [])
    texts = [str(value[name]) for name in names if value.get(name)]
    if kind == "current_state":
        texts = [str(entry["text"]) for entry in value["strengths"] + value["gaps"]]
    return texts


def suggest(field_name: str, text: str, question: str) -> Suggestion:
    """Return one entry of the list of suggestions."""
    return Suggestion(field=field_name, text=text, question=question)


def rests_on(field_name: str, source: str, *questions: str) -> Provenance:
    """Return one entry of provenance. `source` is answer, model, code or person."""
    return Provenance.model_validate({"field": field_name, "source": source, "questions": list(questions)})
