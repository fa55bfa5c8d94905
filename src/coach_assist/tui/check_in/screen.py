"""A check-in as one of the two: what was promised, what helped, how the goals stand, what comes next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from coach_assist.tui.guided.screen import GuidedScreen
from coach_assist.tui.text import joined, plain, stacked

if TYPE_CHECKING:
    from coach_assist.flows.guided import Guided
    from coach_assist.plan.units import Party


class CheckInScreen(GuidedScreen):
    """The guided check-in. It never changes an agreed text."""

    PLACE = "Check-in"
    ABOUT = (
        "About fifteen minutes, one question at a time; every one can be skipped, and you can leave and go "
        "on later. What you write is in your own drawer until you record it; notes stay there. The other "
        "person can add a check-in of their own."
    )
    RECORDED = "Recorded. Both of you see it from now on; the agreed plan is as it was."

    def __init__(self, plan_id: str, party: Party, today: date | None = None) -> None:
        super().__init__(plan_id, party)
        self.today = today or date.today()

    def begin_talk(self) -> Guided:
        from coach_assist.flows.check_in import begin

        return begin(self.plan, self.party, self.today)

    def preview_content(self) -> tuple[Content, bool]:
        from coach_assist.flows.check_in import preview

        assert self.talk is not None
        shown = preview(self.plan, self.talk)
        rows = [joined((f"{label}  ", "bold"), text) for label, text in shown.shared]
        if shown.private:
            rows.append(plain("Only you see this:", "bold $primary"))
            rows += [joined((f"{label}  ", "$foreground-muted"), text) for label, text in shown.private]
        return stacked(rows, gap=1) if rows else Content(""), bool(shown.shared)

    def record_talk(self) -> None:
        from coach_assist.flows.check_in import record

        assert self.talk is not None
        record(self.coach.workspace, self.plan, self.party, self.talk)
