"""Today: what is due for whom in all plans of this machine; what has passed its day comes first."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.shown import shortened
from coach_assist.tui.base import CoachScreen
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from coach_assist.flows.today import DueItem, TodayView

WHEN_WORDS = {"past": "Its day has passed", "today": "Today", "soon": "Soon", "any_day": "Any day"}
PLACES = {
    "decide": "handover", "sign": "closing", "check_in": "check_in", "close": "closing", "summary": "summary",
}  # fmt: skip
"""Where the work on an item is done; elsewhere the progress page."""


class TodayScreen(CoachScreen[None]):
    """One list. Enter opens the plan where the item is dealt with."""

    PLACE = "Today"
    ABOUT = (
        "What is due in your plans: promises and activities with their days, check-ins, milestones, and "
        "what waits for a decision. What has passed its day comes first. Enter opens the plan there."
    )
    CSS_PATH = "today.tcss"
    AUTO_FOCUS = "#today"
    BINDINGS = [
        Binding("enter", "open", "Open", id="today.open"),
        Binding("escape", "leave", "Plans", id="today.leave"),
    ]

    def __init__(self, today: date | None = None) -> None:
        super().__init__()
        self.today = today or date.today()
        self.view: TodayView | None = None

    def body(self) -> ComposeResult:
        yield Notice()
        yield OptionList(id="today", markup=False)
        yield Static(id="today-side")

    def on_mount(self) -> None:
        self.begin(self._load, "today", "reading what is due")

    async def _load(self) -> None:
        from coach_assist.flows.today import today_view

        self.show(await asyncio.to_thread(today_view, self.coach.workspace, self.today))

    def show(self, view: TodayView) -> None:
        """Render the items under headings of when."""
        self.view = view
        listing = self.query_one("#today", OptionList)
        listing.clear_options()
        latest = ""
        for place, item in enumerate(view.items):
            if item.when != latest:
                latest = item.when
                listing.add_option(Option(plain(WHEN_WORDS[latest], "bold $primary"), disabled=True))
            listing.add_option(Option(self._row(item), id=str(place)))
        if view.items:
            listing.highlighted = 1
        words = f"{len(view.items)} in {view.plans} plans." if view.items else "Nothing is due."
        if view.unreadable:
            words += f" {len(view.unreadable)} plans could not be read."
        self.query_one("#today-side", Static).update(plain(words))
        self.refresh_bindings()

    def _row(self, item: DueItem) -> Content:
        room = max(self.size.width - 8, 24)
        what = f"{item.kind_words}: {item.what}" if item.what else item.kind_words
        due = f"{item.due}  " if item.due else ""
        first = joined(shortened(f"{due}{item.who}: {what}", room))
        demo = ("  DEMO", "bold $accent") if item.demo else ("", "")
        return stacked([first, joined((f"  {shortened(item.title, room - 8)}", "$foreground-muted"), demo)])

    @on(OptionList.OptionSelected, "#today")
    def action_open(self) -> None:
        """Open the plan of the item under the bar where it is dealt with."""
        listing = self.query_one("#today", OptionList)
        if self.view is None or listing.highlighted is None:
            return
        option = listing.get_option_at_index(listing.highlighted)
        if option.id is not None:
            item = self.view.items[int(option.id)]
            self.coach.open_plan(item.plan, PLACES.get(item.kind, "progress"))

    def action_leave(self) -> None:
        """Return to the plans."""
        self.coach.go_home()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "open":
            return self.view is not None and bool(self.view.items)
        return True

    def text_of_screen(self) -> str:
        """Return the list as text."""
        items = self.view.items if self.view else ()
        return "\n".join(f"{item.due or ''} {item.who}: {item.kind_words} {item.what}" for item in items)
