"""A plan's drafts in their drawer: asked of the model, kept as they come, written and changed by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel, JsonValue, ValidationError

from coach_assist.checker import Context, Finding, GoalReport, check_goal
from coach_assist.flows.ai_record import CallKeeper, keep_calls, note_taken
from coach_assist.flows.blind import both_sets, is_blind, with_sources
from coach_assist.flows.opportunity import with_opportunity
from coach_assist.flows.plan_privacy import admit
from coach_assist.flows.rewrite_begin import with_rewrite
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
_BY_HAND = {"person", "import"}
"""Origins that a new round of drafting leaves alone."""


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
    around = _Around(_end(drafts), _as_text(area.value.get("area")) if area else None, today or date.today())
    return tuple(_view(draft, around) for draft in drafts)


async def draft_plan(
    plan: PlanFile,
    *,
    provider: Provider | None,
    on_event: Callable[[DraftEvent], None],
    today: date | None = None,
    calls: CallKeeper | None = None,
) -> DraftResult:
    """Draft the plan from its answers; each unit is in the drawer before `on_event` hears that it is ready.

    `provider` None: in the person's own words. Drafts of an earlier round that nobody touched by hand are
    replaced kind by kind, as the first new unit of a kind comes; those written or changed by hand stay.
    Cancelling keeps what had come, and the earlier drafts of what had not. `calls` keeps the record of the
    calls (None: a keeper of this round). Raises AnswersError where answers are missing, Refused where
    nothing can be written.
    """
    from coach_assist.flows.draft import draft_answers
    from coach_assist.flows.interview import read_answers

    answers = read_answers(plan, today=today)
    admit(provider, plan)
    by_hand = {draft.kind for draft in plan.drafts.of_plan() if draft.origin in _BY_HAND}
    earlier: dict[UnitKind, list[str]] = {}
    for draft in plan.drafts.of_plan():
        if draft.origin not in _BY_HAND:
            earlier.setdefault(draft.kind, []).append(draft.id)
    calls = calls or CallKeeper(plan, provider.endpoint.place if provider else "")
    keeper = _Keeper(plan, by_hand, earlier, on_event, calls)
    try:
        result = await draft_answers(
            answers,
            provider=provider,
            today=today or answers.today,
            on_event=keeper.hear,
            adapt=lambda unit: with_rewrite(plan, answers, with_opportunity(plan, unit)),
        )
    except BaseException:
        keeper.keep_partial()
        keeper.keep_stopped()
        raise
    for kind in list(earlier):
        keeper.replace(kind)
    plan.partials.delete("joint")
    return result


class _Keeper:
    """Writes what comes down before anybody hears of it: finished units and calls at once, the text of
    the section that is being written about once a second (each write waits for the disk)."""

    EVERY = 1.0

    def __init__(
        self,
        plan: PlanFile,
        by_hand: set[UnitKind],
        earlier: dict[UnitKind, list[str]],
        tell: Callable[[DraftEvent], None],
        calls: CallKeeper,
    ) -> None:
        self._calls = calls
        self._sources = both_sets(plan)[2] if is_blind(plan) else {}
        self._asked = ""
        self._earlier = earlier
        self._plan = plan
        self._by_hand = by_hand
        self._tell = tell
        self._partial: tuple[str, dict[str, JsonValue]] | None = None
        self._kept_at = 0.0

    def hear(self, event: DraftEvent) -> None:
        """Keep one event, then pass it on."""
        if event.kind == "unit_ready" and event.unit is not None:
            draft = event.unit.draft
            if not (draft.kind in SINGLE_KINDS and draft.kind in self._by_hand):
                self._plan.drafts.put("joint", with_sources(draft, self._sources))
                self.replace(draft.kind)
            self._calls.made(event.unit.section, draft.id, draft.kind, draft.origin)
        elif event.kind == "section_started":
            self._asked = event.section
        elif event.kind == "delta":
            self._partial = (event.section, dict(event.data))
            if monotonic() - self._kept_at > self.EVERY:
                self.keep_partial()
        if event.call is not None:
            self._partial = None
        if event.call is not None or event.kind == "section_failed":
            self._asked = ""
            self._calls.called(event.section, event.call, failed=str(event.data.get("what", "")))
        self._tell(event)

    def replace(self, kind: UnitKind) -> None:
        """Delete the drafts of an earlier round of this kind: new ones stand in their place."""
        for draft_id in self._earlier.pop(kind, []):
            self._plan.drafts.delete(draft_id)

    def keep_stopped(self) -> None:
        """Note a call that was stopped before its answer was whole."""
        if self._asked:
            self._calls.called(self._asked, None, failed="Stopped before the answer was whole.")

    def keep_partial(self) -> None:
        """Write down the text of the section that is being written."""
        if self._partial is not None:
            section, data = self._partial
            self._kept_at = monotonic()
            self._plan.partials.put("joint", section, data)


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

    It stays marked as the model's, with its suggestions; gaps that rules marked in the old text leave its
    origin as it was. Raises Refused, KeyError for an unknown draft.
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
        origin=before.origin if rewrite.by_rules else "model",
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
    note_taken(plan, draft_id)
    return draft


async def rewrite_draft(
    plan: PlanFile,
    draft_id: str,
    *,
    provider: Provider | None,
    on_event: Callable[[DraftEvent], None] | None = None,
    several: bool = False,
    today: date | None = None,
) -> RewriteResult:
    """Ask for a SMART rewrite of a goal's draft; nothing is kept but the record of the calls.

    `several`: a modest and an ambitious one. `provider` None: the old text with its gaps marked.
    Raises CoachError where no request could be made, KeyError for an unknown draft.
    """
    from coach_assist.flows.rewrite import rewrite_goal

    draft = plan.drafts.get(draft_id)
    if draft is None:
        raise KeyError(draft_id)
    admit(provider, plan)
    names = tuple(str(plan.answers.get("joint", party) or "") for party in ("team_member", "manager"))
    result = await rewrite_goal(
        str(draft.value.get("statement", "")),
        provider=provider,
        today=today or date.today(),
        due=_as_date(draft.value.get("due")) or _end(list(plan.drafts.of_plan())),
        names=(names[0], names[1]) if all(names) else None,
        alternatives=2 if several else 1,
        on_event=on_event,
    )
    failed = "" if result.failed is None else result.failed.what
    if provider is not None:
        keep_calls(plan, f"rewrite:{draft_id}", result.calls, provider.endpoint.place, failed=failed)
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
    return check_goal(statement, Context(due=_as_date(due), today=today or date.today()))


def noticed(report: GoalReport | None) -> tuple[Finding, ...]:
    """Return the findings of a report, none where there is no report."""
    return report.findings if report is not None else ()


def _view(draft: Draft, around: _Around) -> DraftView:
    report = None
    if draft.kind == "goal" and not draft.removal:
        metric = draft.value.get("metric")
        context = Context(
            due=_as_date(draft.value.get("due")) or around.end,
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


def _as_json(value: object) -> JsonValue:
    """Return a model or a mapping as JSON-ready data."""
    return cast("JsonValue", value.model_dump(mode="json") if isinstance(value, BaseModel) else value)


def _end(drafts: list[Draft]) -> date | None:
    return next((_as_date(draft.value.get("end")) for draft in drafts if draft.kind == "timeline"), None)


def _as_date(text: object) -> date | None:
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
