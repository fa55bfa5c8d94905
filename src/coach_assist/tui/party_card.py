"""Whose act it is: said by the turn where somebody has it, else asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from coach_assist.tui.turn import PARTY_NAMES
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.plan.units import Party
    from coach_assist.tui.app import CoachApp
    from coach_assist.tui.base import AnyScreen


def as_party(screen: AnyScreen, plan_id: str, question: str, then: Callable[[Party], None]) -> None:
    """Do `then` for the party who acts. While the keyboard is handed over that is whoever has it.

    Where only one party can act on this machine, it is that one, and nobody is asked.
    """
    coach = screen.coach
    if coach.turn.handed_over and coach.turn.party is not None:
        then(coach.turn.party)
        return
    if (only := _only_here(coach, plan_id)) is not None:
        then(only)
        return
    names = coach.party_names(plan_id)

    def answered(choice: str | None) -> None:
        if choice is not None:
            then(cast("Party", choice))

    rows = [(party, names[cast("Party", party)], f"the {words}") for party, words in PARTY_NAMES.items()]
    coach.push_screen(QuestionCard(question, "Each acts for themselves only.", rows), answered)


def _only_here(coach: CoachApp, plan_id: str) -> Party | None:
    """Return the one party whose key lies on this machine; None where both do, or neither."""
    from coach_assist.errors import UsageError
    from coach_assist.flows.share import sharing_party

    plan = coach.plan_file(plan_id)
    if not plan.has_opened or plan.viewer:
        return None
    try:
        return sharing_party(coach.workspace, plan)
    except UsageError:
        return None
