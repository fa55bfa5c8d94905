"""Looking at proposals: the list with its filter, and one proposal whole, with what was said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError
from coach_assist.shown import shortened
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.review.cards import proposal_card, proposal_line
from coach_assist.tui.text import joined, plain
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard
from coach_assist.tui.widgets.unit_card import UnitCard, card_text

if TYPE_CHECKING:
    from coach_assist.flows.review_filter import ProposalFilter
    from coach_assist.flows.show import PlanView, ProposalView
    from coach_assist.plan.units import Party


class LookingScreen(PlanScreen):
    """The list of proposals and the one under the bar. Here nothing is decided, asked or noted.

    `alone`: read without deciding; the other party need not be there.
    """

    def __init__(self, plan_id: str, party: Party, *, alone: bool = False) -> None:
        super().__init__(plan_id)
        self.party: Party = party
        self.alone = alone
        self.view: PlanView | None = None
        self.rows: tuple[ProposalView, ...] = ()
        self.wanted: ProposalFilter = "all"
        self._whole: set[str] = set()
        self._card_of: ProposalView | None = None
        self._end: Static | None = None

    def body(self) -> ComposeResult:
        yield Static(id="review-line")
        yield Static(id="review-statement")
        yield Notice()
        with Horizontal(id="review-both"):
            yield OptionList(id="proposals", markup=False)
            with VerticalScroll(id="review-detail", can_focus=False):
                yield Vertical(id="proposal-place")
        yield Static(id="review-side")

    def on_mount(self) -> None:
        super().on_mount()
        detail = self.query_one("#review-detail", VerticalScroll)
        self.watch(detail, "scroll_y", self._look_at_end_soon, init=False)

    # -- looking ---------------------------------------------------------------------------------------

    def look(self) -> None:
        from coach_assist.flows.show import plan_view

        self.show(plan_view(self.plan))

    def show(self, view: PlanView, select: str | None = None) -> None:
        """Render what the filter leaves of the plan, the bar on `select` or on what waits."""
        from coach_assist.flows.review_filter import matching

        listing = self.query_one("#proposals", OptionList)
        chosen = select or (self._chosen.id if self._chosen else None)
        with self.coach.batch_update():
            self.view = view
            self.rows = matching(view, self.wanted, self.party)
            self.top.title = view.title
            self.top.whose = f"{view.names[self.party]} " + ("reads alone" if self.alone else "decides")
            width = self.list_width
            listing.clear_options()
            shown_for = None if self.alone else self.party
            listing.add_options(
                [Option(proposal_line(row, shown_for, width), id=row.id) for row in self.rows]
            )
            ids = [row.id for row in self.rows]
            if chosen in ids:
                listing.highlighted = ids.index(chosen)
            else:
                waiting = [place for place, row in enumerate(self.rows) if self._waits(row)]
                listing.highlighted = waiting[0] if waiting else (0 if ids else None)
            self.query_one("#review-line", Static).update(self._line())
            self._show_statement(view)
            self.show_chosen()
        self.refresh_bindings()

    def _waits(self, row: ProposalView) -> bool:
        return row.status == "open" and row.decisions[self.party] is None

    def _show_statement(self, view: PlanView) -> None:
        """Show the team member's statement in short; J shows all of it."""
        place = self.query_one("#review-statement", Static)
        place.display = view.statement is not None
        said = shortened(view.statement or "", max(self.size.width * 2 - 40, 40))
        place.update(joined((f"{view.names['team_member']} states  ", "bold"), said))

    def _line(self) -> Content:
        if self.view is not None and self.view.over is not None:
            return joined(
                (self.view.over, "bold"), ("  Nothing is decided here any more.", "$foreground-muted")
            )
        if self.alone:
            said = joined(("Reading alone. ", "bold"), "Nothing is decided or noted. Esc ends.")
            return joined(said, ("  ·  ", "$foreground-muted"), self._filter_words())
        left = 0 if self.view is None else sum(self._waits(row) for row in self.view.open)
        if left:
            count = 0 if self.view is None else len(self.view.open)
            said = joined((f"{left} to decide", "bold $primary"), (f" of {count} open", "$foreground-muted"))
        else:
            said = joined(("Nothing is left for you to decide. ", "bold"), "Esc hands over.")
        return joined(said, ("  ·  ", "$foreground-muted"), self._filter_words())

    def _filter_words(self) -> Content:
        """Return which proposals are shown, and how many these are; the key that shows all."""
        from coach_assist.flows.review_filter import FILTER_WORDS

        whole = self.wanted == "all"
        return joined(
            (f"{FILTER_WORDS[self.wanted]}: {len(self.rows)}", "" if whole else "bold $accent"),
            ("" if whole else "  (S shows all)", "$foreground-muted"),
        )

    @property
    def _chosen(self) -> ProposalView | None:
        place = self.query_one("#proposals", OptionList).highlighted
        return self.rows[place] if place is not None and place < len(self.rows) else None

    @on(OptionList.OptionHighlighted, "#proposals")
    def show_chosen(self) -> None:
        """Show the proposal under the bar from its beginning."""
        from coach_assist.flows.review_filter import EMPTY_WORDS

        chosen = self._chosen
        if chosen is self._card_of and chosen is not None:
            return
        self._card_of = chosen
        place = self.query_one("#proposal-place", Vertical)
        place.remove_children()
        detail = self.query_one("#review-detail", VerticalScroll)
        detail.scroll_home(animate=False)
        if chosen is None or self.view is None:
            place.mount(Static(plain(EMPTY_WORDS[self.wanted])))
            self.query_one("#review-side", Static).update("")
            return
        self._end = Static("─ end of this text ─", classes="text-end")
        place.mount(UnitCard(proposal_card(chosen, self.view.names)), self._end)
        self.call_after_refresh(self._look_at_end)

    def on_resize(self) -> None:
        super().on_resize()
        self.call_after_refresh(self._look_at_end)

    def _look_at_end_soon(self) -> None:
        self.call_after_refresh(self._look_at_end)

    def _look_at_end(self) -> None:
        """Note when the end of the shown text is on the screen: only then can it be decided."""
        if not self.is_current:
            return
        chosen, end = self._chosen, self._end
        if chosen is None or chosen is not self._card_of or end is None:
            return
        if not end.is_mounted or not end.size.height or len(self.query_one("#proposal-place").children) != 2:
            self.set_timer(0.03, self._look_at_end)  # the card before it is still on its way out
            return
        detail = self.query_one("#review-detail", VerticalScroll)
        if detail.scroll_y >= detail.max_scroll_y - 0.5:
            if chosen.shown not in self._whole:
                self.clear_notice()
            self._whole.add(chosen.shown)
        side = self.query_one("#review-side", Static)
        side.update(
            "" if self.was_whole else "There is more: Space reads on. You decide once you have seen its end."
        )
        self.refresh_bindings()

    @property
    def was_whole(self) -> bool:
        """Say whether the whole text of the shown proposal was on the screen."""
        return self._chosen is not None and self._chosen.shown in self._whole

    def action_next_undecided(self) -> None:
        """Go to the next proposal that waits for this party."""
        listing = self.query_one("#proposals", OptionList)
        start = (listing.highlighted or 0) + 1
        order = [*range(start, len(self.rows)), *range(min(start, len(self.rows)))]
        waiting = next((place for place in order if self._waits(self.rows[place])), None)
        if waiting is not None:
            listing.highlighted = waiting

    def action_filter(self) -> None:
        """Show the next sort of proposals."""
        from coach_assist.flows.review_filter import following

        self._look_at(following(self.wanted))

    def action_unfilter(self) -> None:
        """Show all that is open."""
        self._look_at("all")

    def _look_at(self, wanted: ProposalFilter, select: str | None = None) -> None:
        self.wanted = wanted
        self._card_of = None
        if self.view is not None:
            self.show(self.view, select)

    def action_agenda(self) -> None:
        """Show what one of the two wants to talk about; choosing one goes to it."""
        if self.view is None:
            return
        asked: dict[str, list[str]] = {}
        for one, party in self.view.agenda:
            asked.setdefault(one.id, []).append(self.view.names[party])
        if not asked:
            self.query_one(Notice).say("Nothing is on the agenda yet.", "T puts the shown proposal on it.")
            return
        known = {one.id: one for one, _party in self.view.agenda}
        rows = [
            (one, shortened(known[one].headline, 40), f"{' and '.join(names)}: let us talk")
            for one, names in asked.items()
        ]

        def chosen(one: str | None) -> None:
            if one is not None:
                self._look_at("all", one)

        words = "It comes with the agenda of your next check-in. Enter goes to one."
        self.app.push_screen(QuestionCard("To talk about", words, rows), chosen)

    def action_explain(self) -> None:
        """Say where the words of the shown proposal come from."""
        if self._chosen is None:
            return
        from coach_assist.flows.explain import explain_lines, explain_proposal

        try:
            lines = explain_lines(explain_proposal(self.plan, self._chosen.id))
        except CoachError as error:
            self.tell(error)
            return
        self.app.push_screen(QuestionCard("Where this comes from", "\n".join(lines), [("", "Back", "")]))

    def action_hand_over(self) -> None:
        """Go to the page that says whose turn it is."""
        self.coach.open_plan(self.plan_id, "handover")

    def action_page(self, direction: int) -> None:
        """Read on or back in the shown text."""
        detail = self.query_one("#review-detail", VerticalScroll)
        (detail.scroll_page_down if direction > 0 else detail.scroll_page_up)(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "unfilter":
            return self.wanted != "all"
        if action == "explain":
            return self._chosen is not None
        if action == "page" and self.is_mounted and parameters == (1,):
            return True
        return super().check_action(action, parameters)

    def text_of_screen(self) -> str:
        """Return the shown proposal as text."""
        if self._chosen is None or self.view is None:
            return ""
        return card_text(proposal_card(self._chosen, self.view.names))
