"""Adapting an agreed plan: every change is a proposal on what is agreed, with a reason, and needs both.

Where a rule says that the plan stands still, that is a question and a few suggestions. Where a role or
a project has changed, each unit is asked: is this still true?
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from pydantic import JsonValue

from coach_assist.errors import UsageError
from coach_assist.flows.follow_facts import facts_of, refuse_where_over
from coach_assist.flows.guided import TEXT_LIMIT, Guided, Step
from coach_assist.flows.propose import put_forward
from coach_assist.flows.show import UnitView, unit_views
from coach_assist.flows.signable import signable
from coach_assist.flows.stall_views import StallView, stall_views
from coach_assist.plan.drafts import Draft
from coach_assist.plan.ids import new_unit_id
from coach_assist.plan.timeline import read_end
from coach_assist.plan.units import Party, UnitKind, parse_value, value_json
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

STILL_TRUE = "still_true.begun"
STILL_TRUE_CHOICES = (
    ("true", "still true"), ("change", "change it"), ("drop", "drop it"), ("skip", "leave it for now"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AdaptView:
    """What can be adapted now."""

    units: tuple[UnitView, ...]
    """What both have agreed, in reading order."""
    stalls: tuple[StallView, ...]
    waiting: frozenset[str]
    """Units on which a change was put forward and not decided yet."""


def adapt_view(plan: PlanFile, today: date) -> AdaptView:
    """Return what can be adapted. Raises UsageError where nothing is agreed, Refused where it is over."""
    facts = facts_of(plan)
    refuse_where_over(plan, facts)
    state = facts.state
    waiting = frozenset(one.unit for one in state.proposals.values() if one.status == "open")
    return AdaptView(unit_views(state.agreed, state), stall_views(facts, today), waiting)


def draft_of_change(plan: PlanFile, party: Party, unit: str, value: Mapping[str, JsonValue]) -> Draft:
    """Keep a changed value of an agreed unit as a draft in the party's own drawer, and return it.

    Raises UsageError where the unit is not agreed or the value does not fit it, Refused.
    """
    agreed = plan.state.agreed.get(unit)
    if agreed is None:
        raise UsageError("That is not agreed, so it cannot be changed.", kept="Nothing was changed.")
    with signable():
        fitting = cast("dict[str, JsonValue]", value_json(parse_value(agreed.kind, dict(value))))
    if fitting == dict(agreed.value or {}):
        raise UsageError("The text is the same as the agreed one.", kept="Nothing was changed.")
    draft = Draft(id=unit, kind=agreed.kind, value=fitting, origin="person")
    plan.drafts.put(party, draft)
    return draft


def draft_of_removal(plan: PlanFile, party: Party, unit: str) -> Draft:
    """Keep a draft that asks to drop an agreed unit. Raises UsageError, Refused."""
    agreed = plan.state.agreed.get(unit)
    if agreed is None:
        raise UsageError("That is not agreed, so it cannot be dropped.", kept="Nothing was changed.")
    draft = Draft(id=unit, kind=agreed.kind, value=dict(agreed.value or {}), origin="person", removal=True)
    plan.drafts.put(party, draft)
    return draft


def draft_of_addition(plan: PlanFile, party: Party, kind: UnitKind, value: Mapping[str, JsonValue]) -> Draft:
    """Keep a new unit as a draft in the party's own drawer. Raises UsageError, Refused."""
    with signable():
        fitting = cast("dict[str, JsonValue]", value_json(parse_value(kind, dict(value))))
    draft = Draft(id=new_unit_id(), kind=kind, value=fitting, origin="person")
    plan.drafts.put(party, draft)
    return draft


def draft_of_end(plan: PlanFile, party: Party, end: str) -> Draft:
    """Keep a draft of another end of the plan: a day, or "14 days" / "2 weeks" counted from its start.

    Raises UsageError where no timeline is agreed or the end does not fit, Refused.
    """
    found = next(((unit, one) for unit, one in plan.state.agreed.items() if one.kind == "timeline"), None)
    if found is None or found[1].value is None:
        raise UsageError("No timeline is agreed, so there is no end to move.", kept="Nothing was changed.")
    start = date.fromisoformat(str(found[1].value["start"]))
    try:
        day = read_end(end, start)
    except ValueError as error:
        raise UsageError(f"{str(error).capitalize()}.", kept="Nothing was changed.") from None
    return draft_of_change(plan, party, found[0], {**found[1].value, "end": day.isoformat()})


def put_change(workspace: Workspace, plan: PlanFile, party: Party, draft: Draft, reason: str) -> str:
    """Put a draft of `adapt` forward with its reason, and accept one's own text in the same act.

    Return the proposal's id. What is agreed stays in force until both have accepted it (and, in a plan
    that is signed, signed again). Raises UsageError where the reason is missing, Refused.
    """
    if not reason.strip():
        raise UsageError(
            "A change of what both have agreed needs a reason.",
            kept="The draft is kept.",
            next_step="Say why, then put it forward.",
        )
    if len(reason) > TEXT_LIMIT:
        raise UsageError(f"The reason is longer than {TEXT_LIMIT} characters.", kept="The draft is kept.")
    with signable():
        done = put_forward(workspace, plan, party, [draft], accept_own=True, reasons={draft.id: reason})
    if not done.proposals:
        raise UsageError("This is agreed already, word for word.", kept="Nothing was changed.")
    return done.proposals[0]


def begin_still_true(plan: PlanFile, party: Party, today: date) -> Guided:
    """Ask of each agreed unit whether it is still true; what was answered is kept. Raises UsageError."""
    view = adapt_view(plan, today)
    steps = tuple(
        Step(
            f"true/{unit.unit}", "choice", unit.kind_words, "Is this still true?",
            about=unit.headline, choices=STILL_TRUE_CHOICES,
        )
        for unit in view.units
    )  # fmt: skip
    return Guided(plan, party, STILL_TRUE, lambda _: steps, today.isoformat())


def to_adapt(talk: Guided) -> tuple[tuple[str, str], ...]:
    """Return (unit, "change" or "drop") for what was said to be true no longer."""
    return tuple(
        (step.removeprefix("true/"), answer)
        for step, answer in talk.answers.items()
        if answer in ("change", "drop")
    )
