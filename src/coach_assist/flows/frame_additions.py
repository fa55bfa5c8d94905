"""What is added to the draft of a plan's frame that no answer of the interview gives."""

from __future__ import annotations

from dataclasses import replace

from coach_assist.assistant.drafted import DraftedUnit, make_unit, rests_on, suggest
from coach_assist.flows.policy import policy


def with_default_readers(unit: DraftedUnit) -> DraftedUnit:
    """Return a frame with the readers that the policy names, as a suggestion; other units as they are.

    Raises UsageError where the policy cannot be read.
    """
    draft = unit.draft
    if draft.kind != "frame" or draft.value.get("readers"):
        return unit
    readers = policy().plans.default_readers
    if not readers:
        return unit
    question = "Your organisation's policy names these readers. Do both of you agree?"
    made = make_unit(
        "frame",
        {**draft.value, "readers": list(readers)},
        origin=draft.origin,
        section=unit.section,
        suggested=[*draft.suggested, *(suggest("readers", reader, question) for reader in readers)],
        provenance=[*draft.provenance, rests_on("readers", "code")],
        unit_id=draft.id,
    )
    return replace(made, notes=unit.notes)
