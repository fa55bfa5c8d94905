"""Putting forward: drafts become proposals. That alone accepts nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue, ValidationError

from coach_assist.agreement.bodies import CommentBody, DecideBody, ProposeBody
from coach_assist.agreement.events import Record
from coach_assist.agreement.fold import Proposal, State, fold
from coach_assist.agreement.history import History
from coach_assist.errors import UsageError
from coach_assist.flows.acts import acting_key, begin_act
from coach_assist.flows.open_plan import opening_records
from coach_assist.flows.opportunity import require_released, require_statements, shown_first
from coach_assist.flows.opportunity_release import record_due
from coach_assist.plan.drafts import Draft, Origin
from coach_assist.plan.units import SINGLE_KINDS, Party, UnitKind, parse_value, value_json
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

PERSONS_OWN: frozenset[Origin] = frozenset({"own_words", "person"})
"""Origins of text that a person wrote: only for these may one act propose and accept."""


@dataclass(frozen=True, slots=True)
class PutForward:
    """What became of the drafts that were put forward."""

    proposals: tuple[str, ...]
    """The new proposals' ids, in the order of the drafts."""
    accepted: tuple[str, ...]
    """Those that their author accepted in the same act (only text that a person wrote)."""
    unchanged: tuple[str, ...]
    """Ids of drafts that say what is agreed already; they were not put forward and are gone."""


def put_forward(
    workspace: Workspace,
    plan: PlanFile,
    party: Party,
    drafts: Sequence[Draft],
    *,
    accept_own: bool,
    reasons: Mapping[str, str] | None = None,
) -> PutForward:
    """Turn drafts into proposals by `party`; the drafts leave their drawer in the same transaction.

    With `accept_own`, the party accepts in the same act those that a person wrote (the screen says so
    first); text of a model or of an import is only proposed. An earlier proposal of the same party on
    the same unit that the other has not accepted is withdrawn. The first time, the opening event is
    written: both names must have been answered. `reasons` says of drafts, by their ids, why they are put
    forward; the other party reads it beside the proposal.

    Raises UsageError where a value does not fit, a name is missing, or there is nothing to remove;
    Refused where the plan cannot be written. Then nothing at all was put forward.
    """
    values = [None if draft.removal else _value(draft) for draft in drafts]
    for draft, fitting in zip(drafts, values, strict=True):
        require_released(plan, draft.kind)
        if draft.kind == "frame" and fitting is not None:
            require_statements(fitting)
    if not drafts:
        raise UsageError("There is no draft to put forward.")
    made: list[str] = []
    accepted: list[str] = []
    unchanged: list[str] = []

    def compose(history: History) -> list[Record]:
        opening = opening_records(workspace, plan, party, history)
        grown = history.extended(opening) if opening else history
        state = fold(grown)
        key = workspace.key(plan.id, party) if opening else acting_key(workspace, plan, party)
        act = begin_act(plan, party, grown, key)
        for draft, value in zip(drafts, values, strict=True):
            body = _proposal(draft, value, state)
            standing = state.proposals.get(body.base or "")
            if standing is not None and not draft.removal and dict(standing.value or {}) == value:
                unchanged.append(draft.id)
                continue
            for earlier in _replaced(state, party, body):
                act.add("decide", decision_on(earlier, "withdraw"))
            one = act.add("propose", body)
            made.append(one)
            about = one
            if accept_own and draft.origin in PERSONS_OWN and shown_first(plan, draft.kind):
                shown = act.body_hash(one)
                about = act.add("decide", DecideBody(proposal=one, shown=shown, decision="accept"))
                accepted.append(one)
            if reason := (reasons or {}).get(draft.id, "").strip():
                act.add("comment", CommentBody(about=about, role="reason", text=reason))
        return [*opening, *act.records]

    plan.record(compose, spent_drafts=[draft.id for draft in drafts])
    record_due(workspace, plan)
    return PutForward(tuple(made), tuple(accepted), tuple(unchanged))


def decision_on(proposal: Proposal, decision: str) -> DecideBody:
    """Return the body of a decision on a proposal as it stands."""
    return DecideBody.model_validate({"proposal": proposal.id, "shown": proposal.shown, "decision": decision})


def _value(draft: Draft) -> dict[str, JsonValue]:
    try:
        return value_json(parse_value(draft.kind, draft.value))  # type: ignore[return-value]  # JSON mode
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            f"This {draft.kind.replace('_', ' ')} is not complete ({where}: {first['msg']}).",
            kept="The drafts are kept, and nothing was put forward.",
            next_step="Correct it, then put it forward.",
        ) from None


def _proposal(draft: Draft, value: dict[str, JsonValue] | None, state: State) -> ProposeBody:
    """Return the body that puts a draft forward on top of what is agreed in its place."""
    unit, base = draft.id, state.agreed.get(draft.id)
    if base is None and draft.kind in SINGLE_KINDS:
        base = next((one for one in state.agreed.values() if one.kind == draft.kind), None)
        unit = unit if base is None else base.unit
    removed = _removed_here(state, draft.kind, unit)
    if draft.removal and base is None:
        raise UsageError("Only what is agreed can be put forward for removal.", kept="The drafts are kept.")
    settles = _rivals(state, draft.kind, unit)
    standing = base or removed
    return ProposeBody(
        unit=unit,
        kind=draft.kind,
        value=value,
        removal=draft.removal,
        base=standing.id if standing else None,
        settles=[one for one in settles if standing is None or one != standing.id],
        origin=draft.origin,
        suggested=[] if draft.removal else draft.suggested,
    )


def _removed_here(state: State, kind: UnitKind, unit: str) -> Proposal | None:
    """Return the agreed removal in this place, which a new text has to build on; None where there is none."""
    for one in state.proposals.values():
        same = one.kind == kind and (one.unit == unit or kind in SINGLE_KINDS)
        if same and one.removal and one.status == "agreed":
            return one
    return None


def _rivals(state: State, kind: UnitKind, unit: str) -> tuple[str, ...]:
    """Return the accepted proposals whose conflict a new text in this place would settle."""
    for conflict in state.conflicts:
        first = state.proposals[conflict.rivals[0]]
        if first.kind == kind and (first.unit == unit or kind in SINGLE_KINDS):
            return conflict.rivals
    return ()


def _replaced(state: State, party: Party, body: ProposeBody) -> list[Proposal]:
    """Return the party's own open proposals on the unit that its new one takes the place of."""
    return [
        one
        for one in state.proposals.values()
        if one.unit == body.unit and one.kind == body.kind and one.by == party and one.status == "open"
    ]
