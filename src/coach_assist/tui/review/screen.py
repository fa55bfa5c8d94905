"""The review: one proposal at a time, read whole, then decided by the party whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError
from coach_assist.shown import shortened
from coach_assist.tui.failures import in_words
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.review.cards import proposal_card, proposal_line
from coach_assist.tui.review.messages import Decided
from coach_assist.tui.review.reason_card import ReasonCard
from coach_assist.tui.text import joined
from coach_assist.tui.turn import other
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard
from coach_assist.tui.widgets.unit_card import UnitCard, card_text

if TYPE_CHECKING:
    from coach_assist.flows.show import PlanView, ProposalView
    from coach_assist.plan.units import Party


class ReviewScreen(PlanScreen):
    """The open proposals for one party. Nothing here accepts for the other, and nothing accepts all.

    `alone`: read without deciding; the other party need not be there, and nothing is noted.
    """

    PLACE = "Review"
    ABOUT = (
        "Each proposal is decided on its own, after its whole text was on the screen: A accepts, C counters "
        "with a text of your own, D declines (a reason is welcome, never required), T puts it on the next "
        "agenda. ● waits for you. Nothing you do here decides for the other person, and you may stop at "
        "any time."
    )
    CSS_PATH = "review.tcss"
    AUTO_FOCUS = "#proposals"
    BINDINGS = [
        Binding("a", "accept", "Accept", id="review.accept"),
        Binding("c", "counter", "Counter", id="review.counter"),
        Binding("d", "decline", "Decline", id="review.decline"),
        Binding("t", "talk", "Let us talk", id="review.talk"),
        Binding("pagedown,space", "page(1)", "Read on", id="review.down"),
        Binding("pageup", "page(-1)", "Read back", id="review.up", show=False),
        Binding("n", "next_undecided", "Next undecided", id="review.next", show=False),
        Binding("h", "hand_over", "Hand over", id="review.hand_over", show=False),
        Binding("j", "taking_part", "Taking part", id="review.joining", show=False),
        Binding("escape", "hand_over", "Done", id="review.done"),
    ]

    def __init__(self, plan_id: str, party: Party, *, alone: bool = False) -> None:
        super().__init__(plan_id)
        self.party: Party = party
        self.alone = alone
        self.view: PlanView | None = None
        self.rows: tuple[ProposalView, ...] = ()
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
        """Render the view of the plan: what is open, the bar on `select` or the next undecided one."""
        listing = self.query_one("#proposals", OptionList)
        chosen = select or (self._chosen.id if self._chosen else None)
        with self.coach.batch_update():
            self.view = view
            self.rows = view.open
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
        return row.decisions[self.party] is None

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
        left = sum(self._waits(row) for row in self.rows)
        if self.alone:
            return joined(
                ("Reading alone. ", "bold"), "Nothing can be decided here, and nothing is noted. Esc ends."
            )
        if left:
            return joined(
                (f"{left} to decide", "bold $primary"), (f" of {len(self.rows)} open", "$foreground-muted")
            )
        return joined(("Nothing is left for you to decide. ", "bold"), "Esc hands over.")

    @property
    def _chosen(self) -> ProposalView | None:
        place = self.query_one("#proposals", OptionList).highlighted
        return self.rows[place] if place is not None and place < len(self.rows) else None

    @on(OptionList.OptionHighlighted, "#proposals")
    def show_chosen(self) -> None:
        """Show the proposal under the bar from its beginning."""
        chosen = self._chosen
        if chosen is self._card_of and chosen is not None:
            return
        self._card_of = chosen
        place = self.query_one("#proposal-place", Vertical)
        place.remove_children()
        detail = self.query_one("#review-detail", VerticalScroll)
        detail.scroll_home(animate=False)
        if chosen is None or self.view is None:
            place.mount(Static("There is nothing open to decide on."))
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

    # -- deciding ---------------------------------------------------------------------------------------

    def _ready(self) -> ProposalView | None:
        """Return the proposal that can be decided now; say why where it can't."""
        if self.alone or self._chosen is None:
            return None
        self._look_at_end()
        if not self.was_whole:
            self.query_one(Notice).say("Its end was not on the screen yet. Space reads on.")
            return None
        self.clear_notice()
        return self._chosen

    def action_accept(self) -> None:
        """Accept the shown proposal, for the party whose turn it is and nobody else."""
        if (view := self._ready()) is None:
            return
        codes = frozenset(view.to_acknowledge)
        if not codes:
            self._accept(view, codes)
            return

        def answered(choice: str | None) -> None:
            if choice == "yes":
                self._accept(view, codes)

        self.app.push_screen(
            QuestionCard(
                "Accept it with this?",
                "\n".join(_why(view)),
                [
                    ("no", "Not yet", "counter, decline or talk instead"),
                    ("yes", "Accept it as it is", "this is recorded"),
                ],
            ),
            answered,
        )

    def _accept(self, view: ProposalView, codes: frozenset[str]) -> None:
        from coach_assist.flows.decide import accept

        self._act(
            view,
            "accept",
            lambda: accept(
                self.coach.workspace, self.plan, self.party, view.id, view.shown, acknowledged=codes
            ),
        )

    def action_decline(self) -> None:
        """Decline the shown proposal; a reason is asked for and not required."""
        if (view := self._ready()) is None or self.view is None:
            return

        def answered(reason: str | None) -> None:
            if reason is not None:
                from coach_assist.flows.decide import decline

                self._act(
                    view,
                    "decline",
                    lambda: decline(
                        self.coach.workspace, self.plan, self.party, view.id, view.shown, reason=reason
                    ),
                )

        self.app.push_screen(ReasonCard(self.view.names[other(self.party)]), answered)

    def action_talk(self) -> None:
        """Put the shown proposal on the next agenda; that is no decision."""
        if (view := self._ready()) is None:
            return
        from coach_assist.flows.decide import talk

        self._act(
            view, "talk", lambda: talk(self.coach.workspace, self.plan, self.party, view.id, view.shown)
        )

    def action_counter(self) -> None:
        """Answer the shown proposal with a text of one's own."""
        if (view := self._ready()) is None or view.removal:
            return
        from coach_assist.flows.counter import counter
        from coach_assist.flows.plan_drafts import references
        from coach_assist.tui.draft.unit_form import UnitForm, Value

        def answered(value: Value | None) -> None:
            if value is not None:
                self._act(
                    view,
                    "counter",
                    lambda: counter(self.coach.workspace, self.plan, self.party, view.id, view.shown, value),
                )

        title = "Your own text. Keeping it declines this one, proposes yours, and you accept yours."
        self.app.push_screen(UnitForm(view.kind, title, dict(view.value), references(self.plan)), answered)

    def _act(self, view: ProposalView, decision: str, do: object) -> None:
        """Do one decision on one proposal, with a key that is open, then go on to the next undecided one."""
        with_key(self, self.plan, self.party, lambda: self._decided(view, decision, do))

    def _decided(self, view: ProposalView, decision: str, do: object) -> None:
        from coach_assist.flows.decide import next_undecided
        from coach_assist.flows.show import plan_view

        try:
            do()  # type: ignore[operator]
            following = next_undecided(self.plan, self.party, after=view.id)
            fresh = plan_view(self.plan)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.remember_state()
        self.post_message(Decided(view.id, self.party, decision))
        self._card_of = None
        self.show(fresh, following.id if following else view.id)
        if following is None and not any(self._waits(row) for row in self.rows):
            self.coach.say("You have decided on everything that is open.")
            self.action_hand_over()

    def action_next_undecided(self) -> None:
        """Go to the next proposal that waits for this party."""
        listing = self.query_one("#proposals", OptionList)
        start = (listing.highlighted or 0) + 1
        order = [*range(start, len(self.rows)), *range(min(start, len(self.rows)))]
        waiting = next((place for place in order if self._waits(self.rows[place])), None)
        if waiting is not None:
            listing.highlighted = waiting

    def action_hand_over(self) -> None:
        """Go to the page that says whose turn it is."""
        self.coach.open_plan(self.plan_id, "handover")

    def action_page(self, direction: int) -> None:
        """Read on or back in the shown text."""
        detail = self.query_one("#review-detail", VerticalScroll)
        (detail.scroll_page_down if direction > 0 else detail.scroll_page_up)(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"accept", "decline", "talk", "counter"}:
            return not self.alone and bool(self.rows)
        if action == "page" and self.is_mounted and parameters == (1,):
            return True
        return super().check_action(action, parameters)

    def text_of_screen(self) -> str:
        """Return the shown proposal as text."""
        if self._chosen is None or self.view is None:
            return ""
        return card_text(proposal_card(self._chosen, self.view.names))


def _why(view: ProposalView) -> list[str]:
    said = []
    for name, finding in view.check.findings:
        if finding.level == "error":
            words = str(view.value.get(name) or "")[finding.start : finding.end]
            said.append(f"“{words}” {finding.message} ({finding.code})" if words else finding.message)
    if view.check.hidden_characters:
        said.append("The text holds characters that can't be seen.")
    return [shortened(one, 200) for one in said]
