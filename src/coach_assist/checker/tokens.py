"""One pass over the text: words, numbers and marks, each with its place in the text as given.

Markdown emphasis, code marks and blanks make no token, so `**cut** the _queue_` reads as its words do.
"""

from __future__ import annotations

import re

WORD, NUMBER, MARK, BREAK = 1, 2, 3, 4

# The first group: words, also such as q3, HbA1c or 1:1s.
_PATTERN = re.compile(
    "((?:\\d:\\ds\\b|[^\\W\\d_](?:[^\\W_]|[\u0300-\u036f])*)(?:['\u2019][^\\W\\d_]+)*)"
    "|(\\d+(?:[.,]\\d+)*)"
    "|(\r\n|\r|\n)"
    "|[^\\s*_`~\u200b\u200d\ufe0f]"
)
_KIND = {1: WORD, 2: NUMBER, 3: BREAK, None: MARK}


class Token:
    """One token: `raw` as it stands, `low` for comparing, `tags` (a bit for each lexicon that knows it)."""

    __slots__ = ("end", "kind", "lemma", "low", "raw", "start", "tags")

    def __init__(self, raw: str, start: int, end: int, kind: int) -> None:
        self.raw = raw
        self.low = self.lemma = raw.lower() if "\u2019" not in raw else raw.lower().replace("\u2019", "'")
        self.start = start
        self.end = end
        self.kind = kind
        self.tags = 0

    def __repr__(self) -> str:
        return f"<{self.raw!r} {self.start}:{self.end}>"


def tokenise(text: str) -> list[Token]:
    """Return the tokens of `text` in order. Offsets are code points. Linear in the length of `text`."""
    return [Token(m[0], m.start(), m.end(), _KIND[m.lastindex]) for m in _PATTERN.finditer(text)]


def number_value(raw: str) -> float:
    """Read "1,250.5", "1.250,5" or "12,5" as a number: the last mark with other than 3 digits is decimal."""
    head, mark, tail = raw.rpartition("," if raw.rfind(",") > raw.rfind(".") else ".")
    if not mark:
        return float(raw[:15])
    whole = head.replace(",", "").replace(".", "")
    if len(tail) == 3 and head != "0":
        return float((whole + tail)[:15])
    return float(f"{whole[:15]}.{tail[:9]}")
