"""Still true? Each agreed unit is asked about, one by one, after a role or a project has changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from coach_assist.tui.guided.screen import GuidedScreen
from coach_assist.tui.text import joined, plain, stacked

if TYPE_CHECKING:
    from coach_assist.flows.guided import Guided
    from coach_assist.plan.units import Party


class StillTrueScreen(GuidedScreen):
    """Asks; what is true no longer is changed or dropped on the page after, each with a reason."""

    PLACE = "Still true?"
    ABOUT = (
        "After a role or a project has changed: of each part of the plan, is it still true? Nothing is "
        "changed by an answer. What should change or go is put forward on the next page, one by one, each "
        "with a reason, and both of you decide on it."
    )
    RECORD, LATER = "Go on to the changes", "Later"
    LAST_PAGE = (
        "These are to be changed or dropped.",
        "All of it is still true; nothing changes.",
        "Nothing was put forward yet. PgUp goes back to the answers.",
    )

    def __init__(self, plan_id: str, party: Party, today: date | None = None) -> None:
        super().__init__(plan_id, party)
        self.today = today or date.today()

    def begin_talk(self) -> Guided:
        from coach_assist.flows.adapt import begin_still_true

        return begin_still_true(self.plan, self.party, self.today)

    def preview_content(self) -> tuple[Content, bool]:
        from coach_assist.flows.adapt import to_adapt

        assert self.talk is not None
        about = {step.id.removeprefix("true/"): step for step in self.talk.steps}
        wanted = to_adapt(self.talk)
        rows = [
            joined((f"{'Change' if way == 'change' else 'Drop'}  ", "bold"), about[unit].about)
            for unit, way in wanted
            if unit in about
        ]
        return stacked(rows, gap=1) if rows else plain(""), bool(rows)

    def record_talk(self) -> None:
        """Keep nothing more: the answers are the list of what is to be changed."""

    def action_leave(self) -> None:
        """Leave. Where all was said to be true, it is over; else it goes on from here next time."""
        from coach_assist.flows.adapt import to_adapt

        if self.talk is not None and self.talk.step is None and not to_adapt(self.talk):
            self.talk.drop()
            self.remember_state()
        super().action_leave()

    def go_on(self) -> None:
        """Go on to the changes."""
        self.coach.take_turn(self.party)
        self.coach.open_plan(self.plan_id, "adapt")
