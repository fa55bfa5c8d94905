"""A check-in as one of the two: what was promised, what helped, how the goals stand, what comes next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.content import Content

from coach_assist.tui.guided.screen import GuidedScreen
from coach_assist.tui.notes_file import take_notes_from_file
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.widgets.answer_area import AnswerArea
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.guided import Guided
    from coach_assist.plan.units import Party


class CheckInScreen(GuidedScreen):
    """The guided check-in. It never changes an agreed text."""

    PLACE = "Check-in"
    ABOUT = (
        "About fifteen minutes, one question at a time; every one can be skipped, and you can leave and go "
        "on later. What you write is in your own drawer until you record it; notes stay there, and a summary "
        "can be made of them once it is recorded. The other person can add a check-in of their own."
    )
    RECORDED = "Recorded. Both of you see it from now on; the agreed plan is as it was."

    BINDINGS = [
        Binding("ctrl+l", "file", "From a file", id="check_in.file", priority=True, key_display="^l"),
    ]

    def __init__(self, plan_id: str, party: Party, today: date | None = None) -> None:
        super().__init__(plan_id, party)
        self.today = today or date.today()
        self._notes = ""
        self._held: str | None = None

    def begin_talk(self) -> Guided:
        from coach_assist.flows.check_in import begin

        return begin(self.plan, self.party, self.today)

    def preview_content(self) -> tuple[Content, bool]:
        from coach_assist.flows.check_in import preview

        assert self.talk is not None
        shown = preview(self.plan, self.talk)
        rows = [joined((f"{label}  ", "bold"), text) for label, text in shown.shared]
        if shown.private:
            rows.append(plain("Only you see this:", "bold $primary"))
            rows += [joined((f"{label}  ", "$foreground-muted"), text) for label, text in shown.private]
        return stacked(rows, gap=1) if rows else Content(""), bool(shown.shared)

    def record_talk(self) -> None:
        from coach_assist.flows.check_in import record

        assert self.talk is not None
        self._notes = self.talk.answers.get("notes", "")
        self._held = record(self.coach.workspace, self.plan, self.party, self.talk)

    def go_on(self) -> None:
        """With notes, offer to summarise them; else go to how the plan stands."""
        if not self._notes.strip():
            super().go_on()
            return
        self.app.push_screen(
            QuestionCard(
                "Summarise your notes now?",
                "Each item comes as a draft of yours, with its lines. Nobody else sees any of it yet.",
                [("yes", "Summarise them", ""), ("no", "Not now", "M on the progress page does it later")],
            ),
            lambda choice: self._summarise() if choice == "yes" else super(CheckInScreen, self).go_on(),
        )

    def _summarise(self) -> None:
        from coach_assist.tui.summary.notes_screen import SummaryNotesScreen

        assert self.talk is not None
        self.coach.take_turn(self.party)
        day = date.fromisoformat(self.talk.day)
        self.coach.go(
            SummaryNotesScreen(self.plan_id, self.party, day, notes=self._notes, check_in=self._held)
        )

    def action_file(self) -> None:
        """Take the notes from a file; they are added below what is typed."""
        take_notes_from_file(self, self.query_one("#step-area", AnswerArea), lambda: None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "file":
            return self.talk is not None and self.talk.step is not None and self.talk.step.id == "notes"
        return super().check_action(action, parameters)
