"""The guard in plain lines: what in a text tells specially protected things, before it is recorded."""

from __future__ import annotations

from collections.abc import Iterable

from coach_assist.cli.numbered import say
from coach_assist.flows.guard import guard_words, special_spans


def say_guard(texts: Iterable[str]) -> bool:
    """Say what the guard finds in `texts`; return whether it found anything. It keeps nothing back."""
    found = False
    for text in texts:
        if spans := special_spans(text):
            say(guard_words(spans))
            found = True
    return found
