"""The bottom line: the keys that apply now, as many as fit, and always the way to all the others."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from coach_assist.tui.text import joined

_LAST = ("help", "cover")


class KeyBar(Widget):
    """Shows the bindings of the screen and its focused widget that say `show`, most important first.

    At 60 columns some would not fit: they are left out, never cut, and the help key stays.
    """

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; background: $panel; padding: 0 1; }
    """
    ALLOW_SELECT = False
    can_focus = False

    def on_mount(self) -> None:
        self._stretches: list[tuple[int, int, Binding]] = []
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def on_unmount(self) -> None:
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self.refresh()

    def _hints(self) -> list[Binding]:
        by_action: dict[str, Binding] = {}
        for _node, binding, enabled, _tooltip in self.screen.active_bindings.values():
            if binding.show and enabled and binding.description:
                by_action.setdefault(binding.action, binding)
        first = [binding for binding in by_action.values() if binding.id not in _LAST]
        last = [binding for binding in by_action.values() if binding.id in _LAST]
        return [*first, *sorted(last, key=lambda binding: _LAST.index(str(binding.id)))]

    def render(self) -> Content:
        room = self.size.width
        hints = self._hints()
        sizes = [len(self._key(binding)) + 1 + len(binding.description) + 2 for binding in hints]
        kept_for_last = sum(size for size, binding in zip(sizes, hints, strict=True) if binding.id in _LAST)
        parts: list[Content | str | tuple[str, str]] = []
        self._stretches = []
        used = 0
        for size, binding in zip(sizes, hints, strict=True):
            is_last = binding.id in _LAST
            if used + size + (0 if is_last else kept_for_last) > room + 2:
                continue
            self._stretches.append((used, used + size - 2, binding))
            parts += [
                (self._key(binding), "bold $footer-key-foreground"),
                " ",
                (binding.description, ""),
                "  ",
            ]
            used += size
        return joined(*parts)

    def _key(self, binding: Binding) -> str:
        return self.app.get_key_display(binding)

    def on_click(self, event: events.Click) -> None:
        column = event.x - 1
        for start, end, binding in self._stretches:
            if start <= column < end:
                self.app.simulate_key(binding.key)
                return
