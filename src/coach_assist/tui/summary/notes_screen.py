"""Notes of a talk, typed, pasted or from a file, and their way into a summary: by the model or by rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Static

from coach_assist.errors import CoachError, ModelError
from coach_assist.tui.editor import edited
from coach_assist.tui.failures import in_words
from coach_assist.tui.notes_file import take_notes_from_file
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.text import joined, plain
from coach_assist.tui.widgets.answer_area import AnswerArea
from coach_assist.tui.widgets.model_line import ModelLine
from coach_assist.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider
    from coach_assist.flows.summarise import Progress
    from coach_assist.plan.units import Party

SAVE_AFTER = 1.0
"""Seconds without a key after which what was typed is on disk."""


class SummaryNotesScreen(PlanScreen):
    """Takes notes of one party. Nobody else sees them; the items come as drafts."""

    PLACE = "Notes"
    ABOUT = (
        "Notes of a talk, typed or pasted as they are; Ctrl+L takes them from a file. Ctrl+N makes a summary "
        "of them: with the model on this machine if it is there, else by rules, which the summary says. Each "
        "item then comes as a draft of yours, with the lines that it rests on. Nobody else sees any of it."
    )
    CSS_PATH = "summary.tcss"
    AUTO_FOCUS = "#notes"
    BINDINGS = [
        Binding("ctrl+n", "summarise", "Summarise", id="notes.summarise", priority=True, key_display="^n"),
        Binding("ctrl+l", "file", "From a file", id="notes.file", priority=True, key_display="^l"),
        Binding("ctrl+g", "editor", "Editor", id="notes.editor", show=False, priority=True),
        Binding("escape", "leave", "Stop or leave", id="notes.leave"),
    ]

    def __init__(
        self,
        plan_id: str,
        party: Party,
        today: date | None = None,
        *,
        notes: str | None = None,
        check_in: str | None = None,
    ) -> None:
        """`notes` are summarised at once; `check_in` is the event of the check-in that they belong to."""
        super().__init__(plan_id)
        self.party: Party = party
        self.today = today or date.today()
        self.check_in = check_in
        self._given = notes
        self._saver: Timer | None = None

    def body(self) -> ComposeResult:
        yield Static(id="summary-line")
        yield Notice()
        with Vertical(id="notes-body"):
            yield Static("Your notes, as messy as they come. They stay in your drawer.", id="notes-words")
            yield AnswerArea(id="notes")
            yield Static(id="notes-side")
        yield ModelLine()

    @property
    def summarising(self) -> bool:
        """Say whether a summary is being made."""
        return any(worker.group == "summary" and worker.is_running for worker in self.workers)

    @property
    def writes_itself(self) -> bool:
        return self.summarising

    def look(self) -> None:
        from coach_assist.flows.show import plan_view
        from coach_assist.flows.summary_draft import kept_notes

        view = plan_view(self.plan)
        self.top.title = view.title
        self.top.whose = f"{view.names[self.party]}, own notes"
        self.query_one(ModelLine).look()
        area = self.query_one("#notes", AnswerArea)
        if not area.text and not self.summarising:
            area.text = self._given if self._given is not None else kept_notes(self.plan, self.party)
            area.move_cursor(area.document.end)
        self._say_how()
        if self._given is not None:
            self._given = None
            self.action_summarise()

    def _say_how(self) -> None:
        text = self.query_one("#notes", AnswerArea).text
        words = f"{len(text.split())} words. " if text.strip() else ""
        self.query_one("#notes-side", Static).update(
            joined((words, "bold"), "Ctrl+N summarises them. Ctrl+L takes a file. Esc leaves; they are kept.")
        )

    # -- notes -----------------------------------------------------------------------------------------

    @on(AnswerArea.Finished, "#notes")
    def _empty_line(self, event: AnswerArea.Finished) -> None:
        """Notes have empty lines: two of them do not end anything here."""
        event.area.insert("\n")

    @on(AnswerArea.Changed, "#notes")
    def _typed(self) -> None:
        if self._saver is not None:
            self._saver.stop()
        self._saver = self.set_timer(SAVE_AFTER, self._save)
        self._say_how()

    def _save(self) -> bool:
        """Put what was typed on disk; say why where that cannot be."""
        from coach_assist.flows.summary_draft import keep_notes, kept_notes

        if self._saver is not None:
            self._saver.stop()
        text = self.query_one("#notes", AnswerArea).text
        try:
            if text != kept_notes(self.plan, self.party):
                keep_notes(self.plan, self.party, text)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return False
        self.remember_state()
        return True

    def action_file(self) -> None:
        """Take the notes from a file: they are added below what is here."""

        def saved() -> None:
            self._save()

        take_notes_from_file(self, self.query_one("#notes", AnswerArea), saved)

    def action_editor(self) -> None:
        """Open the notes in the person's own editor."""
        area = self.query_one("#notes", AnswerArea)
        try:
            area.text = edited(self.coach, area.text)
        except CoachError as error:
            self.tell(error)

    # -- summarising -----------------------------------------------------------------------------------

    def action_summarise(self) -> None:
        """Make a summary of the notes; what was begun before is asked about first."""
        from coach_assist.flows.summary_draft import summary_draft
        from coach_assist.tui.widgets.question_card import QuestionCard

        if not self.query_one("#notes", AnswerArea).text.strip():
            self.query_one(Notice).say("There are no notes yet: type or paste them, or take a file.")
            return
        if not self._save():
            return
        if summary_draft(self.plan, self.party) is None:
            self._begin()
            return

        def answered(choice: str | None) -> None:
            if choice == "new":
                self._begin()
            elif choice == "go_on":
                self._go_on()

        self.app.push_screen(
            QuestionCard(
                "A summary that you have begun is not finished",
                "",
                [("go_on", "Go on with it", ""), ("new", "Replace it", "with one of these notes")],
            ),
            answered,
        )

    def _begin(self) -> None:
        self.begin(self._summarise, "summary", "summarising the notes")
        self.refresh_bindings()

    async def _summarise(self) -> None:
        from coach_assist.flows.keep_summary import goals_of, people_of
        from coach_assist.flows.summarise import summarise_notes
        from coach_assist.flows.summary_draft import begin_summary

        text = self.query_one("#notes", AnswerArea).text
        self._line("Summarising")
        failed: ModelError | None = None
        provider: Provider | None = None
        try:
            provider = await self._provider()
        except ModelError as error:
            failed = error
        made = await summarise_notes(
            text,
            provider=provider,
            today=self.today,
            people=people_of(self.plan),
            goals=goals_of(self.plan),
            on_progress=self._progress,
        )
        result = replace(made, failed=failed) if failed is not None else made
        begin_summary(self.plan, self.party, text, result, self.today, check_in=self.check_in)
        self.remember_state()
        self._line("")
        if made.interrupted:
            self.coach.say("Stopped. What the model had not reached was extracted by rules.")
        self._go_on()

    async def _provider(self) -> Provider | None:
        """Return the model where one is there; None where it is not (then rules alone)."""
        from coach_assist.flows.plan_privacy import admit

        state = await self.coach.desk.state()
        if state.kind not in {"ready", "remote"}:
            return None
        provider = await self.coach.desk.provider()
        admit(provider, self.plan)
        return provider

    def _progress(self, progress: Progress) -> None:
        from coach_assist.flows.summary_words import progress_line

        self._line(progress_line(progress))

    def _line(self, words: str) -> None:
        line = self.query_one("#summary-line", Static)
        line.display = bool(words)
        line.update(
            joined((words, "bold"), ("   Esc stops it and keeps what came", "$foreground-muted"))
            if words
            else plain("")
        )

    def _go_on(self) -> None:
        from coach_assist.tui.summary.draft_screen import SummaryDraftScreen

        self.coach.go(SummaryDraftScreen(self.plan_id, self.party, self.today))

    def failed(self, group: str, error: CoachError) -> None:
        self._line("")
        super().failed(group, error)
        self.refresh_bindings()

    # -- leaving ---------------------------------------------------------------------------------------

    def action_place(self, place: str) -> None:
        """Go to another place of the plan; what was typed is kept first."""
        if self._save():
            super().action_place(place)

    def action_leave(self) -> None:
        """Stop the model while it works; otherwise leave, with the notes kept."""
        if self.summarising:
            self.workers.cancel_group(self, "summary")
        elif self._save():
            self.coach.open_plan(self.plan_id, "progress")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"summarise", "file", "editor", "place"} and self.is_mounted and self.summarising:
            return False
        return super().check_action(action, parameters)

    def text_of_screen(self) -> str:
        """Return the notes."""
        return self.query_one("#notes", AnswerArea).text
