"""Closing a plan: what became of each goal and what was learned, on one page that both sign; a survey.

A page is put forward by one party, who signs it in the same act (the screen says so first). The other
signs exactly it, or answers with another page. Nothing closes a plan but both signatures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from coach_assist.agreement.events import Record
from coach_assist.agreement.follow_bodies import CloseBody, CloseSignBody, OutcomePart, SurveyBody
from coach_assist.agreement.follow_fold import ClosingPage, follow
from coach_assist.agreement.history import History
from coach_assist.errors import UsageError
from coach_assist.flows.acts import acting_key, begin_act
from coach_assist.flows.follow_facts import Facts, about_words, facts_of
from coach_assist.flows.guided import Guided, Step
from coach_assist.flows.signable import signable
from coach_assist.plan.units import PARTIES, Goal, Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

PAGE, SURVEY = "close.begun", "survey.begun"
OUTCOME_CHOICES = (("done", "done"), ("changed", "changed on the way"), ("dropped", "dropped"))
OUTCOME_WORDS = {"done": "done", "changed": "changed", "dropped": "dropped"}
SCORES = (
    ("1", "not at all"), ("2", "a little"), ("3", "partly"), ("4", "mostly"), ("5", "fully"),
)  # fmt: skip
SURVEY_QUESTIONS: dict[str, str] = {
    "worth": "The talks were worth the time.",
    "clear": "I knew what the two of us had agreed.",
    "support": "What was promised to me was kept.",
    "open": "I could say what I thought.",
    "again": "I would go through such a plan again.",
}
"""About the coaching itself; never about a person."""


@dataclass(frozen=True, slots=True)
class PageView:
    """One closing page as it is read and signed. Texts are as stored."""

    id: str
    shown: str
    """Hand this back with the signature."""
    by: Party
    by_name: str
    day: str
    fields: tuple[tuple[str, str], ...]
    signed: tuple[Party, ...]
    waits_for: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class ClosingView:
    """Where the closing of a plan stands."""

    closed: tuple[PageView, ...]
    """The page that both signed; several only where two machines closed the plan apart."""
    waiting: tuple[PageView, ...]
    surveyed: tuple[Party, ...]
    """Who has answered the survey and released it."""
    open_goals: tuple[str, ...]
    """The agreed goals, id by id, that a page has to say something of."""


def closing_view(plan: PlanFile) -> ClosingView:
    """Return where the closing stands. Raises UsageError where nothing is agreed; Refused."""
    facts = facts_of(plan)
    return ClosingView(
        closed=tuple(_view(facts, one) for one in facts.followed.closed),
        waiting=tuple(_view(facts, one) for one in facts.followed.pages),
        surveyed=tuple(party for party in PARTIES if party in facts.followed.surveys),
        open_goals=tuple(facts.of(Goal)),
    )


def closing_json(view: ClosingView) -> dict[str, Any]:
    """Return the view as JSON-ready data."""

    def page(one: PageView) -> dict[str, Any]:
        fields = [{"label": label, "text": text} for label, text in one.fields]
        return {
            "id": one.id, "by": one.by, "day": one.day, "fields": fields, "signed": list(one.signed),
            "waits_for": list(one.waits_for),
        }  # fmt: skip

    return {
        "closed": [page(one) for one in view.closed],
        "waiting": [page(one) for one in view.waiting],
        "surveyed": list(view.surveyed),
    }


def begin_page(plan: PlanFile, party: Party, today: date) -> Guided:
    """Begin a closing page, or go on with the one that this party has begun.

    Where another page waits, each step says what stands in it.

    Raises UsageError where nothing is agreed yet.
    """
    facts = facts_of(plan)
    said = _said(facts.followed.pages[0]) if facts.followed.pages else {}

    def steps(answers: Mapping[str, str]) -> tuple[Step, ...]:
        return tuple(
            replace(step, hint=f"The page that waits says: {said[step.id]}") if said.get(step.id) else step
            for step in _steps(facts, answers)
        )

    return Guided(plan, party, PAGE, steps, today.isoformat())


def put_page(workspace: Workspace, plan: PlanFile, party: Party, talk: Guided) -> str:
    """Put the page forward and sign it in the same act; return its id.

    It answers the page that waits, if one does. Raises UsageError where a goal has no outcome or a reason
    is missing, Refused; then everything stays as it was begun.
    """
    facts, answers = facts_of(plan), talk.answers
    outcomes = list(_outcomes(facts, answers))
    made: list[str] = []

    def compose(history: History) -> list[Record]:
        if not talk.begun:
            raise UsageError("This page was put forward already.", kept="It stands as it was put forward.")
        followed = follow(history)
        answered = (*followed.pages, *followed.closed)
        in_force = plan.state.sign_offs.in_force
        body = CloseBody(
            day=talk.day,
            plan_hash=in_force.plan_hash if in_force else plan.state.plan_hash,
            outcomes=outcomes,
            learned_team_member=answers.get("learned/team_member") or None,
            learned_manager=answers.get("learned/manager") or None,
            recognition=answers.get("recognition") or None,
            next_area=answers.get("next_area") or None,
            replaces=answered[0].id if answered else None,
        )
        act = begin_act(plan, party, history, acting_key(workspace, plan, party))
        made.append(act.add("close", body))
        act.add("close_sign", CloseSignBody(page=made[0], shown=act.body_hash(made[0])))
        return act.records

    with signable():
        plan.record(compose, spent_notes=talk.spent)
    return made[0]


def missing_step(talk: Guided) -> str | None:
    """Return the first step that a page cannot do without: a goal's outcome, or the reason it needs."""
    answers = talk.answers
    for step in talk.steps:
        kind, _, goal = step.id.partition("/")
        needs_reason = kind == "reason" and answers.get(f"outcome/{goal}") in ("changed", "dropped")
        if not answers.get(step.id, "").strip() and (kind == "outcome" or needs_reason):
            return step.id
    return None


def sign_page(workspace: Workspace, plan: PlanFile, party: Party, page: str, shown: str) -> bool:
    """Sign exactly one page that was shown; return whether the plan is closed by it.

    Raises UsageError where it is not that page, no longer waits, or is signed already; Refused.
    """

    def compose(history: History) -> list[Record]:
        waiting = {one.id: one for one in follow(history).pages}
        found = waiting.get(page)
        if found is None or found.shown != shown:
            raise UsageError(
                "This closing page is not the one that waits.",
                kept="Nothing was signed.",
                next_step="Read the page that waits, then sign it.",
            )
        if party in found.signed:
            raise UsageError("You have signed this page already.", kept="Nothing was changed.")
        act = begin_act(plan, party, history, acting_key(workspace, plan, party))
        act.add("close_sign", CloseSignBody(page=page, shown=shown))
        return act.records

    plan.record(compose)
    return any(one.id == page for one in follow(plan.history).closed)


def begin_survey(plan: PlanFile, party: Party, today: date) -> Guided:
    """Begin the survey on the coaching itself, or go on with it; all of it is private until released."""
    return Guided(plan, party, SURVEY, lambda _: SURVEY_STEPS, today.isoformat())


def release_survey(workspace: Workspace, plan: PlanFile, party: Party, talk: Guided) -> None:
    """Show one's answers to the other party. Raises UsageError where none was given, Refused."""
    answers = talk.answers
    scores = {
        step.removeprefix("survey/"): int(answer)
        for step, answer in answers.items()
        if step.startswith("survey/") and answer
    }
    if not scores:
        raise UsageError("No question of the survey was answered.", kept="Nothing was released.")

    def compose(history: History) -> list[Record]:
        act = begin_act(plan, party, history, acting_key(workspace, plan, party))
        act.add("survey", SurveyBody(scores=scores, words=answers.get("words") or None))
        return act.records

    with signable():
        plan.record(compose, spent_notes=talk.spent)


SURVEY_STEPS = (
    *(
        Step(f"survey/{name}", "choice", "On the coaching itself", text, choices=SCORES)
        for name, text in SURVEY_QUESTIONS.items()
    ),
    Step("words", "lines", "On the coaching itself", "What should be different next time?"),
)


def _steps(facts: Facts, answers: Mapping[str, str]) -> Iterator[Step]:
    for unit, goal in facts.of(Goal).items():
        yield Step(
            f"outcome/{unit}", "choice", "What became of each goal", "What became of it?",
            about=goal.statement, choices=OUTCOME_CHOICES,
        )  # fmt: skip
        if answers.get(f"outcome/{unit}"):
            optional = answers[f"outcome/{unit}"] == "done"
            prompt = "What made it possible, if you want to say?" if optional else "For what reason?"
            yield Step(
                f"reason/{unit}", "lines", "What became of each goal", prompt, about=goal.statement
            )  # fmt: skip
    for party in PARTIES:
        name = facts.names[party]
        yield Step(f"learned/{party}", "lines", "What was learned", f"What did {name} learn?")
    yield Step("recognition", "lines", "Recognition", "What is worth a thank-you, and to whom?")
    yield Step("next_area", "lines", "What comes next", "Which area is next, if any?")


def _said(page: ClosingPage) -> dict[str, str | None]:
    """Return what a page says, step by step."""
    said: dict[str, str | None] = {f"learned/{party}": page.learned[party] for party in PARTIES}
    said |= {"recognition": page.recognition, "next_area": page.next_area}
    for one in page.outcomes:
        said |= {f"outcome/{one.goal}": OUTCOME_WORDS[one.outcome], f"reason/{one.goal}": one.reason}
    return said


def _outcomes(facts: Facts, answers: Mapping[str, str]) -> Iterator[OutcomePart]:
    for unit, goal in facts.of(Goal).items():
        outcome, reason = answers.get(f"outcome/{unit}"), answers.get(f"reason/{unit}", "")
        if not outcome:
            raise UsageError(
                f"What became of this goal is not said yet: {goal.statement}",
                kept="Everything is kept in your drawer.",
                next_step="Say it, then put the page forward.",
            )
        if outcome != "done" and not reason.strip():
            raise UsageError(
                f"This goal was {outcome}, and the reason is missing: {goal.statement}",
                kept="Everything is kept in your drawer.",
                next_step="Give the reason, then put the page forward.",
            )
        with signable():
            yield OutcomePart.model_validate({"goal": unit, "outcome": outcome, "reason": reason or None})


def _view(facts: Facts, page: ClosingPage) -> PageView:
    fields: list[tuple[str, str]] = []
    for one in page.outcomes:
        reason = f" ({one.reason})" if one.reason else ""
        fields.append((OUTCOME_WORDS[one.outcome].capitalize(), about_words(facts, one.goal) + reason))
    learned = ((party, page.learned[party]) for party in PARTIES)
    fields.extend((f"What {facts.names[party]} learned", text) for party, text in learned if text)
    if page.recognition:
        fields.append(("Recognition", page.recognition))
    if page.next_area:
        fields.append(("What comes next", page.next_area))
    return PageView(
        id=page.id,
        shown=page.shown,
        by=page.by,
        by_name=facts.names[page.by],
        day=page.day,
        fields=tuple(fields),
        signed=tuple(party for party in PARTIES if party in page.signed),
        waits_for=tuple(party for party in PARTIES if party not in page.signed),
    )
