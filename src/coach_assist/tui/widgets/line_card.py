"""A small page that asks for one line of text: a reason, a file, a day."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.widgets import Input, Static

from coach_assist.tui.card import Card
from coach_assist.tui.text import plain


class LineCard(Card[str | None]):
    """Returns the line; None where the person went back. An empty line is refused with `missing`."""

    DEFAULT_CSS = """
    LineCard #line-side { height: auto; margin-top: 1; }
    """
    ABOUT = "Type one line; Enter keeps it. Escape goes back, and nothing is changed then."
    BINDINGS = [Binding("escape", "back", "Back", id="line.back")]

    def __init__(
        self, title: str, words: str, *, text: str = "", missing: str = "", limit: int = 4000
    ) -> None:
        super().__init__()
        self._title, self._words, self._text = title, words, text
        self._missing, self._limit = missing, limit

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="card"):
            yield Static(plain(self._title, "bold"))
            yield Static(plain(self._words))
            yield Input(self._text, id="line", max_length=self._limit, select_on_focus=False)
            yield Static("", id="line-side")

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        if not event.value.strip() and self._missing:
            self.query_one("#line-side", Static).update(plain(self._missing))
            return
        self.dismiss(event.value)

    def action_back(self) -> None:
        """Change nothing."""
        self.dismiss(None)
