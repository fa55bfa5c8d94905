"""Releasing one's own answers: each is shown, any can be held back, and what is released stays so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError
from coach_assist.shown import shortened
from coach_assist.tui.failures import in_words
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.turn import other
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.blind import ReleaseView
    from coach_assist.plan.units import Party


class ReleaseScreen(PlanScreen):
    """One's own answers that were not released yet. Nothing is released before the question at the end."""

    PLACE = "Release"
    ABOUT = (
        "Your own answers. H holds the answer under the bar back, or gives it free again: what is held back "
        "stays in your drawer. R releases the others: the other person sees them once they have released "
        "theirs. What is released can't be changed any more."
    )
    AMONG_PLACES = False
    CSS_PATH = "release.tcss"
    AUTO_FOCUS = "#ready"
    BINDINGS = [
        Binding("h,space", "hold", "Hold back", id="release.hold"),
        Binding("r", "release", "Release", id="release.release"),
        Binding("a", "answer", "Answer more", id="release.answer"),
        Binding("escape", "leave", "Back", id="release.leave"),
    ]

    def __init__(self, plan_id: str, party: Party) -> None:
        super().__init__(plan_id)
        self.party: Party = party
        self.view: ReleaseView | None = None
        self.held: set[str] = set()

    def body(self) -> ComposeResult:
        yield Static(id="release-line")
        yield Notice()
        yield OptionList(id="ready", markup=False)
        with VerticalScroll(id="release-detail", can_focus=False):
            yield Static(id="release-answer")

    def look(self) -> None:
        from coach_assist.flows.blind import release_view
        from coach_assist.flows.show import title_of

        self.view = release_view(self.coach.workspace, self.plan, self.party)
        self.top.title = title_of(self.plan)
        self.top.whose = f"{self.coach.party_names(self.plan_id)[self.party]}, alone"
        self._render_rows()

    def _render_rows(self) -> None:
        assert self.view is not None
        listing = self.query_one("#ready", OptionList)
        place = listing.highlighted or 0
        ids = list(self.view.ready)
        listing.clear_options()
        listing.add_options([Option(self._row(one), id=one) for one in ids])
        listing.highlighted = min(place, len(ids) - 1) if ids else None
        free = len([one for one in ids if one not in self.held])
        held = f", {len(ids) - free} held back" if len(ids) > free else ""
        before = f" {self.view.released} released before." if self.view.released else ""
        self.query_one("#release-line", Static).update(
            joined((f"{free} to release{held}.", "bold"), (before, "$foreground-muted"))
            if ids
            else joined(("There is nothing of yours to release.", "bold"), (before, "$foreground-muted"))
        )
        if not ids:
            self.query_one("#release-answer", Static).update("A goes on with the questions.")
        self.refresh_bindings()

    def _row(self, question: str) -> Content:
        assert self.view is not None
        label, text = self._label(question), _text(self.view.ready[question])
        sign = ("○ held back  ", "$accent") if question in self.held else ("● released   ", "$primary")
        room = max(self.size.width - len(label) - 20, 10)
        return joined(sign, (label, "bold"), ("  " + shortened(text, room), "$foreground-muted"))

    def _label(self, question: str) -> str:
        from coach_assist.interview.questions import all_questions

        return next((one.label for one in all_questions() if one.id == question), question)

    @on(OptionList.OptionHighlighted, "#ready")
    def _explain(self, event: OptionList.OptionHighlighted) -> None:
        if self.view is not None and (answer := self.view.ready.get(event.option.id or "")) is not None:
            self.query_one("#release-answer", Static).update(
                stacked([plain(self._label(event.option.id or ""), "bold"), plain(_text(answer))])
            )

    @on(OptionList.OptionSelected, "#ready")
    def action_hold(self) -> None:
        """Hold the answer under the bar back, or give it free again."""
        listing = self.query_one("#ready", OptionList)
        if self.view is None or listing.highlighted is None:
            return
        question = list(self.view.ready)[listing.highlighted]
        self.held ^= {question}
        self._render_rows()

    def action_release(self) -> None:
        """Release what is not held back, after one question."""
        if self.view is None:
            return
        free = [one for one in self.view.ready if one not in self.held]
        if not free:
            self.query_one(Notice).say("There is nothing to release: every answer is held back.")
            return
        name = self.coach.party_names(self.plan_id)[other(self.party)]
        sees = (
            f"{name} has released already, and both of you see both sides then."
            if self.view.other_released
            else f"{name} sees them once {name} has released, too, and not before."
        )

        def answered(choice: str | None) -> None:
            if choice == "yes":
                with_key(self, self.plan, self.party, self._released)

        self.app.push_screen(
            QuestionCard(
                f"Release {len(free)} of {len(self.view.ready)} answers?",
                f"{sees} What is released can't be changed any more.",
                [("no", "Not yet", ""), ("yes", "Release them", "")],
            ),
            answered,
        )

    def _released(self) -> None:
        from coach_assist.flows.blind import release

        assert self.view is not None
        held = [one for one in self.view.ready if one in self.held]
        try:
            release(self.coach.workspace, self.plan, self.party, hold_back=held)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.remember_state()
        self.coach.open_plan(self.plan_id, "alone")

    def action_answer(self) -> None:
        """Go on with the questions."""
        from coach_assist.tui.alone.interview import AloneInterview

        self.coach.go(AloneInterview(self.plan_id, self.party))

    def action_leave(self) -> None:
        """Go back to the page of both; nothing is released."""
        self.coach.open_plan(self.plan_id, "alone")

    def text_of_screen(self) -> str:
        """Return one's own answers as text."""
        ready = self.view.ready if self.view else {}
        return "\n\n".join(f"{self._label(one)}\n{_text(answer)}" for one, answer in ready.items())


def _text(answer: str | tuple[str, ...]) -> str:
    return answer if isinstance(answer, str) else "\n".join(answer)
