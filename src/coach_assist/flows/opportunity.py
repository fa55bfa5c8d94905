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

from coach_assist.agreement.opportunity import released_opportunity
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
RELEASED, SHOWN, _USED = "opportunity.released", "opportunity.shown", "opportunity.used"
_TAKEN = {"serves": "need", "long_term_aim": "aspires", **{one: one for one in STATEMENTS}}
"""Field of the frame → the question whose answer fills it where the interview gave none."""


@dataclass(frozen=True, slots=True)
class OpportunityView:
    """What was written before the plan. `entries`: (label, text as stored), blanks left out."""

    kind: PlanKind
    kind_words: str
    entries: tuple[tuple[str, str], ...]
    released: bool
    shown: bool
    used: bool
    """Whether the plan's frame rests on it, or may: on the other machine that cannot be told."""
    pip_signs: tuple[str, ...]
    """The phrases by which it reads like a formal warning; empty: it does not."""
    missing: tuple[str, ...]
    """Labels of what the manager still has to write for performance support."""
    own: bool
    """Whether it was written on this machine (else it came with the plan, released)."""


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
    return kind_of(answers_of(plan))


def choose_kind(plan: PlanFile, kind: PlanKind) -> None:
    """Choose the kind of a plan; development stands where none was chosen. Raises Refused."""
    if kind != plan_kind_of(plan):
        begin(plan, date.today()).put("kind", kind)


def opportunity(plan: PlanFile) -> OpportunityView:
    """Return what was written before this plan, and where it stands."""
    answers = answers_of(plan)
    kind = kind_of(answers)
    asked = opportunity_questions(kind)
    entries = tuple(
        (one.label, answers[one.id]) for one in asked if one.kind != "choice" and answers.get(one.id)
    )
    mark = digest(answers)
    event = released_opportunity(plan.history) if plan.has_opened else None
    same = event is not None and (dict(event.answers), event.plan_kind) == (given_texts(answers), kind)
    return OpportunityView(
        kind=kind,
        kind_words=kinds()[kind].title,
        entries=entries,
        released=bool(entries) and (same or plan.meta.get(RELEASED) == mark),
        shown=bool(entries) and ((same and event is not None and event.seen) or plan.meta.get(SHOWN) == mark),
        used=_used(plan),
        own=_written_here(plan),
        pip_signs=recognise_pip("\n".join(text for _, text in entries)) if entries else (),
        missing=tuple(
            one.label
            for one in asked
            if kind == "performance_support" and one.id in STATEMENTS and not answers.get(one.id)
        ),
    )


def with_opportunity(plan: PlanFile, unit: DraftedUnit) -> DraftedUnit:
    """Return a frame with its kind and what was written before the plan, other units as they are.

    What the interview answered stays. The readers of the organisation's policy are added as well. Raises
    Refused where the plan cannot be written.
    """
    unit = with_default_readers(unit)
    if unit.draft.kind != "frame":
        return unit
    answers = answers_of(plan)
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
    return kind != "frame" or not _used(plan) or not has_texts(plan) or opportunity(plan).shown


def require_released(plan: PlanFile, kind: UnitKind) -> None:
    """Raise UsageError where a draft of `kind` rests on what the manager has not released yet."""
    if kind == "frame" and _used(plan) and has_texts(plan) and not opportunity(plan).released:
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


def answers_of(plan: PlanFile) -> dict[str, str]:
    """Return what was written here, else what came with the plan, released."""
    here = begin(plan, date.min).answers
    if given_texts(here) or not plan.has_opened:
        return here
    found = released_opportunity(plan.history)
    return here if found is None else {**found.answers, "kind": found.plan_kind}


def _written_here(plan: PlanFile) -> bool:
    return bool(given_texts(begin(plan, date.min).answers))


def given_texts(answers: Mapping[str, str]) -> dict[str, str]:
    """Return the texts that were given, without the kind of plan."""
    return {question: text for question, text in answers.items() if text and question != "kind"}


def _used(plan: PlanFile) -> bool:
    if plan.meta.get(_USED) == "yes":
        return True
    return plan.has_opened and released_opportunity(plan.history) is not None


def has_texts(plan: PlanFile) -> bool:
    """Say whether anything was written before the plan."""
    return bool(given_texts(answers_of(plan)))


def digest(answers: Mapping[str, str]) -> str:
    """Return a mark (64 hex digits) by which answers that changed since are told."""
    given = {question: text for question, text in answers.items() if text}
    return hashlib.sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()
