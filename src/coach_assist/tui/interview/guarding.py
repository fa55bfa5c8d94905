"""Asking before an answer is kept that tells specially protected things of a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen

from coach_assist.tui.widgets.question_card import QuestionCard


def ask_before_keeping(screen: Screen[Any], text: str, let_stand: set[str], then: Callable[[], None]) -> None:
    """Do `then` at once, or, where the text tells protected things, after the person has said so.

    It is asked once for a text (`let_stand` holds those that may stay); nothing is kept back.
    """
    from coach_assist.flows.guard import guard_words, special_spans

    spans = special_spans(text)
    if not spans or text in let_stand:
        then()
        return

    def answered(choice: str | None) -> None:
        if choice == "keep":
            let_stand.add(text)
            then()

    screen.app.push_screen(
        QuestionCard(
            "Keep this answer as it is?",
            guard_words(spans),
            [("change", "I change it", ""), ("keep", "Keep it as it is", "")],
        ),
        answered,
    )
