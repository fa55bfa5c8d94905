"""Nobody there: after some minutes without a key press open keys are locked, and the cover comes up."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual import events

from coach_assist.tui.speaking import SpeakingApp

if TYPE_CHECKING:
    from collections.abc import Callable

LOOK_SECONDS = 15.0
"""How often it is looked whether nobody is there; the minutes themselves are a setting."""
_SOMEBODY = (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)


class WatchedApp(SpeakingApp):
    """Notes each key press and mouse click by a clock, which tests may drive."""

    clock: Callable[[], float] = staticmethod(time.monotonic)
    """Seconds that only grow."""
    demo: bool
    idle_seconds = 600.0
    _last_input: float | None = None

    async def on_event(self, event: events.Event) -> None:
        """Remember when somebody was last there; then do what Textual does."""
        if isinstance(event, _SOMEBODY):
            self.look_at_idle()
            self._last_input = self.clock()
            if "workspace" in self.__dict__:
                self.workspace.unlocked.touch()  # type: ignore[attr-defined]  # of CoachApp
        await super().on_event(event)

    def look_at_idle(self) -> None:
        """After the settings' minutes without a key press: lock open keys, and cover what is shown.

        While work writes on the screen it stays visible; the keys are locked all the same. A demo has
        nothing to hide.
        """
        now = self.clock()
        if self._last_input is None:
            self._last_input = now
        if self.demo or now - self._last_input <= self.idle_seconds:
            return
        self._last_input = now
        had_keys = "workspace" in self.__dict__ and self.workspace.unlocked.lock()  # type: ignore[attr-defined]
        if not self.covered and not getattr(self.screen, "writes_itself", False):
            self.action_cover()
        if had_keys:
            self.say("The keys were locked: nobody pressed a key for a while.")
