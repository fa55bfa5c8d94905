"""The one display function: every text that was not written in this source passes it on its way out.

What was typed, imported or generated is stored exactly as given (hashes and quotes rest on it). On a
screen or in an export, terminal escape sequences, control characters, bidirectional overrides and
invisible characters become a visible mark, so that no text can move the cursor, write the clipboard,
reverse the reading order or hide.
"""

from __future__ import annotations

import re
import unicodedata

MARK = "\ufffd"
"""What stands in place of a character that must not reach a terminal."""

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065"
    "\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
)
_TAGS = "\U000e0000-\U000e0fff"
HIDDEN = f"{_BIDI}{_INVISIBLE}{_TAGS}"
"""For a character class: what changes the reading order, cannot be seen, or hides a text in tags."""
_SEQUENCE = re.compile(
    "\x1b\\][^\x07\x1b\x9c\n]*(?:\x07|\x1b\\\\|\x9c)?"  # operating system command: title, clipboard, link
    "|\x9d[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\\\|\x9c)?"
    "|\x1b[PX^_][^\x1b\x9c\n]*(?:\x1b\\\\|\x9c)?"  # device control and private strings
    "|(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?"  # control sequence: colour, cursor, clear
    "|\x1b[ -/]*[0-~]?"  # any other escape
)
_HARMFUL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{HIDDEN}\ud800-\udfff]")
_REVIEWED = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_BIDI}{_TAGS}]")


def safe_text(text: str, *, one_line: bool = False) -> str:
    """Return `text` harmless for a terminal or a document, and still readable.

    Joiners that emoji and many scripts need (U+200C, U+200D) stay. Line ends become `\\n`; with
    `one_line` all white space becomes single blanks. Applying it twice changes nothing.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _SEQUENCE.sub(MARK, text)
    text = _HARMFUL.sub(MARK, text)
    text = unicodedata.normalize("NFC", text)
    return " ".join(text.split()) if one_line else text


def has_hidden_characters(text: str) -> bool:
    """Say whether `text` holds control or bidirectional characters, which a reader cannot see."""
    return _REVIEWED.search(text) is not None


def shortened(text: str, width: int) -> str:
    """Return `text` on one line, safe, cut to `width` characters with an ellipsis (for lists)."""
    line = safe_text(text, one_line=True)
    return line if len(line) <= width else line[: max(width - 1, 0)].rstrip() + "…"
