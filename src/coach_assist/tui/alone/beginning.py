"""A new plan in which each answers alone: its kind, both names, then the page on who begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from coach_assist.tui.turn import PARTY_NAMES
from coach_assist.tui.widgets.fields_card import Asked, FieldsCard
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.plan.units import Party, PlanKind
    from coach_assist.tui.app import CoachApp

WORDS = "Each of you answers alone; nobody sees the other's answers before both have released them."


def begin_alone(coach: CoachApp) -> None:
    """Ask for the kind of plan, then for both names."""
    from coach_assist.interview.opportunity import kinds, plan_kind

    rows = [
        (kind, wording.title, wording.about.partition(". ")[0].rstrip("."))
        for kind, wording in kinds().items()
        if kind != "performance_support"  # the manager's own questions come before it
    ]

    def chosen(kind: str | None) -> None:
        if kind is not None:
            begin_alone_plan(coach, plan_kind(kind))

    coach.push_screen(QuestionCard("Which kind of plan, each of you alone?", WORDS, rows), chosen)


def begin_alone_plan(coach: CoachApp, kind: PlanKind) -> None:
    """Ask for both names, make the plan, and show who answers first."""
    from coach_assist.flows.alone import new_alone

    made: list[str] = []

    def take(said: dict[str, str]) -> None:
        names = cast("dict[Party, str]", said)
        with new_alone(coach.workspace, names, kind=kind, demo=coach.demo) as plan:
            made.append(plan.id)

    fields = [Asked(party, f"Name of the {words}") for party, words in PARTY_NAMES.items()]

    def taken(done: bool | None) -> None:
        if done:
            coach.open_plan(made[0], "alone")

    coach.push_screen(FieldsCard("Who are you two?", WORDS, fields, take), taken)
