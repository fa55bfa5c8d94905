"""A reviewed document becomes a new plan: its units as drafts of origin "import", to go on with.

Nothing is put forward: the drafts lie in the drawer of both, and every unit waits for a person to propose it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import JsonValue

from coach_assist.errors import Refused
from coach_assist.flows.review import PIP_EXPLANATION
from coach_assist.flows.review_output import FileReview
from coach_assist.plan.drafts import Draft, Provenance
from coach_assist.plan.ids import new_unit_id
from coach_assist.plan.units import PARTIES, SINGLE_KINDS, UnitKind
from coach_assist.workspace.store import Workspace

LEFT_OVER = "import.left-over"
"""The note that keeps what no unit holds."""


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """The new plan, and what became of the document's parts."""

    plan: str
    drafts: int
    incomplete: tuple[UnitKind, ...]
    """Kinds of units that cannot be put forward yet: the document does not tell all that they need."""


def save_review(workspace: Workspace, name: str, review: FileReview) -> SavedPlan:
    """Make a new plan from a review. Raises Refused for a PIP, a form, or a document without any part."""
    if review.reads_as == "pip":
        raise Refused(
            PIP_EXPLANATION,
            kept="Nothing was made from it.",
            next_step="If it is no such plan, say --not-a-pip. To begin one: coach-assist interview",
        )
    if review.reads_as != "plan" or not review.units:
        raise Refused(
            f"{name} holds no filled-in coaching plan from which drafts could be made.",
            kept="Nothing was made from it.",
            next_step="Begin with: coach-assist interview",
        )
    # Ids of a review are made from the document; a plan's own are random, its gaps' too.
    ids = {old: new_unit_id() for unit in review.units for old in (unit.id, *_inner_ids(unit.value))}
    drafts: list[Draft] = []
    for unit in review.units:
        if unit.kind in SINGLE_KINDS and any(draft.kind == unit.kind for draft in drafts):
            continue
        value = _renamed(unit.value, ids)
        # The model wrote none of it, but it said what these words are.
        provenance = [Provenance(field="kind", source="model")] if unit.by_model else []
        drafts.append(
            Draft(id=ids[unit.id], kind=unit.kind, value=value, origin="import", provenance=provenance)
        )
    with workspace.create() as plan:
        for party in PARTIES:
            if words := review.names.get(party):
                plan.answers.put("joint", party, words)
        plan.drafts.put_all("joint", drafts)
        if review.unplaced:
            plan.notes.put("joint", LEFT_OVER, [one.text for one in review.unplaced])
        return SavedPlan(plan.id, len(drafts), tuple(unit.kind for unit in review.units if unit.lacks))


def _inner_ids(value: dict[str, JsonValue]) -> list[str]:
    entries = [
        one for name in ("strengths", "gaps") if isinstance(inner := value.get(name), list) for one in inner
    ]
    return [str(one["id"]) for one in entries if isinstance(one, dict) and "id" in one]


def _renamed(value: dict[str, JsonValue], ids: dict[str, str]) -> dict[str, JsonValue]:
    """Return the value with every id and reference of the review replaced; a dangling one becomes null."""
    new = dict(value)
    for name in ("goal", "gap"):
        if isinstance(old := new.get(name), str):
            new[name] = ids.get(old)
    for name in ("strengths", "gaps"):
        if isinstance(inner := new.get(name), list):
            new[name] = [
                {**one, "id": ids[str(one["id"])]} if isinstance(one, dict) and "id" in one else one
                for one in inner
            ]
    return new
