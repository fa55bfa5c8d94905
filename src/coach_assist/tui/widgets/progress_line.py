"""One line while the model works: which section, how many tokens, how many seconds. Never made up."""

from __future__ import annotations

from time import monotonic

from textual.timer import Timer
from textual.widgets import Static

from coach_assist.tui.text import joined

SECTIONS = {
    "frame": "the frame",
    "state": "where things stand",
    "current_state": "where things stand",
    "area": "the development area",
    "activities": "activities",
    "support": "support",
    "milestones": "milestones",
    "roles": "commitments",
    "feedback": "feedback",
    "rewrite": "the goal, anew",
    "another": "another version",
}


def section_words(section: str) -> str:
    """Return a section's name for a person: "goal:1" is "goal 2"."""
    name, _colon, number = section.partition(":")
    if number.isdecimal():
        return f"{name} {int(number) + 1}"
    return SECTIONS.get(name, name.replace("_", " "))


class ProgressLine(Static):
    """Counts the seconds itself; sections and tokens are what the model's stream said."""

    DEFAULT_CSS = """
    ProgressLine { display: none; height: 1; padding: 0 1; background: $primary 15%; }
    ProgressLine.-shown { display: block; }
    """

    def on_mount(self) -> None:
        self._section = ""
        self._tokens = 0
        self._reading = True
        self._began = 0.0
        self._timer: Timer | None = None

    def begin(self, section: str = "") -> None:
        """Show the line and begin to count."""
        self._section, self._tokens, self._began = section, 0, monotonic()
        self._reading = True
        self.add_class("-shown")
        if self._timer is None:
            self._timer = self.set_interval(1.0, self._draw)
        self._draw()

    def now(self, section: str) -> None:
        """Say which section is being written."""
        self._section = section
        self._reading = True
        self._draw()

    def count(self, tokens: int) -> None:
        """Say how many tokens have come in all."""
        self._tokens = tokens
        self._reading = False
        self._draw()

    def end(self) -> None:
        """Take the line away."""
        self.remove_class("-shown")
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _draw(self) -> None:
        seconds = int(monotonic() - self._began)
        what = f"Drafting {section_words(self._section)}" if self._section else "The model is getting ready"
        if self._section and self._reading:
            what = f"{what}: reading"
        tokens = f"  ·  {self._tokens} tokens" if self._tokens else ""
        self.update(
            joined(
                (what, "bold"),
                f"{tokens}  ·  {seconds} s",
                ("   Esc stops it and keeps what came", "$foreground-muted"),
            )
        )
