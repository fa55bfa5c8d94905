"""The net below the display function: no control or hidden character of a text ever reaches the terminal.

Every text should have passed `coach_assist.tui.text`. What slips through, such as the value of a field
that somebody pasted into, is caught here, where the finished line is drawn.
"""

from __future__ import annotations

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from coach_assist.shown import HIDDEN, MARK

_HARMFUL = re.compile(f"[\x00-\x1f\x7f-\x9f{HIDDEN}]")


class EscapeNet(LineFilter):
    """Replace control, bidirectional and invisible characters in drawn text, one mark for each."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments of one line with harmful characters replaced."""
        return [
            Segment(_HARMFUL.sub(MARK, text), style, control) if _HARMFUL.search(text) else segment
            for segment in segments
            for text, style, control in (segment,)
        ]
