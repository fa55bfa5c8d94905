"""A small page with a few fields: names, a passphrase twice. What is wrong is said where it was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from coach_assist.errors import CoachError
from coach_assist.tui.card import Card
from coach_assist.tui.failures import in_words
from coach_assist.tui.text import plain


@dataclass(frozen=True, slots=True)
class Asked:
    """One field: what it is called, what stands in it, whether it hides what is typed."""

    name: str
    label: str
    value: str = ""
    secret: bool = False


class FieldsCard(Card[bool]):
    """Hands what was typed to `take`; returns True once that took it, False where the person went back.

    `take` raises CoachError (or OSError) to have it said in the card, which then stays.
    """

    DEFAULT_CSS = """
    FieldsCard #fields-words { height: auto; margin-top: 1; }
    FieldsCard .field-label { height: 1; margin-top: 1; color: $foreground-muted; }
    FieldsCard #fields-side { height: auto; margin-top: 1; }
    """
    ABOUT = (
        "Enter goes to the next field, and after the last one it is done. Escape goes back and does nothing."
    )
    BINDINGS = [Binding("escape", "back", "Back, do nothing", id="fields.back")]

    def __init__(
        self, title: str, words: str, fields: Sequence[Asked], take: Callable[[dict[str, str]], None]
    ) -> None:
        super().__init__()
        self._title, self._words, self._fields, self._take = title, words, fields, take

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="card", can_focus=False):
            yield Static(plain(self._title, "bold"))
            if self._words:
                yield Static(plain(self._words), id="fields-words")
            for one in self._fields:
                yield Static(plain(one.label), classes="field-label")
                yield Input(
                    one.value,
                    id=f"field-{one.name}",
                    password=one.secret,
                    max_length=4000,
                    select_on_focus=False,
                )
            yield Static("", id="fields-side")

    def on_mount(self) -> None:
        self.call_after_refresh(self._to_the_end)

    def _to_the_end(self) -> None:
        """Show the end of a long text, once it is laid out: of a path that is its name."""
        for field in self.query(Input):
            field.cursor_position = 0
            field.cursor_position = len(field.value)

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        event.stop()
        inputs = list(self.query(Input))
        place = inputs.index(event.input)
        if place + 1 < len(inputs):
            inputs[place + 1].focus()
            return
        said = {one.name: self.query_one(f"#field-{one.name}", Input).value for one in self._fields}
        try:
            self._take(said)
        except (CoachError, OSError) as error:
            known = in_words(error)
            rows = [row for row in (known.what, known.kept, known.next_step) if row]
            self.query_one("#fields-side", Static).update(plain("\n".join(rows)))
            first = next((one for one in self._fields if one.secret), self._fields[-1])
            for one in self._fields:
                if one.secret:
                    self.query_one(f"#field-{one.name}", Input).value = ""
            self.query_one(f"#field-{first.name}", Input).focus()
            return
        self.dismiss(True)

    def action_back(self) -> None:
        """Do nothing."""
        self.dismiss(False)
