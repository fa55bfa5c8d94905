"""The page on joining comes first: before the team member's first question, and their first decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from coach_assist.errors import CoachError

if TYPE_CHECKING:
    from coach_assist.plan.units import Party
    from coach_assist.tui.base import AnyScreen
    from coach_assist.workspace.store import PlanFile


def join_first(
    screen: AnyScreen,
    plan: PlanFile | None,
    party: Party,
    then: Callable[[str], None],
    back: Callable[[], None],
    *,
    alone: bool = False,
) -> None:
    """Do `then` with "join", "alone" or "" (nothing was to be asked), or `back` after a later or a no.

    `alone` lets a manager say that they prepare without the team member; it is not asked twice in one
    run of the app. A plan that is over is told in words, and nothing else is done.
    """
    from coach_assist.flows.joining import refuse_if_over, wants_asking
    from coach_assist.tui.joining.screen import JoiningScreen

    coach = screen.coach
    try:
        if plan is not None:
            refuse_if_over(plan)
            if not wants_asking(plan, party) or (alone and plan.id in coach.prepared_alone):
                then("")
                return
    except CoachError as error:
        screen.tell(error)
        return

    def answered(said: str | None) -> None:
        if said is None:
            back()
            return
        if said == "alone" and plan is not None:
            coach.prepared_alone.add(plan.id)
        then(said)

    coach.push_screen(JoiningScreen(plan, first=True, alone=alone), answered)
