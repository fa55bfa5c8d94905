"""What was said since the plan was agreed, as an export holds it: states of the plan, never of a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from coach_assist.agreement.summary_bodies import ItemKind
from coach_assist.exchange.plan_follow import (
    ClosingJson,
    DueJson,
    GoalStateJson,
    NoteJson,
    NoteRole,
    OutcomeJson,
    ProgressJson,
    QuestionJson,
    ReadingJson,
    ScoreJson,
    SurveyJson,
)
from coach_assist.flows.close import SURVEY_QUESTIONS
from coach_assist.flows.follow_facts import Facts, promises
from coach_assist.flows.progress import (
    GoalProgress,
    ProgressView,
    progress_view,
    promise_view,
)
from coach_assist.plan.units import PARTIES, Goal
from coach_assist.workspace.plan_file import PlanFile

ITEM_ROLES: Mapping[ItemKind, NoteRole] = {
    "progress": "progress", "achievement": "achievement", "obstacle": "obstacle", "feedback": "feedback",
    "decision": "decision", "action": "next_step", "question": "talk", "adjustment": "adjustment",
}  # fmt: skip
"""Kind of an item of a summary → what it is among the notes."""
GONE = "a goal that is no longer in the plan"


def progress_json(plan: PlanFile, facts: Facts, today: date, *, questions: bool) -> ProgressJson | None:
    """Return how a plan stands; None where nothing was said of it yet and nobody asked for an agenda.

    `questions` are those that rules raise where a plan stands still: they are for the two parties.
    """
    view = progress_view(plan, today)
    begun = bool(facts.followed.check_ins or facts.followed.readings or facts.followed.marks)
    if not begun and not questions:
        return None
    raised = view.stalls if questions else ()
    return ProgressJson(
        held=list(view.held),
        next_check_in=view.next_check_in,
        goals=[_goal(goal) for goal in view.goals],
        due=list(_due(view)),
        questions=[
            QuestionJson(about=one.about_words, question=one.question, adjustments=list(one.adjustments))
            for one in raised
        ],
    )


def notes_json(facts: Facts, today: date) -> list[NoteJson]:
    """Return what was said, by day: notes that were released, and items of summaries that both accepted.

    Next steps come with their state.
    """
    states = {one.id: promise_view(one).state_words for one in promises(facts, today)}
    notes = [
        NoteJson(
            role=note.role,
            by=facts.names[note.by],
            day=date.fromisoformat(note.day),
            text=note.text,
            owner=note.owner,
            due=date.fromisoformat(note.due) if note.due else None,
            state=states.get(note.id),
        )
        for note in facts.followed.notes
        if note.role is not None and note.text is not None and note.day is not None
    ]
    items = [
        NoteJson(
            role=ITEM_ROLES[item.kind],
            by=facts.names[summary.by],
            day=date.fromisoformat(summary.day),
            text=item.text,
            owner=item.owner,
            due=date.fromisoformat(item.due) if item.due else None,
            state=states.get(item.id),
        )
        for summary in facts.followed.summaries
        if summary.accepted
        for item in summary.items
    ]
    return sorted((*notes, *items), key=lambda one: one.day)


def survey_json(facts: Facts) -> list[SurveyJson]:
    """Return what each party said of the coaching and released."""
    said = facts.followed.surveys
    return [
        SurveyJson(
            party=party,
            scores=[
                ScoreJson(question=SURVEY_QUESTIONS.get(name, name), score=score)
                for name, score in said[party].scores.items()
            ],
            words=said[party].words,
        )
        for party in PARTIES
        if party in said
    ]


def closing_json(facts: Facts) -> ClosingJson | None:
    """Return the closing page that both have signed, or None."""
    goals = facts.of(Goal)
    for page in facts.followed.closed:
        return ClosingJson(
            day=date.fromisoformat(page.day),
            outcomes=[
                OutcomeJson(
                    goal=one.goal,
                    statement=goals[one.goal].statement if one.goal in goals else GONE,
                    outcome=one.outcome,
                    reason=one.reason,
                )
                for one in page.outcomes
            ],
            learned_team_member=page.learned["team_member"],
            learned_manager=page.learned["manager"],
            recognition=page.recognition,
            next_area=page.next_area,
        )
    return None


def _goal(goal: GoalProgress) -> GoalStateJson:
    return GoalStateJson(
        goal=goal.unit,
        statement=goal.statement,
        status=goal.status,
        reason=goal.status_reason,
        standing=goal.standing_words,
        expected=None if goal.expected is None else f"{goal.expected:f}",
        readings=[
            ReadingJson(
                day=one.day,
                value=None if one.value is None else f"{one.value:f}",
                words=one.words,
                evidence=one.evidence,
                by=one.by,
            )
            for one in goal.readings
        ],
    )


def _due(view: ProgressView) -> Iterator[DueJson]:
    for one in (*view.promises, *view.milestones):
        if one.kind != "next_step":
            yield DueJson(
                kind=one.kind,
                unit=one.id,
                who=one.who or None,
                what=one.what,
                due=one.due,
                state=one.state_words,
            )
