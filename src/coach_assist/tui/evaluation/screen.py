"""What became of the plans on this machine: counts of plans, never of people."""

from __future__ import annotations

import asyncio
from datetime import date

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from coach_assist.tui.base import CoachScreen
from coach_assist.tui.text import plain
from coach_assist.tui.widgets.notice import Notice


class EvaluationScreen(CoachScreen[None]):
    """One page, read from the index."""

    PLACE = "Evaluation"
    ABOUT = (
        "Counts over the plans on this machine, the demo left out: goals reached, time to sign-off, "
        "check-ins held, means of the survey (withheld while fewer than five plans have answers). No name is "
        "in it, and nobody is compared."
    )
    CSS_PATH = "evaluation.tcss"
    AUTO_FOCUS = "#evaluation"
    BINDINGS = [Binding("escape", "leave", "Plans", id="evaluation.leave")]

    def __init__(self, today: date | None = None) -> None:
        super().__init__()
        self.today = today or date.today()
        self.lines: tuple[str, ...] = ()

    def body(self) -> ComposeResult:
        yield Notice()
        with VerticalScroll(id="evaluation"):
            yield Static(id="evaluation-words")

    def on_mount(self) -> None:
        self.begin(self._load, "evaluation", "counting the plans")

    async def _load(self) -> None:
        from coach_assist.flows.evaluate import evaluate
        from coach_assist.flows.evaluation_words import evaluation_lines

        found = await asyncio.to_thread(evaluate, self.coach.workspace, self.today)
        self.lines = tuple(evaluation_lines(found))
        self.query_one("#evaluation-words", Static).update(plain("\n".join(self.lines)))

    def action_leave(self) -> None:
        """Return to the plans."""
        self.coach.go_home()

    def text_of_screen(self) -> str:
        """Return the page as text."""
        return "\n".join(self.lines)
