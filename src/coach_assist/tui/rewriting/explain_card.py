"""Why a rewrite reads as it does: lines from provenance and code, on a page of their own."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from coach_assist.tui.card import Card
from coach_assist.tui.text import plain


class ExplainCard(Card[None]):
    """Shows the lines; Escape goes back."""

    DEFAULT_CSS = """
    ExplainCard #explained {
        width: 96%; max-width: 100; height: auto; max-height: 96%; padding: 1 2;
        background: $surface; border: round $border;
    }
    ExplainCard #explained Static { height: auto; }
    """
    ABOUT = (
        "Why this wording, and which of your words each part rests on. It comes from what was kept while the "
        "text was made, and from code; the model is not asked why."
    )
    AUTO_FOCUS = "#explained"
    BINDINGS = [Binding("escape,x", "back", "Back", id="explain.back", key_display="esc")]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="explained"):
            yield Static(plain(self._title, "bold"))
            yield Static(plain("\n".join(self._lines)))

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)
