"""A screen about one plan: the way between its four places, and the other window's news."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.binding import Binding

from coach_assist.errors import CoachError
from coach_assist.tui.base import CoachScreen

if TYPE_CHECKING:
    from coach_assist.workspace.store import PlanFile

NARROW, WIDE = 76, 110
"""Widths at which a screen is laid out anew; the same numbers as the app's breakpoints."""
PLACES = ("Interview", "Draft", "Review", "Agreed", "Progress")


class PlanScreen(CoachScreen[None]):
    """Knows its plan; F2 to F6 lead to the plan's other places, Escape home."""

    AMONG_PLACES = True
    """Whether the top line names the plan's places; else it names this screen alone."""
    BINDINGS = [
        Binding("f2", "place('interview')", "Interview", id="plan.interview", show=False),
        Binding("f3", "place('draft')", "Draft", id="plan.draft", show=False),
        Binding("f4", "place('review')", "Review", id="plan.review", show=False),
        Binding("f5", "place('agreed')", "Agreed plan", id="plan.agreed", show=False),
        Binding("f6", "place('progress')", "Progress", id="plan.progress", show=False),
        Binding("plus", "more", "More: keys, erase, close", id="plan.more", key_display="+", show=False),
        Binding("f7", "place('differ')", "Each alone, where we differ", id="plan.alone", show=False),
        Binding("b", "before", "Before the plan", id="plan.before", show=False),
    ]

    def __init__(self, plan_id: str) -> None:
        super().__init__()
        self.plan_id = plan_id

    @property
    def plan(self) -> PlanFile:
        """The plan's file, opened once for all screens. Raises CoachError where it can't be opened."""
        return self.coach.plan_file(self.plan_id)

    def on_mount(self) -> None:
        self.top.places = PLACES if self.AMONG_PLACES else ()
        self.call_after_refresh(self._first_look)

    def _first_look(self) -> None:
        try:
            self._look_whole()
        except CoachError as error:
            self.tell(error)
        self.remember_state()

    def _look_whole(self) -> None:
        from coach_assist.flows.joining import mark_of

        self.top.mark = mark_of(self.plan)
        self.look()

    def look(self) -> None:
        """Read the view model and render it."""

    def on_screen_resume(self) -> None:
        if self.is_mounted and self.coach.plan_is_open(self.plan_id):
            self._first_look()

    @property
    def list_width(self) -> int:
        """The cells of one line in the list at the left (above, in a narrow window), as the .tcss lays it."""
        if self.size.width < NARROW:
            return max(self.size.width - 3, 20)
        return (46 if self.size.width >= WIDE else 34) - 3

    def on_resize(self) -> None:
        """Lay the lines of the list out for the new width."""
        if self.is_current and self.coach.plan_is_open(self.plan_id):
            self.call_after_refresh(self._first_look)

    def watched_file(self) -> Path | None:
        return self.plan.path if self.coach.plan_is_open(self.plan_id) else None

    def news(self) -> None:
        """Another window wrote to this plan: show it as it is now."""
        try:
            self._look_whole()
        except CoachError as error:
            self.tell(error)
        self.coach.say("This plan was changed in another window; you see it as it is now.")

    def action_place(self, place: str) -> None:
        """Go to another place of the same plan."""
        self.coach.open_plan(self.plan_id, place)

    def action_before(self) -> None:
        """Show what the manager asked oneself before the plan: to its writer, else as it was released."""
        from coach_assist.tui.opportunity.reading import show_before

        show_before(self, self.plan)

    def action_more(self) -> None:
        """Show what is done seldom: own keys, confirming, erasing, closing alone, a new plan."""
        from coach_assist.tui.more.card import MoreWays

        MoreWays(self).show()

    def action_taking_part(self) -> None:
        """Show the page on joining with what the team member can say now: leave, a statement."""
        from coach_assist.tui.joining.screen import JoiningScreen

        self.app.push_screen(JoiningScreen(self.plan))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "place" and self.coach.turn.handed_over:
            return parameters[0] not in {"interview", "draft"}
        return True
