"""A counter: one proposal is declined, and another text for the same unit is put forward in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from pydantic import JsonValue, ValidationError

from coach_assist.agreement.bodies import DecideBody, ProposeBody
from coach_assist.agreement.events import Record
from coach_assist.agreement.fold import Proposal, State, fold
from coach_assist.agreement.history import History
from coach_assist.errors import UsageError
from coach_assist.flows.acts import acting_key, begin_act
from coach_assist.flows.ai_record import note_countered
from coach_assist.flows.one_proposal import decision_of, found, not_now, say_why
from coach_assist.flows.opportunity import require_shown
from coach_assist.flows.unit_fields import Field, fields_of
from coach_assist.plan.drafts import Draft, Origin, Suggestion
from coach_assist.plan.units import Party, UnitKind, parse_value, value_json
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


@dataclass(frozen=True, slots=True)
class Change:
    """One labelled text that two versions of a unit do not share. "" where one of them lacks it."""

    label: str
    old: str
    new: str


def changes(
    kind: UnitKind,
    old: Mapping[str, JsonValue],
    new: Mapping[str, JsonValue],
    known: Mapping[str, str] | None = None,
) -> tuple[Change, ...]:
    """Return what differs between two values of a unit, in the order in which its fields are read.

    `known` maps ids of gaps and goals to their texts. Texts are as stored.
    """
    return changed_fields(fields_of(kind, old, known), fields_of(kind, new, known))


def changed_fields(old: Iterable[Field], new: Iterable[Field]) -> tuple[Change, ...]:
    """Return what differs between two units as labelled texts."""
    before, after = dict(old), dict(new)
    labels = [*after, *(label for label in before if label not in after)]
    return tuple(
        Change(label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if before.get(label) != after.get(label)
    )


def counter(
    workspace: Workspace,
    plan: PlanFile,
    party: Party,
    proposal_id: str,
    shown: str,
    value: Mapping[str, JsonValue],
    *,
    reason: str = "",
    version: Draft | None = None,
) -> str:
    """Answer a proposal with another text: one act declines it and proposes the new text.

    A text that the person wrote or changed is accepted by them in the same act. `version` is the version
    that a model or the rules wrote for them (flows/another.py): it leaves their drawer in the same
    transaction; put forward as it came, it stays marked as what it is, and nobody has accepted it yet.
    Return the new proposal's id. Raises UsageError where the value does not fit or is the same text,
    Refused where the plan cannot be written; then nothing was decided.
    """
    new: list[str] = []

    def compose(history: History) -> list[Record]:
        state = fold(history)
        proposal = found(state, proposal_id, shown)
        require_shown(plan, proposal.kind)
        if proposal.status in ("agreed", "superseded", "conflict"):
            raise not_now(proposal)
        fitting = _fitting(proposal, value)
        origin, suggested = _where_from(proposal, fitting, version)
        act = begin_act(plan, party, history, acting_key(workspace, plan, party))
        declined = act.add("decide", decision_of(proposal, "decline"))
        say_why(act, declined, reason)
        body = ProposeBody(
            unit=proposal.unit,
            kind=proposal.kind,
            value=fitting,
            base=_standing(proposal, state),
            settles=list(proposal.settles),
            counters=proposal.id,
            origin=origin,
            suggested=suggested,
        )
        new.append(act.add("propose", body))
        if _by_a_person(fitting, version):
            own = DecideBody(proposal=new[-1], shown=act.body_hash(new[-1]), decision="accept")
            act.add("decide", own)
        return act.records

    plan.record(compose, spent_drafts=[version.id] if version is not None else [])
    if version is not None:
        note_countered(plan, version.id, new[-1])
    return new[-1]


def _fitting(proposal: Proposal, value: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return a value as it is stored. Raises UsageError where it does not fit, or is the same text."""
    try:
        fitting = cast("dict[str, JsonValue]", value_json(parse_value(proposal.kind, dict(value))))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            f"The new text does not fit ({where}: {first['msg']}).", kept="Nothing was decided."
        ) from None
    if fitting == dict(proposal.value or {}):
        raise UsageError("The new text is the same as the old one.", kept="Nothing was decided.")
    return fitting


def _by_a_person(fitting: dict[str, JsonValue], version: Draft | None) -> bool:
    """Say whether a person wrote the text, so that putting it forward may accept it, too."""
    if version is None or fitting != dict(version.value):
        return True
    return all(one.source == "person" for one in version.provenance)


def _where_from(
    proposal: Proposal, fitting: dict[str, JsonValue], version: Draft | None
) -> tuple[Origin, list[Suggestion]]:
    """Return who wrote the new text, and what in it is only suggested.

    Whatever a person has changed is theirs; what nobody changed stays the model's.
    """
    untouched = version is not None and fitting == dict(version.value)
    origin: Origin = version.origin if version is not None and untouched else "person"
    known = [*proposal.suggested, *(version.suggested if version is not None else ())]
    text = _all_text(fitting)
    return origin, list({one.text: one for one in known if one.text in text}.values())


def _standing(proposal: Proposal, state: State) -> str | None:
    """Return what a new text in the proposal's place has to replace: what is agreed there now."""
    agreed = state.agreed.get(proposal.unit)
    return agreed.id if agreed is not None else proposal.base


def _all_text(value: JsonValue) -> str:
    match value:
        case str():
            return value
        case dict():
            return "\n".join(_all_text(inner) for inner in value.values())
        case list():
            return "\n".join(_all_text(inner) for inner in value)
    return ""
