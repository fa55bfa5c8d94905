"""A key of one's own is asked for once in a turn: the passphrase is typed, the keys stay open for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.widgets import Input, Static

from coach_assist.errors import CoachError
from coach_assist.tui.card import Card
from coach_assist.tui.text import plain

if TYPE_CHECKING:
    from coach_assist.plan.units import Party
    from coach_assist.tui.base import AnyScreen
    from coach_assist.workspace.people import PersonFile
    from coach_assist.workspace.store import PlanFile, Workspace


class PassphraseCard(Card[bool]):
    """Opens a person's keys. Returns whether they are open; Escape leaves them locked."""

    ABOUT = (
        "This key lies on this machine, locked. The passphrase opens it for this turn: a hand-over locks it "
        "again, and so does idling (ten minutes, unless your settings say otherwise)."
    )
    BINDINGS = [Binding("escape", "back", "Back, do nothing", id="passphrase.back")]

    def __init__(self, workspace: Workspace, person: PersonFile, name: str) -> None:
        super().__init__()
        self._workspace = workspace
        self._person = person
        self._name = name

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="card"):
            yield Static(plain(f"Passphrase of {self._name}", "bold"))
            yield Static(
                "It opens the key for this turn. Nothing is done before, and Esc does nothing.",
                classes="quiet",
            )
            if self._remembered() is not None:
                yield Static("An empty field takes it from this system's keyring.", classes="quiet")
            yield Input(id="passphrase", password=True)
            yield Static("", id="passphrase-side")

    def _remembered(self) -> str | None:
        """Return what the system's keyring keeps; still one key press a turn, so that no program signs."""
        from coach_assist.workspace.system_keyring import remembered

        return remembered(self._person.fingerprint)

    @on(Input.Submitted)
    def _open(self, event: Input.Submitted) -> None:
        event.stop()
        from coach_assist.workspace.people import WrongPassphrase

        try:
            self._workspace.unlocked.unlock(self._person, event.value or self._remembered() or "")
        except WrongPassphrase:
            event.input.value = ""
            self.query_one("#passphrase-side", Static).update(
                "That passphrase does not open the keys. Try again."
            )
        except CoachError as error:
            self.query_one("#passphrase-side", Static).update(plain(error.what))
        else:
            self.dismiss(True)

    def action_back(self) -> None:
        """Leave the keys locked."""
        self.dismiss(False)


def with_key(screen: AnyScreen, plan: PlanFile, party: Party, then: Callable[[], None]) -> None:
    """Do `then` once the party's key can be used: at once, or after its passphrase was typed.

    A key that is not on this machine is told in the screen's notice, and nothing is done.
    """
    coach = screen.coach
    if not plan.has_opened:
        then()
        return
    info = plan.state.parties[party]
    if info.custody != "own machine" or coach.workspace.unlocked.held(info.fingerprint) is not None:
        then()
        return
    from coach_assist.flows.identity import person

    try:
        found = person(coach.workspace, info.fingerprint)
    except CoachError as error:
        screen.tell(error)
        return

    def opened(open_now: bool | None) -> None:
        if open_now:
            coach.sync_now()
            then()

    coach.push_screen(PassphraseCard(coach.workspace, found, info.name), opened)
