"""A plan's drafts in their drawer: asked of the model, kept as they come, written and changed by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel, JsonValue, ValidationError

from coach_assist.checker import Context, Finding, GoalReport, check_goal
from coach_assist.plan.drafts import Draft, Provenance, Suggestion
from coach_assist.plan.ids import new_unit_id
from coach_assist.plan.units import SINGLE_KINDS, VALUE_MODELS, UnitKind, headline
from coach_assist.workspace.store import PlanFile

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider
    from coach_assist.flows.draft import DraftEvent, DraftResult
    from coach_assist.flows.rewrite import Rewrite, RewriteResult

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


def drafts_of(plan: PlanFile, *, today: date | None = None) -> tuple[DraftView, ...]:
    """Return the plan's drafts in the order in which a plan is read."""
    order = list(VALUE_MODELS)
    drafts = sorted(plan.drafts.all(), key=lambda draft: order.index(draft.kind))
    end = _end(drafts)
    return tuple(_view(draft, end, today) for draft in drafts)


async def draft_plan(
    plan: PlanFile,
    *,
    provider: Provider | None,
    on_event: Callable[[DraftEvent], None],
    today: date | None = None,
) -> DraftResult:
    """Draft the plan from its answers; each unit is in the drawer before `on_event` hears that it is ready.

    `provider` None: in the person's own words. Drafts of an earlier round that nobody touched by hand are
    replaced once the first new unit has come; those written or changed by hand stay. Cancelling keeps
    what had come. Raises AnswersError where answers are missing, Refused where nothing can be written.
    """
    from coach_assist.flows.draft import draft_answers
    from coach_assist.flows.interview import read_answers

    answers = read_answers(plan, today=today)
    earlier = [draft.id for draft in plan.drafts.all() if draft.origin not in {"person", "import"}]
    by_hand = {draft.kind for draft in plan.drafts.all() if draft.origin in {"person", "import"}}
    came: list[str] = []

    def keep(event: DraftEvent) -> None:
        if event.kind == "unit_ready":
            draft = Draft.model_validate(_draft_part(event.data))
            if not (draft.kind in SINGLE_KINDS and draft.kind in by_hand):
                plan.drafts.put("joint", draft)
                came.append(draft.id)
        elif event.kind == "delta":
            plan.partials.put("joint", event.section, dict(event.data))
        on_event(event)

    result = await draft_answers(answers, provider=provider, today=today or answers.today, on_event=keep)
    for call in result.calls:
        plan.calls.add(call.to_json())
    plan.partials.delete("joint")
    for draft_id in earlier:
        if draft_id not in came and came:
            plan.drafts.delete(draft_id)
    return result


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


def save_rewrite(plan: PlanFile, draft_id: str, rewrite: Rewrite) -> Draft:
    """Keep the model's rewrite of a goal in place of the draft's statement, metric and due date.

    It stays marked as the model's, with its suggestions. Raises Refused, KeyError for an unknown draft.
    """
    before = plan.drafts.get(draft_id)
    if before is None:
        raise KeyError(draft_id)
    value: dict[str, JsonValue] = {**before.value, "statement": rewrite.statement}
    if rewrite.metric is not None:
        value["metric"] = _as_json(rewrite.metric)
    if rewrite.due is not None:
        value["due"] = str(rewrite.due)
    touched = {"statement", "metric", "due"}
    draft = Draft(
        id=before.id,
        kind=before.kind,
        value=value,
        origin="model",
        suggested=[
            *(one for one in before.suggested if one.field.split(".")[0] not in touched),
            *rewrite.suggested,
        ],
        provenance=[
            *(one for one in before.provenance if one.field.split(".")[0] not in touched),
            Provenance(field="statement", source="model"),
        ],
    )
    plan.drafts.put(plan.drafts.owner(draft_id) or "joint", draft)
    return draft


async def rewrite_draft(
    plan: PlanFile,
    draft_id: str,
    *,
    provider: Provider,
    on_event: Callable[[DraftEvent], None] | None = None,
    today: date | None = None,
) -> RewriteResult:
    """Ask for a SMART rewrite of a goal's draft; nothing is kept but the record of the calls.

    Raises CoachError where no request could be made, KeyError for an unknown draft.
    """
    from coach_assist.flows.rewrite import rewrite_goal

    draft = plan.drafts.get(draft_id)
    if draft is None:
        raise KeyError(draft_id)
    names = tuple(str(plan.answers.get("joint", party) or "") for party in ("team_member", "manager"))
    result = await rewrite_goal(
        str(draft.value.get("statement", "")),
        provider=provider,
        today=today or date.today(),
        due=_as_date(draft.value.get("due")) or _end(list(plan.drafts.all())),
        names=(names[0], names[1]) if all(names) else None,
        on_event=on_event,
    )
    for call in result.calls:
        plan.calls.add(call.to_json())
    return result


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
    """Return what a field "gap" or "goal" may name: (id, text), of drafts and of the agreed plan."""
    values: list[tuple[str, UnitKind, Mapping[str, JsonValue]]] = []
    if plan.has_opened:
        values += [(unit, one.kind, one.value or {}) for unit, one in plan.state.agreed.items()]
    values += [(draft.id, draft.kind, draft.value) for draft in plan.drafts.all()]
    gaps: dict[str, str] = {}
    goals: dict[str, str] = {}
    for unit, kind, value in values:
        if kind == "goal":
            goals[unit] = str(value.get("statement", ""))
        entries = value.get("gaps") if kind == "current_state" else None
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, dict):
                gaps[str(entry.get("id"))] = str(entry.get("text"))
    return {"gap": list(gaps.items()), "goal": list(goals.items())}


def goal_report(statement: str, due: str | None = None, *, today: date | None = None) -> GoalReport:
    """Check one goal while it is written. `due` is ISO text; one that is no date counts as none."""
    return check_goal(statement, Context(due=_as_date(due), today=today or date.today()))


def noticed(report: GoalReport | None) -> tuple[Finding, ...]:
    """Return the findings of a report, none where there is no report."""
    return report.findings if report is not None else ()


def _view(draft: Draft, end: date | None, today: date | None) -> DraftView:
    report = None
    if draft.kind == "goal" and not draft.removal:
        due = _as_date(draft.value.get("due")) or end
        relevance = draft.value.get("relevant")
        context = Context(
            due=due, relevance=str(relevance) if relevance else None, today=today or date.today(), end=end
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


def _as_json(value: object) -> JsonValue:
    """Return a model or a mapping as JSON-ready data."""
    return cast("JsonValue", value.model_dump(mode="json") if isinstance(value, BaseModel) else value)


def _draft_part(data: Mapping[str, object]) -> dict[str, object]:
    return {name: data[name] for name in Draft.model_fields if name in data}


def _end(drafts: list[Draft]) -> date | None:
    return next((_as_date(draft.value.get("end")) for draft in drafts if draft.kind == "timeline"), None)


def _as_date(text: object) -> date | None:
    if not isinstance(text, str) or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _all_text(value: JsonValue) -> str:
    if isinstance(value, dict):
        return "\n".join(_all_text(one) for one in value.values())
    if isinstance(value, list):
        return "\n".join(_all_text(one) for one in value)
    return "" if value is None else str(value)
