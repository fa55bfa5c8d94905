"""Another version of a proposal, beside it word by word. Only who asked for it sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static
from textual.worker import Worker, WorkerState

from coach_assist.errors import CoachError
from coach_assist.tui.card import Card
from coach_assist.tui.draft.cards import as_ideas
from coach_assist.tui.failures import in_words
from coach_assist.tui.review.changed import change_lines
from coach_assist.tui.review.messages import VersionFailed, VersionReady
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from coach_assist.flows.draft import DraftEvent
    from coach_assist.flows.show import ProposalView
    from coach_assist.plan.drafts import Draft
    from coach_assist.plan.units import Party
    from coach_assist.tui.draft.unit_form import Value
    from coach_assist.tui.widgets.unit_card import Idea
    from coach_assist.workspace.store import PlanFile


class VersionScreen(Card["Draft | None"]):
    """Returns the version with which to counter; None: nothing is put forward, and the version is kept."""

    CSS_PATH = "version.tcss"
    ABOUT = (
        "The model's version stands beside the proposal; [−…−] are words that go, [+…+] words that come. It "
        "lies in your drawer, and nobody else sees it. Counter with it, change it first, ask for another, or "
        "drop it. Escape stops the model; whatever you had stays."
    )
    BINDINGS = [
        Binding("c", "counter", "Counter with it", id="version.counter"),
        Binding("e", "edit", "Change it", id="version.edit"),
        Binding("n", "again", "Another", id="version.again"),
        Binding("d", "drop", "Drop it", id="version.drop"),
        Binding("escape", "leave", "Back, keep it", id="version.leave"),
    ]

    def __init__(self, plan: PlanFile, party: Party, view: ProposalView) -> None:
        super().__init__()
        self._plan, self._party, self._view = plan, party, view
        self._version: Draft | None = None

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="version-card", classes="card"):
            yield Static("Another version, for your eyes only", classes="title")
            yield Static("C counter · E change · N another · D drop · Esc back, keep it", classes="quiet")
            yield ProgressLine()
            yield Notice()
            yield Static(id="version-words")
            with Horizontal(classes="row"):
                yield Button("Counter", id="counter", variant="primary")
                yield Button("Change", id="edit")
                yield Button("Another", id="again")
                yield Button("Drop", id="drop")
                yield Button("Back", id="back")

    def on_mount(self) -> None:
        from coach_assist.flows.another import kept_version

        self._version = kept_version(self._plan, self._party, self._view.id)
        self._show()
        if self._version is None:
            self._ask()

    # -- asking ----------------------------------------------------------------------------------------

    @property
    def _asking(self) -> bool:
        return any(worker.is_running for worker in self.workers if worker.node is self)

    def _ask(self) -> None:
        self.query_one(ProgressLine).begin("another")
        self.query_one(Notice).clear()
        self.run_worker(
            self._another(), name="another", group="another", description="asking for another version",
            exclusive=True, exit_on_error=False,
        )  # fmt: skip
        self.refresh_bindings()

    async def _another(self) -> None:
        """Ask the model; without one, what the rules make of the text comes instead."""
        from coach_assist.flows.another import another_version

        desk = self.app.desk  # type: ignore[attr-defined]
        try:
            provider, without = await desk.provider_or_why()
            found = await another_version(
                self._plan, self._party, self._view.id, self._view.shown, provider=provider,
                on_event=self._came,
            )  # fmt: skip
        except (CoachError, OSError) as error:
            self.post_message(VersionFailed(in_words(error)))
            return
        self.post_message(VersionReady(found, without))

    def _came(self, event: DraftEvent) -> None:
        if event.kind == "usage" and isinstance(tokens := event.data.get("tokens"), int):
            self.query_one(ProgressLine).count(tokens)

    @on(VersionReady)
    def _ready(self, message: VersionReady) -> None:
        self.query_one(ProgressLine).end()
        found = message.found
        self._version = found.draft
        self._show()
        failed = message.without or found.failed
        notice = self.query_one(Notice)
        if failed is not None:
            notice.say(failed.what, found.words or "The proposal is as it was.", failed.next_step)
        elif found.words:
            notice.say(found.words)

    @on(VersionFailed)
    def _failed(self, message: VersionFailed) -> None:
        self.query_one(ProgressLine).end()
        self.query_one(Notice).say(message.error.what, "The proposal is as it was.", message.error.next_step)
        self._show()

    @on(Worker.StateChanged)
    def _work_changed(self, event: Worker.StateChanged) -> None:
        event.stop()
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.post_message(VersionFailed(in_words(event.worker.error)))
        self.refresh_bindings()

    # -- showing ---------------------------------------------------------------------------------------

    def _show(self) -> None:
        from coach_assist.flows.another import changed_by_hand
        from coach_assist.flows.counter import changes

        version = self._version
        place = self.query_one("#version-words", Static)
        if version is None:
            place.update(plain(self._view.headline))
        else:
            rows = [change_lines(changes(self._view.kind, self._view.value, version.value))]
            if changed_by_hand(version):
                rows.insert(0, plain("You have changed it: put forward, it is yours.", "bold"))
            if ideas := as_ideas(version.suggested):
                rows.append(stacked([_idea(one) for one in ideas]))
            place.update(stacked(rows, gap=1))
        for name in ("counter", "edit", "drop"):
            self.query_one(f"#{name}", Button).disabled = version is None
        # The page itself, so that the arrows scroll it and no stray Enter puts anything forward.
        self.query_one("#version-card").focus()
        self.refresh_bindings()

    @on(Button.Pressed, "#counter")
    def action_counter(self) -> None:
        """Counter with the version as it stands."""
        if self._version is not None and not self._asking:
            self.dismiss(self._version)

    @on(Button.Pressed, "#edit")
    def action_edit(self) -> None:
        """Change the version; from then on it is the person's own."""
        from coach_assist.flows.another import edit_version
        from coach_assist.flows.plan_drafts import references
        from coach_assist.tui.draft.unit_form import UnitForm

        version = self._version
        if version is None or self._asking:
            return

        def written(value: Value | None) -> None:
            if value is None:
                return
            try:
                self._version = edit_version(self._plan, self._party, version, value)
            except CoachError as error:
                self.query_one(Notice).say_error(error)
            self._show()

        form = UnitForm(version.kind, "Change this version", dict(version.value), references(self._plan))
        self.app.push_screen(form, written)

    @on(Button.Pressed, "#again")
    def action_again(self) -> None:
        """Ask for another one; the one that is there stays until a new one has come."""
        if not self._asking:
            self._ask()

    @on(Button.Pressed, "#drop")
    def action_drop(self) -> None:
        """Delete the version. The other has never seen it."""
        from coach_assist.flows.another import drop_version

        if self._version is not None and not self._asking:
            drop_version(self._plan, self._version)
            self._version = None
            self.dismiss(None)

    @on(Button.Pressed, "#back")
    def action_leave(self) -> None:
        """Stop the model where it works, else go back. What had come before is kept."""
        if self._asking and self._version is not None:
            self.workers.cancel_node(self)
            self.query_one(ProgressLine).end()
            self.query_one(Notice).say("Stopped.", "The version that you had is as it was.")
            return
        self.workers.cancel_node(self)
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"counter", "edit", "drop"}:
            return self._version is not None and not self._asking
        return not self._asking if action == "again" else True


def _idea(one: Idea) -> Content:
    return joined(
        ("◇ ", "$accent"), (f"{one.label}: ", "$foreground-muted"), one.text, (f"  {one.question}", "italic")
    )
