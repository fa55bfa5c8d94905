"""Which texts of a document are put forward as goals, told by the headings above them.

Everything is taken for a goal unless its heading, its table or its own shape says that it is something
else: a note, a strength, a participant. There the goal rules would only raise false alarms.
The words lie in document_words/<language>.txt beside this file.
"""

from __future__ import annotations

import re
from pathlib import Path

from coach_assist.checker.inputs.items import Role

_WORDS = Path(__file__).resolve().parent / "document_words"
_LABEL = re.compile(r"(?:\*\*|__)[^*_]+(?:\*\*|__)[ \t]*:?$|[^.!?]{1,80}:(?:\*\*|__)?$|[\W\d_]+$")


class DocumentWords:
    """The words of one language by which headings and columns are known."""

    def __init__(self, language: str) -> None:
        path = _WORDS / f"{language}.txt"
        sections = _read(path if path.is_file() else _WORDS / "en.txt")
        self._goal = _pattern(sections["goal"])
        self._text = _pattern(sections["text"])
        self._due = _pattern(sections["due"])
        self._relevance = _pattern(sections["relevance"])
        self._known: dict[tuple[str, ...], Role] = {}

    def role_of_text(self, text: str, headings: list[str]) -> Role:
        """Return the role of a list item or paragraph line under `headings` (outermost first)."""
        if _LABEL.match(text):
            return "text"
        key = tuple(headings)
        if key not in self._known:
            if len(self._known) > 1000:
                self._known.clear()
            self._known[key] = self._role_of_headings(headings)
        return self._known[key]

    def _role_of_headings(self, headings: list[str]) -> Role:
        for title in reversed(headings):
            if self._goal.search(title):
                return "goal"
            if self._text.search(title):
                return "text"
        return "goal"

    def column(self, title: str) -> str:
        """Return what a table's column is for: "goal", "due", "relevance", "text" or ""."""
        for purpose, pattern in (("due", self._due), ("relevance", self._relevance), ("goal", self._goal)):
            if pattern.search(title):
                return purpose
        return "text" if self._text.search(title) else ""


def _read(path: Path) -> dict[str, list[str]]:
    """Read `[section]` lines followed by one phrase a line; `#` begins a comment line."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[] "), [])
        elif line.strip() and not line.startswith("#"):
            current.append(line.strip())
    return sections


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    choices = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE)
