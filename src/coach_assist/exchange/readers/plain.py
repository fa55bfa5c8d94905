"""Plain text and pages of PDF: titles, bullets, "Label: value" and paragraphs, told by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coach_assist.exchange.readers.document import Block, ReadFault
from coach_assist.exchange.readers.guards import MOST_BLOCKS

_BULLET = re.compile(
    r"^(?P<indent>[ \t]*)(?:[-*+•◦▪·–o]|\(?[0-9]{1,2}[.)]|\(?[a-z]\))[ \t]+(?:\[[ xX]\][ \t]*)?(?=\S)"
)
_UNDERLINE = re.compile(r"^[ \t]*([=\-~_*])\1{2,}[ \t]*$")
_NUMBERED = re.compile(r"^[ \t]*[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?[ \t]+[^\W\d_]")
_END = re.compile(r"[.!?;,:]['\")\]]*$")
_LONGEST_TITLE = 70
_LONGEST_WRAPPED = 160


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text; places are its lines. Raises ReadFault for too many.

    A title is a short line that stands alone or is underlined, and ends without a full stop. Lines of one
    paragraph are joined; a line that ends short of a full stop before a blank line stays its own.
    """
    blocks = []
    for block in _blocks(text.splitlines()):
        blocks.append(block)
        if len(blocks) > MOST_BLOCKS:
            raise ReadFault(f"it has more than {MOST_BLOCKS} paragraphs")
    return tuple(blocks)


def _blocks(lines: list[str]) -> Iterator[Block]:
    held: list[str] = []
    start = depth = 0
    # In a text with very long lines every line is a paragraph of its own.
    unwrapped = any(len(line) > _LONGEST_WRAPPED for line in lines)

    def flush() -> Iterator[Block]:
        if held:
            yield Block(
                "item" if depth else "paragraph", " ".join(" ".join(held).split()), start, level=depth
            )
            held.clear()

    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if not line.strip() or _UNDERLINE.match(line):
            yield from flush()
            depth = 0
            continue
        bullet = _BULLET.match(line)
        if _is_title(line, following, lines[index - 1] if index else "", bullet):
            yield from flush()
            depth = 0
            level = 1 if not any(earlier.strip() for earlier in lines[:index][-200:]) else 2
            yield Block("heading", " ".join(line.split()), index + 1, level=level)
            continue
        if bullet:
            yield from flush()
            depth = 1 + min(len(bullet["indent"].expandtabs(4)) // 2, 5)
            held.append(line[bullet.end() :].strip())
            start = index + 1
            continue
        if not held:
            start = index + 1
        held.append(line.strip())
        if unwrapped or (not depth and _complete(line, following)):
            yield from flush()
            depth = 0
    yield from flush()


def _is_title(line: str, following: str, before: str, bullet: re.Match[str] | None) -> bool:
    words = line.strip()
    if len(words) > _LONGEST_TITLE or (_END.search(words) and not words.endswith(("?", ":"))):
        return False
    if not re.search(r"[^\W\d_]", words):
        return False
    if _UNDERLINE.match(following):
        return True
    if bullet:
        return bool(_NUMBERED.match(line)) and words.isupper()
    if words.isupper() and len(words) > 3 and not re.search(r"\[|\{|_", words):
        return True
    _, mark, rest = words.partition(":")
    if mark and rest.strip():
        return False
    if words.endswith((":", "?")):
        return len(words.split()) <= 12 and bool(following.strip())
    if following.strip()[:1].islower():
        return False  # the sentence goes on
    # A short line that begins a section: alone above a blank line, or right above a list.
    return not before.strip() and len(words.split()) <= 8 and words[0].isupper()


def _complete(line: str, following: str) -> bool:
    """Say whether a line of a paragraph stands for itself: "Label: value" lines do."""
    label = re.match(r"^[ \t]*[^\W\d_][^:.!?]{0,40}:[ \t]*\S", line)
    next_label = re.match(r"^[ \t]*[^\W\d_][^:.!?]{0,40}:(?:[ \t]|$)", following)
    return bool(next_label) or bool(label and len(line) < 60 and _END.search(line) is None)
