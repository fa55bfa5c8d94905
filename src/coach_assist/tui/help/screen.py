"""Help on one page: what this screen is for, what the focused field wants, and the keys that apply now."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from coach_assist.tui.card import Card
from coach_assist.tui.text import joined, plain, stacked

EVERYWHERE = (
    "Every suggestion stays a proposal until the manager and the team member have both accepted it. "
    "What you type is kept on this machine; nothing leaves it unless you chose a remote model."
)


class HelpScreen(Card[None]):
    """A page over the screen that it explains. Any of Escape, F1 and Enter closes it."""

    CSS_PATH = "help.tcss"
    BINDINGS = [
        Binding("escape,enter", "dismiss", "Close", id="help.close"),
        Binding("f1", "app.help", "Close", id="help", show=False),
    ]

    def __init__(self, about: str, focused: str, keys: list[tuple[str, str]]) -> None:
        super().__init__()
        self._about = about
        self._focused = focused
        self._keys = keys

    @classmethod
    def of(cls, screen: Screen[object], focused: Widget | None) -> HelpScreen:
        """Build the help of `screen` as it is now, with the keys of its focused widget first."""
        keys: dict[str, tuple[str, str]] = {}
        app = screen.app
        bindings = [
            (node, binding)
            for node, binding, enabled, _tooltip in screen.active_bindings.values()
            if enabled and binding.description and binding.id
        ]
        bindings.sort(key=lambda pair: (pair[0] is app, not pair[1].show))
        for _node, binding in bindings:
            shown = app.get_key_display(binding)
            if binding.action in keys:
                earlier, words = keys[binding.action]
                if shown not in earlier.split(" "):
                    keys[binding.action] = (f"{earlier} {shown}", words)
            else:
                keys[binding.action] = (shown, binding.description)
        about = getattr(screen, "ABOUT", "") or EVERYWHERE
        return cls(about, (focused.HELP or "") if focused is not None else "", list(keys.values()))

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="card", id="help-card"):
            yield Static(self._page())

    def _page(self) -> Content:
        parts = [plain(self._about)]
        if self._focused:
            parts.append(plain(self._focused))
        width = max((len(keys) for keys, _words in self._keys), default=0)
        rows = [joined((keys.ljust(width), "bold $primary"), "  ", words) for keys, words in self._keys]
        rows.append(
            joined(("ctrl+p".ljust(width), "bold $primary"), "  ", "Everything that can be done here")
        )
        parts.append(stacked(rows))
        parts.append(plain(EVERYWHERE, "$foreground-muted"))
        return stacked(parts, gap=1)
