"""Items that belong together: neighbours that could only be repeated, and what was noted twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coach_assist.assistant.notes.condense import repeats
from coach_assist.assistant.notes.items import Item, key_phrases
from coach_assist.assistant.words import content_stems, words_of

FEW = 3
"""Telling words below which two items are the same only where all their words are, in one order."""
MOST_LINES = 8
"""Lines that one item of several neighbours quotes at most."""


def gathered(items: Sequence[Item]) -> tuple[Item, ...]:
    """Join neighbours that could only be repeated: together they are said shorter.

    They are of one kind, heading and owner. Actions and decisions stay apart.
    """
    found: list[Item] = []
    for item in items:
        before = found[-1] if found else None
        if (
            before is not None
            and _alike(before, item)
            and (_bare(item) or _bare(before))
            and len(before.lines) < MOST_LINES
        ):
            texts = [*before.text.split("; "), *item.text.split("; ")]
            found[-1] = _with_lines(replace(before, text=key_phrases(texts), by="rules"), item)
            continue
        found.append(item)
    return tuple(found)


def noted_once(items: Sequence[Item]) -> tuple[Item, ...]:
    """Make one item of what was noted twice, in one part of long notes and in another: it quotes both.

    The same is said by items of one kind and goal whose words and numbers are the same, whatever their
    order, with one owner and one day, or where one of the two names none.
    """
    found: list[Item] = []
    seen: dict[tuple[object, ...], int] = {}
    for item in items:
        stems, numbers = content_stems(item.text), frozenset(re.findall(r"[0-9][\w.,:%]*", item.text))
        said: object = stems if len(stems) >= FEW else tuple(words_of(item.text.lower()))
        key = (item.kind, item.goal, said, numbers)
        at = seen.get(key)
        if at is not None and _agree(found[at], item):
            owner, due = found[at].owner or item.owner, found[at].due or item.due
            found[at] = _with_lines(replace(found[at], owner=owner, due=due), item)
            continue
        seen[key] = len(found)
        found.append(item)
    return tuple(found)


def _agree(one: Item, other: Item) -> bool:
    """Say whether owner and day of two items are the same, as far as both name them."""
    owners, days = {one.owner, other.owner} - {None}, {one.due, other.due} - {None}
    return len(owners) <= 1 and len(days) <= 1


def _with_lines(one: Item, other: Item) -> Item:
    own = {line.number for line in one.lines}
    lines = [*one.lines, *(line for line in other.lines if line.number not in own)]
    return replace(one, lines=tuple(sorted(lines, key=lambda line: line.number)))


def _alike(one: Item, other: Item) -> bool:
    return (
        one.kind == other.kind
        and one.kind in ("achievement", "progress", "obstacle", "feedback", "question")
        and (one.owner, one.goal) == (other.owner, other.goal)
        and one.lines[-1].section.line == other.lines[0].section.line
        and one.lines[-1].speaker == other.lines[0].speaker
    )


def _bare(item: Item) -> bool:
    return repeats(item.text, list(item.quotes))
