"""Before the plan: a short, skippable step of the manager's, private until released.

Nothing drafted from it can be decided on before the team member was shown what it rests on. If it reads
like a formal warning, that is explained, and the choice is left to the people.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from coach_assist.assistant.drafted import DraftedUnit, make_unit, rests_on
from coach_assist.checker import recognise_pip
from coach_assist.errors import UsageError
from coach_assist.flows.frame_additions import with_default_readers
from coach_assist.flows.guided import Guided, Step
from coach_assist.interview.opportunity import STATEMENTS, kinds, opportunity_questions, plan_kind
from coach_assist.plan.drafts import Provenance
from coach_assist.plan.units import PlanKind, UnitKind
from coach_assist.workspace.plan_file import PlanFile

NAME = "opportunity"
_RELEASED, _SHOWN, _USED = "opportunity.released", "opportunity.shown", "opportunity.used"
_TAKEN = {"serves": "need", "long_term_aim": "aspires", **{one: one for one in STATEMENTS}}
"""Field of the frame → the question whose answer fills it where the interview gave none."""

PIP_WORDS = (
    "This reads like a formal warning. A performance improvement plan (PIP) is a formal document: the "
    "organisation sets it, it can end in a warning or a dismissal, and a person may want advice before "
    "signing. A coaching plan is voluntary: both write it, both decide on every line, and it threatens "
    "nothing. Mixed, they do harm: the plan is no longer trusted, and the formal process is no longer clear."
)
PIP_CHOICE = (
    "The choice is yours: reword this and go on with a coaching plan; go on as it is, with a plan of "
    "performance support that says openly what follows; or stop here and take the formal way with your HR "
    "partner."
)


@dataclass(frozen=True, slots=True)
class OpportunityView:
    """What was written before the plan. `entries`: (label, text as stored), blanks left out."""

    kind: PlanKind
    kind_words: str
    entries: tuple[tuple[str, str], ...]
    released: bool
    shown: bool
    used: bool
    """Whether a draft of the plan's frame rests on it."""
    pip_signs: tuple[str, ...]
    """The phrases by which it reads like a formal warning; empty: it does not."""
    missing: tuple[str, ...]
    """Labels of what the manager still has to write for performance support."""


def begin(plan: PlanFile, today: date) -> Guided:
    """Begin the step, or take it up, in the manager's own drawer. Every question can be skipped."""
    return Guided(plan, "manager", NAME, steps_of, today.isoformat())


def steps_of(answers: Mapping[str, str]) -> tuple[Step, ...]:
    """Return the step's questions for the kind of plan that was chosen."""
    choices = tuple((kind, wording.title.lower()) for kind, wording in kinds().items())
    return tuple(
        Step(
            one.id,
            one.kind,
            "Before the plan",
            one.prompt,
            choices=choices if one.kind == "choice" else (),
            hint=f"Why: {one.why}" + (f" Example: {one.example}" if one.example else ""),
        )
        for one in opportunity_questions(kind_of(answers))
    )


def kind_of(answers: Mapping[str, str]) -> PlanKind:
    """Return the kind of plan that was chosen; development where none was."""
    try:
        return plan_kind(answers.get("kind", ""))
    except ValueError:
        return "development"


def plan_kind_of(plan: PlanFile) -> PlanKind:
    """Return the kind of plan that the manager chose for this one; development where none was chosen."""
    return kind_of(_answers(plan))


def opportunity(plan: PlanFile) -> OpportunityView:
    """Return what was written before this plan, and where it stands."""
    answers = _answers(plan)
    kind = kind_of(answers)
    asked = opportunity_questions(kind)
    entries = tuple(
        (one.label, answers[one.id]) for one in asked if one.kind != "choice" and answers.get(one.id)
    )
    digest = _digest(answers)
    return OpportunityView(
        kind=kind,
        kind_words=kinds()[kind].title,
        entries=entries,
        released=bool(entries) and plan.meta.get(_RELEASED) == digest,
        shown=bool(entries) and plan.meta.get(_SHOWN) == digest,
        used=plan.meta.get(_USED) == "yes",
        pip_signs=recognise_pip("\n".join(text for _, text in entries)) if entries else (),
        missing=tuple(
            one.label
            for one in asked
            if kind == "performance_support" and one.id in STATEMENTS and not answers.get(one.id)
        ),
    )


def release(plan: PlanFile) -> OpportunityView:
    """Let the team member see what was written. A later change takes it back until it is released again.

    Raises UsageError where there is nothing to release, Refused.
    """
    view = opportunity(plan)
    if not view.entries:
        raise UsageError("Nothing was written before this plan, so there is nothing to release.")
    plan.meta.put(_RELEASED, _digest(_answers(plan)))
    return replace(view, released=True)


def mark_shown(plan: PlanFile) -> None:
    """Note that the team member was shown all of it. Raises UsageError where it is not released, Refused."""
    if not opportunity(plan).released:
        raise UsageError(
            "What the manager wrote before the plan is not released.",
            next_step=f"The manager releases it with: coach-assist opportunity {plan.id[:8]} --release",
        )
    plan.meta.put(_SHOWN, _digest(_answers(plan)))


def forget(plan: PlanFile) -> None:
    """Delete all that was written before the plan. Raises Refused."""
    begin(plan, date.today()).drop()
    for mark in (_RELEASED, _SHOWN):
        plan.meta.put(mark, "")


def with_opportunity(plan: PlanFile, unit: DraftedUnit) -> DraftedUnit:
    """Return a frame with its kind and what was written before the plan, other units as they are.

    What the interview answered stays. The readers of the organisation's policy are added as well. Raises
    Refused where the plan cannot be written.
    """
    unit = with_default_readers(unit)
    if unit.draft.kind != "frame":
        return unit
    answers = _answers(plan)
    kind = kind_of(answers)
    taken = {
        field: answers[question]
        for field, question in _TAKEN.items()
        if answers.get(question)
        and not unit.draft.value.get(field)
        and (field not in STATEMENTS or kind == "performance_support")
    }
    if not taken and kind == unit.draft.value.get("plan_kind"):
        return unit
    if plan.meta.get(_USED) != "yes":
        plan.meta.put(_USED, "yes")
    provenance: list[Provenance] = [
        rests_on(field, "answer", f"{NAME}.{_TAKEN[field]}") for field in taken
    ] + [rests_on("plan_kind", "answer", f"{NAME}.kind")]
    made = make_unit(
        "frame",
        {**unit.draft.value, **taken, "plan_kind": kind},
        origin=unit.draft.origin,
        section=unit.section,
        suggested=list(unit.draft.suggested),
        provenance=[*unit.draft.provenance, *provenance],
        unit_id=unit.draft.id,
    )
    return replace(made, notes=unit.notes)


def shown_first(plan: PlanFile, kind: UnitKind) -> bool:
    """Say whether a unit of `kind` may be decided on: what it rests on was shown to the team member."""
    return kind != "frame" or plan.meta.get(_USED) != "yes" or not _texts(plan) or opportunity(plan).shown


def require_released(plan: PlanFile, kind: UnitKind) -> None:
    """Raise UsageError where a draft of `kind` rests on what the manager has not released yet."""
    if kind == "frame" and plan.meta.get(_USED) == "yes" and _texts(plan) and not opportunity(plan).released:
        raise UsageError(
            "This rests on what the manager wrote before the plan, which is not released yet.",
            kept="The drafts are kept, and nothing was put forward.",
            next_step=f"The manager releases it: coach-assist opportunity {plan.id[:8]} --release",
        )


def require_shown(plan: PlanFile, kind: UnitKind) -> None:
    """Raise UsageError where a unit of `kind` rests on what the team member has not been shown yet."""
    if not shown_first(plan, kind):
        raise UsageError(
            "This rests on what the manager wrote before the plan, which the team member has not seen yet.",
            kept="Nothing was decided.",
            next_step=f"Look at it together: coach-assist opportunity {plan.id[:8]} --show",
        )


def require_statements(value: Mapping[str, object]) -> None:
    """Raise UsageError where a frame of performance support lacks what the manager must write."""
    if value.get("plan_kind") != "performance_support":
        return
    missing = [
        one.label
        for one in opportunity_questions("performance_support")
        if one.id in STATEMENTS and not value.get(one.id)
    ]
    if missing:
        raise UsageError(
            f"A plan of performance support has to say: {'; '.join(missing)}.",
            kept="The drafts are kept, and nothing was put forward.",
            next_step="The manager writes it: coach-assist opportunity PLAN, or in the frame itself.",
        )


def _answers(plan: PlanFile) -> dict[str, str]:
    return begin(plan, date.min).answers


def _texts(plan: PlanFile) -> bool:
    return any(text for question, text in _answers(plan).items() if question != "kind")


def _digest(answers: Mapping[str, str]) -> str:
    given = {question: text for question, text in answers.items() if text}
    return hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()
