"""The word lists of drafting, read once from lexicon.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("lexicon.toml")


@cache
def _lists() -> dict[str, frozenset[str]]:
    with _FILE.open("rb") as file:
        data = tomllib.load(file)
    return {name: frozenset(table["words"].split()) for name, table in data.items()}


def word_list(name: str) -> frozenset[str]:
    """Return the words of one list. Raises KeyError for a name that the file does not hold."""
    return _lists()[name]


@cache
def word_pattern(name: str, *, at_end: bool = False) -> re.Pattern[str]:
    """Return a pattern that finds any word of a list: * stands for any ending, _ for a blank.

    With `at_end` only at the end of the text. Raises KeyError for a name that the file does not hold.
    """
    words = sorted(word_list(name), key=len, reverse=True)
    parts = (re.escape(word).replace(r"\*", r"\w*").replace("_", r"\s+") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w){'$' if at_end else ''}", re.IGNORECASE)
