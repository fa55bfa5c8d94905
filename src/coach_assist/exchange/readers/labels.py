"""What stands inside a paragraph: marks of emphasis, links, boxes, labels in bold ("**Due:** …")."""

from __future__ import annotations

import re
from typing import NamedTuple

_LABEL = re.compile(
    r"^(?:\*\*|__)(?P<label>[^*_\n]{1,80}?)(?::(?:\*\*|__)|(?:\*\*|__)[ \t]*:)[ \t]*(?P<rest>.*)$", re.DOTALL
)
_BOX = re.compile(r"^\[[ xX]\][ \t]+")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,400})\]\([^()\n]{0,2000}\)")
_MARK = re.compile(r"\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`+|~~")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,400}>")
_EMOJI_CODE = re.compile(r":[a-z_]{2,30}:")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#x?[0-9A-Fa-f]{1,6}|[A-Za-z]{2,10});")

_SHIFT = 0x10F000
_ASIDE = re.compile(f"[{chr(_SHIFT + 0x21)}-{chr(_SHIFT + 0x7E)}]")
"""Escaped signs while marks are taken away: they stand for themselves, whatever is around them."""
_HARD_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\(?=\n|\Z)")


class Part(NamedTuple):
    """One piece of a paragraph: a label, if it has one, and the text."""

    label: str
    text: str
    place: int


def _kept_aside(found: re.Match[str]) -> str:
    return chr(ord(found[1]) + _SHIFT)


class Divided(NamedTuple):
    """A paragraph taken apart. `plain` is all of it on one line."""

    plain: str
    parts: tuple[Part, ...]


def plain(text: str) -> str:
    """Return Markdown `text` without its marks, links as their words, white space as single blanks."""
    import html

    text = _ESCAPED.sub(_kept_aside, _BOX.sub("", text))
    text = _LINK.sub(lambda found: found[1], text)
    text = _TAG.sub("", text)
    text = _MARK.sub("", text)
    text = _EMOJI_CODE.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    text = _ASIDE.sub(lambda found: chr(ord(found[0]) - _SHIFT), text)
    return " ".join(text.split())


def divided(content: str, place: int) -> Divided:
    """Take a paragraph's source apart: a new part begins at every line that a label in bold leads."""
    lines: list[tuple[str, int]] = []
    content = _HARD_BREAK.sub(r"\1", content)
    for offset, line in enumerate(content.split("\n")):
        stripped = _BOX.sub("", line.strip())
        if lines and not _LABEL.match(stripped):
            lines[-1] = (f"{lines[-1][0]}\n{stripped}", lines[-1][1])
        else:
            lines.append((stripped, place + offset))
    parts = []
    for text, number in lines:
        found = _LABEL.match(text)
        label = plain(found["label"]).rstrip(":").strip() if found else ""
        rest = plain(found["rest"] if found and label else text)
        if rest or label:
            parts.append(Part(label, rest, number))
    return Divided(" ".join(plain(content).split()), tuple(parts))
