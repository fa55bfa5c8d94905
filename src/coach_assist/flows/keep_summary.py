"""A summary kept in a plan: the notes in their drawer, the next actions as drafts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Literal, cast

from pydantic import JsonValue

from coach_assist.assistant.notes.blocks import WRITER, People
from coach_assist.assistant.notes.items import Item
from coach_assist.assistant.notes.speakers import same_person
from coach_assist.flows.ai_record import CallKeeper
from coach_assist.flows.summarise import SummaryResult
from coach_assist.plan.drafts import Draft, Provenance
from coach_assist.plan.ids import new_unit_id
from coach_assist.plan.units import Activity, Goal, Support, UnitKind, value_json
from coach_assist.workspace.drawers import Owner
from coach_assist.workspace.store import PlanFile

LONGEST_OWNER = 400


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: the entry in the notes drawer, and how many next actions became drafts."""

    entry: str
    drafts: int


def people_of(plan: PlanFile) -> People:
    """Return the two parties as the plan's joint answers name them; empty where they are not named yet."""
    names = [plan.answers.get("joint", question) for question in ("team_member", "manager")]
    member, manager = (name if isinstance(name, str) else "" for name in names)
    return People(member, manager)


def goals_of(plan: PlanFile) -> tuple[str, ...]:
    """Return the statements of the agreed goals, else those of the drafts, else the answers as given."""
    units = plan.state.agreed.values() if plan.has_opened else ()
    agreed = [one.value for one in units if one.kind == "goal" and one.value]
    drafted = [draft.value for draft in plan.drafts.of_plan() if draft.kind == "goal" and not draft.removal]
    found = [Goal.model_validate(value).statement for value in (agreed or drafted)]
    if found:
        return tuple(found)
    answered = plan.answers.get("joint", "goal")
    if isinstance(answered, list):
        return tuple(str(goal) for goal in answered if goal)
    return (answered,) if isinstance(answered, str) and answered else ()


def keep_summary(plan: PlanFile, text: str, result: SummaryResult, *, owner: Owner = "joint") -> Kept:
    """Keep the notes, the summary, its calls and its next actions in the drawers of `owner`.

    The same notes summarised again replace what was kept of them, drafts included. An action of the
    manager becomes a draft of support, any other one of an activity; nothing is put forward. Raises
    Refused where the plan is read-only or the disk is full, UsageError where a text is too long.
    """
    entry = f"summary.{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
    people = people_of(plan)
    drafts = [_draft(item, people) for item in result.items if item.kind == "action"]
    before = plan.notes.get(owner, f"{entry}.drafts")
    plan.notes.put(owner, f"{entry}.notes", text)
    plan.notes.put(owner, entry, json.dumps(result.to_json(), ensure_ascii=False))
    if isinstance(before, list):
        plan.drafts.forget(str(one) for one in before)
    plan.notes.put(owner, f"{entry}.drafts", [draft.id for draft in drafts])
    plan.drafts.put_all(owner, drafts)
    calls = CallKeeper(plan, result.place)
    for call in result.calls:
        calls.called(entry, call)
    if result.failed is not None:
        calls.called(entry, None, failed=result.failed.what)
    for draft in drafts:
        calls.made(entry, draft.id, draft.kind, draft.origin)
    return Kept(entry, len(drafts))


def _draft(item: Item, people: People) -> Draft:
    named = item.owner if item.owner and item.owner != WRITER and len(item.owner) <= LONGEST_OWNER else None
    if named is not None and people.manager and same_person(named, people.manager):
        kind: UnitKind = "support"
        value = value_json(Support(what=item.text, who=named, due=item.due))
    else:
        kind = "activity"
        value = value_json(Activity(what=item.text, owner=named, due=item.due))
    source: Literal["model", "code"] = "model" if item.by == "model" else "code"
    provenance = [Provenance(field="what", source=source)]
    provenance += [
        Provenance(field=field, source="code") for field in ("owner", "who", "due") if value.get(field)
    ]
    return Draft(
        id=new_unit_id(),
        kind=kind,
        value=cast("dict[str, JsonValue]", value),
        origin="model" if item.by == "model" else "own_words",
        provenance=provenance,
    )
