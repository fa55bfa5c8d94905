"""The list of all questions beside the one that is asked."""

from __future__ import annotations

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from coach_assist.shown import shortened
from coach_assist.tui.interview.view import QuestionView
from coach_assist.tui.text import joined


class QuestionList(OptionList):
    """Every question of the path, with a dot where it is answered and the beginning of its answer."""

    def fill(self, view: QuestionView, room: int) -> None:
        """Show the questions of a view, each on one line of about `room` characters."""
        rows = [
            Option(
                joined(
                    ("● " if row.answered else "○ ", "$primary" if row.answered else "$foreground-disabled"),
                    (row.label, "bold" if row.current else ""),
                    (
                        "  " + shortened(row.value, max(room - len(row.label), 4)) if row.value else "",
                        "$foreground-muted",
                    ),
                ),
                id=row.id,
            )
            for row in view.rows
        ]
        self.clear_options()
        self.add_options(rows)
        for index, row in enumerate(view.rows):
            if row.current:
                self.highlighted = index
