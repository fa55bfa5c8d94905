"""Types of slots: what the server is asked to hold to, and what pydantic holds to in any case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import Field

_LETTERS = "a-zA-ZÀ-ÿ"
_PLAIN = rf"[{_LETTERS} ,'’()/-]"
_WITH_DIGITS = rf"[{_LETTERS}0-9 ,'’%()/.-]"


def phrase_slot(least: int, most: int, *, digits: bool = True, begins: str = "") -> tuple[Any, Any]:
    """Return a slot for one phrase of `least` to `most` characters.

    The pattern is for the server alone (llama.cpp drops maxLength beside a pattern, so it bounds the
    length itself); it keeps quotes, line ends and markup out of the answer. pydantic checks the length.
    """
    letters = _WITH_DIGITS if digits else _PLAIN
    pattern = f"^{begins or f'[{_LETTERS}]'}{letters}{{{max(least - 1, 0)},{most - 1}}}$"
    extra: dict[str, Any] = {"pattern": pattern}
    return (str, Field(max_length=most * 2, json_schema_extra=extra))


def free_slot(least: int, most: int) -> tuple[Any, Any]:
    """Return a slot for a phrase in any script."""
    return (str, Field(max_length=most * 2, json_schema_extra={"minLength": least, "maxLength": most}))


def choice_slot(choices: Iterable[str]) -> tuple[Any, Any]:
    """Return a slot that holds exactly one of `choices`."""
    return (Literal[tuple(choices)], Field())


def count_slot(least: int, most: int) -> tuple[Any, Any]:
    """Return a slot for a whole number."""
    return (int, Field(ge=least, le=most))


def number_slot(whole: bool) -> tuple[Any, Any]:
    """Return a slot for a number that is not negative."""
    return (int, Field(ge=0, le=10**9)) if whole else (float, Field(ge=0, le=10**9))
