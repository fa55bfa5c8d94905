"""Plain lines: each non-blank line is one item. And which kind of input a source is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from coach_assist.checker.inputs.items import Event, Item, Line, Segment, Unreadable

if TYPE_CHECKING:
    from coach_assist.checker.suppression import Comment

INPUTS = ("auto", "lines", "jsonl", "markdown", "json")
_BY_EXTENSION = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}


def input_by_name(name: str) -> str | None:
    """Return the input that a file's extension stands for, or None where the content decides."""
    dot = name.rfind(".")
    return _BY_EXTENSION.get(name[dot:].lower()) if dot >= 0 else None


def input_by_first_line(text: str) -> str:
    """Return the input that the first non-blank line tells.

    A JSON object: "jsonl". A brace alone, with which no goal begins: "json". Anything else: "lines".
    """
    text = text.strip()
    if text == "{":
        return "json"
    if text.startswith("{"):
        import json

        try:
            return "jsonl" if isinstance(json.loads(text), dict) else "lines"
        except (ValueError, RecursionError):
            return "lines"
    return "lines"


def read_plain(lines: Iterable[Line | Unreadable]) -> Iterator[Event]:
    """Yield each non-blank line as an item; a line that is only a suppression comment is none."""
    for line in lines:
        if isinstance(line, Unreadable):
            yield line
            continue
        text = line.text
        if not text or text.isspace():
            continue
        if "<!--" not in text or not (comments := _comments(line)):
            yield Item(line.number, line.number, text, (Segment(0, line.number, 0, text),))
            continue
        checked = _blanked(text, comments)
        if checked.isspace():
            yield from comments
            continue
        segments = (Segment(0, line.number, 0, text),)
        yield Item(line.number, line.number, text, segments, comments=comments, checked=checked)


# Suppression is imported only where a text has a comment: most have none, and start-up counts.
def _comments(line: Line) -> tuple[Comment, ...]:
    from coach_assist.checker.suppression import find_comments

    return find_comments(line.text, line.number)


def _blanked(text: str, comments: tuple[Comment, ...]) -> str:
    from coach_assist.checker.suppression import blanked

    return blanked(text, comments)
