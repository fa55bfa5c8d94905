"""A new plan begins with its kind; who manages may first ask oneself whether a plan is the right thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach_assist.errors import CoachError
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.plan.units import PlanKind
    from coach_assist.tui.app import CoachApp

FIRST, TEMPLATE = "first", "template"
WORDS = "It sets the questions' words, examples and length."


def begin_plan(coach: CoachApp) -> None:
    """Ask for the kind of plan, then go to the interview, or to the manager's own questions before it.

    A plan of performance support goes there first, because the manager must write what prompted it.
    """
    from coach_assist.interview.opportunity import kinds

    rows: list[tuple[str, str, str]] = [
        (kind, wording.title, wording.about.partition(". ")[0].rstrip("."))
        for kind, wording in kinds().items()
    ]
    rows.append((TEMPLATE, "From a template", "starting drafts, with [brackets] to fill"))
    rows.append((FIRST, "Ask myself first", "as the manager: is a plan right, and which?"))

    def chosen(kind: str | None) -> None:
        if kind is None:
            return
        if kind == TEMPLATE:
            from coach_assist.tui.templates.beginning import begin_from_a_template

            begin_from_a_template(coach)
        elif kind in {FIRST, "performance_support"}:
            _ask_first(coach, "development" if kind == FIRST else "performance_support")
        else:
            _interview(coach, kind)

    coach.push_screen(QuestionCard("Which kind of plan?", WORDS, rows), chosen)


def _interview(coach: CoachApp, kind: str) -> None:
    from coach_assist.interview.opportunity import plan_kind
    from coach_assist.tui.interview.screen import InterviewScreen

    coach.go(InterviewScreen(None, kind=plan_kind(kind)))


def _ask_first(coach: CoachApp, kind: PlanKind) -> None:
    from coach_assist.flows.open_plan import new_plan
    from coach_assist.flows.opportunity import choose_kind
    from coach_assist.tui.base import CoachScreen
    from coach_assist.tui.opportunity.screen import OpportunityScreen

    try:
        with new_plan(coach.workspace, demo=coach.demo) as plan:
            choose_kind(plan, kind)
    except CoachError as error:
        if isinstance(coach.screen, CoachScreen):
            coach.screen.tell(error)
        return
    coach.go(OpportunityScreen(plan.id, fresh=True))
