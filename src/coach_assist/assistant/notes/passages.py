"""Passages: what is summarised into one item each, with kind, owner, day and goal set by code."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coach_assist.assistant.notes.blocks import NOBODY_NAMED, Block, People, blocks_of, voices_of
from coach_assist.assistant.notes.due import due_in
from coach_assist.assistant.notes.headings import Kind, Section
from coach_assist.assistant.notes.line import Line
from coach_assist.assistant.notes.lines import read_lines
from coach_assist.assistant.notes.note_dates import days_noted
from coach_assist.assistant.notes.reading import LeftOut, Reading, read_parts
from coach_assist.assistant.notes.tables import table_readings
from coach_assist.assistant.notes.titles import present_in
from coach_assist.assistant.words import content_stems, similarity

SHORT = 8
"""A list item of at most so many words is short: a run of them becomes one item."""
_RUNS: dict[Kind, int] = {"achievement": 2, "progress": 2, "feedback": 3, "obstacle": 3}
"""Kinds whose short list items are taken together, and from how many in a row on."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that become one item. `kind` None: the model says which; `owner` "" for nobody named."""

    lines: tuple[Line, ...]
    kind: Kind | None
    owner: str
    words: str
    section: Section
    noted: date
    goal: str | None = None
    parts: tuple[str, ...] = ()
    """The words of each of several short list items that are taken together."""
    context: str = ""
    """All words of what it is cut from: the sentence or list item, with its details."""
    answers: bool = False
    """Whether it is a promise that says yes to what another line asks for."""
    added: bool = False
    """Whether a person asked for it although it would be left out on purpose."""
    place: int = 0
    """Which passage of the notes it is, from 1: two sentences of one line are two passages."""

    @property
    def number(self) -> int:
        """The number of its first line."""
        return self.lines[0].number

    @property
    def said(self) -> str:
        """All that is said in it, for holding a summary against it."""
        return self.context or " ".join(line.words or line.text for line in self.lines)

    @property
    def due(self) -> date | None:
        """The day by which an action is to be done, None where the words name none."""
        if self.kind != "action":
            return None
        for words in dict.fromkeys((self.words, self.said)):
            due = due_in(words, self.noted)
            if due is not None:
                return due.day
        return None


@dataclass(frozen=True, slots=True)
class ReadNotes:
    """Notes as code reads them: all lines, the passages in order, and (line, reason) of what is withheld."""

    lines: tuple[Line, ...]
    passages: tuple[Passage, ...]
    withheld: tuple[tuple[int, str], ...]


def read_notes(
    text: str,
    *,
    today: date,
    people: People = NOBODY_NAMED,
    goals: Sequence[str] = (),
    added: Collection[int] = (),
) -> ReadNotes:
    """Read notes: `people` and `goals` are a plan's; `added` lines are not left out for what they say."""
    lines = read_lines(text, people.names)
    blocks = blocks_of(lines)
    voices = replace(voices_of(blocks, people, present_in(lines)), added=frozenset(added))
    days = days_noted(lines, today)
    readings = [reading for block in blocks for reading in read_parts(block, voices)]
    rows = table_readings(lines, voices)
    withheld = [
        (number, reading.reason)
        for reading in (*readings, *rows)
        if isinstance(reading, LeftOut) and reading.reason
        for number in reading.block.numbers
    ]
    kept = [reading for reading in readings if isinstance(reading, Reading)]
    if voices.talk:
        kept = _still_open(kept, blocks, {number for number, _ in withheld})
    kept = sorted(
        [*_joined(kept), *(row for row in rows if isinstance(row, Reading))],
        key=lambda reading: reading.block.first.number,
    )
    passages = [
        Passage(
            reading.block.lines,
            # What a person asks for by number becomes an item in any case.
            reading.kind or (None if voices.added.isdisjoint(reading.block.numbers) else "progress"),
            reading.owner,
            reading.words,
            reading.block.section,
            days[reading.block.first.number],
            _goal(reading.block, goals),
            context=reading.block.words,
            answers=reading.answers,
            added=not voices.added.isdisjoint(reading.block.numbers),
        )
        for reading in kept
    ]
    placed = tuple(replace(passage, place=place) for place, passage in enumerate(_listed(passages), 1))
    return ReadNotes(lines, placed, tuple(sorted(set(withheld))))


def _still_open(
    readings: Sequence[Reading], blocks: Sequence[Block], withheld: Collection[int]
) -> list[Reading]:
    """Leave out the questions of a talk that the other one answers at once: they are open no more."""
    spoken = {block.first.number: place for place, block in enumerate(blocks)}
    found = []
    for reading in readings:
        place = spoken.get(reading.block.first.number)
        after = blocks[place + 1] if place is not None and place + 1 < len(blocks) else None
        answered = (
            reading.kind == "question"
            and reading.block.words.endswith("?")
            and after is not None
            and after.speaker not in ("", reading.block.speaker)
            and not after.words.endswith("?")
            and after.first.number not in withheld
            and not _NO_ANSWER.search(after.words)
        )
        if not answered:
            found.append(reading)
    return found


_NO_ANSWER = re.compile(
    r"\b(?:not sure|don't know|do not know|no idea|good question|unclear|we(?:'ll| will) see|find out|let "
    r"me (?:check|ask|think)|"
    r"i'll (?:check|ask|think)|ask \w+|weiß (?:ich )?nicht|mal sehen)\b",
    re.IGNORECASE,
)


def _joined(readings: Iterable[Reading]) -> list[Reading]:
    """Take a detail that says nothing by itself into the passage that it stands under."""
    kept: list[Reading] = []
    place: dict[int, int] = {}
    for reading in readings:
        above = reading.block.above
        at = place.get(above.first.number) if above is not None else None
        host = kept[at] if at is not None else None
        if reading.answers and at is not None and host is not None and len(host.block.lines) < 4:
            lines = (*host.block.lines, *reading.block.lines)
            block = replace(reading.block, lines=lines, words=f"{host.block.words} {reading.block.words}")
            answer = replace(reading, block=block)
            if host.kind in (None, "question"):
                kept[at] = answer  # what was asked for is promised now, and no open question any more
            else:
                kept.append(answer)
            place[reading.block.first.number] = at if host.kind in (None, "question") else len(kept) - 1
            continue
        if (
            reading.kind is None
            and at is not None
            and host is not None
            and not reading.block.reply
            and len(host.block.lines) < 6
        ):
            lines = (*host.block.lines, *reading.block.lines)
            words = f"{host.block.words} {reading.block.words}"
            kept[at] = replace(host, block=replace(host.block, lines=lines, words=words))
            continue
        place[reading.block.first.number] = len(kept)
        kept.append(reading)
    return kept


def _goal(block: Block, goals: Sequence[str]) -> str | None:
    """Return the goal that a passage is about: the plan's that shares most words, else the heading's."""
    named = block.section.goal
    scored = sorted(((similarity(f"{named} {block.words}", goal), goal) for goal in goals), reverse=True)
    for score, goal in scored:
        common = content_stems(f"{named} {block.words}") & content_stems(goal)
        if len(common) >= 2 and score >= 0.3:
            return goal
    return named or None


def _listed(passages: Sequence[Passage]) -> list[Passage]:
    """Join short list items of one kind that stand in a row under one heading."""
    found: list[Passage] = []
    run: list[Passage] = []

    def close() -> None:
        if run and len(run) >= _RUNS.get(run[0].kind or "question", 99):
            lines = tuple(line for passage in run for line in passage.lines)
            parts = tuple(passage.words for passage in run)
            said = "; ".join(passage.said for passage in run)
            found.append(replace(run[0], lines=lines, words="; ".join(parts), parts=parts, context=said))
        else:
            found.extend(run)
        run.clear()

    for passage in passages:
        short = (
            passage.kind in _RUNS and passage.lines[0].form == "item" and len(passage.words.split()) <= SHORT
        )
        short = short and not passage.lines[0].speaker
        if run and not (
            short
            and passage.section.line == run[0].section.line
            and passage.kind == run[0].kind
            and len(run) < 6
        ):
            close()
        if short:
            run.append(passage)
        else:
            found.append(passage)
    close()
    return found
