"""Each on their own: who answers, who releases, and the way to where the two differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError
from coach_assist.tui.failures import in_words
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.turn import PARTY_NAMES
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.fields_card import Asked, FieldsCard
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.alone import AloneView, Side
    from coach_assist.plan.units import Party

_PARTIES: tuple[Party, Party] = ("team_member", "manager")


class AloneScreen(PlanScreen):
    """Shows counts only. Answers lie in their writer's drawer until both have released."""

    PLACE = "Each alone"
    ABOUT = (
        "Each of you answers the same questions alone, the team member first by default. Nobody sees the "
        "other's answers, and nothing is drafted, before both have released theirs; any single answer can be "
        "held back. Then you look together where you differ. Choosing your name takes the keyboard over: "
        "while it is handed over, the app shows this plan only."
    )
    AMONG_PLACES = False
    CSS_PATH = "alone.tcss"
    AUTO_FOCUS = "#alone-ways"
    BINDINGS = [Binding("escape", "leave", "Back", id="alone.leave")]

    def __init__(self, plan_id: str) -> None:
        super().__init__(plan_id)
        self.view: AloneView | None = None

    def body(self) -> ComposeResult:
        with VerticalScroll(id="alone", can_focus=False):
            yield Notice()
            yield Static(id="alone-words")
            yield OptionList(id="alone-ways", markup=False)

    def look(self) -> None:
        from coach_assist.flows.alone import alone_view

        self.view = view = alone_view(self.plan)
        self.top.title = view.title
        self.top.whose = view.sides[turn].name if (turn := self.coach.turn.party) else ""
        self.query_one("#alone-words", Static).update(self._words(view))
        ways = self.query_one("#alone-ways", OptionList)
        ways.clear_options()
        ways.add_options([Option(plain(words), id=way) for way, words in self._ways(view)])
        ways.highlighted = 0

    def _called(self, party: Party) -> str:
        assert self.view is not None
        return self.view.sides[party].name or f"the {PARTY_NAMES[party]}"

    def _words(self, view: AloneView) -> Content:
        rows = [
            joined((f"{self._called(party)}  ", "bold"), _how_far(view.sides[party])) for party in _PARTIES
        ]
        if view.readable:
            rules = "Both have released. Now you can look at both sides."
        elif view.both_released:
            rules = (
                "Both have released. The answers of one of you come with the next copy from the other "
                "machine, or once their keys are open here."
            )
        else:
            rules = (
                "Your answers stay in your own drawer, unseen, until both of you have released. Nothing is "
                "drafted before. Any single answer can be held back."
            )
        return stacked(
            [plain("Each of you answers alone", "bold"), stacked(rows), plain(rules, "$foreground-muted")],
            gap=1,
        )

    def _ways(self, view: AloneView) -> list[tuple[str, str]]:
        turn = self.coach.turn
        rows: list[tuple[str, str]] = []
        if view.readable:
            rows.append(("differ", "Where we differ"))
        if not all(side.name for side in view.sides.values()):
            rows.append(("names", "Say your names first"))
            return [*rows, ("leave", "Not now")]
        if view.both_released and not view.readable:
            rows += [(f"show:{party}", f"I am {view.sides[party].name}: show mine now") for party in _PARTIES]
        for party in _PARTIES:
            if turn.handed_over and turn.party not in {None, party}:
                continue
            side = view.sides[party]
            again = "go on answering" if side.answers else "answer on my own"
            rows.append((f"answer:{party}", f"I am {side.name}: {again}"))
            if side.answers:
                rows.append((f"release:{party}", f"I am {side.name}: release my answers"))
        rows.append(("leave", "To the hand-over page" if turn.handed_over else "Not now"))
        return rows

    @on(OptionList.OptionSelected, "#alone-ways")
    def _go(self, event: OptionList.OptionSelected) -> None:
        what, _colon, party_name = (event.option.id or "").partition(":")
        party = cast("Party", party_name)
        self.clear_notice()
        if what == "answer":
            self._as(party, lambda: self._answer(party))
        elif what == "release":
            self._as(party, lambda: self._release(party))
        elif what == "show":
            self._as(party, self._show)
        elif what == "differ":
            self.coach.open_plan(self.plan_id, "differ")
        elif what == "names":
            self._names()
        else:
            self.action_leave()

    def _as(self, party: Party, then: Callable[[], None]) -> None:
        """Let a party go on with a key that is open. For somebody else than before: this plan alone."""
        turn = self.coach.turn
        if turn.party is not None and turn.party != party and not turn.handed_over:
            self.coach.give_keyboard(self.plan_id, party, turn.party)
        else:
            self.coach.take_turn(party)
        with_key(self, self.plan, party, then)

    def _answer(self, party: Party) -> None:
        from coach_assist.flows.alone import manager_would_be_first
        from coach_assist.tui.alone.interview import AloneInterview

        def on() -> None:
            self.coach.go(AloneInterview(self.plan_id, party))

        if not manager_would_be_first(self.plan, party):
            on()
            return
        member = self._called("team_member")

        def answered(choice: str | None) -> None:
            if choice == "yes":
                on()

        self.app.push_screen(
            QuestionCard(
                f"Answer before {member}?",
                f"By default {member} answers first, so that the plan begins with their view.",
                [("no", f"Wait for {member}", ""), ("yes", "Answer before them all the same", "")],
            ),
            answered,
        )

    def _release(self, party: Party) -> None:
        from coach_assist.tui.alone.release import ReleaseScreen

        self.coach.go(ReleaseScreen(self.plan_id, party))

    def _show(self) -> None:
        """Show what was promised on this machine, now that both have released and the key is open."""
        from coach_assist.flows.blind import show_due

        try:
            show_due(self.coach.workspace, self.plan)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self._first_look()

    def _names(self) -> None:
        from coach_assist.flows.alone import name_both

        fields = [
            Asked(party, f"Name of the {PARTY_NAMES[party]}")
            for party in _PARTIES
            if self.view is not None and not self.view.sides[party].name
        ]

        def keep(said: dict[str, str]) -> None:
            name_both(self.plan, cast("dict[Party, str]", said))

        self.app.push_screen(
            FieldsCard("Who are you two?", "", fields, keep), lambda _kept: self._first_look()
        )

    def action_leave(self) -> None:
        """Go back: to the hand-over page while the keyboard is handed over, else home."""
        if self.coach.turn.handed_over:
            self.coach.open_plan(self.plan_id, "handover")
        else:
            self.coach.go_home()

    def text_of_screen(self) -> str:
        """Return the page's words."""
        return self._words(self.view).plain if self.view else ""


def _how_far(side: Side) -> str:
    """Return how far one is; how many answers lie in a drawer is nobody's business: one may be held back."""
    if side.released:
        return "has released one answer" if side.released == 1 else f"has released {side.released} answers"
    return "has begun, and released nothing yet" if side.answers else "has not begun"
