"""What another text changes, field by field and word by word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from coach_assist.tui.text import joined, stacked
from coach_assist.tui.widgets.unit_card import word_changes

if TYPE_CHECKING:
    from coach_assist.flows.counter import Change


def change_lines(changes: Sequence[Change]) -> Content:
    """Return the changes under each other: label, then the words that go and those that come."""
    return stacked(
        [joined((f"{one.label}:  ", "$foreground-muted"), word_changes(one.old, one.new)) for one in changes]
    )
