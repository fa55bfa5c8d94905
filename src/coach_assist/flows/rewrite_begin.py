"""A rewrite begins a new plan: the goal stays answered in the person's words, the rewrite becomes its draft.

So what a model wrote stays marked as such, with its suggestions, until somebody edits it or both accept it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import JsonValue, ValidationError

from coach_assist.assistant.calls import CallRecord
from coach_assist.assistant.drafted import DraftedUnit, make_unit, rests_on
from coach_assist.flows.ai_record import CallKeeper
from coach_assist.flows.rewrite import Rewrite
from coach_assist.interview.answers import Answers
from coach_assist.plan.drafts import Suggestion
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

_KEPT = "rewrite.begun"
_FIELDS = ("statement", "metric", "due")
Chosen = tuple[str, Rewrite, Sequence[CallRecord]]
"""The old text, the rewrite that was chosen, and the calls that it came of (none: by rules)."""


def begin_plan_with(workspace: Workspace, chosen: Sequence[Chosen], place: str) -> str:
    """Make a new plan whose goals are the old texts, and keep the rewrites for its draft; return its id.

    `place` is where the model ran (Endpoint.place). The calls stand in the plan's record as well. Raises
    Refused where nothing can be written.
    """
    kept: dict[str, JsonValue] = {}
    with workspace.create() as plan:
        keeper = CallKeeper(plan, place)
        for number, (original, rewrite, calls) in enumerate(chosen):
            for call in calls:
                keeper.called(f"rewrite:{number}", call)
            keeper.made(f"rewrite:{number}", f"goal-{number + 1}", "goal", "taken")
            told = rewrite.to_json()
            kept[_key(original)] = {
                **{name: told[name] for name in (*_FIELDS, "suggested")},
                "by_rules": rewrite.by_rules,
            }
        plan.notes.put("joint", _KEPT, kept)
        plan.answers.put("joint", "goal", [_key(original) for original, _, _ in chosen])
        return plan.id


def begun_with_rewrites(plan: PlanFile) -> int:
    """Return how many rewrites a plan was begun with."""
    return len(_kept(plan))


def with_rewrite(plan: PlanFile, answers: Answers, unit: DraftedUnit) -> DraftedUnit:
    """Return a drafted goal with the rewrite that the plan was begun with, while its answer is the same.

    Statement, metric and date are the rewrite's, and so are its suggestions; the rest stays as drafted.
    """
    if unit.draft.kind != "goal" or not (kept := _kept(plan)):
        return unit
    found = kept.get(_key(_answer_of(answers, unit)))
    if not isinstance(found, Mapping):
        return unit
    value = {**unit.draft.value, **{name: found[name] for name in _FIELDS if found.get(name) is not None}}
    others = [one for one in unit.draft.suggested if one.field.split(".")[0] not in _FIELDS]
    sources = [one for one in unit.draft.provenance if one.field.split(".")[0] not in _FIELDS]
    try:
        suggested = [Suggestion.model_validate(one) for one in found.get("suggested", ())]
        made = make_unit(
            "goal",
            value,
            origin="own_words" if found.get("by_rules") and unit.draft.origin == "own_words" else "model",
            section=unit.section,
            suggested=[*others, *suggested],
            provenance=[*sources, rests_on("statement", "model", "goal")],
            unit_id=unit.draft.id,
        )
    except (ValidationError, TypeError, ValueError):
        return unit  # kept by another version
    return replace(made, notes=unit.notes)


def _answer_of(answers: Answers, unit: DraftedUnit) -> str:
    number = unit.section.partition(":")[2]
    goals = answers.goals
    return goals[int(number)] if number.isdecimal() and int(number) < len(goals) else ""


def _kept(plan: PlanFile) -> Mapping[str, Any]:
    found = plan.notes.get("joint", _KEPT)
    return found if isinstance(found, dict) else {}


def _key(text: str) -> str:
    return " ".join(text.split())
