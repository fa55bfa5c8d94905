"""Blocks: the passages of notes that can become one item each, and who speaks to whom in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach_assist.assistant.notes.headings import Section
from coach_assist.assistant.notes.line import Line
from coach_assist.assistant.notes.speakers import same_person
from coach_assist.assistant.notes.word_sets import word_set

_INSIDE = re.compile(r"(?<=[\w,/@(] )[A-Z][a-z]{2,20}\b|(?<=[/@(])[A-Z][a-z]{2,20}\b")
_OPEN_END = re.compile(
    r"\b(?:the|a|an|of|to|for|with|and|or|in|on|at|by|from|that|our|my|your|their|his|her|is|are|was|will|"
    r"der|die|das|und|"
    r"mit|für|zu)$",
    re.IGNORECASE,
)
NO_SUBJECTS = word_set(
    """
    She He It They We You I This That These Those There The A An Who What Which Nobody Everybody Everyone
    Somebody Someone Nothing Everything All Both Some Most Team Meeting Date Today Now Still Also Then But
    And So Not No Yes Next Last Action Goal Topic Agreed Work Project Report Plan Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday Stock Budget Training Customer Customers Sales Marketing Support
    """
)
_SUBJECT = re.compile(r"^([A-Z][a-z]{2,20})(?:'s|:)? (?:[a-z]+(?:ed|s|t)|will|can|has|had|is|was)\b")
_LABELLED = re.compile(r"^[^\W\d_][^\W\d_ ]{2,15}(?: [^\W\d_]{2,12})?:\s")
_TAIL = re.compile(r"[.!?]\s*[(\[][^()\[\]]{1,30}[)\]]\s*$")
_PRONOUN = re.compile(r"(?:^|[.!?] )(?:She|He)\b")
_LEAD = re.compile(r"^([A-ZÄÖÜ][\w'-]{0,20})\s*(?::|[-–—]+\s|[-=]+>|→)")
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
    part: bool = False
    """Whether it is a later sentence of a passage that was cut."""

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
    present: tuple[str, ...] = ()
    """Who the first lines say were there ("1:1 Jo / Kim", "Present: …"), as far as they are told apart."""
    added: frozenset[int] = frozenset()
    """Lines that a person wants in the summary although they would be left out on purpose."""
    leads: frozenset[str] = frozenset()
    """Names that stand before a colon, a dash or an arrow on two lines or more."""
    pronoun: bool = False
    """Whether "she" or "he" is the other one of the talk: one writer tells of that person time and again."""
    talk: bool = False
    """Whether the labelled lines speak to each other, and are no replies to a writer's list."""

    def listener(self, speaker: str) -> str:
        """Return to whom `speaker` speaks: the other of two, "" where there is no telling."""
        others = [name for name in self.labels if name != speaker and not same_person(name, speaker)]
        if speaker and self.writer and not self.talk:
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
        known = (*self.labels, *self.present, self.helper, *self.people.names, WRITER)
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
    if (
        line.form == "item"
        or line.label is not None
        or _LABELLED.match(line.words)
        or line.speaker != before.speaker
    ):
        return False
    if before.form == "item":
        return line.depth > before.depth or line.depth == before.depth > 0
    ended = (
        before.words.endswith((".", "!", "?", ".)"))
        or _TAIL.search(before.text) is not None
        or before.text.rstrip().endswith((":", ";", ".", "!", "?"))
    )
    if ended or len(before.text) < 40:
        return False
    # A line that ends with "the" or a comma, or amid prose, was wrapped, whatever the next begins with.
    prose = len(before.text) >= 60 and re.search(r"[.!?] [A-ZÄÖÜ]", before.words) is not None
    open_end = prose or before.text.rstrip().endswith(",") or _OPEN_END.search(before.words) is not None
    return open_end or (not small and line.words[:1].islower())


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


def voices_of(blocks: Iterable[Block], people: People = NOBODY_NAMED, present: Sequence[str] = ()) -> Voices:
    """Return who speaks in `blocks`; `present` are the names that the first lines of the notes hold."""
    labels: dict[str, None] = {}
    helper = ""
    told, spoken, pronouns = 0, 0, 0
    capitals: set[str] = set()
    leads: Counter[str] = Counter()
    subjects: Counter[str] = Counter()
    for block in blocks:
        for line in block.lines:
            capitals.update(_INSIDE.findall(line.text))
            lead = _LEAD.match(line.words)
            leads.update([lead[1]] if lead else [])
        if block.speaker:
            labels.setdefault(block.speaker)
            spoken += block.first.form == "text"
        elif block.words:
            told += 1
            pronouns += len(_PRONOUN.findall(block.words))
            subject = _SUBJECT.match(block.words)
            subjects.update([subject[1]] if subject and subject[1] not in NO_SUBJECTS else [])
        helper = helper or block.section.helper
    names = tuple(labels)
    # "help from Kirstie" and the only label KW are one person, as far as anybody can tell.
    helper = names[0] if helper and len(names) == 1 else helper
    talk = len(names) >= 2 and spoken > 2 * told
    small = frozenset(word.lower() for word in capitals)
    told_of = subjects.most_common(1)
    if not names and told_of and told_of[0][1] >= 2:
        # Notes of one writer: whom they tell of line by line is the other one of the talk.
        present = (*present, told_of[0][0])
    often = frozenset(name for name, count in leads.items() if count >= 2)
    return Voices(
        names,
        told > 0,
        helper,
        people,
        names=small,
        present=tuple(present),
        leads=often,
        pronoun=not names and pronouns >= 2,
        talk=talk,
    )
