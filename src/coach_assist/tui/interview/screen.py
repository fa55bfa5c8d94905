"""The guided interview: one question at a time, each answer on disk before the next one shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input, OptionList, Static

from coach_assist.errors import CoachError
from coach_assist.tui.base import CoachScreen
from coach_assist.tui.editor import edited
from coach_assist.tui.interview.follow_up import better_follow_up
from coach_assist.tui.interview.guarding import ask_before_keeping
from coach_assist.tui.interview.listing import QuestionList
from coach_assist.tui.interview.view import (
    before_content,
    done_content,
    side_content,
    view_of,
    where_content,
)
from coach_assist.tui.plan_screen import PLACES, WIDE
from coach_assist.tui.text import joined, plain
from coach_assist.tui.widgets.answer_area import AnswerArea
from coach_assist.tui.widgets.model_line import ModelLine
from coach_assist.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from coach_assist.flows.interview import Interview
    from coach_assist.plan.units import PlanKind
    from coach_assist.workspace.store import PlanFile


class InterviewScreen(CoachScreen[None]):
    """Asks, checks while one types, keeps, goes on. `plan_id` None begins a new plan."""

    PLACE = "Interview"
    ABOUT = (
        "One question at a time; each answer is kept before the next one shows. Skip what does not fit, "
        "go back as you like, leave whenever you want: it goes on where you stopped. A short answer may "
        "bring one follow-up, which you may leave unanswered."
    )
    CSS_PATH = "interview.tcss"
    AUTO_FOCUS = None
    BINDINGS = [
        Binding("ctrl+n,pagedown", "next", "Next", id="interview.next", priority=True, key_display="^n"),
        Binding("pageup", "back", "Back", id="interview.back", priority=True, key_display="PgUp"),
        Binding("ctrl+o", "skip", "Skip", id="interview.skip", priority=True),
        Binding("ctrl+g", "editor", "Editor", id="interview.editor", priority=True),
        Binding("ctrl+l", "list", "All questions", id="interview.list", show=False),
        Binding("f6", "path", "More or fewer questions", id="interview.path", show=False, priority=True),
        Binding("f7", "alone", "Each of you alone", id="interview.alone", show=False, priority=True),
        Binding("escape", "leave", "Leave", id="interview.leave"),
        Binding("ctrl+r", "draft", "Draft", id="interview.draft", show=False),
    ]

    def __init__(self, plan_id: str | None, *, kind: PlanKind = "development") -> None:
        super().__init__()
        self.plan_id = plan_id
        self._kind = kind
        self.interview: Interview | None = None
        self._probing = False
        self._drawn = ""
        self._let_stand: set[str] = set()

    def body(self) -> ComposeResult:
        with Horizontal(id="both"):
            yield QuestionList(id="questions", markup=False)
            with Vertical(id="asked"):
                yield Static(id="where")
                yield Notice()
                with VerticalScroll(id="words", can_focus=False):
                    yield Static(id="prompt")
                    yield Static(id="why", classes="quiet")
                    yield Static(id="example")
                yield Input(id="line", select_on_focus=False)
                yield AnswerArea(id="area")
                yield Static(id="side")
                with Horizontal(classes="row", id="buttons"):
                    yield Button("Next", id="next", variant="primary")
                    yield Button("Skip for now", id="skip")
                    yield Button("Back", id="back")
                    yield Button("Draft the plan", id="draft", variant="primary")
                yield Static(id="before", classes="quiet")
        yield ModelLine()

    def on_mount(self) -> None:
        self.top.places = PLACES
        self.call_after_refresh(self._open)

    def _open(self) -> None:
        from coach_assist.flows.interview import Interview

        try:
            if self.plan_id is None:
                from coach_assist.flows.settings import screen_settings

                self.interview = Interview.new(
                    self.coach.workspace,
                    path=screen_settings().interview_path,
                    demo=self.coach.demo,
                    kind=self._kind,
                )
            else:
                self.interview = Interview.resume(self.coach.workspace, self.coach.plan_file(self.plan_id))
                if self.coach.demo:
                    self._pass_what_is_open()
        except (CoachError, OSError) as error:
            from coach_assist.tui.failures import in_words

            self.tell(in_words(error))
            return
        self.query_one(ModelLine).look()
        self._join_first()

    def _join_first(self) -> None:
        """Show the page on joining before the first question; go on after it."""
        from coach_assist.tui.joining.asking import join_first

        assert self.interview is not None
        if self.interview.session.question is None:
            self._go_on("")
            return
        join_first(self, self.interview.plan, "team_member", self._go_on, self.coach.go_home, alone=True)

    def _go_on(self, said: str) -> None:
        assert self.interview is not None
        if self.interview.plan is None:
            self.interview.on_created = lambda made: self._created(made, said)
        self.show()
        self.begin(self._prepare_model, "model", "starting the model")

    def _created(self, plan: PlanFile, said: str) -> None:
        """Keep with a new plan's file what was answered before there was one."""
        from coach_assist.flows.joining import answer, join_page

        if said == "join":
            answer(self.coach.workspace, plan, "join", join_page(plan))
        elif said == "alone":
            self.coach.prepared_alone.add(plan.id)

    def _pass_what_is_open(self) -> None:
        """In the demo, leave what the sample pair did not answer: the page after the last question comes."""
        assert self.interview is not None
        while not self.interview.missing and self.interview.session.question is not None:
            self.interview.skip()

    async def _prepare_model(self) -> None:
        await self.coach.desk.prepare()
        self._draft_ahead()

    def _draft_ahead(self) -> None:
        """Let the model draft from the answers so far, while the person goes on."""
        if (interview := self.interview) is not None and interview.plan is not None:
            self.run_worker(
                self.coach.desk.draft_ahead(interview),
                name="ahead", group="ahead", description="drafting while you answer", exclusive=True,
                exit_on_error=False,
            )  # fmt: skip

    # -- rendering -----------------------------------------------------------------------------------

    def show(self, *, probe: str = "") -> None:
        """Render the session: the one frozen view model of this screen."""
        assert self.interview is not None
        view = view_of(self.interview.session)
        self._probing = bool(probe)
        with self.coach.batch_update():
            self.top.title = view.title
            self.query_one("#where", Static).update(where_content(view))
            finished = view.question is None
            for name in ("#why", "#example", "#next", "#skip"):
                self.query_one(name).display = not finished
            self.query_one("#draft").display = finished
            self.set_class(finished, "-finished")
            self.query_one("#back").display = view.number > 1 or finished
            line, area = self.query_one("#line", Input), self.query_one("#area", AnswerArea)
            line.display = not finished and view.one_line
            area.display = not finished and not view.one_line
            if view.question is None:
                self.query_one("#prompt", Static).update(
                    done_content(view, min(self.size.width - 6, 92), demo=self.coach.demo)
                )
                self.query_one("#side", Static).update("")
                self.query_one("#before", Static).update("")
                self.query_one("#draft").focus()
            else:
                asked = view.question
                self.query_one("#prompt", Static).update(plain(asked.prompt, "bold"))
                self.query_one("#why", Static).update(plain(asked.why))
                self.query_one("#example", Static).update(
                    joined(("For example  ", "$foreground-muted"), asked.example)
                )
                if self._drawn != asked.id:
                    line.value = view.value if view.one_line else ""
                    line.placeholder = view.placeholder
                    line.cursor_position = len(line.value)
                    area.text = "" if view.one_line else view.value
                    area.move_cursor(area.document.end)
                (line if view.one_line else area).focus()
                self.query_one("#side", Static).update(side_content(view, probe=probe))
                self.query_one("#before", Static).update(before_content(view, max(self.size.width - 8, 20)))
            self._drawn = view.question.id if view.question else ""
            self.query_one("#words", VerticalScroll).scroll_home(animate=False)
        room = 26 if self.size.width >= WIDE else self.size.width - 12
        self.query_one("#questions", QuestionList).fill(view, room)
        self.refresh_bindings()

    # -- typing --------------------------------------------------------------------------------------

    def typed(self) -> str:
        """Return what stands in the field now."""
        line = self.query_one("#line", Input)
        return line.value if line.display else self.query_one("#area", AnswerArea).finished_text()

    @on(Input.Changed, "#line")
    @on(AnswerArea.Changed, "#area")
    def _check(self) -> None:
        if self.interview is None or self.interview.session.question is None or self._probing:
            return
        text = self.typed()
        problem = self.interview.session.check(text).problem if text.strip() else ""
        view = view_of(self.interview.session)
        self.query_one("#side", Static).update(side_content(view, problem=problem, typed=text))

    @on(Input.Submitted, "#line")
    @on(AnswerArea.Finished, "#area")
    @on(Button.Pressed, "#next")
    def action_next(self) -> None:
        """Keep the answer and go on; a thin one gets its follow-up first."""
        if self.interview is None or self.interview.session.question is None:
            return
        ask_before_keeping(self, self.typed(), self._let_stand, self._take_answer)

    def _take_answer(self) -> None:
        assert self.interview is not None
        try:
            step = self.interview.answer(self.typed(), keep=self._probing)
        except CoachError as error:
            self.tell(error)
            return
        self.clear_notice()
        if step.problem:
            view = view_of(self.interview.session)
            self.query_one("#side", Static).update(
                side_content(view, problem=step.problem, typed=self.typed())
            )
            return
        self.show(probe=step.probe)
        if step.probe:
            self.run_worker(
                better_follow_up(self, self.interview), group="probe", exclusive=True, exit_on_error=False
            )
        self._draft_ahead()

    @on(Button.Pressed, "#skip")
    def action_skip(self) -> None:
        """Leave this question for now."""
        if self.interview is not None and self.interview.session.question is not None:
            try:
                self.interview.skip()
            except CoachError as error:
                self.tell(error)
                return
            self.show()
            self._draft_ahead()

    @on(Button.Pressed, "#back")
    def action_back(self) -> None:
        """Return to the question before. What stands in the field is kept first."""
        if self.interview is None or not self._keep_typed():
            return
        self.interview.back()
        self.show()

    def _keep_typed(self) -> bool:
        """Keep a text that was changed and can be taken. Return False where it could not be written."""
        assert self.interview is not None
        session = self.interview.session
        text = self.typed()
        if session.question is None or not text.strip() or session.check(text).problem:
            return True
        if text == view_of(session).value:
            return True
        try:
            self.interview.answer(text, keep=True)
            self.interview.back()
        except CoachError as error:
            self.tell(error)
            return False
        self._draft_ahead()
        return True

    def action_editor(self) -> None:
        """Open the answer in the person's own editor."""
        if self.interview is None or self.interview.session.question is None:
            return
        try:
            text = edited(self.coach, self.typed())
        except CoachError as error:
            self.tell(error)
            return
        line, area = self.query_one("#line", Input), self.query_one("#area", AnswerArea)
        if line.display:
            line.value = " ".join(text.splitlines())
        else:
            area.text = text
            area.move_cursor(area.document.end)

    def action_alone(self) -> None:
        """Go over to answering alone, each unseen by the other."""
        if self.interview is None or not self._keep_typed():
            return
        if self.interview.plan_id is None:
            from coach_assist.tui.alone.beginning import begin_alone_plan

            begin_alone_plan(self.coach, self._kind)
        else:
            self.coach.open_plan(self.interview.plan_id, "alone")

    def action_path(self) -> None:
        """Go over to the full path of questions, or back to the shortest; all answers stay."""
        if self.interview is None or not self._keep_typed():
            return
        path = "full" if self.interview.path == "short" else "short"
        self.interview.switch_path(path)  # type: ignore[arg-type]
        self._drawn = ""
        self.show()
        self.coach.say("More questions, all of them optional." if path == "full" else "The shortest path.")

    def action_list(self) -> None:
        """Go to the list of all questions, or back to the one that is asked."""
        listing = self.query_one("#questions", OptionList)
        self.toggle_class("-list")
        if self.has_class("-list"):
            listing.focus()
        else:
            self.show()

    @on(OptionList.OptionSelected, "#questions")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        if self.interview is not None and event.option.id and self._keep_typed():
            self.interview.go_to(event.option.id)
            self.remove_class("-list")
            self.show()

    @on(Button.Pressed, "#draft")
    def action_draft(self) -> None:
        """Go on to the draft of the plan."""
        if self.interview is not None and self._keep_typed():
            if self.interview.plan_id is None:
                self.coach.say("Answer at least one question first.")
            else:
                self.to_draft()

    def to_draft(self) -> None:
        """Go on to where the answers become drafts."""
        assert self.interview is not None and self.interview.plan_id is not None
        self.coach.open_plan(self.interview.plan_id, "draft")

    def action_leave(self) -> None:
        """Leave; what stands in the field is kept, and the interview goes on from here next time."""
        if self.interview is not None and not self._keep_typed():
            return
        self.leave()

    def leave(self) -> None:
        """Go home; nothing is drafted ahead any more."""
        self.coach.run_worker(self.coach.desk.rest(), group="ahead", exit_on_error=False)
        self.coach.go_home()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        asking = self.interview is not None and self.interview.session.question is not None
        if action in {"next", "skip", "editor"}:
            return asking
        if action == "draft":
            return self.interview is not None
        return True

    def text_of_screen(self) -> str:
        """Return the questions answered so far with their answers."""
        if self.interview is None:
            return ""
        view = view_of(self.interview.session)
        return "\n\n".join(f"{row.label}\n{row.value}" for row in view.rows if row.value)
