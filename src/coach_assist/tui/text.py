"""The one way by which a text that is not a literal reaches the screen.

Textual parses strings as markup: `[@click=app.quit]x[/]` in an answer would become a button and a stray
`[/b]` would stop the app. `plain` (for widgets) and `cell` (for Rich renderables) never parse, and send
every text through the display function first. tests/tui/test_markup_lint.py holds all of tui/ to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rich.text import Text
from textual.content import Content

from coach_assist.shown import MARK, safe_text, shortened

Span = tuple[int, int, str]
"""Start, end (characters) and a style."""


def plain(text: str, style: str = "", *, one_line: bool = False) -> Content:
    """Return `text` as content that is shown as it is: no markup, no escapes, one style."""
    return Content.styled(safe_text(text, one_line=one_line), style)


def clipped(text: str, width: int, style: str = "") -> Content:
    """Return `text` on one line of at most `width` characters, ending in an ellipsis where it was cut."""
    return Content.styled(shortened(text, width), style)


def cell(text: str, style: str = "") -> Text:
    """Return `text` for a table or a tree, where Rich draws: no markup, no escapes, one line."""
    return Text(safe_text(text, one_line=True), style=style)


def joined(*parts: Content | str | tuple[str, str]) -> Content:
    """Join contents, strings and (string, style) pairs; every string passes the display function."""
    return Content.assemble(*(part if isinstance(part, Content) else _part(part) for part in parts))


def stacked(lines: Iterable[Content], *, gap: int = 0) -> Content:
    """Put contents under each other with `gap` empty lines between them."""
    return Content("\n" * (gap + 1)).join(list(lines))


def marked(text: str, spans: Iterable[Span], style: str = "") -> Content:
    """Return `text` with each span styled. Spans count characters of `text` as it was stored.

    Where the display function changes the length (a hidden escape sequence), every character is
    replaced one for one instead, so that the marks stay under their words.
    """
    spans = list(spans)
    shown = safe_text(text)
    if spans and len(shown) != len(text):
        shown = same_length(text)
    content = Content.styled(shown, style)
    for start, end, span_style in spans:
        content = content.stylize(span_style, start, end)
    return content


def same_length(text: str) -> str:
    """Return `text` with each harmful character replaced by one mark, never changing its length.

    For editors, where positions in the shown text must be positions in the stored text.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_same_width(character) for character in text)


@lru_cache(4096)
def _same_width(character: str) -> str:
    if character in "\n\t":
        return character
    shown = safe_text(character)
    return shown if len(shown) == 1 and shown != "\n" else MARK


def _part(part: str | tuple[str, str]) -> Content:
    return plain(part) if isinstance(part, str) else plain(part[0], part[1])
