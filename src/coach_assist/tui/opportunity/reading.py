"""The team member reads what the manager released, before deciding on anything drafted from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from coach_assist.errors import CoachError
from coach_assist.tui.card import Card
from coach_assist.tui.failures import in_words
from coach_assist.tui.opportunity.words import view_content
from coach_assist.tui.text import plain

if TYPE_CHECKING:
    from coach_assist.flows.opportunity import OpportunityView
    from coach_assist.plan.units import Party
    from coach_assist.tui.base import AnyScreen
    from coach_assist.workspace.store import PlanFile


class ReadingScreen(Card[bool]):
    """Shows the released text. Returns whether the team member says that they have read it."""

    DEFAULT_CSS = """
    ReadingScreen #reading {
        width: 96%; max-width: 100; height: 96%; padding: 1 2; background: $surface; border: round $border;
    }
    ReadingScreen #released { height: 1fr; margin: 1 0; }
    ReadingScreen #released Static { height: auto; }
    ReadingScreen .row { height: auto; }
    """
    ABOUT = (
        "What the manager wrote before this plan, and released to you. Having read it is noted; it agrees to "
        "nothing. Escape goes back without a note."
    )
    AUTO_FOCUS = "#released"
    BINDINGS = [Binding("escape", "back", "Back", id="reading.back")]

    def __init__(self, view: OpportunityView, name: str, *, asks: bool) -> None:
        """`name` is the reader's; `asks`: the reader is to say that they have read it."""
        super().__init__()
        self._view = view
        self._name = name
        self._asks = asks

    def compose(self) -> ComposeResult:
        with Vertical(id="reading"):
            title = f"{self._name}, this was written before the plan" if self._asks else "Before the plan"
            yield Static(plain(title), classes="title")
            with VerticalScroll(id="released"):
                yield Static(view_content(self._view))
            with Horizontal(classes="row"):
                if self._asks:
                    yield Button("I have read it", id="read", variant="primary")
                yield Button("Back", id="back")

    @on(Button.Pressed, "#read")
    def _read(self) -> None:
        self.dismiss(True)

    @on(Button.Pressed, "#back")
    def action_back(self) -> None:
        """Go back; nothing is noted."""
        self.dismiss(False)


def read_first(screen: AnyScreen, plan: PlanFile, party: Party, then: Callable[[], None]) -> None:
    """Do `then`; a team member who has not read what the manager released reads it before.

    Going back without having read it does `then` as well: what rests on it says so when it is decided on.
    """
    from coach_assist.flows.opportunity import opportunity
    from coach_assist.flows.opportunity_release import mark_shown
    from coach_assist.tui.unlocking import with_key

    view = opportunity(plan)
    if party != "team_member" or not view.released or view.shown:
        then()
        return

    def noted() -> None:
        try:
            mark_shown(screen.coach.workspace, plan)
        except (CoachError, OSError) as error:
            screen.tell(in_words(error))
            return
        then()

    def answered(read: bool | None) -> None:
        if read:
            with_key(screen, plan, "team_member", noted)
        else:
            then()

    name = screen.coach.party_names(plan.id)["team_member"]
    screen.coach.push_screen(ReadingScreen(view, name, asks=True), answered)


def show_before(screen: AnyScreen, plan: PlanFile) -> None:
    """Show what the manager asked oneself before the plan: to its writer to go on with, else as released."""
    from coach_assist.flows.opportunity import opportunity
    from coach_assist.tui.opportunity.screen import OpportunityScreen

    view, turn = opportunity(plan), screen.coach.turn
    if not turn.handed_over and turn.party != "team_member" and (view.own or not view.entries):
        screen.coach.go(OpportunityScreen(plan.id))
        return
    if not view.released:
        screen.coach.say("Nothing was released of what the manager wrote before the plan.")
        return
    screen.coach.push_screen(ReadingScreen(view, "", asks=False))
