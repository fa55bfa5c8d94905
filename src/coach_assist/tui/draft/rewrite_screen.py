"""A SMART rewrite of one goal, beside the old text, word by word. Nothing changes until it is taken."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static
from textual.worker import Worker, WorkerState

from coach_assist.errors import CoachError
from coach_assist.tui.card import Card
from coach_assist.tui.draft.cards import live_lines
from coach_assist.tui.draft.messages import RewriteFailed, RewriteReady
from coach_assist.tui.failures import in_words
from coach_assist.tui.rewriting.content import rewrite_content
from coach_assist.tui.rewriting.explain_card import ExplainCard
from coach_assist.tui.text import joined, plain
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from coach_assist.flows.draft import DraftEvent
    from coach_assist.flows.plan_drafts import DraftView
    from coach_assist.flows.rewrite import Rewrite
    from coach_assist.workspace.store import PlanFile


class RewriteScreen(Card["Rewrite | None"]):
    """Returns the rewrite that was taken, or None: the old text stays."""

    CSS_PATH = "rewrite.tcss"
    ABOUT = (
        "The rewrite stands below the old text; [−…−] are words that go, [+…+] words that come. Each "
        "criterion says what it was and what it is. What is in nobody's answer is listed as suggested. Take "
        "it, or keep the old text; you can edit it afterwards."
    )
    BINDINGS = [
        Binding("t", "take", "Take it", id="rewrite.take"),
        Binding("n", "again", "Another", id="rewrite.again"),
        Binding("m", "two", "Modest and ambitious", id="rewrite.two"),
        Binding("x", "explain", "Explain", id="rewrite.explain"),
        Binding("escape", "leave", "Keep the old text", id="rewrite.leave"),
    ]

    def __init__(self, plan: PlanFile, view: DraftView) -> None:
        super().__init__()
        self._plan = plan
        self._view = view
        self._found: list[tuple[Rewrite, str]] = []
        """Each with its name among two alternatives, "" where there was one."""
        self._place = -1

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="rewrite-card", classes="card"):
            keys = "   N another · M modest and ambitious · X explain"
            yield Static(joined(("A rewrite of this goal", "bold"), (keys, "$foreground-muted")))
            yield ProgressLine()
            yield Notice()
            yield Static(plain(str(self._view.value.get("statement", ""))), id="old")
            yield Static(id="new")
            with Horizontal(classes="row"):
                yield Button("Take it", id="take", variant="primary", disabled=True)
                yield Button("Keep the old text", id="leave")

    def on_mount(self) -> None:
        self.query_one("#leave").focus()
        self._ask()

    def _ask(self, *, several: bool = False) -> None:
        self.query_one(ProgressLine).begin("rewrite")
        self.query_one(Notice).clear()
        self.run_worker(
            self._rewrite(several=several), name="rewrite", group="rewrite", description="rewriting a goal",
            exclusive=True, exit_on_error=False,
        )  # fmt: skip

    async def _rewrite(self, *, several: bool) -> None:
        """Ask the model; without one, the old text with its gaps marked comes instead."""
        from coach_assist.flows.rewrite_draft import rewrite_draft

        desk = self.app.desk  # type: ignore[attr-defined]
        try:
            provider, without = await desk.provider_or_why()
            result = await rewrite_draft(
                self._plan, self._view.id, provider=provider, on_event=self._came, several=several
            )
        except (CoachError, OSError) as error:
            self.post_message(RewriteFailed(in_words(error)))
            return
        self.post_message(RewriteReady(result, without))

    def _came(self, event: DraftEvent) -> None:
        if event.kind == "usage" and isinstance(tokens := event.data.get("tokens"), int):
            self.query_one(ProgressLine).count(tokens)
        elif event.kind == "delta" and not self._found:
            self.query_one("#new", Static).update(live_lines(event.section, event.data))

    @on(RewriteReady)
    def _ready(self, message: RewriteReady) -> None:
        self.query_one(ProgressLine).end()
        result = message.result
        failed = message.without or result.failed
        from coach_assist.flows.rewrite_words import pace_of

        known = {rewrite.statement for rewrite, _ in self._found}
        if result.already_smart:
            known.add(result.rewrites[0].statement)
        fresh = [
            (rewrite, pace_of(result, number))
            for number, rewrite in enumerate(result.rewrites)
            if rewrite.statement not in known
        ]
        notice = self.query_one(Notice)
        if failed is not None:
            notice.say(
                failed.what,
                "The goal is as it was; below, its gaps are marked for you to fill in.",
                failed.next_step,
            )
        elif result.already_smart:
            notice.say("This goal is specific, measurable and time-bound already.")
        elif not fresh:
            notice.say("No other wording came.", "The goal is as it was.", "You can edit it by hand.")
        if fresh:
            self._place = len(self._found)
            self._found += fresh
            self._show()

    @on(RewriteFailed)
    def _failed(self, message: RewriteFailed) -> None:
        self.query_one(ProgressLine).end()
        error = message.error
        self.query_one(Notice).say(error.what, "The goal is as it was.", error.next_step)

    @on(Worker.StateChanged)
    def _work_changed(self, event: Worker.StateChanged) -> None:
        event.stop()
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.post_message(RewriteFailed(in_words(event.worker.error)))

    def _show(self) -> None:
        from coach_assist.flows.rewrite_words import criteria

        rewrite, pace = self._found[self._place]
        old = str(self._view.value.get("statement", ""))
        due = _day(self._view.value.get("due"))
        lines = criteria(old, rewrite, today=date.today(), due=due)
        self.query_one("#new", Static).update(rewrite_content(old, rewrite, lines, pace=pace))
        take = self.query_one("#take", Button)
        take.disabled = False
        take.focus()
        self.refresh_bindings()

    @on(Button.Pressed, "#take")
    def action_take(self) -> None:
        """Take the rewrite in place of the old text."""
        if self._found:
            self.dismiss(self._found[self._place][0])

    def action_again(self) -> None:
        """Show another one: the next that came, or ask for more."""
        if self._place + 1 < len(self._found):
            self._place += 1
            self._show()
        elif not self._working:
            self._ask(several=True)

    @property
    def _working(self) -> bool:
        return any(worker.is_running for worker in self.workers if worker.node is self)

    def action_two(self) -> None:
        """Ask for a modest and an ambitious one."""
        if not self._working:
            self._ask(several=True)

    def action_explain(self) -> None:
        """Say why the shown rewrite reads as it does."""
        from coach_assist.flows.explain import explain_lines, explain_rewrite

        rewrite, _ = self._found[self._place]
        lines = explain_lines(explain_rewrite(str(self._view.value.get("statement", "")), rewrite))
        self.app.push_screen(ExplainCard("Why it reads as it does", lines))

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Stop, and keep the old text."""
        self.workers.cancel_node(self)
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._found) if action in {"take", "again", "two", "explain"} else True


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
