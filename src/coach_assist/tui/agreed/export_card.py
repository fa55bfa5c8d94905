"""Where to save the agreed plan, and as what."""

from __future__ import annotations

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalGroup
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static


class ExportCard(ModalScreen[tuple[str, str] | None]):
    """Returns (format, path): the path's ending says which format."""

    ABOUT = (
        "The ending chooses the format: .md for reading, .json for programs. Enter saves, Escape goes back."
    )
    BINDINGS = [Binding("escape", "back", "Back", id="export.back")]

    def __init__(self, folder: Path, stem: str) -> None:
        super().__init__()
        self._folder = folder
        self._stem = stem

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="card"):
            yield Static("Save the agreed plan as", classes="title")
            yield Input(str(self._folder / f"{self._stem}.md"), id="path", select_on_focus=False)
            yield Static("", id="export-side")
            with Horizontal(classes="row"):
                yield Button("Markdown", id="md", variant="primary")
                yield Button("JSON", id="json")

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._save("json" if event.value.strip().endswith(".json") else "md")

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self._save(event.button.id or "md")

    def _save(self, export_format: str) -> None:
        path = self.query_one("#path", Input).value.strip()
        if not path:
            self.query_one("#export-side", Static).update("A file name is needed.")
            return
        stem = path.removesuffix(".md").removesuffix(".json")
        self.dismiss((export_format, f"{stem}.{export_format}"))

    def action_back(self) -> None:
        """Save nothing."""
        self.dismiss(None)
