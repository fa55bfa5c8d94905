"""The AI record as a table: one line a call, the one under the bar whole below. Nothing of it is text."""

from __future__ import annotations

from pathlib import Path
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
from coach_assist.tui.base import CoachScreen
from coach_assist.tui.failures import in_words
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.widgets.line_card import LineCard
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.ai_record import AiRecord

_WHEN, _WHAT, _TOKENS = 16, 20, 6


class RecordScreen(CoachScreen[None]):
    """The calls of a plan, or (`plan_id` None) of everything that was asked without one."""

    PLACE = "AI record"
    ABOUT = (
        "Every call of a model: when, where, which model and prompt, for what, how many tokens, and what "
        "became of it. It holds no text. E saves it to a file; the team member may have the whole of it."
    )
    CSS_PATH = "privacy.tcss"
    AUTO_FOCUS = "#record-rows"
    BINDINGS = [
        Binding("e", "export", "Save to a file", id="record.export"),
        Binding("x,delete", "delete", "Delete", id="record.delete"),
        Binding("escape", "leave", "Back", id="record.leave"),
    ]

    def __init__(self, plan_id: str | None) -> None:
        super().__init__()
        self.plan_id = plan_id
        self.record: AiRecord | None = None

    def body(self) -> ComposeResult:
        yield Notice()
        yield Static(id="record-head")
        yield OptionList(id="record-rows", markup=False)
        with VerticalScroll(id="record-detail", can_focus=False):
            yield Static(id="record-call")
        yield Static(id="record-kept")

    def on_mount(self) -> None:
        self.call_after_refresh(self.look)

    def on_resize(self) -> None:
        if self.record is not None:
            self.call_after_refresh(self.show)

    def look(self) -> None:
        """Read the record and render it, the newest call under the bar."""
        from coach_assist.flows.ai_record import ai_record
        from coach_assist.flows.loose_record import loose_record
        from coach_assist.flows.show import plan_view

        try:
            if self.plan_id is None:
                self.record = loose_record(self.coach.workspace.root)
                self.top.title = "without a plan"
            else:
                plan = self.coach.plan_file(self.plan_id)
                self.record = ai_record(plan)
                self.top.title = plan_view(plan).title
        except CoachError as error:
            self.tell(error)
            return
        self.show()

    def show(self) -> None:
        """Render one line a call."""
        from coach_assist.flows.record_words import record_lines, record_rows

        assert self.record is not None
        rows = record_rows(self.record)
        width = max(self.size.width - 4, 40)
        wide = width >= _WHEN + _WHAT + _TOKENS + 20
        self.query_one("#record-head", Static).update(
            plain(_line("When", "For what", "Tokens", "What became of it", width, wide=wide), "bold")
        )
        listing = self.query_one("#record-rows", OptionList)
        listing.clear_options()
        listing.add_options(
            [
                Option(plain(_line(one.when, one.what, one.tokens, one.became, width, wide=wide)))
                for one in rows
            ]
        )
        listing.highlighted = len(rows) - 1 if rows else None
        for name in ("#record-head", "#record-rows"):
            self.query_one(name).display = bool(rows)
        if not rows:
            self.query_one("#record-call", Static).update(plain(record_lines(self.record)[0]))
        self.query_one("#record-kept", Static).update(plain(self.record.retention))
        self.refresh_bindings()

    @on(OptionList.OptionHighlighted, "#record-rows")
    def _explain(self) -> None:
        from coach_assist.flows.record_words import call_lines

        place = self.query_one("#record-rows", OptionList).highlighted
        if self.record is None or place is None:
            return
        self.query_one("#record-call", Static).update(_stacked(call_lines(self.record, place)))
        self.query_one("#record-detail", VerticalScroll).scroll_home(animate=False)

    def action_export(self) -> None:
        """Save the record as JSON, readable by its owner alone."""
        name = f"ai-record-{self.plan_id[:6]}.json" if self.plan_id else "ai-record.json"
        self.app.push_screen(
            LineCard(
                "Save the AI record",
                "As JSON, readable by you alone. An existing file is not replaced.",
                text=str(Path.cwd() / name),
                missing="A file is needed. Escape saves nothing.",
            ),
            self._export,
        )

    def _export(self, path: str | None) -> None:
        from coach_assist.flows.ai_record import save_record

        if path is None or self.record is None:
            return
        try:
            save_record(self.record, Path(path.strip()).expanduser())
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        calls = "1 call" if len(self.record.calls) == 1 else f"{len(self.record.calls)} calls"
        self.query_one(Notice).say(f"Saved to {path}", f"{calls}, no text of anybody's.")

    def action_delete(self) -> None:
        """Delete the record of calls without a plan, once it was said what goes."""
        from coach_assist.flows.loose_record import delete_record, deletion_words, record_deletion

        root = self.coach.workspace.root
        try:
            wanted = record_deletion(root)
        except CoachError as error:
            self.tell(error)
            return
        words = "\n".join(deletion_words(wanted))
        if not wanted.calls:
            self.query_one(Notice).say(words)
            return

        def answered(choice: str | None) -> None:
            if choice != "delete":
                return
            try:
                delete_record(root)
            except (CoachError, OSError) as error:
                self.tell(in_words(error))
                return
            self.look()

        rows = [("keep", "Keep it", ""), ("delete", "Delete it for good", "")]
        self.app.push_screen(QuestionCard("Delete this record?", words, rows), answered)

    def action_leave(self) -> None:
        """Go back to the privacy screen."""
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "export":
            return self.record is not None and bool(self.record.calls)
        if action == "delete":
            return self.plan_id is None and self.record is not None and bool(self.record.calls)
        return True

    def text_of_screen(self) -> str:
        """Return the whole record as text."""
        from coach_assist.flows.record_words import record_lines

        return "\n".join(record_lines(self.record)) if self.record is not None else ""


def _line(when: str, what: str, tokens: str, became: str, width: int, *, wide: bool) -> str:
    if not wide:  # the day is enough where there is little room; all of it stands below
        return shortened(f"{when[:10]}  {what}: {became}", width)
    start = f"{when:<{_WHEN}}  {shortened(what, _WHAT):<{_WHAT}}  {tokens:>{_TOKENS}}  "
    return start + shortened(became, max(width - len(start), 10))


def _stacked(lines: list[str]) -> Content:
    first, *rest = lines
    return stacked([joined((first, "bold")), *[plain(line) for line in rest]])
