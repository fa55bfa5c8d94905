"""The app: the frame around the screens, whose turn it is, and the keys that work everywhere.

Nothing heavy is imported before the first paint: screens, flows and the model's client are imported
when they are first used (tests/tui/test_start.py holds it).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.filter import LineFilter
from textual.screen import Screen

from coach_assist.tui.desk import DeskSaid, ModelDesk
from coach_assist.tui.escape_net import EscapeNet
from coach_assist.tui.idle import LOOK_SECONDS, WatchedApp
from coach_assist.tui.themes import DARK, THEMES
from coach_assist.tui.turn import PARTY_NAMES, Turn

if TYPE_CHECKING:
    from coach_assist.flows.sync import Synced
    from coach_assist.plan.units import Party
    from coach_assist.workspace.store import PlanFile, Workspace

_NET = EscapeNet()


class CoachApp(WatchedApp):
    """The full-screen app over the workspace in the folder `root` (None: the default one).

    `start_plan` opens that plan at once, where its work waits. `demo` marks every screen DEMO.
    """

    TITLE = "coach-assist"
    CSS_PATH = ["app.tcss", "home/home.tcss"]  # a default screen's own CSS_PATH is not read by Textual
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-normal"), (110, "-wide")]  # see plan_screen
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-medium"), (34, "-tall")]
    COMMAND_PALETTE_BINDING = "ctrl+p"
    COMMANDS: ClassVar[set[Any]] = App.COMMANDS
    BINDINGS = [
        Binding("f1", "help", "Help", id="help", priority=True),
        Binding("f9,f12", "cover", "Cover", id="cover", priority=True, key_display="f9"),
        Binding("f8", "stop_fetching", "Stop fetching the model", id="model.stop", show=False, priority=True),
        Binding("ctrl+q", "quit", "Quit", id="quit", show=False, priority=True),
        Binding("ctrl+t", "other_theme", "Light or dark", id="theme", show=False),
        Binding("ctrl+s", "save_screen", "Save the shown text to a file", id="save_text", show=False),
        Binding("ctrl+y", "copy_shown", "Copy the shown text", id="copy_text", show=False),
    ]

    def __init__(
        self, root: Path | None = None, *, start_plan: str | None = None, demo: bool = False
    ) -> None:
        super().__init__()
        self.root = root
        self.start_plan = start_plan
        self.demo = demo
        self.turn = Turn()
        self.desk = ModelDesk(self)
        self._plan: PlanFile | None = None
        self.parting: list[str] = []
        """What is to be said once the app has left the screen (names as stored)."""
        self._leaving = False
        self.prepared_alone: set[str] = set()
        """Plans in which somebody said in this run that they prepare without the team member."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's filters and the net that no control character passes."""
        return [*super().get_line_filters(), _NET]

    def get_default_screen(self) -> Screen[Any]:
        from coach_assist.tui.home.screen import HomeScreen

        return HomeScreen(id="_default")

    def on_mount(self) -> None:
        self.call_after_refresh(self._after_first_paint)

    async def on_unmount(self) -> None:
        self._leaving = True
        await self.desk.close()
        if self._plan is not None:
            self._plan.close()

    def on_desk_said(self, event: DeskSaid) -> None:
        """Show the model's line on every screen that has one."""
        from coach_assist.tui.widgets.model_line import ModelLine

        for screen in self.screen_stack:
            for line in screen.query(ModelLine):
                line.look()

    def _after_first_paint(self) -> None:
        self._take_over_settings()
        self.set_interval(LOOK_SECONDS, self.look_at_idle)
        if self.start_plan is not None:
            self.open_plan(self.start_plan)

    def _take_over_settings(self) -> None:
        from coach_assist.flows.settings import screen_settings

        settings = screen_settings()
        self.idle_seconds = settings.lock_minutes * 60.0
        if settings.theme in self.available_themes:
            self.theme = str(settings.theme)
        if settings.keymap:
            self.set_keymap(dict(settings.keymap))
        if settings.problem:
            self.say(settings.problem, warning=True)

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace that all screens share."""
        from coach_assist.workspace.store import Workspace
        from coach_assist.workspace.unlocked import Unlocked

        workspace = Workspace(self.root)
        workspace.unlocked = Unlocked(self.idle_seconds, self.clock)
        return workspace

    def plan_file(self, plan_id: str) -> PlanFile:
        """Return the open file of a plan; another one that was open is closed first.

        Raises CoachError where it can't be opened.
        """
        from coach_assist.flows.open_plan import open_plan

        if self._plan is None or self._plan.id != plan_id:
            if self._plan is not None:
                self._plan.close()
                self._plan = None
            self._plan = open_plan(self.workspace, plan_id, self.say_synced)
        return self._plan

    def close_plan(self) -> None:
        """Close the plan's file that is open, if any."""
        if self._plan is not None:
            self._plan.close()
            self._plan = None

    def party_names(self, plan_id: str) -> dict[Party, str]:
        """Return both parties' names, each with a word that says which where it is not known yet."""
        from coach_assist.flows.open_plan import names

        known = names(self.plan_file(plan_id))
        return {party: name or f"the {PARTY_NAMES[party]}" for party, name in known.items()}

    def say_synced(self, result: Synced) -> None:
        """Say quietly what came through a plan's folder; what failed is said as a warning."""
        from coach_assist.flows.sync import synced_words

        for row in synced_words(result):
            if self._leaving:
                self.parting.append(row)
                continue
            self.say(row, warning=not result.came)

    def sync_now(self, *, out: bool = False) -> None:
        """Take in what came to the open plan's folder, or bring its file there up to date (`out`).

        Does nothing for a plan that is not synced.
        """
        from coach_assist.flows.sync import sync_in, sync_out, sync_place

        plan = self._plan
        if plan is None or sync_place(plan) is None:
            return

        self.say_synced((sync_out if out else sync_in)(self.workspace, plan))

    def plan_is_open(self, plan_id: str) -> bool:
        """Say whether this plan's file is the one that is open."""
        return self._plan is not None and self._plan.id == plan_id

    @property
    def editor(self) -> str | None:
        """The editor's command of the settings, if there is one."""
        from coach_assist.flows.settings import settings

        return settings().editor or None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Under the cover only the cover's key works; after a hand-over there is no way home."""
        if self.is_running and self.screen_stack and self.covered and action not in {"cover", "quit"}:
            return False
        if action == "stop_fetching":
            return self.desk.fetching
        return super().check_action(action, parameters)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every action that applies now, with its key, so that no key must be remembered."""
        seen: set[str] = set()
        for node, binding, enabled, _tooltip in screen.active_bindings.values():
            if not enabled or not binding.description or not binding.id or binding.action in seen:
                continue
            seen.add(binding.action)
            action, owner = binding.action, node

            async def act(action: str = action, owner: Any = owner) -> None:
                await self.run_action(action, owner)

            yield SystemCommand(binding.description, f"Key: {self.get_key_display(binding)}", act)
        yield SystemCommand("Theme", "Choose among all colour themes", self.action_change_theme)

    def action_other_theme(self) -> None:
        """Change between the dark and the light theme."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]
        from coach_assist.errors import CoachError
        from coach_assist.flows.settings import save_theme

        try:
            save_theme(self.theme)
        except CoachError as error:
            self.say(f"{error.what} The theme holds until you leave.", warning=True)

    async def action_stop_fetching(self) -> None:
        """Stop the download of the model; what has come is kept."""
        await self.desk.stop_fetching()

    # -- ways between the screens ------------------------------------------------------------------------

    def go(self, screen: Screen[Any]) -> None:
        """Show a screen in place of the one that lies over home."""
        if len(self.screen_stack) > 1:
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def go_home(self) -> None:
        """Return to the plans, unless the keyboard is handed over."""
        if self.turn.handed_over:
            self.say("The keyboard is handed over. Its owner takes it back on the hand-over page.")
            return
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.sync_now(out=True)

    def new_plan(self) -> None:
        """Begin a new plan: its kind, what the manager asks oneself, the interview."""
        from coach_assist.tui.opportunity.beginning import begin_plan

        self.turn = Turn()
        begin_plan(self)

    def open_plan(self, plan_id: str, place: str | None = None) -> None:
        """Open a plan where its work waits, or at `place` (interview, draft, review, agreed)."""
        from coach_assist.errors import CoachError
        from coach_assist.tui.base import CoachScreen
        from coach_assist.tui.ways import screen_for

        try:
            screen = screen_for(self, plan_id, place)
        except CoachError as error:
            if isinstance(self.screen, CoachScreen):
                self.screen.tell(error)
            return
        self.go(screen)

    def take_turn(self, party: Party) -> None:
        """Remember who acts now; a hand-over stays what it is."""
        self.turn = replace(self.turn, party=party)

    def give_keyboard(self, plan_id: str, party: Party, owner: Party | None) -> None:
        """Hand the keyboard over: from now on the app knows this plan alone."""
        from coach_assist.tui.home.screen import HomeScreen

        self.turn = Turn(party=party, owner=owner, plan=plan_id)
        self.workspace.unlocked.lock()
        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.forget()
        self.refresh_bindings()

    def take_keyboard_back(self) -> None:
        """The owner has the keyboard again."""
        self.turn = Turn(party=self.turn.owner)
        self.workspace.unlocked.lock()
        self.refresh_bindings()
