"""The item: one text to check, where it stands in its source, and what stands around it.

These are named tuples because making a data class costs a millisecond of start-up, and there are many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from coach_assist.checker.reports import Context
    from coach_assist.checker.suppression import Comment

LONGEST_ITEM = 1024 * 1024
"""Bytes of the longest line or item that is read; a longer one is named and passed over, never cut."""

Role = Literal["goal", "text"]
"""`text` is not put forward as a goal (a note, a table's header): only the rules on any text speak."""


class Segment(NamedTuple):
    """A stretch of an item's text that lies on one source line.

    From code point `offset` of the text on, the characters stand at `column` (code points, from 0) of
    source line `line` (from 1), whose text is `source`. `escaped`: inside a JSON string, where one
    character of the text can be several of the source.
    """

    offset: int
    line: int
    column: int
    source: str
    escaped: bool = False


class Item(NamedTuple):
    """One text to check."""

    id: str | int
    """The id that the input gave, or the line number."""
    line: int
    text: str
    """The text as given; all offsets count its code points."""
    segments: tuple[Segment, ...]
    context: Context | None = None
    role: Role = "goal"
    comments: tuple[Comment, ...] = ()
    """Suppression comments inside the text or on its line."""
    ignored: tuple[str, ...] = ()
    """Codes that the item's own "ignore" field silences (JSON inputs)."""
    from_plan: bool = False
    """A text of a JSON plan: it changes by proposals only, so no fix is applied to it."""
    checked: str | None = None
    """The text with its comments blanked, equally long; None where there is none."""

    def place(self, offset: int) -> tuple[int, int]:
        """Return the (line from 1, column from 0) at which code point `offset` of the text stands."""
        segment = self.segment(offset)
        inside = offset - segment.offset
        if segment.escaped:
            from coach_assist.checker.inputs.json_places import source_column

            return segment.line, source_column(segment.source, segment.column, inside)
        return segment.line, segment.column + inside

    def end_place(self, start: int, end: int) -> tuple[int, int]:
        """Return the place just after the last code point of `start` to `end`, on that one's own line."""
        if end <= start or self.segment(end - 1).escaped:
            return self.place(end)
        line, column = self.place(end - 1)
        return line, column + 1

    def segment(self, offset: int) -> Segment:
        """Return the segment in which code point `offset` of the text lies."""
        found = self.segments[0]
        for segment in self.segments:
            if segment.offset > offset:
                break
            found = segment
        return found


class Unreadable(NamedTuple):
    """A line, or a whole source, that cannot be read, in words."""

    line: int
    error: str


class PlanDocument(NamedTuple):
    """A JSON plan: the data for the plan rules, and its free texts as items, keyed by unit and field."""

    plan: dict[str, object]
    line: int
    items: dict[str, Item]
    """"UNIT.FIELD" → the item; goals' statements first in each unit."""
    ignored: dict[str, tuple[str, ...]]
    """Unit id → the codes that its own "ignore" field silences."""


class Line(NamedTuple):
    """One decoded source line without its line end."""

    number: int
    text: str


Event: TypeAlias = "Item | Unreadable | Comment | PlanDocument"
"""What a reader yields, in the order of the source."""
