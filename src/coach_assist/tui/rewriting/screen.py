"""Rewrite any text: type or paste one or several vague goals, and read what each could say instead."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError
from coach_assist.shown import shortened
from coach_assist.tui.base import reading_keys
from coach_assist.tui.rewriting.content import rewrite_content
from coach_assist.tui.rewriting.outcomes import Outcomes
from coach_assist.tui.rewriting.work import Goal, GoalCame, GoalEvent, Rewriting
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.widgets.answer_area import AnswerArea
from coach_assist.tui.widgets.model_line import ModelLine
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.progress_line import ProgressLine
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider

MOST_GOALS = 30
_SIGNS = {"waiting": "·", "at work": "…", "done": "✓", "stopped": "○"}
_WORDS = {
    "waiting": "It waits for its turn.",
    "at work": "The model is at it.",
    "stopped": "Stopped before anything came. R asks again.",
}


class RewritingScreen(Outcomes):
    """First the field for the goals; then the goals at the left, the chosen one's rewrites at the right."""

    PLACE = "Rewrite"
    ABOUT = (
        "Type or paste vague goals, one a line; no plan is needed. Each comes back with the change word by "
        "word ([−…−] goes, [+…+] comes), one line a criterion, and what is only suggested in it. Nothing is "
        "kept by itself: save it to a file, or begin a plan with it."
    )
    CSS_PATH = "rewriting.tcss"
    READS = "#rewriting-detail"
    AUTO_FOCUS = "#goals"
    BINDINGS = [
        Binding("ctrl+n", "start", "Rewrite", id="rewriting.start", priority=True, key_display="^n"),
        Binding("m", "two", "Modest and ambitious", id="rewriting.two"),
        Binding("x", "explain", "Explain", id="rewriting.explain"),
        Binding("s", "save", "Save", id="rewriting.save"),
        Binding("b", "begin_plan", "Begin a plan", id="rewriting.begin"),
        Binding("e", "edit", "Change the goals", id="rewriting.edit"),
        Binding("r", "again", "Ask again", id="rewriting.again", show=False),
        *reading_keys("rewriting"),
        Binding("escape", "leave", "Stop or leave", id="rewriting.leave"),
    ]

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = text
        self._tokens: dict[int, int] = {}
        self._let_stand = ""

    def body(self) -> ComposeResult:
        yield ProgressLine()
        yield Notice()
        with Vertical(id="typing"):
            yield Static(plain("Which goals shall be rewritten?", "bold"))
            yield Static(
                "One a line, as they stand in your head or in another document. They are not kept; the "
                "embedded model reads them on this machine.",
                classes="quiet",
            )
            yield AnswerArea(self._text, id="goals")
            with Horizontal(classes="row"):
                yield Button("Rewrite them", id="start", variant="primary")
                yield Button("By rules, without the model", id="rules")
        with Horizontal(id="rewriting"):
            yield OptionList(id="rewriting-rows", markup=False)
            with VerticalScroll(id="rewriting-detail", can_focus=False):
                yield Static(id="rewriting-page")
        yield ModelLine()

    def on_mount(self) -> None:
        self._show_phase()

    def on_unmount(self) -> None:
        if self.work is not None:
            self.work.close()

    @property
    def working(self) -> bool:
        """Say whether a rewrite is being made."""
        return any(worker.group == "rewrite" and worker.is_running for worker in self.workers)

    # -- the goals ---------------------------------------------------------------------------------

    def _show_phase(self) -> None:
        typing = self.work is None
        self.query_one("#typing").display = typing
        self.query_one("#rewriting").display = not typing
        self.query_one("#goals" if typing else "#rewriting-rows").focus()
        self.refresh_bindings()

    @on(Button.Pressed, "#start")
    @on(AnswerArea.Finished, "#goals")
    def action_start(self) -> None:
        """Rewrite what was typed, one goal after another."""
        self._begin_with(use_model=True)

    @on(Button.Pressed, "#rules")
    def _by_rules(self) -> None:
        self._begin_with(use_model=False)

    def _begin_with(self, *, use_model: bool) -> None:
        from coach_assist.flows.rewrite import LONGEST_GOAL

        text = self.query_one("#goals", AnswerArea).text
        goals = [line.strip() for line in text.splitlines() if line.strip()]
        notice = self.query_one(Notice)
        if not goals:
            notice.say("There is no goal yet.", "", "Type or paste one a line.")
            return
        if len(goals) > MOST_GOALS or any(len(goal) > LONGEST_GOAL for goal in goals):
            notice.say(
                f"At most {MOST_GOALS} goals at once, each of at most {LONGEST_GOAL:,} characters.",
                "Your text is as it was.",
                "Take some out; a file of any length is taken by: coach-assist rewrite --file FILE",
            )
            return
        if self._guarded(text, use_model=use_model):
            return
        notice.clear()
        self._text = text
        self.work = Rewriting(goals, self.coach.workspace.root)
        self._show_phase()
        self._show_rows()
        self._run(list(range(len(goals))), use_model=use_model)

    def _guarded(self, text: str, *, use_model: bool) -> bool:
        """Ask first where the text tells specially protected things of a person; True while it asks."""
        from coach_assist.flows.guard import guard_words, special_spans

        spans = special_spans(text)
        if not spans or text == self._let_stand:
            return False

        def answered(choice: str | None) -> None:
            if choice == "keep":
                self._let_stand = text
                self._begin_with(use_model=use_model)

        rows = [("change", "I change it", ""), ("keep", "Go on with it as it is", "")]
        self.app.push_screen(QuestionCard("Go on with these words?", guard_words(spans), rows), answered)
        return True

    def action_edit(self) -> None:
        """Go back to the field; the rewrites are given up."""
        if self.work is not None:
            self.work.close()
            self.work = None
        self._show_phase()

    # -- rewriting ---------------------------------------------------------------------------------

    def _run(self, numbers: list[int], *, use_model: bool, alternatives: Literal[1, 2] = 1) -> None:
        self.query_one(ProgressLine).begin("rewrite")
        self._tokens.clear()
        self.begin(
            lambda: self._rewrite(numbers, use_model=use_model, alternatives=alternatives),
            "rewrite",
            "rewriting goals",
        )
        self.refresh_bindings()

    async def _rewrite(self, numbers: list[int], *, use_model: bool, alternatives: Literal[1, 2]) -> None:
        assert self.work is not None
        provider: Provider | None = None
        without: CoachError | None = None
        try:
            if use_model:
                provider, without = await self.coach.desk.provider_or_why()
            await self.work.run(numbers, provider, self.post_message, alternatives=alternatives)
        except asyncio.CancelledError:
            self.work.stopped()
            self.call_later(self._ended, None, True)
            raise
        self._ended(without)

    def _ended(self, without: CoachError | None = None, stopped: bool = False) -> None:
        if not self.is_mounted or self.work is None:
            return
        self.query_one(ProgressLine).end()
        self._show_rows()
        failed = without or next(
            (goal.result.failed for goal in self.work.goals if goal.result and goal.result.failed), None
        )
        notice = self.query_one(Notice)
        if stopped:
            notice.say("Stopped. What had come is kept.", "", "R asks again about the goal under the bar.")
        elif failed is not None:
            notice.say(
                failed.what, "Where no model answered, the gaps are marked by rules.", failed.next_step
            )

    def failed(self, group: str, error: CoachError) -> None:
        self._ended(error)

    @on(GoalCame)
    def _came(self, message: GoalCame) -> None:
        self._show_rows()

    @on(GoalEvent)
    def _event(self, message: GoalEvent) -> None:
        tokens = message.event.data.get("tokens")
        if message.event.kind == "usage" and isinstance(tokens, int):
            self._tokens[message.number] = tokens
            self.query_one(ProgressLine).count(sum(self._tokens.values()))

    # -- showing -----------------------------------------------------------------------------------

    def _show_rows(self) -> None:
        if self.work is None:
            return
        listing = self.query_one("#rewriting-rows", OptionList)
        place = listing.highlighted or 0
        room = max((listing.size.width or 34) - 5, 12)
        listing.clear_options()
        listing.add_options(
            [
                Option(joined((f"{_SIGNS[goal.state]} ", "$primary"), shortened(goal.text, room)))
                for goal in self.work.goals
            ]
        )
        listing.highlighted = min(place, len(self.work.goals) - 1)
        self.show_page()

    @on(OptionList.OptionHighlighted, "#rewriting-rows")
    def show_page(self) -> None:
        """Show the goal under the bar with what came of it."""
        goal = self.chosen
        if goal is not None:
            self.query_one("#rewriting-page", Static).update(self._page(goal))
            self.query_one("#rewriting-detail", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def _page(self, goal: Goal) -> Content:
        from coach_assist.flows.rewrite_words import criteria, pace_of

        assert self.work is not None
        result = goal.result
        if result is None:
            return stacked([plain(goal.text, "bold"), plain(_WORDS.get(goal.state, ""))], gap=1)
        rows: list[Content] = []
        if result.already_smart:
            rows.append(plain("This goal is specific, measurable and time-bound already.", "bold"))
        rows += [
            rewrite_content(
                goal.text,
                one,
                criteria(goal.text, one, today=self.work.today),
                pace=pace_of(result, number),
                as_it_is=result.already_smart,
            )
            for number, one in enumerate(result.rewrites)
        ]
        return stacked(rows, gap=1)

    # -- keys --------------------------------------------------------------------------------------

    def action_two(self) -> None:
        """Ask for a modest and an ambitious rewrite of the goal under the bar."""
        self._run([self.number], use_model=True, alternatives=2)

    def action_again(self) -> None:
        """Ask again about the goal under the bar."""
        self._run([self.number], use_model=True)

    def action_leave(self) -> None:
        """Stop the model while it works, which frees it; otherwise leave for home."""
        if self.working:
            self.workers.cancel_group(self, "rewrite")
        else:
            self.coach.go_home()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "start":
            return self.work is None
        if action == "leave":
            return True
        if self.work is None:
            return action not in {"two", "explain", "save", "begin_plan", "edit", "again", "read"}
        busy = self.is_mounted and self.working
        if action in {"two", "again", "edit"}:
            return not busy
        if action in {"explain", "begin_plan"}:
            return not busy and self.chosen is not None and self.chosen.result is not None
        if action == "save":
            return not busy and any(goal.result for goal in self.work.goals)
        return True

    def text_of_screen(self) -> str:
        """Return every rewrite as text."""
        from coach_assist.flows.rewrite_words import rewrites_as_text

        done = [goal.result for goal in self.work.goals if goal.result] if self.work is not None else []
        return rewrites_as_text(done) if done else self.query_one("#goals", AnswerArea).text
