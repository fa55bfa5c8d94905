"""Receive a file: whose keys open it, what is new in it, and only then is it taken in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError
from coach_assist.tui.base import CoachScreen
from coach_assist.tui.failures import in_words
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.turn import PARTY_NAMES
from coach_assist.tui.unlocking import PassphraseCard
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.identity import PersonView
    from coach_assist.flows.receive import Received
    from coach_assist.workspace.people import Secrets

SHOWN = 200
"""How many new events are listed; there can be thousands."""


class ReceiveScreen(CoachScreen[None]):
    """A path, then everything that is new, then “take it in”. A file that does not verify changes nothing."""

    PLACE = "Receive a file"
    ABOUT = (
        "Type, paste or drop the name of a file that somebody sent you. It is opened with your keys and "
        "verified, and what is new is shown; nothing is taken in before you say so, and nothing at all of a "
        "file that does not verify. Files may come late, twice and in any order."
    )
    CSS_PATH = "receiving.tcss"
    AUTO_FOCUS = "#receive-path"
    BINDINGS = [
        Binding("pagedown", "page(1)", "Read on", id="receive.down", show=False),
        Binding("pageup", "page(-1)", "Read back", id="receive.up", show=False),
        Binding("escape", "leave", "Back", id="receive.leave"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.received: Received | None = None
        self.plan_id = ""
        """The plan that was taken in last."""
        self._person: PersonView | None = None

    def body(self) -> ComposeResult:
        yield Notice()
        yield Static(id="receive-words")
        yield Input(id="receive-path", select_on_focus=False, placeholder="the file, such as ~/plan.sealed")
        with VerticalScroll(id="receive-new", can_focus=False):
            yield Static(id="receive-list")
        yield OptionList(id="receive-ways", markup=False)

    def on_mount(self) -> None:
        self._ask()

    def _ask(self) -> None:
        self.received = None
        self.query_one("#receive-words", Static).update(
            "Which file did you get? Enter opens and verifies it."
        )
        self.query_one("#receive-list", Static).update("")
        self._offer([])
        field = self.query_one("#receive-path", Input)
        field.display = True
        field.value = ""
        field.focus()

    def _offer(self, ways: list[tuple[str, Content]]) -> None:
        listing = self.query_one("#receive-ways", OptionList)
        listing.clear_options()
        listing.add_options([Option(joined(words), id=way) for way, words in ways])
        listing.display = bool(ways)
        if ways:
            listing.highlighted = 0
            self.query_one("#receive-path", Input).display = False
            listing.focus()

    # -- opening ---------------------------------------------------------------------------------------

    @on(Input.Submitted, "#receive-path")
    def _opened(self, event: Input.Submitted) -> None:
        event.stop()
        from coach_assist.flows.identity import people
        from coach_assist.flows.receive import read_sealed
        from coach_assist.flows.sending import typed_path

        self.clear_notice()
        try:
            data = read_sealed(typed_path(event.value))
            known = people(self.coach.workspace)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        if not known:
            self.query_one(Notice).say(
                "Nobody has keys on this machine yet, so no file can be sealed to anybody here.",
                "Nothing was applied.",
                "Esc, then I makes keys of your own; give your card to whoever sends you plans.",
            )
        elif len(known) == 1:
            self._unlocked(known[0], lambda secrets: self._verify(data, secrets))
        else:
            self._choose(known, data)

    def _choose(self, known: tuple[PersonView, ...], data: bytes) -> None:
        by = {one.fingerprint: one for one in known}

        def answered(choice: str | None) -> None:
            if choice is not None:
                self._unlocked(by[choice], lambda secrets: self._verify(data, secrets))

        rows = [(one.fingerprint, one.name, one.words) for one in known]
        self.app.push_screen(QuestionCard("For whom is it?", "Only their keys open it.", rows), answered)

    def _unlocked(self, one: PersonView, then: Callable[[Secrets], None]) -> None:
        from coach_assist.flows.identity import person

        self._person = one
        held = self.coach.workspace.unlocked.held
        if (secrets := held(one.fingerprint)) is not None:
            then(secrets)
            return

        def opened(done: bool | None) -> None:
            if done and (secrets := held(one.fingerprint)) is not None:
                then(secrets)

        try:
            file = person(self.coach.workspace, one.fingerprint)
        except CoachError as error:
            self.tell(error)
            return
        self.app.push_screen(PassphraseCard(self.coach.workspace, file, one.name), opened)

    def _verify(self, data: bytes, secrets: Secrets) -> None:
        from coach_assist.flows.receive import open_file

        try:
            received = open_file(self.coach.workspace, data, secrets)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self._show(received)

    def _show(self, received: Received) -> None:
        from coach_assist.flows.receive import received_words

        self.received = received
        names = " and ".join(info.name for info in received.state.parties.values())
        self.query_one("#receive-words", Static).update(
            stacked(
                [plain(f"The plan of {names}", "bold"), *(plain(row) for row in received_words(received))]
            )
        )
        rows = [
            joined((f"{one.at[:10]}  ", "$foreground-muted"), (one.name, "bold"), f" {one.what}")
            for one in received.new[:SHOWN]
        ]
        if len(received.new) > SHOWN:
            rows.append(plain(f"… and {len(received.new) - SHOWN} more", "$foreground-muted"))
        head = [plain(f"New: {len(received.new)}", "bold")] if rows else []
        self.query_one("#receive-list", Static).update(stacked([*head, *rows]))
        ways = [("take", joined(("Take it in", "bold"), "  all of it, merged with what is here"))]
        if not received.new and received.known and received.hands_over is None:
            ways = []
        self._offer([*ways, ("leave", joined(("Leave it", "bold"), "  nothing is applied"))])

    # -- taking in -------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected, "#receive-ways")
    def _go(self, event: OptionList.OptionSelected) -> None:
        way = event.option.id
        if way == "take":
            self._take_in()
        elif way == "own":
            self._own_key()
        elif way == "open":
            self.coach.open_plan(self.plan_id)
        elif way == "another":
            self._ask()
        else:
            self.coach.go_home()

    def _take_in(self) -> None:
        from coach_assist.flows.receive import take_in

        received = self.received
        assert received is not None
        try:
            state = take_in(self.coach.workspace, received)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.plan_id = received.plan
        waits = [] if received.viewer else [
            f"{len(waiting)} to decide for {info.name}."
            for party, info in state.parties.items()
            if (waiting := state.waits_for(party)) and not state.joining.over
        ]  # fmt: skip
        self.query_one(Notice).say("It is taken in.", " ".join(waits))
        ways: list[tuple[str, Content]] = []
        if received.hands_over is not None:
            who = PARTY_NAMES[received.hands_over]
            ways.append(
                (
                    "own",
                    joined(("Go on with my own keys", "bold"), f"  from now on only you act as the {who}"),
                )
            )
        self._offer([*ways, ("open", joined(("Open the plan", "bold"))), ("another", plain("Another file"))])

    def _own_key(self) -> None:
        from coach_assist.flows.identity import person
        from coach_assist.flows.own_key import move_to_own_key

        received, mine = self.received, self._person
        assert received is not None and received.hands_over is not None and mine is not None
        party = received.hands_over

        def move(_secrets: Secrets) -> None:
            try:
                workspace = self.coach.workspace
                plan = self.coach.plan_file(received.plan)
                move_to_own_key(workspace, plan, party, person(workspace, mine.fingerprint))
            except (CoachError, OSError) as error:
                self.tell(in_words(error))
                return
            self.query_one(Notice).say(
                f"The plan knows the keys of {mine.name} now.",
                "Acceptances with the key that was handed over no longer count.",
                "Send the plan back once (F on the agreed plan), so that the other machine knows it, too.",
            )
            self._offer([("open", joined(("Open the plan", "bold"))), ("another", plain("Another file"))])

        self._unlocked(mine, move)

    def action_page(self, direction: int) -> None:
        """Read on or back in the list of what is new."""
        page = self.query_one("#receive-new", VerticalScroll)
        (page.scroll_page_down if direction > 0 else page.scroll_page_up)(animate=False)

    def action_leave(self) -> None:
        """Leave; what was not taken in is not applied."""
        self.coach.go_home()

    def text_of_screen(self) -> str:
        """Return what is new as text."""
        return (
            "\n".join(f"{one.at}  {one.name} {one.what}" for one in self.received.new)
            if self.received
            else ""
        )
