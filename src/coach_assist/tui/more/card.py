"""The card of what is done seldom with a plan (key +), and the way through each of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from coach_assist.errors import CoachError
from coach_assist.shown import shortened
from coach_assist.tui.failures import in_words
from coach_assist.tui.party_card import as_party
from coach_assist.tui.unlocking import PassphraseCard, with_key
from coach_assist.tui.widgets.line_card import LineCard
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.agreement.joining_bodies import EndReason
    from coach_assist.flows.more import More
    from coach_assist.plan.units import Party
    from coach_assist.tui.plan_screen import PlanScreen


class MoreWays:
    """Leads from one screen of a plan through what is chosen; errors are said on that screen."""

    def __init__(self, screen: PlanScreen) -> None:
        self._screen = screen
        self._coach = screen.coach

    def show(self) -> None:
        """Show what applies to this plan now."""
        from coach_assist.flows.more import more

        try:
            found = more(self._coach.workspace, self._screen.plan)
        except (CoachError, OSError) as error:
            self._screen.tell(in_words(error))
            return
        self._coach.push_screen(
            QuestionCard("More", "\n".join(found.custody), self._rows(found)),
            lambda what: self._go(what, found),
        )

    def _rows(self, found: More) -> list[tuple[str, str, str]]:
        rows = [
            ("joining", "Taking part", "the page, leaving, a statement (J)"),
            ("alone", "Each alone", "answers, and where you differ (F7)"),
        ]
        if found.can_move:
            rows.append(("own", "Go on with own keys", "only their owner acts from then on"))
        if any(found.to_confirm.values()):
            rows.append(("confirm", "Confirm with own keys", "what was accepted on the other's machine"))
        if found.custody:
            rows.append(("erase", "Erase a text of mine", "that is not agreed"))
        if found.can_end:
            rows.append(("end", "Close this plan alone", "with a reason that both can read"))
        if found.can_carry and not self._coach.turn.handed_over:
            rows.append(("carry", "Go on in a new plan", "its open parts are proposals there"))
        return rows

    def _go(self, what: str | None, found: More) -> None:
        screen, plan_id = self._screen, self._screen.plan_id
        if what == "joining":
            screen.action_taking_part()
        elif what == "alone":
            self._coach.open_plan(plan_id, "differ")
        elif what == "own":
            self._among(found.can_move, "Who goes on with keys of their own?", self._own)
        elif what == "confirm":
            whose = tuple(party for party, count in found.to_confirm.items() if count)
            self._among(whose, "Who confirms?", self._confirm)
        elif what == "erase":
            as_party(screen, plan_id, "Whose text?", self._erase)
        elif what == "end":
            as_party(screen, plan_id, "Who closes it?", self._end)
        elif what == "carry":
            as_party(screen, plan_id, "Who goes on in a new plan?", self._carry)

    def _among(self, parties: tuple[Party, ...], question: str, then: Callable[[Party], None]) -> None:
        """Do `then` for the only party of `parties`, or for the one who says that it is them."""
        turn = self._coach.turn
        if len(parties) == 1 and not turn.handed_over:
            then(parties[0])
            return

        def answered(party: Party) -> None:
            if party in parties:
                then(party)
            else:
                self._screen.query_one(Notice).say("There is nothing of this kind for you to do here.")

        as_party(self._screen, self._screen.plan_id, question, answered)

    def _say(self, what: str, kept: str = "", next_step: str = "") -> None:
        self._screen.remember_state()
        self._screen._first_look()
        self._screen.query_one(Notice).say(what, kept, next_step)

    # -- own keys ----------------------------------------------------------------------------------------

    def _own(self, party: Party) -> None:
        from coach_assist.flows.identity import people, person
        from coach_assist.flows.own_key import move_to_own_key

        workspace = self._coach.workspace
        known = people(workspace)

        def chosen(fingerprint: str | None) -> None:
            if fingerprint is None:
                return
            one = person(workspace, fingerprint)

            def opened(done: bool | None) -> None:
                if not done:
                    return
                try:
                    move_to_own_key(workspace, self._screen.plan, party, one)
                except (CoachError, OSError) as error:
                    self._screen.tell(in_words(error))
                    return
                self._say(
                    f"The plan knows the keys of {one.name} now.",
                    "Acceptances with the old key no longer count; what was accepted before stands.",
                )

            self._coach.push_screen(PassphraseCard(workspace, one, one.name), opened)

        words = "From then on nobody else can act for this party, and the history shows it."
        rows = [(one.fingerprint, one.name, one.words) for one in known]
        self._coach.push_screen(QuestionCard("With whose keys?", words, rows), chosen)

    def _confirm(self, party: Party) -> None:
        from coach_assist.tui.more.confirm import ConfirmScreen

        with_key(
            self._screen, self._screen.plan, party,
            lambda: self._coach.go(ConfirmScreen(self._screen.plan_id, party)),
        )  # fmt: skip

    # -- erasing -----------------------------------------------------------------------------------------

    def _erase(self, party: Party) -> None:
        from coach_assist.flows.erase import erasable, erase

        rows = erasable(self._screen.plan, party)
        if not rows:
            self._screen.query_one(Notice).say("There is no text of yours that can be erased.")
            return

        def sure(event: str) -> None:
            def act() -> None:
                try:
                    erase(self._coach.workspace, self._screen.plan, party, event)
                except (CoachError, OSError) as error:
                    self._screen.tell(in_words(error))
                    return
                self._say("The text is erased here. The history says who erased it, and still verifies.")

            def answered(choice: str | None) -> None:
                if choice == "yes":
                    with_key(self._screen, self._screen.plan, party, act)

            what = next(one.what for one in rows if one.id == event)
            self._coach.push_screen(
                QuestionCard(
                    "Erase this text for good?",
                    f"{shortened(what, 300)}\n\nIt is overwritten in this file, and in the other's when "
                    f"the plan is "
                    "shared. Exports, backups and copies that never come back are not reached.",
                    [("no", "Keep it", ""), ("yes", "Erase it", "")],
                ),
                answered,
            )

        choices = [(one.id, one.at[:10], shortened(one.what, 90)) for one in rows]
        self._coach.push_screen(
            QuestionCard("Which text?", "What both have accepted is not among them.", choices),
            lambda event: sure(event) if event else None,
        )

    # -- closing alone, and going on ---------------------------------------------------------------------

    def _end(self, party: Party) -> None:
        from coach_assist.flows.joining_words import END_WORDS

        def reason(chosen: str | None) -> None:
            if chosen is None:
                return
            card = LineCard(
                "The reason, in words",
                "Both can read it, in every copy.",
                missing="A reason in words is needed.",
            )
            self._coach.push_screen(card, lambda words: self._sure_to_end(party, chosen, words))

        words = "What is agreed or signed stays readable and verifiable. Nothing of it is undone."
        rows = [(key, said[:1].upper() + said[1:], "") for key, said in END_WORDS.items()]
        self._coach.push_screen(QuestionCard("Why does it end?", words, rows), reason)

    def _sure_to_end(self, party: Party, reason: str, words: str | None) -> None:
        from coach_assist.flows.joining import end_plan

        if words is None:
            return

        def act() -> None:
            try:
                end_plan(self._coach.workspace, self._screen.plan, party, cast("EndReason", reason), words)
            except (CoachError, OSError) as error:
                self._screen.tell(in_words(error))
                return
            self._say("The plan is closed.", "", "To go on in a new one: + again.")

        def answered(choice: str | None) -> None:
            if choice == "yes":
                with_key(self._screen, self._screen.plan, party, act)

        self._coach.push_screen(
            QuestionCard(
                "Close this plan, for both and for good?",
                shortened(words, 300),
                [("no", "Leave it open", ""), ("yes", "Close it", "")],
            ),
            answered,
        )

    def _carry(self, party: Party) -> None:
        from coach_assist.workspace.contacts import contacts

        known = contacts(self._coach.workspace.contacts_folder)
        rows = [(one.fingerprint, one.name, "with the keys of their card") for one in known]
        rows.append(("name", "Somebody else", "with a key that is made here"))

        def chosen(whom: str | None) -> None:
            if whom == "name":
                card = LineCard("The name of the other person", "", missing="A name is needed.")
                self._coach.push_screen(card, lambda name: self._open_new(party, name) if name else None)
            elif whom is not None:
                self._open_new(party, next(one for one in known if one.fingerprint == whom))

        self._coach.push_screen(
            QuestionCard("With whom do you go on?", "This plan stays, and can be read and verified.", rows),
            chosen,
        )

    def _open_new(self, party: Party, other: object) -> None:
        from coach_assist.flows.carry import carry, open_units
        from coach_assist.workspace.contacts import Card

        count = len(open_units(self._screen.plan))
        person = other if isinstance(other, Card) else str(other)
        name = other.name if isinstance(other, Card) else str(other)

        def act() -> None:
            try:
                with carry(self._coach.workspace, self._screen.plan, party, person) as fresh:
                    identity = fresh.id
            except (CoachError, OSError) as error:
                self._screen.tell(in_words(error))
                return
            self._coach.open_plan(identity, "handover")

        def answered(choice: str | None) -> None:
            if choice == "yes":
                with_key(self._screen, self._screen.plan, party, act)

        units = "one part" if count == 1 else f"{count} parts"
        self._coach.push_screen(
            QuestionCard(
                f"Open a new plan with {shortened(name, 100)}?",
                f"Nothing of it is agreed: both decide anew on {units}. It names this plan by its hash.",
                [("no", "Not now", ""), ("yes", "Open it", "")],
            ),
            answered,
        )
