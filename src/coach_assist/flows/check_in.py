"""A check-in: guided, kept step by step in one's own drawer, then recorded as what both see.

It never changes an agreed text. What should change becomes a draft or a proposal of its own (adapt).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from coach_assist.agreement.events import Record
from coach_assist.agreement.follow_bodies import CheckInBody, MarkPart, NoteBody, NoteRole, ReadingPart
from coach_assist.agreement.follow_fold import follow
from coach_assist.agreement.history import History
from coach_assist.errors import UsageError
from coach_assist.flows.acts import acting_key, begin_act
from coach_assist.flows.check_in_steps import check_in_steps, owner_name
from coach_assist.flows.follow_facts import Facts, about_words, facts_of, refuse_where_over
from coach_assist.flows.guided import Guided
from coach_assist.flows.reflective_questions import question_text
from coach_assist.flows.signable import signable
from coach_assist.plan.units import Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

NAME = "check_in.begun"
SAME_CHECK_IN = timedelta(days=3)
"""What the two write down within so many days belongs to one check-in."""
TEXT_ROLES: tuple[tuple[str, NoteRole, str], ...] = (
    ("obstacle", "obstacle", "Obstacle"), ("recognition", "recognition", "Recognition"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CheckInPreview:
    """What both will see, as labelled texts (as stored), and what stays with its writer."""

    shared: tuple[tuple[str, str], ...]
    private: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Noted:
    role: NoteRole
    text: str
    about: str | None = None
    owner: str | None = None
    due: str | None = None


def begin(plan: PlanFile, party: Party, today: date) -> Guided:
    """Begin a check-in, or go on with the one that this party has begun (it keeps its day).

    Raises UsageError where nothing is agreed yet, Refused where the plan is closed or over.
    """
    facts = facts_of(plan)
    refuse_where_over(plan, facts)
    kept = plan.notes.get(party, f"{NAME}.day")
    begun = any(entry.question.startswith(f"{NAME}/") for entry in plan.notes.all(party))
    day = date.fromisoformat(kept) if begun and isinstance(kept, str) else today
    if not begun and not plan.read_only:
        plan.notes.put(party, f"{NAME}.day", day.isoformat())
    return Guided(
        plan, party, NAME, lambda answers: check_in_steps(facts, day, answers), day.isoformat()
    )  # fmt: skip


def preview(plan: PlanFile, talk: Guided) -> CheckInPreview:
    """Return what recording the check-in would show to both."""
    facts = facts_of(plan)
    steps = {step.id: step for step in talk.steps}
    shared: list[tuple[str, str]] = []
    for step_id, answer in talk.answers.items():
        step = steps.get(step_id)
        if not answer or step is None:
            continue
        kind, _, rest = step_id.partition("/")
        match kind:
            case "mark" if answer != "talk":
                shared.append((dict(step.choices)[answer].capitalize(), step.about))
            case "mark":
                shared.append(("Let us talk", step.about))
            case "value" | "words":
                evidence = talk.answers.get(f"evidence/{rest}", "")
                seen = f" (seen in: {evidence})" if evidence else ""
                shared.append((about_words(facts, rest), f"{answer}{seen}"))
            case "reflection":
                shared.append((question_text(rest), answer))
            case "obstacle" | "recognition" | "talk":
                shared.append((step.group, answer))
    for one in _next_steps(facts, talk):
        due = f", by {one.due}" if one.due else ""
        shared.append(("Next step", f"{one.owner or 'nobody named'}: {one.text}{due}"))
    notes = talk.answers.get("notes", "")
    return CheckInPreview(tuple(shared), (("Notes", notes),) if notes else ())


def record(workspace: Workspace, plan: PlanFile, party: Party, talk: Guided) -> str:
    """Record the check-in: both see it from now on. Return its event's id.

    What the other party has recorded of the same talk is added to, never replaced. One's own notes stay
    in one's drawer. Raises UsageError where there is nothing to record, Refused where it cannot be
    written; then everything stays as it was begun.
    """
    with signable():
        return _record(workspace, plan, party, talk)


def _record(workspace: Workspace, plan: PlanFile, party: Party, talk: Guided) -> str:
    facts = facts_of(plan)
    answers = talk.answers
    readings = list(_readings(talk, answers))
    marks = [
        MarkPart.model_validate({"of": step.removeprefix("mark/"), "mark": answer})
        for step, answer in answers.items()
        if step.startswith("mark/") and answer and answer != "talk"
    ]
    noted = list(_noted(facts, talk))
    if not (readings or marks or noted):
        raise UsageError(
            "Nothing was answered, so there is no check-in to record.",
            kept="What you noted for yourself is kept." if answers.get("notes") else "",
        )
    asked = next((step.partition("/")[2] for step in answers if step.startswith("reflection/")), None)
    made: list[str] = []
    spent = talk.spent

    def compose(history: History) -> list[Record]:
        if not talk.begun:
            raise UsageError("This check-in was recorded already.", kept="It stands as it was recorded.")
        act = begin_act(plan, party, history, acting_key(workspace, plan, party))
        body = CheckInBody(
            day=talk.day, readings=readings, marks=marks, question=asked,
            adds_to=_same_check_in(history, party, date.fromisoformat(talk.day)),
        )  # fmt: skip
        made.append(act.add("check_in", body))
        for one in noted:
            note = NoteBody(
                role=one.role, text=one.text, day=talk.day, about=one.about, check_in=made[0],
                owner=one.owner, due=one.due,
            )  # fmt: skip
            act.add("note", note)
        return act.records

    if answers.get("notes"):
        _keep_notes(plan, party, f"check_in.{talk.day}.notes", answers["notes"])
    plan.record(compose, spent_notes=[*spent, (party, f"{NAME}.day")])
    return made[0]


def _keep_notes(plan: PlanFile, party: Party, entry: str, notes: str) -> None:
    """Keep one's own notes of a day, after those of an earlier check-in on the same day."""
    before = plan.notes.get(party, entry)
    if isinstance(before, str) and before and not before.endswith(notes):
        notes = f"{before}\n\n{notes}"
    plan.notes.put(party, entry, notes)


def _readings(talk: Guided, answers: dict[str, str]) -> Iterator[ReadingPart]:
    for step, answer in answers.items():
        kind, _, goal = step.partition("/")
        if kind in ("value", "words") and answer:
            yield ReadingPart(
                goal=goal,
                day=talk.day,
                value=answer if kind == "value" else None,
                words=answer if kind == "words" else None,
                evidence=answers.get(f"evidence/{goal}") or None,
            )


def _noted(facts: Facts, talk: Guided) -> Iterator[_Noted]:
    answers = talk.answers
    for step, role, _ in TEXT_ROLES:
        if answers.get(step):
            yield _Noted(role, answers[step])
    for step, answer in answers.items():
        if step.startswith("reflection/") and answer:
            yield _Noted("reflection", answer)
        if step.startswith("mark/") and answer == "talk":
            of = step.removeprefix("mark/")
            words = next((one.about for one in talk.steps if one.id == step), of)
            yield _Noted("talk", words, about=of if of in facts.units else None)
    for line in answers.get("talk", "").splitlines():
        if line.strip():
            yield _Noted("talk", line.strip())
    yield from _next_steps(facts, talk)


def _next_steps(facts: Facts, talk: Guided) -> Iterator[_Noted]:
    answers = talk.answers
    for step in talk.steps:
        if step.id.endswith("/what") and (what := answers.get(step.id)):
            stem = step.id.removesuffix("/what")
            yield _Noted(
                "next_step", what,
                owner=owner_name(facts, answers.get(f"{stem}/who", "")),
                due=answers.get(f"{stem}/due") or None,
            )  # fmt: skip


def _same_check_in(history: History, party: Party, day: date) -> str | None:
    """Return the other party's record of the same talk, if there is one that this party has not added to."""
    for held in reversed(follow(history).check_ins):
        if abs(date.fromisoformat(held.day) - day) <= SAME_CHECK_IN and party not in held.by:
            return held.events[0]
    return None
