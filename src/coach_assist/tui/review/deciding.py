"""Deciding on the shown proposal, for the party whose turn it is and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from coach_assist.errors import CoachError
from coach_assist.shown import shortened
from coach_assist.tui.failures import in_words
from coach_assist.tui.review.comment_card import CommentCard
from coach_assist.tui.review.counter_card import CounterCard
from coach_assist.tui.review.looking import LookingScreen
from coach_assist.tui.review.messages import Decided
from coach_assist.tui.review.reason_card import ReasonCard
from coach_assist.tui.turn import other
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.show import ProposalView
    from coach_assist.tui.draft.unit_form import Value


class DecidingScreen(LookingScreen):
    """Each act is about exactly one proposal. Nothing here accepts all, and nothing decides for the other."""

    def _ready(self) -> ProposalView | None:
        """Return the proposal that can be decided now; say why where it can't."""
        if self.alone or self._chosen is None or self._chosen.status != "open":
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

        self.app.push_screen(ReasonCard(self._other_name, "Decline this proposal", "declines"), answered)

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
        if (view := self._ready()) is not None and not view.removal:
            self._write_counter(view, dict(view.value))

    def _write_counter(self, view: ProposalView, value: Value) -> None:
        """Let the person change the text in place, then show what that changes before it is put forward."""
        from coach_assist.flows.plan_drafts import references
        from coach_assist.tui.draft.unit_form import UnitForm

        def written(new: Value | None) -> None:
            if new is not None:
                self.app.push_screen(CounterCard(view, new), lambda said: self._counter(view, new, said))

        title = "Your own text. Nothing is put forward before you have seen what it changes."
        self.app.push_screen(UnitForm(view.kind, title, value, references(self.plan)), written)

    def _counter(self, view: ProposalView, value: Value, said: str | None) -> None:
        """Put the text forward with the reason `said`; None: go on writing, with nothing lost."""
        from coach_assist.flows.counter import counter

        if said is None:
            self._write_counter(view, value)
            return
        self._act(
            view,
            "counter",
            lambda: counter(
                self.coach.workspace, self.plan, self.party, view.id, view.shown, value, reason=said
            ),
        )

    def action_withdraw(self) -> None:
        """Take back one's own proposal, or one's own acceptance of what is not signed."""
        view = self._chosen
        if self.alone or view is None or self.party not in view.can_withdraw:
            return
        own = view.by == self.party and view.status != "agreed"

        def answered(reason: str | None) -> None:
            from coach_assist.flows.decide import withdraw

            if reason is not None:
                self._act(
                    view,
                    "withdraw",
                    lambda: withdraw(
                        self.coach.workspace, self.plan, self.party, view.id, view.shown, reason=reason
                    ),
                )

        words = "Withdraw your proposal" if own else "Withdraw your acceptance"
        if view.status == "agreed":
            words += ", and it is no longer agreed"
        self.app.push_screen(ReasonCard(self._other_name, words, "withdraws"), answered)

    @property
    def _other_name(self) -> str:
        return "" if self.view is None else self.view.names[other(self.party)]

    def action_comment(self) -> None:
        """Put words beside the shown proposal, or take own ones back. That decides nothing."""
        view = self._chosen
        if self.alone or view is None or view.status not in ("open", "conflict"):
            return
        own = [one for one in view.comments if one.by == self.party]
        if not own:
            self._write_comment(view)
            return

        def chosen(what: str | None) -> None:
            if what == "write":
                self._write_comment(view)
            elif what is not None:
                self._do(lambda: self._erase(what), view)

        rows = [("write", "Write a comment", "")]
        rows += [(one.id, "Erase mine", f"“{shortened(one.text, 40)}”") for one in own]
        words = "An erased comment is gone here at once, and elsewhere when the plan is shared."
        self.app.push_screen(QuestionCard("Comments", words, rows), chosen)

    def _write_comment(self, view: ProposalView) -> None:
        def written(text: str | None) -> None:
            from coach_assist.flows.comment import comment

            if text is not None:
                self._do(
                    lambda: comment(self.coach.workspace, self.plan, self.party, view.id, view.shown, text),
                    view,
                )

        self.app.push_screen(CommentCard(view.headline, self._other_name), written)

    def _erase(self, comment: str) -> None:
        from coach_assist.flows.erase import erase

        erase(self.coach.workspace, self.plan, self.party, comment)

    def _do(self, do: Callable[[], object], view: ProposalView) -> None:
        """Do what is no decision, with a key that is open, and stay at the same proposal."""

        def done() -> None:
            try:
                do()
                self.remember_state()
                self._card_of = None
                self.show(plan_view(self.plan), view.id)
            except (CoachError, OSError) as error:
                self.tell(in_words(error))

        from coach_assist.flows.show import plan_view

        with_key(self, self.plan, self.party, done)

    def _act(self, view: ProposalView, decision: str, do: Callable[[], object]) -> None:
        """Do one decision on one proposal, with a key that is open, then go on to the next undecided one."""
        with_key(self, self.plan, self.party, lambda: self._decided(view, decision, do))

    def _decided(self, view: ProposalView, decision: str, do: Callable[[], object]) -> None:
        from coach_assist.flows.decide import next_undecided
        from coach_assist.flows.show import plan_view

        waited = self._waits(view)
        try:
            do()
            following = next_undecided(self.plan, self.party, after=view.id)
            fresh = plan_view(self.plan)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.remember_state()
        self.post_message(Decided(view.id, self.party, decision))
        self._card_of = None
        self.show(fresh, following.id if following else view.id)
        if waited and not any(self._waits(row) for row in fresh.open):
            self.coach.say("You have decided on everything that is open.")
            self.action_hand_over()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        chosen = self._chosen if self.is_mounted else None
        if action in {"accept", "decline", "talk", "counter"}:
            return not self.alone and chosen is not None and chosen.status == "open"
        if action == "comment":
            return not self.alone and chosen is not None and chosen.status in ("open", "conflict")
        if action == "withdraw":
            return not self.alone and chosen is not None and self.party in chosen.can_withdraw
        return super().check_action(action, parameters)


def _why(view: ProposalView) -> list[str]:
    said = []
    for name, finding in view.check.findings:
        if finding.level == "error":
            words = str(view.value.get(name) or "")[finding.start : finding.end]
            said.append(f"“{words}” {finding.message} ({finding.code})" if words else finding.message)
    if view.check.hidden_characters:
        said.append("The text holds characters that can't be seen.")
    return [shortened(one, 200) for one in said]
