"""Privacy of one plan, or of this machine where no plan is chosen: seven rows, each with its page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError
from coach_assist.tui.base import CoachScreen, reading_keys
from coach_assist.tui.failures import in_words
from coach_assist.tui.privacy import pages
from coach_assist.tui.text import joined, plain
from coach_assist.tui.widgets.line_card import LineCard
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.privacy_preview import SendingPreview
    from coach_assist.flows.privacy_view import PrivacyView
    from coach_assist.workspace.store import PlanFile

_OF_PLAN = ("local", "names", "guard", "sending", "record")
_OF_MACHINE = ("policy", "loose", "notice")
_TITLES = {
    "local": "Where it may go",
    "names": "Replaced names",
    "guard": "Protected words",
    "sending": "What would be sent",
    "record": "AI record of this plan",
    "policy": "Organisation's policy",
    "loose": "AI record without a plan",
    "notice": "What the AI does",
}


class PrivacyScreen(CoachScreen[None]):
    """The rows at the left, the page of the row under the bar at the right. `back`: where Escape leads."""

    PLACE = "Privacy"
    ABOUT = (
        "What of this plan may go to a remote model, whose names are replaced before, which words are "
        "specially protected, and exactly what would be sent. The AI record lists every call of a model and "
        "what became of it. Nothing here changes a text of the plan."
    )
    CSS_PATH = "privacy.tcss"
    READS = "#privacy-detail"
    AUTO_FOCUS = "#privacy-rows"
    BINDINGS = [
        Binding("enter", "act", "Open or change", id="privacy.act"),
        Binding("a", "add_name", "Add a name", id="privacy.add"),
        Binding("x,delete", "remove_name", "Take a name off", id="privacy.remove"),
        *reading_keys("privacy"),
        Binding("escape", "leave", "Back", id="privacy.leave"),
    ]

    def __init__(self, plan_id: str | None, *, back: str | None = None) -> None:
        super().__init__()
        self.plan_id = plan_id
        self.back = back
        self.view: PrivacyView | None = None
        self.sending: SendingPreview | None = None
        self.problem = ""

    def body(self) -> ComposeResult:
        yield Notice()
        with Horizontal(id="privacy-both"):
            yield OptionList(id="privacy-rows", markup=False)
            with VerticalScroll(id="privacy-detail", can_focus=False):
                yield Static(id="privacy-page")

    @property
    def plan(self) -> PlanFile:
        """The plan's file. Raises CoachError where it can't be opened."""
        assert self.plan_id is not None
        return self.coach.plan_file(self.plan_id)

    def on_mount(self) -> None:
        self.call_after_refresh(self.look)

    def on_screen_resume(self) -> None:
        if self.view is not None:
            self.look()

    def look(self) -> None:
        """Read the view model and render it."""
        from coach_assist.flows.privacy_view import privacy_view
        from coach_assist.flows.show import plan_view

        try:
            if self.plan_id is not None:
                self.view = privacy_view(self.plan)
                self.top.title = plan_view(self.plan).title
        except CoachError as error:
            self.tell(error)
        self._show_rows()

    def _show_rows(self) -> None:
        listing = self.query_one("#privacy-rows", OptionList)
        chosen = listing.highlighted or 0
        rows = (*(_OF_PLAN if self.view is not None else ()), *self._machine_rows())
        listing.clear_options()
        listing.add_options([Option(self._row(row), id=row) for row in rows])
        listing.highlighted = min(chosen, len(rows) - 1)
        self.show_page()
        self.refresh_bindings()

    def _machine_rows(self) -> tuple[str, ...]:
        """What concerns this machine and not the plan is its owner's: not shown to whom it is handed over."""
        return tuple(row for row in _OF_MACHINE if row != "loose" or not self.coach.turn.handed_over)

    def _row(self, row: str) -> Content:
        note = ""
        if self.view is not None:
            note = {
                "local": "local only" if self.view.local_only else "any model",
                "names": str(len(self.view.names)),
                "guard": str(len(self.view.guarded) or "none"),
            }.get(row, "")
        return joined(_TITLES[row], (f"  {note}" if note else "", "$foreground-muted"))

    @property
    def chosen(self) -> str:
        """The row under the bar."""
        listing = self.query_one("#privacy-rows", OptionList)
        place = listing.highlighted
        return "" if place is None else listing.get_option_at_index(place).id or ""

    @on(OptionList.OptionHighlighted, "#privacy-rows")
    def show_page(self) -> None:
        """Show the page of the row under the bar."""
        self.query_one("#privacy-page", Static).update(self._page())
        self.query_one("#privacy-detail", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def _page(self) -> Content:
        from coach_assist.flows.privacy_view import policy_view
        from coach_assist.flows.record_words import notice

        view = self.view
        if view is not None and self.chosen in {"local", "names", "guard"}:
            page = {"local": pages.local_page, "names": pages.names_page, "guard": pages.guard_page}
            return page[self.chosen](view)
        match self.chosen:
            case "sending":
                if self.sending is not None:
                    return pages.sending_page(self.sending)
                return plain(self.problem or "Enter shows every request that drafting this plan would send.")
            case "record":
                return plain("Enter shows every call of a model for this plan, and what became of it.")
            case "loose":
                return plain(
                    "Enter shows the calls that belong to no plan: rewriting, reviews, summaries and drafts "
                    "of files."
                )
            case "policy":
                return pages.policy_page(policy_view())
            case "notice":
                return pages.notice_page(notice())
        return plain("")

    # -- acting ------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected, "#privacy-rows")
    def action_act(self) -> None:
        """Change or open what stands under the bar."""
        match self.chosen:
            case "local":
                self._switch_local()
            case "names":
                self.action_add_name()
            case "sending":
                self.begin(self._preview, "preview", "making the requests without sending them")
            case "record" | "loose":
                from coach_assist.tui.privacy.record_screen import RecordScreen

                self.app.push_screen(RecordScreen(self.plan_id if self.chosen == "record" else None))

    def _switch_local(self) -> None:
        from coach_assist.flows.plan_privacy import set_local_only

        if self.view is None or self.view.by_policy:
            return
        self._change(lambda: set_local_only(self.plan, not (self.view and self.view.local_only)))

    def action_add_name(self) -> None:
        """List one more person whose name is replaced."""
        from coach_assist.flows.plan_privacy import add_person

        def given(name: str | None) -> None:
            if name is not None:
                self._change(lambda: add_person(self.plan, name))

        self.app.push_screen(
            LineCard(
                "Whose name is replaced, too?",
                "As it is written in your texts: first name and family name.",
                missing="A name is needed. Escape adds nobody.",
                limit=200,
            ),
            given,
        )

    def action_remove_name(self) -> None:
        """Take a person off the list."""
        from coach_assist.flows.plan_privacy import remove_person

        if self.view is None:
            return

        def chosen(name: str | None) -> None:
            if name is not None:
                self._change(lambda: remove_person(self.plan, name))

        rows = [(name, name, "") for name in self.view.listed]
        self.app.push_screen(QuestionCard("Whose name?", "It is no longer replaced.", rows), chosen)

    def _change(self, change: object) -> None:
        assert callable(change)
        self.clear_notice()
        try:
            change()
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.sending = None
        self.look()

    async def _preview(self) -> None:
        from coach_assist.flows.privacy_preview import would_be_sent

        self.problem = "Making the requests …"
        self.show_page()
        try:
            self.sending = await would_be_sent(self.coach.workspace, self.plan)
            self.problem = ""
        except CoachError as error:
            self.problem = "\n".join(part for part in (error.what, error.next_step) if part)
        self.show_page()

    def action_leave(self) -> None:
        """Go back to where it was opened."""
        if self.plan_id is not None and self.back is not None:
            self.coach.open_plan(self.plan_id, self.back)
        else:
            self.coach.go_home()

    def watched_file(self) -> Path | None:
        opened = self.plan_id is not None and self.coach.plan_is_open(self.plan_id)
        return self.plan.path if opened else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "add_name":
            return self.is_mounted and self.chosen == "names"
        if action == "remove_name":
            return self.is_mounted and self.chosen == "names" and bool(self.view and self.view.listed)
        if action == "act":
            return self.is_mounted and self.chosen in {"local", "names", "sending", "record", "loose"}
        return True

    def text_of_screen(self) -> str:
        """Return the page under the bar as text."""
        return self._page().plain
