"""What the app says and gives away: passing messages, cover, help, the shown text to clipboard or file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.app import App
from textual.binding import Binding

from coach_assist.shown import safe_text


class SpeakingApp(App[None]):
    """The half of the app that speaks. Under the cover it holds its tongue."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._reported_clashes: set[str] = set()
        self._unsaid: list[tuple[str, bool]] = []

    def say(self, text: str, *, warning: bool = False) -> None:
        """Show a passing message. Under the cover it waits until the cover is taken away."""
        if self.covered:
            self._unsaid.append((text, warning))
            return
        self.notify(safe_text(text), markup=False, severity="warning" if warning else "information")

    def handle_bindings_clash(self, clashed_bindings: set[Binding], node: object) -> None:
        """Say once when a user's keymap gives one key to two actions."""
        ids = ", ".join(sorted(binding.id or binding.action for binding in clashed_bindings))
        if ids not in self._reported_clashes:
            self._reported_clashes.add(ids)
            self.say(f"In your keymap one key is given to more than one action: {ids}.", warning=True)

    # -- the cover and help ----------------------------------------------------------------------------

    @property
    def covered(self) -> bool:
        """Say whether the neutral page lies over everything."""
        from coach_assist.tui.cover.screen import CoverScreen

        return any(isinstance(screen, CoverScreen) for screen in self.screen_stack)

    def action_cover(self) -> None:
        """Cover any screen with a neutral page; the same key takes it away again."""
        from coach_assist.tui.cover.screen import CoverScreen

        if isinstance(self.screen, CoverScreen):
            self.pop_screen()
            for text, warning in self._unsaid:
                self.say(text, warning=warning)
            self._unsaid.clear()
        else:
            self.clear_notifications()
            self.push_screen(CoverScreen())

    def action_help(self) -> None:
        """Say what the screen is for and which keys apply now."""
        from coach_assist.tui.help.screen import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.pop_screen()
        else:
            self.push_screen(HelpScreen.of(self.screen, self.focused))

    # -- text out of the app ---------------------------------------------------------------------------

    def shown_text(self) -> str:
        """Return the plain text of the current screen: what `Copy` and `Save` give away."""
        own = getattr(self.screen, "text_of_screen", None)
        return own() if own is not None else ""

    def action_copy_shown(self) -> None:
        """Send the shown text to the terminal's clipboard, and say no more than that."""
        if text := self.shown_text():
            self.copy_to_clipboard(safe_text(text))
            self.say(
                "Sent to the terminal's clipboard. Some terminals ignore this: Ctrl+S saves it to a file."
            )
        else:
            self.say("There is nothing to copy here.")

    def action_save_screen(self) -> None:
        """Save the shown text to a file beside where the app was started, readable by its owner only."""
        from coach_assist.tui.save_text import save_text

        if text := self.shown_text():
            try:
                path = save_text(safe_text(text), Path.cwd())
            except OSError as error:
                self.say(f"The file could not be written: {error.strerror}.", warning=True)
            else:
                self.say(f"Saved to {path}")
        else:
            self.say("There is nothing to save here.")
