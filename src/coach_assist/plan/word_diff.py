"""The difference between two texts, word by word: what stays, what goes, what comes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_TOKEN = re.compile(r"\w+(?:[.,'’-]\w+)*|\s+|.", re.DOTALL)
"""A word (with an inner point, comma, apostrophe or hyphen, so that 4.5 is one), blanks, or one sign."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both have, or that only the old or only the new one has."""

    op: Literal["same", "removed", "added"]
    text: str


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces in reading order, removed before added.

    Joining "same" and "removed" gives `old`, joining "same" and "added" gives `new`. Lone blanks between
    two changes are drawn into them, so that a changed phrase is one piece and not a row of words.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    pieces: list[Piece] = []
    gone, come = "", ""
    blocks = matcher.get_opcodes()
    for place, (tag, start, end, new_start, new_end) in enumerate(blocks):
        same = "".join(before[start:end])
        inside = 0 < place < len(blocks) - 1 and not same.strip()
        if tag == "equal" and not inside:
            pieces += _changes(gone, come)
            gone, come = "", ""
            pieces.append(Piece("same", same))
        else:
            gone += same
            come += "".join(after[new_start:new_end])
    return (*pieces, *_changes(gone, come))


def _changes(gone: str, come: str) -> list[Piece]:
    removed = [Piece("removed", gone)] if gone else []
    return [*removed, Piece("added", come)] if come else removed
