"""A note in ten seconds: what it is, the text, Enter."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.tui.card import Card
from coach_assist.tui.text import joined

TAGS = (
    ("observation", "Observation", "something you noticed"),
    ("thanks", "Thank-you", "for something that helped"),
    ("talk", "To talk about", "for the next check-in"),
)


class NoteCard(Card[tuple[str, str] | None]):
    """Returns (tag, text); None where the person went back."""

    DEFAULT_CSS = """
    NoteCard OptionList { height: auto; margin: 1 0; background: $surface; }
    """
    ABOUT = "Choose what it is with the arrows and Enter, type the note, Enter keeps it. Nobody else sees it."
    AUTO_FOCUS = "#tags"
    BINDINGS = [Binding("escape", "back", "Back", id="note.back")]

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="card"):
            yield Static("A note, private until you release it", classes="title")
            yield OptionList(
                *[Option(joined((label, "bold"), f"  {meaning}"), id=tag) for tag, label, meaning in TAGS],
                id="tags",
                markup=False,
            )
            yield Input(id="note-text", max_length=4000)
            yield Static("", id="note-side")

    @on(OptionList.OptionSelected)
    def _tagged(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.query_one("#note-text", Input).focus()

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        if not event.value.strip():
            self.query_one("#note-side", Static).update("Type the note, or press Esc.")
            return
        place = self.query_one("#tags", OptionList).highlighted or 0
        self.dismiss((TAGS[place][0], event.value))

    def action_back(self) -> None:
        """Keep nothing."""
        self.dismiss(None)
