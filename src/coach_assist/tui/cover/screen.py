"""A neutral page over whatever is on the screen, for when somebody walks by."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Static


class CoverScreen(Screen[None]):
    """Shows nothing of the plan, no name and no title. Work goes on beneath; no message shows through."""

    CSS_PATH = "cover.tcss"
    AUTO_FOCUS = ""
    BINDINGS = [Binding("f9,f12", "app.cover", "Back", id="cover", show=False)]

    def compose(self) -> ComposeResult:
        yield Static("Paused", id="cover-word")
        yield Static("F9", id="cover-key")
