"""A text as a reader of names sees it: without case, accents, invisible characters or escapes.

The folded text is for finding only; each of its characters knows where it stands in the text as given.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = {
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h",
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-",
}  # fmt: skip
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_ASCII = re.compile("[\\t\\n -~]*")
_MARKS = {"Mn", "Me"}
JOINER = "\u200b"
"""What every unseen character (soft hyphen, zero-width space) is folded to."""


class Folded:
    """`text` folded; `start(i)` and `end(i)` say where the folded character i begins and ends in it."""

    __slots__ = ("_ends", "_length", "_starts", "text")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._starts: list[int] | None = None
        self._ends: list[int] | None = None
        if _ASCII.fullmatch(text) and "\\u" not in text:
            self.text = text.lower().replace("`", "'")
            return
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        place = 0
        while place < len(text):
            char, width = _character(text, place)
            folded = fold_character(char)
            place += width
            if not folded and ends:
                ends[-1] = place  # a combining mark belongs to the letter before it
            for letter in folded:
                parts.append(letter)
                starts.append(place - width)
                ends.append(place)
        self.text = "".join(parts)
        self._starts, self._ends = starts, ends

    def start(self, place: int) -> int:
        """Return where the folded character begins in the text as given (its length: at the end)."""
        if self._starts is None:
            return place
        return self._starts[place] if place < len(self._starts) else self._length

    def end(self, place: int) -> int:
        """Return where the folded character ends in the text as given."""
        return place + 1 if self._ends is None else self._ends[place]


def fold(text: str) -> str:
    """Return `text` folded."""
    return Folded(text).text


def fold_character(char: str) -> str:
    """Return one character without case and accents: "" for a combining mark, JOINER for an unseen one."""
    if char in "\n\t":
        return char
    known = _LETTERS.get(char)
    if known is not None:
        return known
    kind = unicodedata.category(char)
    if kind in _MARKS:
        return ""
    if kind == "Cf":
        return JOINER
    if kind == "Cc":
        return " "
    parts = unicodedata.normalize("NFKD", char.casefold())
    return "".join(
        _LETTERS.get(part, part) for part in parts if unicodedata.category(part) not in _MARKS
    ).casefold()


def unescaped(text: str) -> str:
    """Return `text` with JSON's escapes of single characters (a backslash, u and four digits) read."""
    read = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return read.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if read != text else text


def _character(text: str, place: int) -> tuple[str, int]:
    """Return the character at `place` and how many it takes up there; an escape counts as its character."""
    if text[place] == "\\" and (found := _ESCAPE.match(text, place)):
        return chr(int(found[1], 16)), 6
    return text[place], 1
