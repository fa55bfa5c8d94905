"""The top line: where one is, in which plan, and who has the keyboard. DEMO where it is one."""

from __future__ import annotations

from rich.cells import cell_len
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
    mark: reactive[str] = reactive("")
    """What holds of the plan as a whole: closed, or a viewer's copy."""
    places: reactive[tuple[str, ...]] = reactive(())
    """The places of a plan, of which `place` is one; shown where there is room."""

    def render(self) -> Content:
        if self.places and self.size.width >= 70:
            return self._with_places()
        width = self.size.width
        whose = shortened(self._right(), max(width // 3, 12))
        room = width - len(self.place) - len(whose) - 5
        title = shortened(self.title, max(room, 0)) if self.title else ""
        left = f"{self.place}" + (f" · {title}" if title else "")
        gap = " " * max(width - cell_len(left) - cell_len(whose), 1)
        parts: list[Content | str | tuple[str, str]] = [(self.place, "bold $primary")]
        if title:
            parts += [(" · ", "$foreground-muted"), (title, "")]
        return joined(*parts, gap, (whose, "$secondary"))

    def _right(self) -> str:
        return " · ".join(part for part in (self.mark, self.whose) if part)

    def _with_places(self) -> Content:
        parts: list[Content | str | tuple[str, str]] = []
        for name in self.places:
            parts += [(name, "bold $primary" if name == self.place else "$foreground-muted"), "  "]
        used = sum(len(name) + 2 for name in self.places)
        whose = shortened(self._right(), 34 if self.mark else 26)
        title = shortened(self.title, max(self.size.width - used - len(whose) - 6, 0))
        gap = " " * max(self.size.width - used - 2 - cell_len(title) - cell_len(whose), 1)
        return joined(*parts, (f"  {title}", ""), gap, (whose, "$secondary"))


class DemoLine(Widget):
    """The mark of a demo: on every screen of a throw-away workspace."""

    DEFAULT_CSS = """
    DemoLine { height: 1; background: $accent 25%; color: $foreground; padding: 0 1; }
    """
    ALLOW_SELECT = False
    can_focus = False

    def render(self) -> Content:
        return joined(("DEMO", "bold"), " · sample people in a throw-away workspace; nothing here is real")
