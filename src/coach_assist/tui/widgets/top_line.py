"""The top line: where one is, in which plan, and who has the keyboard. DEMO where it is one."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from coach_assist.shown import shortened
from coach_assist.tui.text import joined


class TopLine(Widget):
    """One line: `place · title` on the left, the turn on the right."""

    DEFAULT_CSS = """
    TopLine { height: 1; background: $panel; padding: 0 1; }
    """
    ALLOW_SELECT = False
    can_focus = False

    place: reactive[str] = reactive("")
    title: reactive[str] = reactive("")
    whose: reactive[str] = reactive("")

    def render(self) -> Content:
        width = self.size.width
        whose = shortened(self.whose, max(width // 3, 12))
        room = width - len(self.place) - len(whose) - 5
        title = shortened(self.title, max(room, 0)) if self.title else ""
        left = f"{self.place}" + (f" · {title}" if title else "")
        gap = " " * max(width - Content(left).cell_length - Content(whose).cell_length, 1)
        parts: list[Content | str | tuple[str, str]] = [(self.place, "bold $primary")]
        if title:
            parts += [(" · ", "$text-muted"), (title, "")]
        return joined(*parts, gap, (whose, "$secondary"))


class DemoLine(Widget):
    """The mark of a demo: on every screen of a throw-away workspace."""

    DEFAULT_CSS = """
    DemoLine { height: 1; background: $accent 25%; color: $foreground; padding: 0 1; }
    """
    ALLOW_SELECT = False
    can_focus = False

    def render(self) -> Content:
        return joined(("DEMO", "bold"), " · sample people in a throw-away workspace; nothing here is real")
