"""Tables in notes: a row with an action and who does it, or a row that tells how something stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coach_assist.assistant.notes.blocks import Block, Voices
from coach_assist.assistant.notes.kinds import kind_of
from coach_assist.assistant.notes.line import Line
from coach_assist.assistant.notes.markup import plain
from coach_assist.assistant.notes.private import left_out
from coach_assist.assistant.notes.reading import LeftOut, Reading
from coach_assist.assistant.words import content_stems

_WHAT = re.compile(
    r"^(?:next )?(?:actions?|action items?|tasks?|what|to-?dos?|next steps?|items?|aufgaben?|maßnahmen?|"
    r"nächste schritte)$",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"^(?:owners?|who|responsible|assigned(?: to)?|assignee|by whom|lead|wer|verantwortlich)$", re.IGNORECASE
)
_WHEN = re.compile(
    r"^(?:when|due(?: date)?|by(?: when)?|deadline|date|until|bis(?: wann)?|wann|termin)$", re.IGNORECASE
)
_NOTES = re.compile(
    r"^(?:notes?|status|comments?|update|progress|result|remarks?|stand|anmerkung(?:en)?|notizen)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column of a table holds what, -1 where none does."""

    what: int
    who: int
    when: int
    notes: int


def table_readings(lines: Iterable[Line], voices: Voices) -> tuple[Reading | LeftOut, ...]:
    """Return what each row of a table says: an action where the heading names what and who, and its notes."""
    found: list[Reading | LeftOut] = []
    columns: _Columns | None = None
    for line in lines:
        if line.form == "rule" and columns is not None:
            continue
        if line.form != "row":
            columns = None
            continue
        cells = [plain(cell) for cell in line.text.strip().strip("|").split("|")]
        if columns is None:
            columns = _Columns(*(_find(cells, pattern) for pattern in (_WHAT, _WHO, _WHEN, _NOTES)))
            continue
        found.extend(_row(line, cells, columns, voices))
    return tuple(found)


def _find(cells: Sequence[str], pattern: re.Pattern[str]) -> int:
    return next((place for place, cell in enumerate(cells) if pattern.match(cell)), -1)


def _row(line: Line, cells: Sequence[str], columns: _Columns, voices: Voices) -> Iterable[Reading | LeftOut]:
    def cell(place: int) -> str:
        return cells[place] if 0 <= place < len(cells) else ""

    whole = " ".join(one for one in cells if one)
    reason = left_out(cell(columns.notes) or whole, voices)
    if reason is not None:
        yield LeftOut(Block((line,), whole), reason)
        return
    what = cell(columns.what)
    if what and columns.who >= 0 and len(content_stems(what)) >= 1:
        owner = cell(columns.who)
        words = " ".join(one for one in (what, cell(columns.when)) if one)
        yield Reading(
            Block((replace(line, words=words),), words), "action", voices.named(owner) if owner else "", what
        )
    told = cell(columns.notes) or ("" if what else "; ".join(one for one in cells if one))
    if told and len(content_stems(told)) >= 2:
        block = Block((replace(line, words=told),), told if what else whole)
        kind = kind_of(block)
        if kind is not None:
            yield Reading(block, kind, "", told)
