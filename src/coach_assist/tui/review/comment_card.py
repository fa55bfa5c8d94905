"""A comment on a proposal: words for the other, which decide nothing."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalGroup
from textual.widgets import Button, Static

from coach_assist.shown import shortened
from coach_assist.tui.card import Card
from coach_assist.tui.text import plain
from coach_assist.tui.widgets.answer_area import AnswerArea


class CommentCard(Card[str | None]):
    """Returns the comment; None where the person left without one."""

    ABOUT = (
        "Both of you read the comment under the proposal. It is no decision, and the proposal waits as "
        "before. Ctrl+N keeps it, Escape leaves; you can erase it later."
    )
    BINDINGS = [
        Binding("ctrl+n", "keep", "Keep", id="comment.keep", priority=True),
        Binding("escape", "leave", "Leave", id="comment.leave"),
    ]
    DEFAULT_CSS = """
    CommentCard #comment { height: 5; margin-top: 1; }
    CommentCard #comment-side { height: auto; margin-top: 1; color: $foreground-muted; }
    """

    def __init__(self, headline: str, other_name: str) -> None:
        super().__init__()
        self._headline, self._other = headline, other_name
        self._leaving = False

    def compose(self) -> ComposeResult:
        with VerticalGroup(classes="card"):
            yield Static("Comment on this proposal", classes="title")
            yield Static(plain(shortened(self._headline, 160)))
            yield AnswerArea(id="comment")
            yield Static(
                plain(f"{self._other} reads it under the proposal. It decides nothing."), id="comment-side"
            )
            with Horizontal(classes="row"):
                yield Button("Keep", id="keep", variant="primary")
                yield Button("Leave", id="leave")

    def on_mount(self) -> None:
        self.query_one(AnswerArea).focus()

    @on(AnswerArea.Changed)
    def _changed(self) -> None:
        self._leaving = False

    @on(AnswerArea.Finished)
    @on(Button.Pressed, "#keep")
    def action_keep(self) -> None:
        """Keep the comment, if there is one."""
        text = self.query_one(AnswerArea).finished_text()
        if text.strip():
            self.dismiss(text)
        else:
            self.query_one("#comment-side", Static).update("There is nothing in it yet. Esc leaves.")

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Leave; with something typed, a second time, so that nothing is lost by one key."""
        if self.query_one(AnswerArea).text.strip() and not self._leaving:
            self._leaving = True
            self.query_one("#comment-side", Static).update(
                "What you wrote is not kept yet. Ctrl+N keeps it; Escape once more leaves without it."
            )
            return
        self.dismiss(None)
