"""How many columns of a terminal a text takes, and which texts a terminal may reorder."""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"


def columns(text: str) -> int:
    """Return the number of terminal columns of `text` (one line, already safe to show).

    Combining marks and format characters take none, wide and full-width characters two; an emoji
    sequence (joined, with a skin tone or a style, or a flag of two letters) takes two as a whole.
    Source: Unicode Standard Annex 11 (East Asian Width) and Technical Standard 51 (emoji).
    """
    if text.isascii():
        return len(text)
    total = 0
    previous = ""
    last = 0
    open_flag = False
    for character in text:
        if previous == _JOINER and last == 2:
            width = 0
        elif character == _EMOJI_STYLE:
            width = 2 - last if last in {1, 2} and previous not in {"", _JOINER} else 0
            last = 2 if last else last
        elif "\U0001f3fb" <= character <= "\U0001f3ff" and last == 2:
            width = 0
        elif "\U0001f1e6" <= character <= "\U0001f1ff":
            width = 0 if open_flag else 2
            open_flag = not open_flag
            last = 2
        else:
            width = _plain(character)
            last = width or last
        if not "\U0001f1e6" <= character <= "\U0001f1ff":
            open_flag = False
        total += width
        previous = character
    return total


def _plain(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def reads_right_to_left(text: str) -> bool:
    """Say whether `text` holds right-to-left letters, so that a terminal may move what is under them."""
    return not text.isascii() and any(
        unicodedata.bidirectional(character) in {"R", "AL"} for character in text
    )
