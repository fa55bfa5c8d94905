"""A counter before it is put forward: one's own text beside the other's, word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Input, Static

from coach_assist.tui.card import Card
from coach_assist.tui.review.changed import change_lines
from coach_assist.tui.text import plain

if TYPE_CHECKING:
    from coach_assist.flows.show import ProposalView
    from coach_assist.tui.draft.unit_form import Value


class CounterCard(Card[str | None]):
    """Returns the reason (perhaps empty) with which the counter is put forward; None: go on writing."""

    ABOUT = (
        "[−…−] are words that go, [+…+] words that come. Enter puts your text forward: it declines the other "
        "one and accepts yours, for you alone. Escape goes back to your text, and nothing is lost."
    )
    BINDINGS = [Binding("escape", "back", "Go on writing", id="counter.back")]
    DEFAULT_CSS = """
    CounterCard #changed { margin: 1 0; height: auto; }
    CounterCard Static { height: auto; }
    """

    def __init__(self, view: ProposalView, value: Value) -> None:
        super().__init__()
        self._view, self._value = view, value

    def compose(self) -> ComposeResult:
        from coach_assist.flows.counter import changes

        found = changes(self._view.kind, self._view.value, self._value)
        with VerticalScroll(classes="card", can_focus=False):
            yield Static("Your text beside theirs", classes="title")
            yield Static(change_lines(found) if found else plain("Nothing is changed yet."), id="changed")
            yield Static(
                plain(
                    "Enter puts it forward: that declines the other text, and you accept yours. "
                    "A reason is welcome and not needed."
                )
            )
            yield Input(id="reason", max_length=4000)
            with Horizontal(classes="row"):
                yield Button("Put it forward", id="forward", variant="primary", disabled=not found)
                yield Button("Go on writing", id="back")

    def on_mount(self) -> None:
        self.query_one("#reason" if not self.query_one("#forward", Button).disabled else "#back").focus()

    @on(Input.Submitted)
    @on(Button.Pressed, "#forward")
    def _forward(self) -> None:
        if not self.query_one("#forward", Button).disabled:
            self.dismiss(self.query_one(Input).value)

    @on(Button.Pressed, "#back")
    def action_back(self) -> None:
        """Go back to the text."""
        self.dismiss(None)
