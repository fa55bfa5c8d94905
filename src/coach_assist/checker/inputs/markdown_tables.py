"""Cells of a Markdown table: where each stands, whether it holds a goal, and what its row says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from coach_assist.checker.inputs.items import Role
from coach_assist.checker.inputs.roles import DocumentWords
from coach_assist.checker.reports import Context

DELIMITER_ROW = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that holds text: code points `start` to `end` of its source line."""

    start: int
    end: int
    role: Role
    context: Context


@dataclass(slots=True)
class Table:
    """The table that is being read: what its columns are for."""

    words: DocumentWords
    columns: list[str] = field(default_factory=list)
    """"goal", "due", "relevance", "text" or "" (says nothing) for each column."""

    def row(
        self, source: str, column: int, defaults: Context, heading: str | None, *, header: bool
    ) -> list[Cell]:
        """Return the cells with text of one row, whose content begins at `column` of `source`."""
        places = cell_places(source, column)
        if header:
            self.columns = [self.words.column(source[start:end]) for start, end in places]
            context = defaults._replace(heading=heading)
            return [Cell(start, end, "text", context) for start, end in places if end > start]
        due, relevance = defaults.due, defaults.relevance
        for purpose, (start, end) in zip(self.columns, places, strict=False):
            if purpose == "due":
                due = _date(source[start:end]) or due
            elif purpose == "relevance":
                relevance = source[start:end] or relevance
        context = defaults._replace(heading=heading, due=due, relevance=relevance)
        cells = []
        for index, (start, end) in enumerate(places):
            if end > start:
                purpose = self.columns[index] if index < len(self.columns) else "text"
                cells.append(Cell(start, end, self._role(purpose, source[start:end]), context))
        return cells

    def _role(self, purpose: str, text: str) -> Role:
        if purpose == "goal":
            return "goal"
        if purpose or "goal" in self.columns or not re.search(r"[^\W\d_]\S*\s+\S*[^\W\d_]", text):
            return "text"
        return "goal"


def cell_places(source: str, column: int) -> list[tuple[int, int]]:
    """Return start and end of each cell's trimmed text; an escaped bar does not divide."""
    bars = [match.start() for match in _BAR.finditer(source, column)]
    edges = [column - 1, *bars, len(source)]
    places = []
    for left, right in pairwise(edges):
        raw = source[left + 1 : right]
        start = left + 1 + len(raw) - len(raw.lstrip())
        places.append((start, max(start, left + 1 + len(raw.rstrip()))))
    if bars and not source[column : bars[0]].strip():
        places = places[1:]
    if bars and not source[bars[-1] + 1 :].strip():
        places = places[:-1]
    return places


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
