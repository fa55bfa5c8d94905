"""Progress: where the plan stands today, the words first, the charts beside them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from coach_assist.errors import UsageError
from coach_assist.tui.party_card import as_party
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.progress.sections import sections
from coach_assist.tui.text import joined
from coach_assist.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from coach_assist.flows.progress import ProgressView
    from coach_assist.plan.units import Party


QUESTIONS = {
    "check_in": "Who writes this check-in down?",
    "notes": "Whose note is it?",
    "summary": "Whose notes, and whose answer?",
    "adapt": "Who proposes a change?",
    "still_true": "Who goes through the plan?",
    "closing": "Who closes, or signs?",
}
"""Place → what is asked before it, where nobody has the turn."""


class ProgressScreen(PlanScreen):
    """Says how the plan stands, never how a person does."""

    PLACE = "Progress"
    ABOUT = (
        "How the agreed plan stands today: each goal's values against its expected line, promises of both, "
        "check-ins, and questions where it stands still. It speaks of the plan, never of a person. C begins "
        "a check-in of about fifteen minutes, N keeps a note, M makes a summary of notes or answers one, E "
        "changes the plan, Y asks whether all of it is still true, L closes it."
    )
    CSS_PATH = "progress.tcss"
    AUTO_FOCUS = "#progress"
    BINDINGS = [
        Binding("c", "as_party('check_in')", "Check in", id="progress.check_in"),
        Binding("n", "as_party('notes')", "Note", id="progress.note"),
        Binding("m", "as_party('summary')", "Summarise notes", id="progress.summary"),
        Binding("e", "as_party('adapt')", "Change", id="progress.adapt"),
        Binding("y", "as_party('still_true')", "Still true?", id="progress.still_true"),
        Binding("l", "as_party('closing')", "Close", id="progress.close"),
        Binding("space", "page", "Read on", id="progress.down", show=False),
        Binding("escape", "leave", "Back", id="progress.leave"),
    ]

    def __init__(self, plan_id: str, today: date | None = None) -> None:
        super().__init__(plan_id)
        self.today = today or date.today()
        self.view: ProgressView | None = None

    def body(self) -> ComposeResult:
        yield Notice()
        yield VerticalScroll(id="progress")

    def look(self) -> None:
        from coach_assist.flows.progress import progress_view

        try:
            view = progress_view(self.plan, self.today)
        except UsageError as error:
            self.tell(error)
            return
        self.show(view)

    def show(self, view: ProgressView) -> None:
        """Render the page."""
        self.view = view
        self.top.title = view.title
        page = self.query_one("#progress", VerticalScroll)
        at = page.scroll_y
        page.remove_children()
        page.mount_all([Static(joined(part)) for part in sections(view, self._width)])
        page.scroll_to(y=at, animate=False)
        self.refresh_bindings()

    @property
    def _width(self) -> int:
        return min(max(self.size.width - (3 if self.size.width < 76 else 8), 30), 96)

    def action_as_party(self, place: str) -> None:
        """Go to a place that is one party's own: a check-in, notes, a summary, changes, the closing."""

        def begin(party: Party) -> None:
            self.coach.take_turn(party)
            self.coach.open_plan(self.plan_id, place)

        as_party(self, self.plan_id, QUESTIONS[place], begin)

    def action_page(self) -> None:
        """Read on."""
        self.query_one("#progress", VerticalScroll).scroll_page_down(animate=False)

    def action_leave(self) -> None:
        """Go back to the agreed plan."""
        self.coach.open_plan(self.plan_id, "agreed")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "as_party":
            if parameters[0] in {"closing", "notes"}:
                return self.view is not None
            return self.view is not None and not self.view.closed
        return super().check_action(action, parameters)

    def text_of_screen(self) -> str:
        """Return the page as text."""
        if self.view is None:
            return ""
        return "\n\n".join(part.plain for part in sections(self.view, 76))
