"""The hand-over: whose turn it is, going on, reading alone first, and taking the keyboard back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.turn import PARTY_NAMES
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.show import PlanView
    from coach_assist.plan.units import Party

_PARTIES: tuple[Party, Party] = ("team_member", "manager")


class HandoverScreen(PlanScreen):
    """A quiet page between two people. From here on the app knows this plan alone."""

    PLACE = "Review"
    ABOUT = (
        "This page lies between two people at one keyboard. Whoever goes on decides for themselves only. "
        "“I will read this alone first” shows everything and decides nothing. While the keyboard is handed "
        "over, the app shows this plan only, until its owner takes it back."
    )
    CSS_PATH = "handover.tcss"
    AUTO_FOCUS = "#ways"
    BINDINGS = [
        Binding("escape", "home", "Plans", id="handover.home"),
        Binding("j", "taking_part", "Taking part", id="handover.joining"),
    ]

    def __init__(self, plan_id: str) -> None:
        super().__init__(plan_id)
        self.view: PlanView | None = None

    def body(self) -> ComposeResult:
        with VerticalScroll(id="handover", can_focus=False):
            yield Notice()
            yield Static(id="whose")
            yield OptionList(id="ways", markup=False)

    def look(self) -> None:
        from coach_assist.flows.show import plan_view

        self.show(plan_view(self.plan))

    def show(self, view: PlanView) -> None:
        """Render whose turn it is and the ways to go on."""
        self.view = view
        turn = self.coach.turn
        self.top.title = view.title
        self.top.whose = view.names[turn.party] if turn.party else ""
        self.query_one("#whose", Static).update(self._words(view))
        ways = self.query_one("#ways", OptionList)
        ways.clear_options()
        ways.add_options(self._ways(view))
        ways.highlighted = 0
        self.refresh_bindings()

    def _next(self, view: PlanView) -> Party | None:
        """Return whose turn it is: the other where something waits for them, else whoever has something."""
        current = self.coach.turn.party
        waiting = [party for party in _PARTIES if view.waits[party]]
        others = [party for party in waiting if party != current]
        return next(iter(others or waiting), None) if current else None

    def _words(self, view: PlanView) -> Content:
        from coach_assist.flows.joining_words import POSSIBLE

        following = self._next(view)
        count = {party: _proposals(view.waits[party]) for party in _PARTIES}
        if view.over is not None:
            rows = [plain(view.over, "bold"), plain(POSSIBLE)]
        elif following is not None:
            name = view.names[following]
            rows = [
                joined((f"{name}, it is your turn.", "bold")),
                plain(f"{count[following]} for {name}. Take the time that you need."),
                plain(
                    "You decide for yourself only. Whatever you don't accept is not in the plan.",
                    "$foreground-muted",
                ),
            ]
        elif any(view.waits.values()):
            rows = [
                plain("Who is at the keyboard?", "bold"),
                *[
                    plain(f"{count[party]} for {view.names[party]}, the {PARTY_NAMES[party]}.")
                    for party in _PARTIES
                ],
                plain("Each decides for themselves only.", "$foreground-muted"),
            ]
        elif view.open or view.agreed:
            rows = [
                plain("Nobody has anything left to decide.", "bold"),
                plain(
                    f"{len(view.agreed)} agreed, {len(view.agenda)} to talk about, "
                    f"{len(view.closed)} declined or replaced."
                ),
            ]
        else:
            rows = [
                plain("Nothing was put forward yet.", "bold"),
                plain("Drafts become proposals on the page Draft (F3)."),
            ]
        for party, waiting in self._summaries(view).items():
            what = "A summary of notes waits" if waiting == 1 else f"{waiting} summaries of notes wait"
            rows.append(plain(f"{what} for {view.names[party]}'s answer."))
        return stacked(rows, gap=1)

    def _summaries(self, view: PlanView) -> dict[Party, int]:
        """Return how many summaries wait for whom, while the plan goes on."""
        from coach_assist.flows.summary_share import waiting_summaries

        waiting = waiting_summaries(self.plan) if view.over is None else {}
        return {party: count for party, count in waiting.items() if count}

    def _ways(self, view: PlanView) -> list[Option]:
        turn = self.coach.turn
        following = self._next(view)
        rows: list[Option] = []
        parties = (
            [following, *self._undecided_member(view, following)]
            if following
            else [party for party in _PARTIES if view.waits[party]]
        )
        for party in parties:
            rows.append(_way(f"decide:{party}", f"I am {view.names[party]}, and I go on"))
            rows.append(
                _way(
                    f"alone:{party}",
                    "I will read this alone first"
                    if following == party
                    else f"I am {view.names[party]}, and I will read this alone first",
                )
            )
        rows += [
            _way(f"summary:{party}", f"I am {view.names[party]}, and I answer the summary of notes")
            for party in self._summaries(view)
        ]
        if view.agreed:
            rows.append(_way("agreed", "Show the agreed plan"))
        if not parties and view.over is None and (view.open or view.revocable):
            rows += [
                _way(f"decide:{party}", f"I am {view.names[party]}, and I look again at what I decided")
                for party in _PARTIES
            ]
        if view.over is not None:
            rows.append(_way("joining", "Taking part: the page, a statement, taking part again"))
        if turn.handed_over and turn.owner is not None and turn.owner == turn.party:
            rows.append(_way("back", f"{view.names[turn.owner]} has the keyboard: show all plans again"))
        elif turn.handed_over and turn.owner is not None:
            rows.append(_way("back", f"Give the keyboard back to {view.names[turn.owner]}"))
        elif turn.handed_over:
            rows.append(_way("back", "Give the keyboard back to its owner"))
        else:
            rows.append(_way("home", "Not now"))
        return rows

    def _undecided_member(self, view: PlanView, following: Party) -> list[Party]:
        """Return the team member where they said “later” to the page on joining: they may come back to it."""
        from coach_assist.flows.joining import wants_asking

        member: Party = "team_member"
        asked = following != member and view.waits[member] and wants_asking(self.plan, member)
        return [member] if asked else []

    @on(OptionList.OptionSelected, "#ways")
    def _go(self, event: OptionList.OptionSelected) -> None:
        what, _colon, party_name = (event.option.id or "").partition(":")
        party = cast("Party", party_name)
        if what in {"decide", "alone"}:
            if what == "alone":
                self._give(party, alone=True)
            else:
                self._first(party)
        elif what == "summary":
            self._turn_to(party)
            self.coach.open_plan(self.plan_id, "summary")
        elif what == "agreed":
            self.coach.open_plan(self.plan_id, "agreed")
        elif what == "joining":
            self.action_taking_part()
        elif what == "back":
            self._take_back()
        else:
            self.action_home()

    def _first(self, party: Party) -> None:
        """Let a party go on to decide; a team member reads the page on joining before that."""
        from coach_assist.tui.joining.asking import join_first

        def on(said: str) -> None:
            from coach_assist.tui.opportunity.reading import read_first

            read_first(self, self.plan, party, lambda: self._give(party, alone=False))

        turn = self.coach.turn
        if turn.party is not None and turn.party != party and not turn.handed_over:
            self.coach.give_keyboard(self.plan_id, party, turn.party)
        join_first(self, self.plan, party, on, self._first_look)

    def _give(self, party: Party, *, alone: bool) -> None:
        """Let a party go on. Somebody else than who had the keyboard: from now on this plan alone."""
        from coach_assist.tui.review.screen import ReviewScreen

        self._turn_to(party)
        self.coach.go(ReviewScreen(self.plan_id, party, alone=alone))

    def _turn_to(self, party: Party) -> None:
        turn = self.coach.turn
        if turn.party is not None and turn.party != party and not turn.handed_over:
            self.coach.give_keyboard(self.plan_id, party, turn.party)
        else:
            self.coach.take_turn(party)

    def _take_back(self) -> None:
        assert self.view is not None
        owner = self.coach.turn.owner
        name = self.view.names[owner] if owner else "the owner of this window"

        def answered(choice: str | None) -> None:
            if choice == "yes":
                self.coach.take_keyboard_back()
                self.look()

        self.app.push_screen(
            QuestionCard(
                f"Are you {name}?",
                "After this the app shows all plans on this machine again.",
                [("no", "No, stay with this plan", ""), ("yes", f"I am {name}, and I have the keyboard", "")],
            ),
            answered,
        )

    def action_home(self) -> None:
        """Go home, unless the keyboard is handed over."""
        if not self.coach.turn.handed_over:
            self.coach.go_home()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "home":
            return not self.coach.turn.handed_over
        return super().check_action(action, parameters)

    def text_of_screen(self) -> str:
        """Return the page's words."""
        return self._words(self.view).plain if self.view else ""


def _way(value: str, words: str) -> Option:
    return Option(plain(words), id=value)


def _proposals(count: int) -> str:
    return {0: "Nothing waits", 1: "One proposal waits"}.get(count, f"{count} proposals wait")
