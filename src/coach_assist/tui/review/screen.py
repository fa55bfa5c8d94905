"""The review: one proposal at a time, read whole, then decided by the party whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from coach_assist.tui.review.deciding import DecidingScreen
from coach_assist.tui.review.version_screen import VersionScreen

if TYPE_CHECKING:
    from coach_assist.flows.show import ProposalView
    from coach_assist.plan.drafts import Draft


class ReviewScreen(DecidingScreen):
    """The open proposals for one party. Nothing here accepts for the other, and nothing accepts all.

    `alone`: read without deciding; the other party need not be there, and nothing is noted.
    """

    PLACE = "Review"
    ABOUT = (
        "Each proposal is decided on its own, after its whole text was on the screen: A accepts, C counters "
        "with a text of your own, D declines (a reason is welcome, never required), T puts it on the next "
        "agenda, W takes back what is yours. K comments, which decides nothing; M asks the model for another "
        "version, for your eyes only. / shows one sort of proposals, S all again, G the agenda, X where the "
        "words come from. ● waits for you. Nothing you do here decides for the other person, and you may "
        "stop at any time."
    )
    CSS_PATH = "review.tcss"
    AUTO_FOCUS = "#proposals"
    BINDINGS = [
        Binding("a", "accept", "Accept", id="review.accept"),
        Binding("c", "counter", "Counter", id="review.counter"),
        Binding("d", "decline", "Decline", id="review.decline"),
        Binding("t", "talk", "Let us talk", id="review.talk"),
        Binding("k", "comment", "Comment", id="review.comment"),
        Binding("m", "ask", "Another version", id="review.ask"),
        Binding("w", "withdraw", "Withdraw", id="review.withdraw"),
        Binding("slash", "filter", "Filter", id="review.filter", key_display="/"),
        Binding("s", "unfilter", "Show all", id="review.unfilter"),
        Binding("g", "agenda", "Agenda", id="review.agenda", show=False),
        Binding("x", "explain", "Explain", id="review.explain", show=False),
        Binding("pagedown,space", "page(1)", "Read on", id="review.down"),
        Binding("pageup", "page(-1)", "Read back", id="review.up", show=False),
        Binding("n", "next_undecided", "Next undecided", id="review.next", show=False),
        Binding("h", "hand_over", "Hand over", id="review.hand_over", show=False),
        Binding("j", "taking_part", "Taking part", id="review.joining", show=False),
        Binding("escape", "hand_over", "Done", id="review.done"),
    ]

    def action_ask(self) -> None:
        """Show another version of the shown proposal, asked of the model; only this person sees it."""
        view = self._chosen
        if self.alone or view is None or view.removal or view.status != "open":
            return

        def chosen(version: Draft | None) -> None:
            if version is not None:
                self._counter_with(view, version)

        self.app.push_screen(VersionScreen(self.plan, self.party, view), chosen)

    def _counter_with(self, view: ProposalView, version: Draft) -> None:
        """Counter with a version as it lies in the drawer, once the proposal's own text was read whole."""
        from coach_assist.flows.counter import counter

        if self._ready() is None:
            return
        self._act(
            view,
            "counter",
            lambda: counter(
                self.coach.workspace, self.plan, self.party, view.id, view.shown, version.value,
                version=version,
            ),
        )  # fmt: skip

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "ask":
            chosen = self._chosen if self.is_mounted else None
            return not self.alone and chosen is not None and chosen.status == "open" and not chosen.removal
        return super().check_action(action, parameters)
