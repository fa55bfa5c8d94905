"""A provider that remembers: the same request is answered from memory, and one under way is joined.

Drafting while a person answers rests on it. What a request holds is all that its answer depends on, so
an answer stands exactly as long as the answers of the interview lead to the same request; nothing else
has to say what became stale.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from coach_assist.assistant.calls import Delta, Reasked, Reply
from coach_assist.assistant.provider import Message, Provider
from coach_assist.assistant.schema import response_format

T = TypeVar("T", bound=BaseModel)
Heard = Callable[[Delta], None]


@dataclass(frozen=True, slots=True)
class Request:
    """One request to the model: what identifies it, how it begins, and how it is sent."""

    key: str
    messages: tuple[Message, ...]
    send: Callable[[Heard], Awaitable[Any]] = field(compare=False, repr=False)


class Unanswered(Exception):
    """A look ahead met a request that is not answered yet."""

    def __init__(self, request: Request) -> None:
        super().__init__(request.key)
        self.request = request


class Flight:
    """A request under way. It goes on while somebody waits for it, and is given up with the last."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self._listeners: list[Heard] = []
        self._last: Delta | None = None
        self._waiting = 0
        self.task: asyncio.Task[Any] = asyncio.create_task(self._send(), name="ask the model")

    async def _send(self) -> Any:
        return await self.request.send(self._heard)

    def _heard(self, delta: Delta) -> None:
        self._last = delta
        for listener in list(self._listeners):
            listener(delta)

    def join(self, listener: Heard | None) -> Awaitable[Any]:
        """Wait for the answer; `listener` hears what has come so far at once, then each piece."""
        self._waiting += 1
        if listener is not None:
            self._listeners.append(listener)
            if self._last is not None:
                listener(self._last)
        return self._answer(listener)

    async def _answer(self, listener: Heard | None) -> Any:
        try:
            return await asyncio.shield(self.task)
        finally:
            self._waiting -= 1
            if listener is not None:
                self._listeners.remove(listener)
            if self._waiting == 0 and not self.task.done():
                self.task.cancel()
                await asyncio.wait([self.task])


class Memory:
    """Answers by request, and the requests under way. One for a plan while it is being drafted."""

    def __init__(self) -> None:
        self._answers: dict[str, Reply | Reasked[Any]] = {}
        self._flights: dict[str, Flight] = {}

    def __len__(self) -> int:
        return len(self._answers)

    def answer(self, request: Request) -> Reply | Reasked[Any] | None:
        """Return the answer to a request, None where there is none yet."""
        return self._answers.get(request.key)

    def take(self, request: Request, listener: Heard | None = None) -> Awaitable[Any]:
        """Send a request, or join it where it is under way. The answer is remembered.

        The request is sent (or joined) before this returns. Raises, when awaited, as the provider does.
        """
        flight = self._flights.get(request.key)
        if flight is None or flight.task.done():
            flight = Flight(request)
            self._flights[request.key] = flight
            flight.task.add_done_callback(lambda task: self._landed(request.key, task))
        return flight.join(listener)

    def _landed(self, key: str, task: asyncio.Task[Any]) -> None:
        self._flights.pop(key, None)
        if not task.cancelled() and task.exception() is None:
            self._answers[key] = task.result()


class Remembering(Provider):
    """Asks `inner` for what `memory` does not hold. `on_own` hears that a request is about to be taken up.

    With `ahead` nothing is asked: the first request without an answer raises Unanswered.
    """

    def __init__(
        self,
        inner: Provider,
        memory: Memory,
        *,
        ahead: bool = False,
        on_own: Callable[[], None] | None = None,
    ) -> None:
        # Not initialised as a provider of its own: whatever is not defined here is the inner one's.
        self._inner = inner
        self._memory = memory
        self._ahead = ahead
        self._on_own = on_own

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def know(self, names: Iterable[str]) -> None:
        self._inner.know(names)

    async def client(self) -> Any:
        return await self._inner.client()

    async def warm(self, messages: Sequence[Message]) -> Reply:
        return await self._inner.warm(messages)

    async def close(self) -> None:
        """Leave the inner provider open: it belongs to whoever made it."""

    async def stream(
        self,
        messages: Sequence[Message],
        schema: type[BaseModel] | dict[str, Any] | None,
        *,
        max_tokens: int,
        temperature: float = 0.0,
        on_delta: Heard | None = None,
        name: str = "answer",
        seed: int | None = None,
    ) -> Reply:
        form = response_format(schema, name) if schema is not None else None

        async def send(heard: Heard) -> Reply:
            return await self._inner.stream(
                messages, schema, max_tokens=max_tokens, temperature=temperature, on_delta=heard, name=name,
                seed=seed,
            )  # fmt: skip

        request = _request("stream", messages, send, form, max_tokens, temperature, seed)
        known = self._memory.answer(request)
        if isinstance(known, Reply):
            if on_delta is not None:
                on_delta(_whole(known))
            return known
        return cast("Reply", await self._asked(request, on_delta))

    async def reask(
        self,
        model_class: type[T],
        messages: Sequence[Message],
        *,
        max_tokens: int,
        attempts: int = 2,
        temperature: float = 0.0,
    ) -> Reasked[T]:
        form = response_format(model_class, name="answer")

        async def send(_: Heard) -> Reasked[T]:
            return await self._inner.reask(
                model_class, messages, max_tokens=max_tokens, attempts=attempts, temperature=temperature
            )

        request = _request("reask", messages, send, form, max_tokens, temperature, attempts)
        known = self._memory.answer(request)
        if isinstance(known, Reasked):
            try:  # by the checks of the answers as they are now
                return Reasked(model_class.model_validate(known.value.model_dump()), known.reply)
            except ValidationError:
                pass
        return cast("Reasked[T]", await self._asked(request, None))

    async def _asked(self, request: Request, listener: Heard | None) -> Any:
        if self._ahead:
            raise Unanswered(request)
        answer = self._memory.take(request, listener)
        if self._on_own is not None:
            self._on_own()
        return await answer


def _request(
    kind: str, messages: Sequence[Message], send: Callable[[Heard], Awaitable[Any]], *rest: object
) -> Request:
    said = json.dumps([kind, list(messages), *rest], sort_keys=True, ensure_ascii=False)
    return Request(sha256(said.encode("utf-8", "surrogatepass")).hexdigest(), tuple(messages), send)


def _whole(reply: Reply) -> Delta:
    """Return a remembered answer as the last piece of its stream."""
    from jiter import from_json

    try:
        partial = from_json(reply.text.encode("utf-8"), partial_mode="trailing-strings")
    except ValueError:
        partial = None
    return Delta(reply.text, partial, reply.completion_tokens or 0, reply.seconds)
