"""Where to save the agreed plan, and as what."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.tui.text import joined

FORMATS: dict[str, tuple[str, str, str]] = {
    "md": ("Markdown", ".md", "to read and print"),
    "docx": ("Word", ".docx", "to pass on"),
    "ics": ("Calendar", ".ics", "check-ins, milestones, due dates"),
    "agenda": ("Agenda", "-agenda.md", "of the next check-in"),
    "guide": ("Guide", "-guide.md", "for the talk that opens the plan"),
    "signed": ("Signed", ".signed", "the history, which anybody can verify"),
    "json": ("JSON", ".json", "for programs"),
}
"""Format → its name, the ending of its file, what it is for."""


class ExportCard(ModalScreen[tuple[str, str] | None]):
    """Returns (format, path)."""

    DEFAULT_CSS = """
    ExportCard OptionList { height: auto; margin: 1 0; background: $surface; }
    """
    ABOUT = "Choose what it is to be, Enter; then where, Enter. Nothing is written before the second Enter."
    AUTO_FOCUS = "#formats"
    BINDINGS = [Binding("escape", "back", "Back", id="export.back")]

    def __init__(self, folder: Path, stem: str) -> None:
        super().__init__()
        self._stem = str(folder / stem)
        self._ending = ".md"

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="card"):
            yield Static("Save the agreed plan", classes="title")
            yield OptionList(
                *[
                    Option(joined((name.ljust(10), "bold"), meaning), id=key)
                    for key, (name, _ending, meaning) in FORMATS.items()
                ],
                id="formats",
                markup=False,
            )
            yield Input(f"{self._stem}.md", id="path", select_on_focus=False)
            yield Static("", id="export-side")

    @on(OptionList.OptionHighlighted, "#formats")
    def _format(self, event: OptionList.OptionHighlighted) -> None:
        """Keep the name that was typed, and give it the ending of the chosen format."""
        field = self.query_one("#path", Input)
        ending = FORMATS[event.option.id or "md"][1]
        field.value = field.value.removesuffix(self._ending) + ending
        self._ending = ending

    @on(OptionList.OptionSelected, "#formats")
    def _to_path(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        field = self.query_one("#path", Input)
        field.cursor_position = len(field.value)
        field.focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        path = event.value.strip()
        if not path:
            self.query_one("#export-side", Static).update("A file name is needed.")
            return
        chosen = self.query_one("#formats", OptionList).highlighted or 0
        self.dismiss((list(FORMATS)[chosen], path))

    def action_back(self) -> None:
        """Save nothing."""
        self.dismiss(None)
