"""One line on the model: whether it is ready, how far its download is, what works without it."""

from __future__ import annotations

from textual.widgets import Static

from coach_assist.tui.text import plain


class ModelLine(Static):
    """Stands above the keys while there is something to say of the model; else takes no room."""

    DEFAULT_CSS = """
    ModelLine { display: none; height: 1; padding: 0 1; color: $foreground-muted; }
    ModelLine.-shown { display: block; }
    """

    def look(self) -> None:
        """Begin to follow the app's model desk."""
        self.show_words(self.app.desk.words)  # type: ignore[attr-defined]

    def show_words(self, words: str) -> None:
        """Show what the desk says; nothing takes no room."""
        self.update(plain(words, one_line=True))
        self.set_class(bool(words), "-shown")
