"""The form with which a person changes one item of a summary: its text, who, and by which day."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.widgets import Input, Static

from coach_assist.tui.card import Card
from coach_assist.tui.text import plain

FIELDS = (
    ("text", "Text"),
    ("owner", "Who (empty: nobody named)"),
    ("due", "By which day, such as 2027-03-31"),
)


class ItemForm(Card[dict[str, str] | None]):
    """Returns text, owner and due as they were typed; None where the person went back."""

    CSS_PATH = "item_form.tcss"
    ABOUT = "Enter goes to the next field, and keeps all three on the last; Ctrl+N keeps them at once."
    BINDINGS = [
        Binding("ctrl+n", "keep", "Keep", id="item.keep", priority=True),
        Binding("escape", "back", "Leave as it was", id="item.back"),
    ]

    def __init__(self, values: dict[str, str], problem: str = "") -> None:
        super().__init__()
        self._values = values
        self._problem = problem

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="card"):
            yield Static("Change this item; its lines stay.", classes="title")
            for name, label in FIELDS:
                yield Static(plain(label), classes="item-label")
                yield Input(self._values.get(name, ""), id=f"item-{name}", select_on_focus=False)
            yield Static(plain(self._problem), classes="item-label")

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "item-due":
            self.action_keep()
        else:
            self.focus_next()

    def action_keep(self) -> None:
        """Return what was typed."""
        self.dismiss({name: self.query_one(f"#item-{name}", Input).value for name, _ in FIELDS})

    def action_back(self) -> None:
        """Change nothing."""
        self.dismiss(None)
