"""A guided talk: one step at a time, each answer in the writer's own drawer before the next is shown."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError
from coach_assist.shown import shortened
from coach_assist.tui.editor import edited
from coach_assist.tui.failures import in_words
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.text import joined, plain
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.answer_area import AnswerArea
from coach_assist.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from coach_assist.flows.guided import Guided, Step
    from coach_assist.plan.units import Party


class GuidedScreen(PlanScreen):
    """Asks the steps of one talk as one party. Subclasses begin it and record it."""

    CSS_PATH = Path(__file__).with_name("guided.tcss")  # subclasses stand in other folders
    AUTO_FOCUS = None
    RECORDED = ""
    """What is said once it was recorded."""
    RECORD, LATER = "Record it", "Not now"
    """The two buttons of the last page."""
    AFTER = "progress"
    """The place of the plan to which recording and leaving lead."""
    LAST_PAGE = (
        "This is what both of you will see.",
        "There is nothing to record.",
        "It changes nothing that is agreed. PgUp goes back to the answers.",
    )
    """What the last page says: with something to record, with nothing, and below."""
    BINDINGS = [
        Binding("ctrl+n,pagedown", "next", "Next", id="guided.next", priority=True, key_display="^n"),
        Binding("pageup", "back", "Back", id="guided.back", priority=True, key_display="PgUp"),
        Binding("ctrl+o", "skip", "Skip", id="guided.skip", priority=True),
        Binding("ctrl+g", "editor", "Editor", id="guided.editor", show=False, priority=True),
        Binding("space", "read_on", "Read on", id="guided.down"),
        Binding("escape", "leave", "Leave", id="guided.leave"),
    ]

    def __init__(self, plan_id: str, party: Party) -> None:
        super().__init__(plan_id)
        self.party: Party = party
        self.talk: Guided | None = None
        self._drawn = ""

    def body(self) -> ComposeResult:
        with Vertical(id="guided"):
            yield Static(id="step-where")
            yield Notice()
            yield Static(id="step-about")
            yield Static(id="step-prompt")
            yield OptionList(id="step-choices", markup=False)
            yield Input(id="step-line", select_on_focus=False)
            yield AnswerArea(id="step-area")
            yield Static(id="step-side")
            with VerticalScroll(id="preview"):
                yield Static(id="preview-words")
            with Horizontal(classes="row", id="step-buttons"):
                yield Button(plain(self.RECORD), id="record", variant="primary")
                yield Button(plain(self.LATER), id="later")

    @abstractmethod
    def begin_talk(self) -> Guided:
        """Return the talk. Raises CoachError where it can't be held."""

    @abstractmethod
    def preview_content(self) -> tuple[Content, bool]:
        """Return what recording would show to both, and whether there is anything to record."""

    @abstractmethod
    def record_talk(self) -> None:
        """Record it. Raises CoachError."""

    def look(self) -> None:
        from coach_assist.flows.show import plan_view

        view = plan_view(self.plan)
        self.top.title = view.title
        self.top.whose = f"{view.names[self.party]} writes"
        if self.talk is None:
            self.talk = self.begin_talk()
        self.show()

    # -- rendering -----------------------------------------------------------------------------------

    def show(self) -> None:
        """Render the step that is asked now, or what recording would show."""
        assert self.talk is not None
        step = self.talk.step
        with self.coach.batch_update():
            for name in ("#step-about", "#step-prompt", "#step-choices", "#step-line", "#step-area"):
                self.query_one(name).display = False
            self.query_one("#preview").display = step is None
            self.query_one("#step-buttons").display = step is None
            if step is None:
                self._show_end()
            else:
                self._show_step(step)
            self._drawn = step.id if step else ""
        self.refresh_bindings()

    def _show_step(self, step: Step) -> None:
        assert self.talk is not None
        steps = self.talk.steps
        number = steps.index(step) + 1
        self.query_one("#step-where", Static).update(
            joined((f"{number} of {len(steps)}", "bold"), (f"  {step.group}", "$foreground-muted"))
        )
        about = self.query_one("#step-about", Static)
        about.display = bool(step.about)
        about.update(plain(shortened(step.about, 600)))
        prompt = self.query_one("#step-prompt", Static)
        prompt.display = True
        prompt.update(joined((step.prompt, "bold"), (f"  {step.hint}" if step.hint else "", "")))
        answered = self.talk.rejected(step.id) or self.talk.answers.get(step.id, "")
        if step.kind == "choice":
            self._show_choices(step, answered)
        elif step.kind == "lines":
            area = self.query_one("#step-area", AnswerArea)
            area.display = True
            if self._drawn != step.id:
                area.text = answered
                area.move_cursor(area.document.end)
            area.focus()
        else:
            line = self.query_one("#step-line", Input)
            line.display = True
            if self._drawn != step.id:
                line.value = answered
                line.placeholder = step.measure
                line.cursor_position = len(line.value)
            line.focus()
        self._say_how(step)

    def _show_choices(self, step: Step, answered: str) -> None:
        choices = self.query_one("#step-choices", OptionList)
        choices.display = True
        choices.clear_options()
        keys = [key for key, _ in step.choices]
        choices.add_options([Option(plain(words), id=key) for key, words in step.choices])
        choices.highlighted = keys.index(answered) if answered in keys else 0
        choices.focus()

    def _say_how(self, step: Step, problem: str = "") -> None:
        how = {
            "choice": "Enter chooses. Ctrl+O skips.",
            "lines": "Enter twice keeps it and goes on; empty says nothing. Only you see it until then.",
        }.get(step.kind, "Enter keeps it and goes on; empty says nothing.")
        side = self.query_one("#step-side", Static)
        side.display = True
        side.update(
            joined(("! ", "bold $accent"), f"{problem[:1].upper()}{problem[1:]}.") if problem else plain(how)
        )

    def _show_end(self) -> None:
        words, anything = self.preview_content()
        self.query_one("#step-where", Static).update(
            plain(self.LAST_PAGE[0] if anything else self.LAST_PAGE[1], "bold")
        )
        self.query_one("#preview-words", Static).update(joined(words))
        side = self.query_one("#step-side", Static)
        side.update(plain(self.LAST_PAGE[2]))
        record = self.query_one("#record", Button)
        record.display = anything
        (record if anything else self.query_one("#later", Button)).focus()

    # -- answering -----------------------------------------------------------------------------------

    def _typed(self, step: Step) -> str:
        if step.kind == "choice":
            choices = self.query_one("#step-choices", OptionList)
            return step.choices[choices.highlighted or 0][0]
        if step.kind == "lines":
            return self.query_one("#step-area", AnswerArea).finished_text()
        return self.query_one("#step-line", Input).value

    @on(OptionList.OptionSelected, "#step-choices")
    @on(Input.Submitted, "#step-line")
    @on(AnswerArea.Finished, "#step-area")
    def action_next(self) -> None:
        """Keep the answer, and go on."""
        if self.talk is None or (step := self.talk.step) is None:
            return
        try:
            problem = self.talk.answer(self._typed(step))
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.remember_state()
        self.clear_notice()
        if problem:
            self._say_how(step, problem)
        else:
            self.show()

    def action_skip(self) -> None:
        """Go on without an answer."""
        if self.talk is not None and self.talk.step is not None:
            try:
                self.talk.skip()
            except (CoachError, OSError) as error:
                self.tell(in_words(error))
                return
            self.remember_state()
            self.show()

    def action_back(self) -> None:
        """Return to the step before. What stands in the field is kept first."""
        if self.talk is None or not self._keep_typed():
            return
        self.talk.back()
        self._drawn = ""
        self.show()

    def _keep_typed(self) -> bool:
        """Keep a text that was typed. Return False where it could not be written."""
        assert self.talk is not None
        step = self.talk.step
        if step is None or step.kind == "choice" or not self._typed(step).strip():
            return True
        try:
            if not self.talk.answer(self._typed(step)):
                self.talk.go_to(step.id)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return False
        self.remember_state()
        return True

    def action_read_on(self) -> None:
        """Read on in what recording would show."""
        self.query_one("#preview", VerticalScroll).scroll_page_down(animate=False)

    def action_editor(self) -> None:
        """Open the answer in the person's own editor."""
        if self.talk is None or (step := self.talk.step) is None or step.kind != "lines":
            return
        area = self.query_one("#step-area", AnswerArea)
        try:
            area.text = edited(self.coach, area.text)
        except CoachError as error:
            self.tell(error)
            return
        area.move_cursor(area.document.end)

    # -- recording -----------------------------------------------------------------------------------

    @on(Button.Pressed, "#record")
    def _record(self) -> None:
        with_key(self, self.plan, self.party, self._recorded)

    def _recorded(self) -> None:
        try:
            self.record_talk()
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        if self.RECORDED:
            self.coach.say(self.RECORDED)
        self.go_on()

    def go_on(self) -> None:
        """Go where the talk leads once it was recorded."""
        self.coach.open_plan(self.plan_id, self.AFTER)

    @on(Button.Pressed, "#later")
    def _not_now(self) -> None:
        self.action_leave()

    def action_leave(self) -> None:
        """Leave. What was answered is kept, and it goes on from here next time."""
        if self.talk is not None and not self._keep_typed():
            return
        self.coach.open_plan(self.plan_id, self.AFTER)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"next", "skip", "editor"}:
            return self.talk is not None and self.talk.step is not None
        if action == "read_on":
            page = self.query_one("#preview", VerticalScroll) if self.is_mounted else None
            return page is not None and page.display and page.max_scroll_y > 0
        return super().check_action(action, parameters)

    def text_of_screen(self) -> str:
        """Return what was answered so far."""
        if self.talk is None:
            return ""
        answers = self.talk.answers
        return "\n\n".join(
            f"{step.about or step.prompt}\n{dict(step.choices).get(answers[step.id], answers[step.id])}"
            for step in self.talk.steps
            if answers.get(step.id)
        )
