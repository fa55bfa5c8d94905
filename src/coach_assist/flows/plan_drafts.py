"""A plan's drafts in their drawer: how a screen shows them, written, changed and dropped by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue, ValidationError

from coach_assist.checker import Context, Finding, GoalReport, check_goal
from coach_assist.plan.drafts import Draft, Provenance, Suggestion
from coach_assist.plan.ids import new_unit_id
from coach_assist.plan.units import VALUE_MODELS, UnitKind, headline
from coach_assist.workspace.store import PlanFile

ORIGIN_WORDS = {
    "model": "drafted by the model",
    "own_words": "in your own words",
    "person": "written by hand",
    "import": "taken from a file",
}


@dataclass(frozen=True, slots=True)
class DraftView:
    """One draft as a screen shows it."""

    id: str
    kind: UnitKind
    headline: str
    value: Mapping[str, JsonValue]
    origin: str
    origin_words: str
    suggested: tuple[Suggestion, ...]
    removal: bool
    report: GoalReport | None
    """The checker's report on a goal's statement; None for other kinds."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What the plan says around a goal."""

    end: date | None
    focus: str | None
    today: date


def drafts_of(plan: PlanFile, *, today: date | None = None) -> tuple[DraftView, ...]:
    """Return the plan's drafts in the order in which a plan is read."""
    order = list(VALUE_MODELS)
    drafts = sorted(plan.drafts.of_plan(), key=lambda draft: order.index(draft.kind))
    area = next((draft for draft in drafts if draft.kind == "development_area"), None)
    around = _Around(
        end_of(drafts), _as_text(area.value.get("area")) if area else None, today or date.today()
    )
    return tuple(_view(draft, around) for draft in drafts)


def save_draft(plan: PlanFile, draft_id: str | None, kind: UnitKind, value: Mapping[str, JsonValue]) -> Draft:
    """Keep a unit that a person wrote or changed by hand, durably, and return its draft.

    Suggestions whose words are no longer in the value are gone with them. Raises Refused.
    """
    before = plan.drafts.get(draft_id) if draft_id else None
    kept = [one for one in before.suggested if one.text in _all_text(dict(value))] if before else []
    draft = Draft(
        id=draft_id or new_unit_id(),
        kind=kind,
        value=dict(value),
        origin="person",
        suggested=kept,
        provenance=[Provenance(field=name, source="person") for name in value],
    )
    owner = (plan.drafts.owner(draft_id) if draft_id else None) or "joint"
    plan.drafts.put(owner, draft)
    return draft


def drop_draft(plan: PlanFile, draft_id: str) -> None:
    """Delete a draft. Nobody has seen it but its writer, so nothing else changes. Raises Refused."""
    plan.drafts.delete(draft_id)


def draft_removal(plan: PlanFile, unit: str) -> Draft:
    """Keep a draft that asks to take an agreed unit out of the plan. Raises Refused, KeyError."""
    agreed = plan.state.agreed[unit]
    draft = Draft(id=unit, kind=agreed.kind, value=dict(agreed.value or {}), origin="person", removal=True)
    plan.drafts.put("joint", draft)
    return draft


def draft_change(plan: PlanFile, unit: str) -> Draft:
    """Return a draft of a change to an agreed unit, not kept yet. Raises KeyError where none is agreed."""
    agreed = plan.state.agreed[unit]
    return Draft(id=unit, kind=agreed.kind, value=dict(agreed.value or {}), origin="person")


def references(plan: PlanFile) -> dict[str, list[tuple[str, str]]]:
    """Return what a field "gap" or "goal" may name: (id, text), of drafts, proposals and the agreed plan."""
    values: list[tuple[str, UnitKind, Mapping[str, JsonValue]]] = []
    if plan.has_opened:
        living = [one for one in plan.state.proposals.values() if one.status in {"open", "agreed"}]
        values += [(one.unit, one.kind, one.value or {}) for one in living]
    values += [(draft.id, draft.kind, draft.value) for draft in plan.drafts.of_plan()]
    gaps: dict[str, str] = {}
    goals: dict[str, str] = {}
    for unit, kind, value in values:
        if kind == "goal" and value:
            goals[unit] = str(value.get("statement", ""))
        entries = value.get("gaps") if kind == "current_state" else None
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, dict):
                gaps[str(entry.get("id"))] = str(entry.get("text"))
    return {"gap": list(gaps.items()), "goal": list(goals.items())}


def goal_report(statement: str, due: str | None = None, *, today: date | None = None) -> GoalReport:
    """Check one goal while it is written. `due` is ISO text; one that is no date counts as none."""
    return check_goal(statement, Context(due=as_date(due), today=today or date.today()))


def noticed(report: GoalReport | None) -> tuple[Finding, ...]:
    """Return the findings of a report, none where there is no report."""
    return report.findings if report is not None else ()


def _view(draft: Draft, around: _Around) -> DraftView:
    report = None
    if draft.kind == "goal" and not draft.removal:
        metric = draft.value.get("metric")
        context = Context(
            due=as_date(draft.value.get("due")) or around.end,
            focus=around.focus,
            relevance=_as_text(draft.value.get("relevant")),
            achievable=_as_text(draft.value.get("achievable")),
            metric=_as_text(metric.get("name")) if isinstance(metric, dict) else None,
            today=around.today,
            end=around.end,
        )
        report = check_goal(str(draft.value.get("statement", "")), context)
    try:
        words = headline(draft.kind, draft.parsed())
    except ValidationError:
        words = " ".join(str(part) for part in draft.value.values() if isinstance(part, str))
    return DraftView(
        id=draft.id,
        kind=draft.kind,
        headline=words,
        value=draft.value,
        origin=draft.origin,
        origin_words=ORIGIN_WORDS[draft.origin],
        suggested=tuple(draft.suggested),
        removal=draft.removal,
        report=report,
    )


def end_of(drafts: list[Draft]) -> date | None:
    """Return the last day of the plan, as its drafts say it; None where they do not."""
    return next((as_date(draft.value.get("end")) for draft in drafts if draft.kind == "timeline"), None)


def as_date(text: object) -> date | None:
    """Return an ISO text as a day; None for everything else."""
    if not isinstance(text, str) or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _as_text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _all_text(value: JsonValue) -> str:
    if isinstance(value, dict):
        return "\n".join(_all_text(one) for one in value.values())
    if isinstance(value, list):
        return "\n".join(_all_text(one) for one in value)
    return "" if value is None else str(value)
