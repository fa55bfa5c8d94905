"""What a model call was for, what it gave, what it cost: the plain data that outlives the call.

Imports nothing heavy, so that screens and stores can hold these without the model client.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Purpose:
    """Which prompt a call was made for: the name and version in the prompt file's front matter."""

    prompt: str
    version: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one or more requests. None means that the server did not say: unknown is never zero."""

    prompt_tokens: int | None = None
    cached_tokens: int | None = None
    completion_tokens: int | None = None

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            _sum(self.prompt_tokens, other.prompt_tokens),
            _sum(self.cached_tokens, other.cached_tokens),
            _sum(self.completion_tokens, other.completion_tokens),
        )


def _sum(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second


@dataclass(frozen=True, slots=True)
class Delta:
    """How far a streamed answer has come.

    `text` is all of it so far; `partial` is the JSON value that this text begins (None until there is
    one, and for answers that are not JSON); `tokens` counts the pieces received; `seconds` since the
    request was sent.
    """

    text: str
    partial: Any
    tokens: int
    seconds: float


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call as the record of calls keeps it and `draft --json` prints it (seconds are wall time)."""

    prompt: str
    version: str
    model: str
    prompt_tokens: int | None
    cached_tokens: int | None
    completion_tokens: int | None
    seconds: float
    attempts: int
    finish_reason: str | None

    def to_json(self) -> dict[str, Any]:
        """Return the call under the keys of schemas/draft.schema.json, seconds to two places."""
        return {
            "prompt": self.prompt,
            "version": self.version,
            "model": self.model,
            "prompt_tokens": self.prompt_tokens,
            "cached_tokens": self.cached_tokens,
            "completion_tokens": self.completion_tokens,
            "seconds": round(self.seconds, 2),
            "attempts": self.attempts,
            "finish_reason": self.finish_reason,
        }


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: its text, why it ended, tokens, wall seconds, and requests that were answered."""

    text: str
    finish_reason: str | None
    usage: Usage
    seconds: float
    attempts: int
    model: str

    @property
    def cut(self) -> bool:
        """Whether the answer stopped at the token limit or where the context was full."""
        return self.finish_reason == "length"

    @property
    def prompt_tokens(self) -> int | None:
        return self.usage.prompt_tokens

    @property
    def cached_tokens(self) -> int | None:
        return self.usage.cached_tokens

    @property
    def completion_tokens(self) -> int | None:
        return self.usage.completion_tokens

    def record(self, purpose: Purpose) -> CallRecord:
        """Return what the record of calls keeps of this answer; the text itself is not part of it."""
        return CallRecord(
            prompt=purpose.prompt,
            version=purpose.version,
            model=self.model,
            prompt_tokens=self.prompt_tokens,
            cached_tokens=self.cached_tokens,
            completion_tokens=self.completion_tokens,
            seconds=self.seconds,
            attempts=self.attempts,
            finish_reason=self.finish_reason,
        )


@dataclass(frozen=True, slots=True)
class Reasked(Generic[T]):
    """A value that passed its model's validators, and what it took: usage summed over all attempts."""

    value: T
    reply: Reply
