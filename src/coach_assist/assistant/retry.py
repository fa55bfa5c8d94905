"""The one layer that repeats HTTP requests; everything else leaves repeating to it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from coach_assist.assistant.errors import ModelFailed

T = TypeVar("T")

TRIES = 3
"""Requests at most, the first one included."""


def _wait(state: RetryCallState) -> float:
    """Seconds before the next try: what the server asks for, else 0.5, 1, 2 …"""
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, ModelFailed) else None
    return asked if asked is not None else 0.5 * 2.0 ** (state.attempt_number - 1)


def _worth_it(error: BaseException) -> bool:
    # A started answer is never asked for again: the person has seen it and it can be kept.
    return isinstance(error, ModelFailed) and error.retry and not error.partial


Sleep = Callable[[float], Awaitable[None]]
"""Waits for so many seconds."""


async def with_tries(
    send: Callable[[], Awaitable[T]], *, tries: int = TRIES, sleep: Sleep | None = None
) -> T:
    """Call `send` up to `tries` times while it raises a ModelFailed that another try may mend.

    Raises the last ModelFailed, with `attempts` set. Cancelling passes through at once, also while
    waiting. `sleep` replaces the waiting in tests (seconds).
    """
    number = 0
    try:
        async for attempt in AsyncRetrying(
            stop=stop_after_attempt(tries),
            retry=retry_if_exception(_worth_it),
            wait=_wait,
            reraise=True,
            sleep=sleep or asyncio.sleep,
        ):
            number = attempt.retry_state.attempt_number
            with attempt:
                return await send()
    except ModelFailed as error:
        error.attempts = number
        raise
    raise AssertionError("tenacity ended without a result")
