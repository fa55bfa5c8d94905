"""The summaries that were put forward: each is read whole, then accepted or declined by each of the two."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError
from coach_assist.shown import shortened
from coach_assist.tui.failures import in_words
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.summary.cards import view_content
from coach_assist.tui.text import joined, plain
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from coach_assist.agreement.summary_bodies import SummaryAnswer
    from coach_assist.flows.summary_share import SummaryView
    from coach_assist.plan.units import Party


SIGNS = {"accepted": "✓", "declined": "–", "put_forward": "…"}


class SummariesScreen(PlanScreen):
    """Answers for one party only; nothing that is agreed changes by it."""

    PLACE = "Summaries"
    ABOUT = (
        "What was put forward from notes, with the lines that each item rests on. A accepts the one under "
        "the bar for you, D declines it; ● waits for you. It counts once both have accepted it: its next "
        "actions are next steps of the plan then. N makes a summary of notes of your own."
    )
    CSS_PATH = "summary.tcss"
    AUTO_FOCUS = "#items"
    BINDINGS = [
        Binding("a", "answer('accept')", "Accept", id="summaries.accept"),
        Binding("d", "answer('decline')", "Decline", id="summaries.decline"),
        Binding("n", "new", "New from notes", id="summaries.new"),
        Binding("space,pagedown", "page(1)", "Read on", id="summaries.down"),
        Binding("pageup", "page(-1)", "Read back", id="summaries.up", show=False),
        Binding("escape", "leave", "Back", id="summaries.leave"),
    ]

    def __init__(self, plan_id: str, party: Party, today: date | None = None) -> None:
        super().__init__(plan_id)
        self.party: Party = party
        self.today = today or date.today()
        self.views: tuple[SummaryView, ...] = ()
        self._whole: set[str] = set()
        self._shown: SummaryView | None = None

    def body(self) -> ComposeResult:
        yield Notice()
        with Horizontal(id="summary-both"):
            yield OptionList(id="items", markup=False)
            with VerticalScroll(id="item-detail", can_focus=False):
                yield Static(id="item")
        yield Static(id="summary-side")

    def on_mount(self) -> None:
        super().on_mount()
        self.watch(self.query_one("#item-detail", VerticalScroll), "scroll_y", self._scrolled, init=False)

    def look(self) -> None:
        from coach_assist.flows.show import plan_view
        from coach_assist.flows.summary_share import summary_views

        view = plan_view(self.plan)
        self.top.title = view.title
        self.top.whose = f"{view.names[self.party]} answers"
        self.show(summary_views(self.plan))

    def show(self, views: tuple[SummaryView, ...]) -> None:
        """Render the list, the bar on the first that waits for this party."""
        listing = self.query_one("#items", OptionList)
        at = listing.highlighted
        if at is None:
            at = next((place for place, one in enumerate(views) if self.party in one.waits_for), 0)
        with self.coach.batch_update():
            self.views = views
            listing.clear_options()
            listing.add_options([Option(self._row(one), id=one.id) for one in views])
            listing.highlighted = min(at, len(views) - 1) if views else None
            self.show_chosen()
        self.refresh_bindings()

    def _row(self, one: SummaryView) -> Content:
        sign = "●" if self.party in one.waits_for else SIGNS[one.standing]
        words = f"{one.day} {one.by_name}, {one.standing_words}"
        return joined((f"{sign} ", "bold $primary"), shortened(words, max(self.list_width - 3, 8)))

    @property
    def chosen(self) -> SummaryView | None:
        """The summary under the bar."""
        place = self.query_one("#items", OptionList).highlighted
        return self.views[place] if place is not None and place < len(self.views) else None

    @on(OptionList.OptionHighlighted, "#items")
    def show_chosen(self) -> None:
        """Show the summary under the bar from its beginning."""
        chosen = self.chosen
        if chosen is not None and self._shown is not None and chosen == self._shown:
            return
        self._shown = chosen
        self.query_one("#item-detail", VerticalScroll).scroll_home(animate=False)
        self.query_one("#item", Static).update(
            view_content(chosen)
            if chosen
            else joined("No summary was put forward yet. N makes one of your notes.")
        )
        self.call_after_refresh(self._look_at_end)
        self.refresh_bindings()

    def _scrolled(self) -> None:
        self.call_after_refresh(self._look_at_end)

    def _look_at_end(self) -> None:
        """Note once the end of the shown summary was on the screen: only then it is answered."""
        chosen = self._shown
        if chosen is None or not self.is_current:
            return
        detail = self.query_one("#item-detail", VerticalScroll)
        if detail.scroll_y >= detail.max_scroll_y - 0.5:
            self._whole.add(chosen.id)
        waits = self.party in chosen.waits_for
        read = chosen.id in self._whole
        words = (
            ""
            if not waits
            else "A accepts it, D declines it, for you only."
            if read
            else "There is more: Space reads on."
        )
        self.query_one("#summary-side", Static).update(plain(words))

    def action_answer(self, answer: SummaryAnswer) -> None:
        """Accept or decline the shown summary, for this party."""
        chosen = self.chosen
        if chosen is None:
            return
        self._look_at_end()
        if chosen.id not in self._whole:
            self.query_one(Notice).say("Its end was not on the screen yet. Space reads on.")
            return
        with_key(self, self.plan, self.party, lambda: self._answered(chosen, answer))

    def _answered(self, chosen: SummaryView, answer: SummaryAnswer) -> None:
        from coach_assist.flows.summary_share import answer_summary, summary_views

        try:
            both = answer_summary(
                self.coach.workspace, self.plan, self.party, chosen.id, chosen.shown, answer
            )
            views = summary_views(self.plan)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.remember_state()
        self.clear_notice()
        self.show(views)
        self.coach.say("Both of you have accepted it." if both else "Noted, for you only.")

    def action_new(self) -> None:
        """Make a summary of notes, or go on with the one that was begun."""
        self.coach.take_turn(self.party)
        self.coach.open_plan(self.plan_id, "summary_notes")

    def action_page(self, direction: int) -> None:
        """Read on or back."""
        detail = self.query_one("#item-detail", VerticalScroll)
        (detail.scroll_page_down if direction > 0 else detail.scroll_page_up)(animate=False)

    def action_leave(self) -> None:
        """Go back to how the plan stands."""
        self.coach.open_plan(self.plan_id, "progress")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "answer":
            chosen = self.chosen if self.is_mounted else None
            return chosen is not None and self.party in chosen.waits_for
        return super().check_action(action, parameters)

    def text_of_screen(self) -> str:
        """Return the shown summary as text."""
        return view_content(self.chosen).plain if self.chosen is not None else ""
