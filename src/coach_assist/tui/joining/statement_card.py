"""The team member's statement: own words, decided on by nobody."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.widgets import Static

from coach_assist.tui.card import Card
from coach_assist.tui.text import plain
from coach_assist.tui.widgets.answer_area import AnswerArea


class StatementCard(Card[str | None]):
    """Returns the text; None where the person went back. Nothing is attached before that."""

    DEFAULT_CSS = """
    StatementCard AnswerArea { height: 10; margin-top: 1; }
    """
    ABOUT = (
        "Your statement stands at the top of the plan, in every copy and every export. Nobody decides on it, "
        "and you can change it or take it back. Enter twice, or Ctrl+N, attaches it; Escape does nothing."
    )
    AUTO_FOCUS = "AnswerArea"
    BINDINGS = [
        Binding("ctrl+n", "attach", "Attach it", id="statement.attach", priority=True),
        Binding("escape", "back", "Back, attach nothing", id="statement.back"),
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="card"):
            yield Static("Your statement", classes="title")
            yield Static(
                "It travels with every copy and every export. Nobody decides on it. Enter twice attaches it; "
                "Esc goes back."
            )
            yield AnswerArea(self._text)
            yield Static("", id="statement-side")

    @on(AnswerArea.Finished)
    def action_attach(self) -> None:
        """Attach what stands there; a text with specially protected things is kept only once more asked."""
        from coach_assist.flows.guard import guard_words, special_spans

        text = self.query_one(AnswerArea).finished_text()
        side = self.query_one("#statement-side", Static)
        if not text.strip():
            side.update("There is nothing to attach yet.")
            return
        spans = special_spans(text)
        if spans and getattr(self, "_warned", "") != text:
            self._warned = text
            side.update(plain(f"{guard_words(spans)} Once more attaches it as it is."))
            return
        self.dismiss(text)

    def action_back(self) -> None:
        """Attach nothing."""
        self.dismiss(None)
