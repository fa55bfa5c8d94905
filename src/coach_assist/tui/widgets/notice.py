"""What went wrong, in the place where it went wrong: what happened, what is kept, what to do next."""

from __future__ import annotations

from textual.widgets import Static

from coach_assist.errors import CoachError
from coach_assist.tui.text import joined


class Notice(Static):
    """A quiet panel that stays until the next thing is done; empty, it takes no room."""

    DEFAULT_CSS = """
    Notice { display: none; height: auto; max-height: 8; padding: 0 1; margin: 0 0 1 0;
             border-left: thick $accent; background: $panel; }
    Notice.-shown { display: block; }
    """

    def say(self, what: str, kept: str = "", next_step: str = "") -> None:
        """Show a message of up to three parts."""
        rows = [what, *(part for part in (kept, next_step) if part)]
        self.update(joined("\n".join(rows)))
        self.add_class("-shown")

    def say_error(self, error: CoachError) -> None:
        """Show an error: what happened, what is kept, what to do next."""
        self.say(error.what, error.kept, error.next_step)

    def clear(self) -> None:
        """Take the message away."""
        self.update("")
        self.remove_class("-shown")
