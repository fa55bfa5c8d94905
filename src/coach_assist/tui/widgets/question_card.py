"""A small page that asks one thing and returns the choice: confirmations, whose turn, a kind of unit."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.tui.card import Card
from coach_assist.tui.text import joined, plain


class QuestionCard(Card[str | None]):
    """Asks a question with a few answers in words. Escape answers nothing and changes nothing."""

    DEFAULT_CSS = """
    QuestionCard OptionList { height: auto; max-height: 14; margin-top: 1; background: $surface; }
    QuestionCard #asked-words { margin-top: 1; height: auto; }
    """
    ABOUT = "Choose with the arrows and Enter. Escape goes back; nothing is changed then."
    BINDINGS = [Binding("escape", "back", "Back", id="question.back")]

    def __init__(self, question: str, words: str, answers: Sequence[tuple[str, str, str]]) -> None:
        """`answers` are (what is returned, label, what it means)."""
        super().__init__()
        self._question = question
        self._words = words
        self._answers = answers

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="card", can_focus=False):
            yield Static(plain(self._question, "bold"))
            if self._words:
                yield Static(plain(self._words), id="asked-words")
            yield OptionList(
                *[
                    Option(joined((label, "bold"), (f"  {meaning}" if meaning else "", "")), id=value)
                    for value, label, meaning in self._answers
                ],
                markup=False,
            )

    @on(OptionList.OptionSelected)
    def _answered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option.id)

    def action_back(self) -> None:
        """Answer nothing."""
        self.dismiss(None)
