"""One line of notes without its marks: what is left is what was said.

Only for reading and shortening; quotes are always the line as given.
"""

from __future__ import annotations

import re

LONGEST_LINE = 2000
"""Characters of a line that are read. A longer line is quoted whole all the same."""

_LIST_MARK = re.compile(r"^\s*(?:[-*+•‣◦–—·>]\s+|\(?[0-9]{1,3}[.)]\s+|\(?[a-zA-Z]\)\s+)+")
_CHECKBOX = re.compile(r"^\s*\[([ xX✓✔]?)\]\s+")
_IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\s]{0,800}\)")
_LINK = re.compile(r"\[([^\]\n]{1,300})\]\([^)\s]{0,800}\)")
_ADDRESS = re.compile(r"<?\b(?:https?://|www\.)[^\s>)\]]+>?", re.IGNORECASE)
_SHORTCODE = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]{1,40}:(?!\w)|(?<=:):[a-z][a-z0-9_+-]{1,40}:")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*{1,3}(?=\S)|(?<=\S)\*{1,3}(?![\w*])|(?<!\w)_{1,3}(?=\w)|(?<=\w)_{1,3}(?!\w)|`+|~~"
)
_PICTURES = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u21a9\u21aa\ufe0f\u200d\u20e3\U0001f1e6-\U0001f1ff\U000e0000-\U000e007f]+"
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffd\ud800-\udfff]"
)
_BOLD_LABEL = re.compile(r"^(\*\*|__|\*|_)([^*_:\n]{1,40})(?::\1|\1:)\s+")
_ESCAPE = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.?")


def split_mark(line: str) -> tuple[str, str, bool | None]:
    """Return the list mark of a line (with its indent), the rest, and its checkbox: done, open or None."""
    line = line[:LONGEST_LINE]
    match = _LIST_MARK.match(line)
    mark, rest = (
        (match[0], line[match.end() :]) if match else (line[: len(line) - len(line.lstrip())], line.lstrip())
    )
    box = _CHECKBOX.match(rest) if match else None
    if box is None:
        return mark, rest, None
    return mark, rest[box.end() :], bool(box[1].strip())


def without_bold_label(text: str) -> str:
    """Return `text` with a label set in bold ("**Sam:** …") as a plain one."""
    return _BOLD_LABEL.sub(r"\2: ", text.lstrip(), count=1)


def plain(text: str) -> str:
    """Return `text` on one line without links, emphasis, pictures and characters that cannot be seen."""
    text = _ESCAPE.sub(" ", text[:LONGEST_LINE])
    text = _UNSEEN.sub(" ", text)
    text = _IMAGE.sub(" ", text)
    text = _LINK.sub(r"\1", text)
    text = _ADDRESS.sub(" ", text)
    text = _SHORTCODE.sub(" ", text)
    text = _PICTURES.sub(" ", text)
    text = _EMPHASIS.sub("", text)
    text = text.replace("\\'", "'").replace("’", "'")
    text = re.sub(r"\(\s*\)|\[\s*\]", " ", text)
    text = re.sub(r"([!?.]){2,}", r"\1", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split()))
    return text.strip(" \t-–—:;,|")
