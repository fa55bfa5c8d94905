"""What another text changes, word by word, as plain lines: signs carry it, without colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach_assist.flows.counter import Change
from coach_assist.plan.word_diff import word_diff
from coach_assist.shown import safe_text


def change_lines(changes: Sequence[Change]) -> Iterator[str]:
    """Yield one line for each text that differs: [-words that go-] and [+words that come+]."""
    for one in changes:
        yield f"{safe_text(one.label, one_line=True)}: {_marked(one.old, one.new)}"


def _marked(old: str, new: str) -> str:
    parts = []
    for piece in word_diff(old, new):
        words = safe_text(piece.text, one_line=True)
        inner = words.strip()
        if piece.op == "same" or not inner:
            parts.append(words)
            continue
        sign = "-" if piece.op == "removed" else "+"
        before, _, after = words.partition(inner)
        parts.append(f"{before}[{sign}{inner}{sign}]{after or (' ' if sign == '-' else '')}")
    return "".join(parts)
