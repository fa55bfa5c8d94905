"""Summarise notes: from messy lines to items that quote them, with the model or by rules alone."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from coach_assist.assistant.calls import CallRecord
from coach_assist.assistant.notes.blocks import NOBODY_NAMED, People
from coach_assist.assistant.notes.items import Item, rule_item, uncovered
from coach_assist.assistant.notes.joining import gathered, noted_once
from coach_assist.assistant.notes.passages import ReadNotes, read_notes
from coach_assist.errors import ModelError, UsageError

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider

LARGEST = 1_048_576
"""Bytes of notes that are taken at once (about 170,000 words)."""
FIRST_GUESS = 0.009
"""Seconds for each unit of a piece's cost on a small machine: the guess before anything is measured."""
LONG = 6
"""Pieces from which the machine's speed is measured first, on the instructions that all requests share."""
COST_OF_TOKEN = 4.3
"""Units of a piece's cost to one token of a prompt that is read: FIRST_GUESS at 26 tokens a second."""

Method = Literal["model", "rules"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come: `piece` of `pieces` are done after `seconds`; `left` seconds are expected.

    `measured` tells whether that rests on what this machine has done in this run, or on a guess.
    """

    piece: int
    pieces: int
    seconds: float
    left: float
    items: int
    measured: bool = False


@dataclass(frozen=True, slots=True)
class SummaryResult:
    """A summary. `withheld` names the lines that are left out on purpose, each with the reason.

    `failed` is the model's failure, if it had one: what it had not reached is then by the rules.
    `interrupted` says that the person stopped it.
    """

    items: tuple[Item, ...]
    uncovered: tuple[int, ...]
    dropped: int
    method: Method
    calls: tuple[CallRecord, ...]
    withheld: tuple[tuple[int, str], ...] = ()
    failed: ModelError | None = None
    interrupted: bool = False
    place: str = ""
    """Where the model ran (Endpoint.place); "" without one."""

    def to_json(self) -> dict[str, Any]:
        """Return the summary in the shape of schemas/summary.schema.json."""
        return {
            "items": [item.to_json() for item in self.items],
            "uncovered": list(self.uncovered),
            "dropped": self.dropped,
            "method": self.method,
            "calls": [call.to_json() for call in self.calls],
        }


def load_notes(source: str) -> str:
    """Return the notes in the file `source` ("-": standard input), line ends and all as they are.

    Raises UsageError for a file that is missing, too large, not UTF-8 or without any text. Nothing of it
    is changed.
    """
    name = "standard input" if source == "-" else source
    try:
        if source == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(source).open("rb") as stream:
                data = stream.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(
            f"{name} cannot be read: {error.strerror}.", next_step="Check the name of the file."
        ) from error
    if len(data) > LARGEST:
        raise UsageError(
            f"{name} is larger than {LARGEST // 1_048_576} MB, which is more than one summary takes.",
            kept="The file is untouched; nothing was summarised.",
            next_step="Split it, for example one file for each talk, and summarise each.",
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{name} is not UTF-8 text (byte {error.start + 1}).",
            next_step="Save it as UTF-8 text and try again.",
        ) from error
    if not text.strip():
        raise UsageError(f"{name} holds no notes: it is empty.")
    return text


@dataclass(slots=True)
class _Course:
    """What has come so far; it outlives a failure and an interruption."""

    notes: ReadNotes
    items: list[Item]
    calls: list[CallRecord]
    dropped: int = 0
    reached: set[int] = field(default_factory=set)
    """The places of the passages that the model has worded, or left out as telling nothing."""


async def summarise_notes(
    text: str,
    *,
    provider: Provider | None,
    today: date,
    people: People = NOBODY_NAMED,
    goals: Sequence[str] = (),
    added: Collection[int] = (),
    on_progress: Callable[[Progress], None] | None = None,
) -> SummaryResult:
    """Summarise `text`. Without a `provider` it is an extract by rules.

    `people` and `goals` are a plan's; relative dates count from the day in the notes, else from `today`.
    `added` are numbers of lines that a person wants in it although they tell of health, mood or others.
    Never raises for a failure of the model: `failed` says it, and what the model had not reached is
    extracted by the rules. Cancelling the task ends it in the same way, with `interrupted`.
    """
    import asyncio

    course = _Course(read_notes(text, today=today, people=people, goals=goals, added=added), [], [])
    failed: ModelError | None = None
    interrupted = False
    if provider is not None:
        provider.know(people.names)
        try:
            await _by_model(course, provider, on_progress)
        except ModelError as error:
            failed = error
        except asyncio.CancelledError:
            interrupted = True
    rest = [passage for passage in course.notes.passages if passage.place not in course.reached]
    made = [*course.items, *(item for passage in rest if (item := rule_item(passage)) is not None)]
    items = noted_once(gathered(sorted(made, key=lambda item: item.lines[0].number)))
    return SummaryResult(
        items=items,
        uncovered=uncovered(course.notes.lines, items),
        dropped=course.dropped,
        method="model" if course.calls else "rules",
        calls=tuple(course.calls),
        withheld=course.notes.withheld,
        failed=failed,
        interrupted=interrupted,
        place=provider.endpoint.place if provider is not None else "",
    )


async def _by_model(
    course: _Course, provider: Provider, on_progress: Callable[[Progress], None] | None
) -> None:
    from coach_assist.assistant.notes.wording import (
        for_the_model,
        pieces_of,
        prompt,
        read_answer,
        request,
        shared_part,
    )

    pieces = pieces_of(for_the_model(course.notes.passages))
    started = time.monotonic()
    costs = [piece.cost for piece in pieces]
    speed: float | None = None

    def tell(done: int) -> None:
        if on_progress is None:
            return
        seconds = time.monotonic() - started
        # Once pieces are done, their own time tells; the first one alone tells little.
        rate = (seconds - warming) / sum(costs[:done]) if done else speed or FIRST_GUESS
        measured = done > 0 or speed is not None
        left = rate * sum(costs[done:])
        on_progress(Progress(done, len(pieces), seconds, left, len(course.items), measured))

    warming = 0.0
    anchored = not provider.endpoint.remote
    tell(0)
    if len(pieces) >= LONG:
        reply = await provider.warm([*request(pieces[0])[0][:-1], shared_part(pieces[0])])
        course.calls.append(reply.record(prompt().purpose))
        speed = _speed(course.calls[-1])
        warming = time.monotonic() - started
        tell(0)
    for done, piece in enumerate(pieces, 1):
        messages, schema, limit = request(piece, anchored=anchored)
        reply = await provider.stream(messages, schema, max_tokens=limit, name="summary")
        course.calls.append(reply.record(prompt().purpose))
        worded = read_answer(piece, reply.text)
        course.items.extend(worded.items)
        course.dropped += worded.dropped
        course.reached |= {passage.place for passage in piece.passages}
        tell(done)


def _speed(call: CallRecord) -> float | None:
    """Return the seconds for each unit of cost that reading the instructions took; None if unknown.

    Where the server's cache held them, they were not read, and nothing is known.
    """
    read = (call.prompt_tokens or 0) - (call.cached_tokens or 0)
    return call.seconds / read / COST_OF_TOKEN if read >= 200 and call.seconds > 0 else None
