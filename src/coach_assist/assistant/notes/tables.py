"""Tables of actions in notes: | what | who | by when | with a heading row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from coach_assist.assistant.notes.blocks import Block, Voices
from coach_assist.assistant.notes.lines import Line
from coach_assist.assistant.notes.markup import plain
from coach_assist.assistant.notes.reading import Reading

_WHAT = re.compile(
    r"^(?:next )?(?:actions?|action items?|tasks?|what|to-?dos?|next steps?|items?|aufgabe)$", re.IGNORECASE
)
_WHO = re.compile(r"^(?:owners?|who|responsible|assigned(?: to)?|assignee|by whom|lead|wer)$", re.IGNORECASE)


def table_readings(lines: Iterable[Line], voices: Voices) -> tuple[Reading, ...]:
    """Return an action for each row of a table whose heading names both what and who."""
    found: list[Reading] = []
    columns: tuple[int, int] | None = None
    inside = False
    for line in lines:
        if line.form == "rule" and inside:
            continue
        if line.form != "row":
            columns, inside = None, False
            continue
        cells = [plain(cell) for cell in line.text.strip().strip("|").split("|")]
        if not inside:
            inside = True
            what = next((place for place, cell in enumerate(cells) if _WHAT.match(cell)), None)
            who = next((place for place, cell in enumerate(cells) if _WHO.match(cell)), None)
            columns = None if what is None or who is None else (what, who)
            continue
        if columns is None or len(cells) <= max(columns) or not cells[columns[0]]:
            continue
        words = " ".join(cell for place, cell in enumerate(cells) if place != columns[1] and cell)
        block = Block((replace(line, words=cells[columns[0]]),), cells[columns[0]])
        owner = cells[columns[1]]
        found.append(Reading(block, "action", voices.named(owner) if owner else "", words))
    return tuple(found)
