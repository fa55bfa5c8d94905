"""What is answered once: a page that was left takes no second answer from a key typed twice."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

Answer = TypeVar("Answer")


class AnsweredOnce(Screen[Answer], Generic[Answer]):
    """A screen whose first answer counts.

    Textual takes keys that were typed ahead to a screen that is just being taken away; a second Enter
    would then answer again, for whoever waited for the first answer.
    """

    _left = False

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Leave the screen with an answer; what comes after it is not heard."""
        if self._left:
            return AwaitComplete()
        self._left = True
        return super().dismiss(result)


class Card(ModalScreen[Answer], AnsweredOnce[Answer], Generic[Answer]):
    """A small page over another one. (Textual reads the styles of the first base only.)"""
