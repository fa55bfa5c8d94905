"""Blocks: the passages of notes that can become one item each, and who speaks to whom in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from coach_assist.assistant.notes.headings import Section
from coach_assist.assistant.notes.lines import Line
from coach_assist.assistant.notes.speakers import same_person

_INSIDE = re.compile(r"(?<=[\w,/@(] )[A-Z][a-z]{2,20}\b|(?<=[/@(])[A-Z][a-z]{2,20}\b")
WRITER = "I"
"""The owner of what the notes say in the first person without naming the speaker."""


@dataclass(frozen=True, slots=True)
class Block:
    """A list item or sentence with the lines that go on with it.

    `words` is its plain text, `above` the block that it replies to or is nested under (None at the top).
    """

    lines: tuple[Line, ...]
    words: str
    above: Block | None = None

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(line.number for line in self.lines)

    @property
    def section(self) -> Section:
        return self.first.section

    @property
    def speaker(self) -> str:
        return self.first.speaker

    @property
    def reply(self) -> bool:
        """Whether somebody else than the speaker of the passage above says it."""
        return self.above is not None and self.above.speaker != self.speaker


@dataclass(frozen=True, slots=True)
class People:
    """The two parties as a plan names them; both empty without a plan."""

    team_member: str = ""
    manager: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.team_member, self.manager) if name)


NOBODY_NAMED = People()
"""Without a plan nobody is named beforehand."""


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks in the notes: the labels in order of first use, and whether a writer without label does."""

    labels: tuple[str, ...]
    writer: bool
    helper: str = ""
    people: People = NOBODY_NAMED
    names: frozenset[str] = frozenset()
    """Words that stand with a capital inside a line, in small letters: what may be a name typed small."""

    def listener(self, speaker: str) -> str:
        """Return to whom `speaker` speaks: the other of two, "" where there is no telling."""
        others = [name for name in self.labels if name != speaker and not same_person(name, speaker)]
        if speaker and self.writer:
            return self.named(WRITER)
        if len(others) == 1:
            return self.named(others[0])
        if not speaker and self.helper:
            return self.named(self.helper)
        return ""

    def named(self, owner: str) -> str:
        """Return `owner` as the plan names that person, where the plan tells; else as the notes do."""
        owner = WRITER if owner.lower() in ("me", "i", "myself") else owner
        for name in self.people.names:
            if same_person(owner, name):
                return name
        if owner == WRITER and all(self.people.names) and len(self.people.names) == 2:
            member, manager = self.people.team_member, self.people.manager
            spoken = [
                name for name in (member, manager) if any(same_person(label, name) for label in self.labels)
            ]
            if len(spoken) == 1:
                return manager if spoken[0] == member else member
        return owner

    def is_party(self, name: str) -> bool:
        """Say whether `name` is one of those who hold the talk, as far as the notes or the plan tell."""
        known = (*self.labels, self.helper, *self.people.names, WRITER)
        return any(same_person(name, other) for other in known if other)


def blocks_of(lines: Iterable[Line]) -> tuple[Block, ...]:
    """Return the passages of classified lines in order. Headings, rules and empty lines belong to none."""
    lines = tuple(lines)
    small = _small_letters(lines)
    groups: list[list[Line]] = []
    current: list[Line] = []
    for line in lines:
        if line.form in ("blank", "heading", "rule", "row"):
            current = []
        elif current and _goes_on(current[-1], line, small=small):
            current.append(line)
        else:
            current = [line]
            groups.append(current)
    return tuple(_nested(groups))


def _small_letters(lines: Iterable[Line]) -> bool:
    """Say whether the writer begins thoughts with small letters: then those do not tell a wrapped line."""
    opening, before = [], "blank"
    for line in lines:
        if line.form == "text" and before != "text" and line.words:
            opening.append(line.words[0].islower())
        before = line.form
    return bool(opening) and sum(opening) * 2 >= len(opening)


def _goes_on(before: Line, line: Line, *, small: bool) -> bool:
    """Say whether `line` continues the sentence or the list item of the line before it."""
    if line.form == "item" or line.label is not None or line.speaker != before.speaker:
        return False
    if before.form == "item":
        return line.depth > before.depth or line.depth == before.depth > 0
    ended = before.words.endswith((".", "!", "?")) or before.text.rstrip().endswith((":", ";", ".", "!", "?"))
    return not ended and not small and line.words[:1].islower() and len(before.text) >= 40


def _nested(groups: list[list[Line]]) -> list[Block]:
    blocks: list[Block] = []
    open_blocks: list[Block] = []
    for group in groups:
        first = group[0]
        while open_blocks and (
            open_blocks[-1].section.line != first.section.line
            or (first.form == "item" and open_blocks[-1].first.depth >= first.depth)
            or (first.form == "text" and (not first.label or open_blocks[-1].first.form == "text"))
        ):
            open_blocks.pop()
        words = " ".join(line.words for line in group if line.words)
        block = Block(tuple(group), words, open_blocks[-1] if open_blocks else None)
        blocks.append(block)
        open_blocks.append(block)
    return blocks


def voices_of(blocks: Iterable[Block], people: People = NOBODY_NAMED) -> Voices:
    """Return who speaks in `blocks`."""
    labels: dict[str, None] = {}
    writer, helper = False, ""
    capitals: set[str] = set()
    for block in blocks:
        for line in block.lines:
            capitals.update(_INSIDE.findall(line.text))
        if block.speaker:
            labels.setdefault(block.speaker)
        elif block.words:
            writer = True
        helper = helper or block.section.helper
    names = tuple(labels)
    # "help from Kirstie" and the only label KW are one person, as far as anybody can tell.
    helper = names[0] if helper and len(names) == 1 else helper
    return Voices(names, writer, helper, people, frozenset(word.lower() for word in capitals))
