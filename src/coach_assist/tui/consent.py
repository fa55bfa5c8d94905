"""Before the first request to a remote endpoint: its host and the full text, and a yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from coach_assist.tui.card import Card
from coach_assist.tui.text import plain

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Outgoing


class ConsentScreen(Card[bool | None]):
    """Shows all that would leave this machine. Escape sends nothing."""

    DEFAULT_CSS = """
    ConsentScreen #consent {
        width: 96%; max-width: 100; height: 96%; padding: 1 2; background: $surface; border: round $accent;
    }
    ConsentScreen .row { height: auto; }
    ConsentScreen #outgoing { height: 1fr; margin: 1 0; background: $background; padding: 0 1; }
    """
    ABOUT = "This is exactly what would be sent. Read it, then choose. Escape sends nothing."
    AUTO_FOCUS = "#outgoing"
    BINDINGS = [Binding("escape", "refuse", "Send nothing", id="consent.no")]

    def __init__(self, outgoing: Outgoing) -> None:
        super().__init__()
        self._outgoing = outgoing

    def compose(self) -> ComposeResult:
        from coach_assist.flows.consent import outgoing_words

        with Vertical(id="consent"):
            yield Static("This would leave your machine. Send it?", classes="title")
            with VerticalScroll(id="outgoing"):
                yield Static(plain(outgoing_words(self._outgoing)))
            with Horizontal(classes="row"):
                yield Button("Send nothing", id="no")
                yield Button(plain(f"Send to {self._outgoing.host}"), id="yes")

    @on(Button.Pressed, "#yes")
    def _agree(self) -> None:
        self.dismiss(True)

    @on(Button.Pressed, "#no")
    def action_refuse(self) -> None:
        """Send nothing."""
        self.dismiss(False)
