"""A SMART rewrite of a goal's draft: asked for beside the old text, kept in its place once it is taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, cast

from pydantic import BaseModel, JsonValue

from coach_assist.flows.ai_record import CallKeeper, note_taken
from coach_assist.flows.plan_drafts import as_date, end_of
from coach_assist.flows.plan_privacy import admit
from coach_assist.plan.drafts import Draft, Provenance
from coach_assist.workspace.store import PlanFile

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider
    from coach_assist.flows.draft import DraftEvent
    from coach_assist.flows.rewrite import Rewrite, RewriteResult


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
    section = f"rewrite:{draft_id}"
    keeper = CallKeeper(plan, provider.endpoint.place if provider is not None else "")
    under_way = False

    def heard(event: DraftEvent) -> None:
        nonlocal under_way
        under_way = event.kind == "section_started" or (under_way and event.kind in {"delta", "usage"})
        if event.call is not None or event.kind == "section_failed":
            keeper.called(section, event.call, failed=str(event.data.get("what", "")))
        if on_event is not None:
            on_event(event)

    try:
        return await rewrite_goal(
            str(draft.value.get("statement", "")),
            provider=provider,
            today=today or date.today(),
            due=as_date(draft.value.get("due")) or end_of(list(plan.drafts.of_plan())),
            names=(names[0], names[1]) if all(names) else None,
            alternatives=2 if several else 1,
            on_event=heard,
        )
    finally:
        if under_way:
            keeper.called(section, None, failed="Stopped before the answer was whole.")


def _as_json(value: object) -> JsonValue:
    """Return a model or a mapping as JSON-ready data."""
    return cast("JsonValue", value.model_dump(mode="json") if isinstance(value, BaseModel) else value)
