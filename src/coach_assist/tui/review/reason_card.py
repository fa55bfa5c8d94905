"""A reason for a decline: welcome, never required."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from coach_assist.tui.text import plain


class ReasonCard(ModalScreen[str | None]):
    """Returns the reason (perhaps empty); None where the person went back without declining."""

    ABOUT = "Enter declines, with or without a reason. Escape goes back and declines nothing."
    BINDINGS = [Binding("escape", "back", "Back, decline nothing", id="reason.back")]

    def __init__(self, other_name: str) -> None:
        super().__init__()
        self._other = other_name

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="card"):
            yield Static("Decline this proposal", classes="title")
            yield Static(
                plain(
                    f"A reason helps {self._other}, and you need not give one. Enter declines; Esc goes back."
                )
            )
            yield Input(id="reason", max_length=4000)

    @on(Input.Submitted)
    def _decline(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value)

    def action_back(self) -> None:
        """Decline nothing."""
        self.dismiss(None)
