"""One streamed answer: the raw stream, piece by piece, to its finish reason."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from coach_assist.assistant.calls import Delta, Reply, Usage


class Answer:
    """The text of one streamed answer as it grows; after an error it holds what had come."""

    def __init__(self, on_delta: Callable[[Delta], None] | None) -> None:
        self.text = ""
        self.tokens = 0
        self.finish_reason: str | None = None
        self.usage = Usage()
        self.model = ""
        self._on_delta = on_delta
        self._started = time.monotonic()

    def add(self, piece: str) -> None:
        """Append a piece and tell the listener, with the JSON value that the text begins."""
        self.text += piece
        self.tokens += 1
        if self._on_delta is not None:
            self._on_delta(Delta(self.text, partial_json(self.text), self.tokens, self.seconds))

    @property
    def seconds(self) -> float:
        """Wall time since the request was prepared."""
        return time.monotonic() - self._started

    def reply(self, attempts: int, model: str) -> Reply:
        """Return the finished answer."""
        return Reply(self.text, self.finish_reason, self.usage, self.seconds, attempts, self.model or model)


def partial_json(text: str) -> Any:
    """Return the JSON value that `text` begins, unfinished strings included, or None if there is none."""
    from jiter import from_json

    start = text.find("{")
    if start > 0:  # a fence, or thoughts before the object
        text = text[start:]
    try:
        return from_json(text.encode("utf-8", "surrogatepass"), partial_mode="trailing-strings")
    except ValueError:
        return None


def usage_of(reported: Any) -> Usage:
    """Read the token counts of an answer; None where the server does not report them."""
    if reported is None:
        return Usage()
    details = getattr(reported, "prompt_tokens_details", None)
    return Usage(reported.prompt_tokens, getattr(details, "cached_tokens", None), reported.completion_tokens)


class StreamFault(Exception):
    """A stream that came without an HTTP failure and is no answer all the same; `message` may be empty."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class AnswerEnded(StreamFault):
    """The stream ended without a finish reason: part of the answer is missing."""


class WrongType(StreamFault):
    """What came is no stream of events; `message` is its content type."""


class AnswerEmpty(StreamFault):
    """The answer came to its end and holds no text."""


class AnswerWithheld(StreamFault):
    """The endpoint's content filter took the answer away."""


async def read_stream(
    client: Any, request: dict[str, Any], answer: Answer, *, stall: float, count: bool = True
) -> None:
    """Send `request` streamed and read the answer into `answer` until the server has finished it.

    `stall` bounds the seconds between two events; with `count` the server is asked for its token
    counts. Raises the client's and the transport's own
    exceptions as they come, TimeoutError when the server stalls, JSONDecodeError for an event that is
    not JSON, and StreamFault.
    """
    async with asyncio.timeout(stall):
        options = {"stream_options": {"include_usage": True}} if count else {}
        stream = await client.chat.completions.create(**request, stream=True, **options)
    try:
        content_type = stream.response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type != "text/event-stream":
            raise WrongType(content_type or "no content type")
        events = stream.__aiter__()
        while True:
            async with asyncio.timeout(stall):
                chunk = await anext(events, None)
            if chunk is None:
                break
            answer.usage = usage_of(chunk.usage) if chunk.usage else answer.usage
            answer.model = chunk.model or answer.model
            for choice in chunk.choices or ():
                answer.finish_reason = choice.finish_reason or answer.finish_reason
                if choice.delta and choice.delta.content:
                    answer.add(choice.delta.content)
    finally:
        await stream.close()
    _check_finish(answer)


async def read_whole(client: Any, request: dict[str, Any], answer: Answer) -> None:
    """The same for an endpoint that does not stream: the answer comes in one piece."""
    completion = await client.chat.completions.create(**request)
    if not getattr(completion, "choices", None):
        raise AnswerEnded
    answer.usage = usage_of(completion.usage)
    answer.model = completion.model or answer.model
    answer.finish_reason = completion.choices[0].finish_reason
    answer.add(completion.choices[0].message.content or "")
    _check_finish(answer)


def _check_finish(answer: Answer) -> None:
    if answer.finish_reason is None:
        raise AnswerEnded
    if answer.finish_reason == "content_filter":
        raise AnswerWithheld
    if not answer.text and answer.finish_reason == "stop":
        raise AnswerEmpty
