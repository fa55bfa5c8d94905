"""The guard for protected data, in lines: what was typed is shown with marks, and the person decides."""

from __future__ import annotations

from collections.abc import Callable

from coach_assist.cli.line_answers import LineReader
from coach_assist.flows.guard import guard_words, marked, special_spans
from coach_assist.shown import safe_text


class LineGuard:
    """Asks before a text that tells protected things of a person is saved; each word is asked about once."""

    def __init__(self, reader: LineReader, say: Callable[[str], None]) -> None:
        self._reader = reader
        self._say = say
        self._kept: set[str] = set()
        self.pending = ""
        """A text that is being asked about: where the person leaves now, it is kept as typed."""

    def choose(self, text: str, *, many: bool) -> str | None:
        """Return the text to save, as it is or typed anew, or None where the person leaves it out."""
        self.pending = text
        while new := [span for span in special_spans(text) if span.words.lower() not in self._kept]:
            self._say("")
            self._say(f"Before it is saved: {safe_text(marked(text, new))}")
            self._say(safe_text(guard_words(new), one_line=True))
            self._say("Press Enter to keep it as it is, type the answer anew, or :skip to leave it out.")
            typed = self._reader.read(many=many)
            if typed.command == "skip":
                self.pending = ""
                return None
            if not typed.text.strip():
                self._kept.update(span.words.lower() for span in new)
            else:
                self.pending = text = typed.text
        self.pending = ""
        return text
