"""A reason for a decline or a withdrawal: welcome, never required."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.widgets import Input, Static

from coach_assist.tui.card import Card
from coach_assist.tui.text import plain


class ReasonCard(Card[str | None]):
    """Returns the reason (perhaps empty); None where the person went back and nothing is done."""

    ABOUT = "Enter does it, with or without a reason. Escape goes back, and nothing is done."
    BINDINGS = [Binding("escape", "back", "Back, do nothing", id="reason.back")]

    def __init__(self, other_name: str, title: str, verb: str) -> None:
        """`verb` says what Enter does: "declines"."""
        super().__init__()
        self._other, self._title, self._verb = other_name, title, verb

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="card"):
            yield Static(plain(self._title), classes="title")
            yield Static(
                plain(
                    f"A reason helps {self._other}, and you need not give one. Enter {self._verb}; "
                    "Esc goes back."
                )
            )
            yield Input(id="reason", max_length=4000)

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value)

    def action_back(self) -> None:
        """Do nothing."""
        self.dismiss(None)
