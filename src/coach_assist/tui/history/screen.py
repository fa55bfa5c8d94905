"""The history in words: who did what, newest at the end, and with a key on whose machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.shown import shortened
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from coach_assist.flows.history_words import EventWords


class HistoryScreen(PlanScreen):
    """Every event of the plan. It was verified when the plan was opened."""

    PLACE = "History"
    ABOUT = (
        "Everything that either of you did in this plan, in order. Each entry is signed and linked to those "
        "before it, and all of it was verified when the plan was opened. Times are as their author's "
        "machine said; nothing rests on them."
    )
    CSS_PATH = "history.tcss"
    AUTO_FOCUS = "#history"
    BINDINGS = [
        Binding("j", "taking_part", "Taking part", id="history.joining"),
        Binding("escape", "leave", "Back", id="history.leave"),
    ]

    def __init__(self, plan_id: str) -> None:
        super().__init__(plan_id)
        self.rows: tuple[EventWords, ...] = ()

    def body(self) -> ComposeResult:
        yield Notice()
        yield Static(id="history-top")
        yield OptionList(id="history", markup=False)
        yield Static(id="history-side")

    def look(self) -> None:
        from coach_assist.flows.history_words import history_words
        from coach_assist.flows.show import plan_view

        view = plan_view(self.plan)
        self.top.title = view.title
        top = self.query_one("#history-top", Static)
        said = f"{view.names['team_member']} states: {view.statement}" if view.statement is not None else ""
        top.update(
            stacked([plain(row) for row in (view.over or view.standing or "", shortened(said, 300)) if row])
        )
        top.display = bool(view.over or view.standing or said)
        self.show(history_words(self.plan.history) if self.plan.has_opened else ())

    def show(self, rows: tuple[EventWords, ...]) -> None:
        """Render one line for each event, the newest under the bar."""
        self.rows = rows
        listing = self.query_one("#history", OptionList)
        listing.clear_options()
        listing.add_options([Option(self._row(row), id=row.id) for row in rows])
        listing.highlighted = len(rows) - 1 if rows else None
        if not rows:
            self.query_one("#history-side", Static).update("Nothing was put forward yet.")

    def _row(self, row: EventWords) -> Content:
        when = row.at[:16].replace("T", " ")
        room = max(self.size.width - len(when) - 8, 20)
        return joined((f"{when}  ", "$foreground-muted"), shortened(f"{row.name} {row.what}", room))

    @on(OptionList.OptionHighlighted, "#history")
    def _explain(self) -> None:
        place = self.query_one("#history", OptionList).highlighted
        if place is None or place >= len(self.rows):
            return
        row = self.rows[place]
        self.query_one("#history-side", Static).update(
            stacked(
                [
                    plain(f"{row.name} {row.what}"),
                    plain(f"with a key on {row.custody} · {row.at} · {row.id[:16]}", "$foreground-muted"),
                ]
            )
        )

    def action_leave(self) -> None:
        """Go back to the agreed plan."""
        self.coach.open_plan(self.plan_id, "agreed")

    def text_of_screen(self) -> str:
        """Return the history as text."""
        return "\n".join(f"{row.at}  {row.name} {row.what}" for row in self.rows)
