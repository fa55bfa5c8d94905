"""Confirm with one's own key what was accepted with the key on the other's machine, one text at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from coach_assist.errors import CoachError
from coach_assist.tui.failures import in_words
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.review.cards import proposal_card
from coach_assist.tui.text import joined
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.unit_card import UnitCard, card_text

if TYPE_CHECKING:
    from coach_assist.flows.show import ProposalView
    from coach_assist.plan.units import Party


class ConfirmScreen(PlanScreen):
    """Each text whole, confirmed by one key of its own. Nothing agreed changes by it."""

    PLACE = "Confirm"
    ABOUT = (
        "These texts you accepted with a key that lay on the other's machine. C accepts exactly the shown "
        "text once more, with your own keys; N leaves it as it is. Nothing that is agreed changes: the "
        "history then shows on whose machine it was confirmed."
    )
    AMONG_PLACES = False
    CSS_PATH = "confirm.tcss"
    AUTO_FOCUS = "#confirm-detail"
    BINDINGS = [
        Binding("c", "confirm", "Confirm", id="confirm.confirm"),
        Binding("n", "next", "Next", id="confirm.next"),
        Binding("space", "page", "Read on", id="confirm.down"),
        Binding("escape", "leave", "Back", id="confirm.leave"),
    ]

    def __init__(self, plan_id: str, party: Party) -> None:
        super().__init__(plan_id)
        self.party: Party = party
        self.rows: tuple[ProposalView, ...] = ()
        self._place = 0

    def body(self) -> ComposeResult:
        yield Static(id="confirm-line")
        yield Notice()
        with VerticalScroll(id="confirm-detail"):
            yield Vertical(id="confirm-place")
            yield Static("─ end of this text ─", id="confirm-end")

    def look(self) -> None:
        from coach_assist.flows.confirm import to_confirm
        from coach_assist.flows.show import title_of

        names = self.coach.party_names(self.plan_id)
        self.top.title, self.top.whose = title_of(self.plan), names[self.party]
        self.rows = to_confirm(self.plan, self.party)
        self._place %= max(len(self.rows), 1)
        place = self.query_one("#confirm-place", Vertical)
        place.remove_children()
        self.query_one("#confirm-end").display = bool(self.rows)
        if self.rows:
            place.mount(UnitCard(proposal_card(self.rows[self._place], names)))
            words = f"{self._place + 1} of {len(self.rows)}"
            self.query_one("#confirm-line", Static).update(
                joined((words, "bold $primary"), "  Do you confirm that you accepted exactly this?")
            )
        else:
            self.query_one("#confirm-line", Static).update("Nothing is left to confirm. Esc goes back.")
        self.query_one("#confirm-detail", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def action_confirm(self) -> None:
        """Accept exactly the shown text once more, once its end was on the screen."""
        if not self.rows:
            return
        detail = self.query_one("#confirm-detail", VerticalScroll)
        if not self.query(UnitCard).last().size.height:
            return  # a key typed ahead: the text is not on the screen yet
        if detail.scroll_y < detail.max_scroll_y - 0.5:
            self.query_one(Notice).say("Its end was not on the screen yet. Space reads on.")
            return
        view = self.rows[self._place]

        def act() -> None:
            from coach_assist.flows.confirm import confirm

            try:
                confirm(self.coach.workspace, self.plan, self.party, view.id, view.shown)
            except (CoachError, OSError) as error:
                self.tell(in_words(error))
                return
            self.remember_state()
            self.clear_notice()
            self._first_look()

        with_key(self, self.plan, self.party, act)

    def action_next(self) -> None:
        """Leave this one as it is and show the next."""
        self._place += 1
        self.clear_notice()
        self._first_look()

    def action_page(self) -> None:
        """Read on."""
        self.query_one("#confirm-detail", VerticalScroll).scroll_page_down(animate=False)

    def action_leave(self) -> None:
        """Go back to the agreed plan; what was not confirmed stays accepted as it was."""
        self.coach.open_plan(self.plan_id, "agreed")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"confirm", "next"}:
            return bool(self.rows)
        return super().check_action(action, parameters)

    def text_of_screen(self) -> str:
        """Return the shown text."""
        if not self.rows:
            return ""
        return card_text(proposal_card(self.rows[self._place], self.coach.party_names(self.plan_id)))
