"""An editor for answers and statements: marks under words, plain keys, nothing that alarms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.style import Style
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import TextArea

from coach_assist.tui.text import same_length

MARK_STYLE = Style(underline=True)
"""How a finding is marked under a person's own words: underlined, never red."""


class AnswerArea(TextArea):
    """A text field of several lines. Tab leaves it; Enter on an empty last line means "that's all"."""

    HELP = (
        "Write as much as you like. Enter starts a new line, Enter twice goes on, Tab leaves the field, "
        "Ctrl+G opens the text in your editor."
    )

    @dataclass
    class Finished(Message):
        """Enter was pressed on an empty last line: the person has finished this text."""

        area: AnswerArea

        @property
        def control(self) -> AnswerArea:
            """The field, for selectors."""
            return self.area

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(
            text, id=id, classes=classes, soft_wrap=True, show_line_numbers=False, tab_behavior="focus",
            highlight_cursor_line=False,
        )  # fmt: skip
        self._spans: list[tuple[int, int]] = []
        self.move_cursor(self.document.end)

    def mark(self, spans: Iterable[tuple[int, int]]) -> None:
        """Underline these stretches of the text (start, end in characters of the whole text)."""
        spans = sorted(spans)
        if spans != self._spans:
            self._spans = spans
            self.notify_style_update()  # drawn lines are cached
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        """Return one line harmless and with its marks; its length is that of the stored line."""
        line = Text(same_length(self.document.get_line(line_index)), end="", no_wrap=True)
        if self._spans:
            newline = len(self.document.newline)
            offset = sum(len(self.document.get_line(row)) + newline for row in range(line_index))
            for start, end in self._spans:
                if start - offset < len(line) and end > offset:
                    line.stylize(MARK_STYLE, max(start - offset, 0), end - offset)
        return line

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self.read_only:
            row, _column = self.cursor_location
            last = self.document.line_count - 1
            if row == last and last > 0 and not self.document.get_line(last).strip():
                event.stop()
                event.prevent_default()
                self.post_message(self.Finished(self))
                return
        await super()._on_key(event)

    def finished_text(self) -> str:
        """Return the text without the empty lines at its end that mean "that's all"."""
        return self.text.rstrip("\n")
