"""What becomes of rewrites: explained, saved to a file, or the beginning of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import OptionList

from coach_assist.errors import CoachError
from coach_assist.shown import shortened
from coach_assist.tui.base import CoachScreen
from coach_assist.tui.failures import in_words
from coach_assist.tui.rewriting.explain_card import ExplainCard
from coach_assist.tui.rewriting.work import Goal, Rewriting
from coach_assist.tui.widgets.line_card import LineCard
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.rewrite import Rewrite


class Outcomes(CoachScreen[None]):
    """The half of the rewriting screen that comes after the model."""

    work: Rewriting | None = None

    @property
    def number(self) -> int:
        """The number of the goal under the bar, from 0."""
        return self.query_one("#rewriting-rows", OptionList).highlighted or 0

    @property
    def chosen(self) -> Goal | None:
        """The goal under the bar."""
        return self.work.goals[self.number] if self.work is not None else None

    def action_explain(self) -> None:
        """Say why the rewrite reads as it does."""
        from coach_assist.flows.explain import explain_lines, explain_rewrite

        goal = self.chosen
        if goal is None or goal.result is None:
            return
        lines: list[str] = []
        for one in goal.result.rewrites:
            lines += [*explain_lines(explain_rewrite(goal.text, one)), ""]
        self.app.push_screen(ExplainCard("Why it reads as it does", lines))

    def action_save(self) -> None:
        """Save all rewrites to a file."""
        self.app.push_screen(
            LineCard(
                "Save the rewrites",
                "As text, readable by you alone. An existing file is not replaced.",
                text=str(Path.cwd() / "rewrites.txt"),
                missing="A file is needed. Escape saves nothing.",
            ),
            self._save,
        )

    def _save(self, path: str | None) -> None:
        from coach_assist.exchange.files import write_export
        from coach_assist.flows.loose_record import SAVED
        from coach_assist.flows.rewrite_words import rewrites_as_text

        if path is None or self.work is None:
            return
        done = [(number, goal.result) for number, goal in enumerate(self.work.goals) if goal.result]
        try:
            text = rewrites_as_text([result for _, result in done])
            write_export(Path(path.strip()).expanduser(), f"{text}\n".encode())
            for number, _ in done:
                self.work.became(number, SAVED)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.query_one(Notice).say(f"Saved to {path}", "Suggestions are listed as such in it.")

    def action_begin_plan(self) -> None:
        """Begin a plan with the rewrite under the bar, or with all of them."""
        assert self.work is not None
        goal = self.chosen
        if goal is None or goal.result is None:
            return
        rows = [
            (f"{self.number}:{place}", shortened(one.statement, 60), "")
            for place, one in enumerate(goal.result.rewrites)
        ]
        done = [one for one in self.work.goals if one.result]
        if 1 < len(done) <= 3:
            rows.append(("all", f"All {len(done)} goals", "with the first rewrite of each"))
        words = (
            "Your own words stay the answer to the question about the goal; the rewrite comes as its draft, "
            "marked as the model's, with its suggestions."
        )
        self.app.push_screen(QuestionCard("Begin a plan with which one?", words, rows), self._begun)

    def _begun(self, choice: str | None) -> None:
        from coach_assist.flows.loose_record import BEGUN
        from coach_assist.flows.rewrite_begin import begin_plan_with

        if choice is None or self.work is None:
            return
        picked: list[tuple[int, Rewrite]] = []
        for number, goal in enumerate(self.work.goals):
            if goal.result is not None and (choice == "all" or choice.startswith(f"{number}:")):
                place = 0 if choice == "all" else int(choice.partition(":")[2])
                picked.append((number, goal.result.rewrites[place]))
        chosen = []
        for number, rewrite in picked:
            result = self.work.goals[number].result
            assert result is not None
            chosen.append((self.work.goals[number].text, rewrite, result.calls))
        try:
            plan = begin_plan_with(self.coach.workspace, chosen, self.work.place)
            for number, _ in picked:
                self.work.became(number, BEGUN)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.coach.open_plan(plan, "interview")
