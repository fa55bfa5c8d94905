"""The provider: one object through which every model request goes, embedded or remote."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

from coach_assist.assistant.calls import Delta, Reasked, Reply
from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.errors import ModelFailed, failure
from coach_assist.assistant.retry import TRIES, with_tries
from coach_assist.assistant.schema import response_format
from coach_assist.assistant.stream import Answer, read_stream
from coach_assist.errors import CoachError

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R")
Message = dict[str, str]

SENT_HEADERS = frozenset(
    {
        "accept",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "transfer-encoding",
        "user-agent",
    }
)
"""Headers that leave: nothing that tells the operating system, the Python or other settings."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a call in seconds: the whole of it, between two events, to connect; and HTTP tries."""

    total: float = 600.0
    stall: float = 180.0
    connect: float = 5.0
    tries: int = TRIES


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is about to leave for a remote endpoint, for a person to see before it goes."""

    host: str
    model: str
    messages: tuple[Message, ...]


Gate = Callable[[Outgoing], Awaitable[None]]
"""Called before each remote request; raises Refused where the person has not agreed to it."""


Revive = Callable[[], Awaitable[Endpoint]]
"""Called before each embedded request: starts the server again where it ended, and says where it is."""

REMOTE_AT_ONCE = 4
"""Requests to a remote endpoint at the same time."""


class Provider:
    """Requests to one OpenAI-compatible endpoint.

    A remote endpoint needs a `gate`; without one nothing is sent. `client` replaces the openai client
    in tests. Cancelling the task that awaits a method stops the request and frees the server's slot.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        limits: Limits = Limits(),
        gate: Gate | None = None,
        revive: Revive | None = None,
        client: Any = None,
        sleep: Callable[[float], Awaitable[None]] | None = None,
    ) -> None:
        if endpoint.remote and gate is None:
            raise ValueError("a remote endpoint needs a gate")
        self.endpoint = endpoint
        self.limits = limits
        self.sleep = sleep
        self._gate = gate
        self._revive = revive
        self._client = client
        self._making = asyncio.Lock()
        # The embedded server answers one request at a time; waiting here keeps seconds honest.
        self._turn = asyncio.Semaphore(REMOTE_AT_ONCE if endpoint.remote else 1)

    async def client(self) -> Any:
        """Return the openai client, made at the first request and anew when the server has moved.

        Raises what `revive` raises: the embedded server could not be started again.
        """
        async with self._making:
            if self._revive is not None:
                endpoint = await self._revive()
                if endpoint != self.endpoint:
                    await self.close()
                    self.endpoint = endpoint
            if self._client is None:
                # In a thread: the import takes seconds, and a screen must go on meanwhile.
                self._client = await asyncio.to_thread(make_client, self.endpoint, self.limits)
            return self._client

    async def stream(
        self,
        messages: Sequence[Message],
        schema: type[BaseModel] | dict[str, Any] | None,
        *,
        max_tokens: int,
        temperature: float = 0.0,
        on_delta: Callable[[Delta], None] | None = None,
        name: str = "answer",
        seed: int | None = None,
    ) -> Reply:
        """Ask once, streamed, and return the whole answer; `on_delta` hears of each piece.

        `schema` (a pydantic model or a JSON schema, called `name` on the wire) binds the form of the
        answer; the caller validates it all the same. A cut answer is returned, with `reply.cut` true.
        Raises ModelFailed with the text that had come; HTTP failures are tried again only while none
        has come.
        """
        request = self._request(messages, max_tokens=max_tokens, temperature=temperature, seed=seed)
        if schema is not None:
            request["response_format"] = response_format(schema, name)
        await self._pass_gate(messages)
        sent = 0
        answer = Answer(on_delta)

        async def send() -> Reply:
            nonlocal sent, answer
            sent += 1
            answer = Answer(on_delta)
            try:
                client = await self.client()
                await read_stream(client, request, answer, stall=self.limits.stall)
            except CoachError as error:
                if not isinstance(error, ModelFailed):
                    raise
                raise self.failure(error, answer.text) from error.__cause__
            except Exception as error:
                raise self.failure(error, answer.text) from error
            return answer.reply(sent, self.endpoint.model)

        return await self._bounded(
            lambda: with_tries(send, tries=self.limits.tries, sleep=self.sleep), lambda: answer.text
        )

    async def reask(
        self,
        model_class: type[T],
        messages: Sequence[Message],
        *,
        max_tokens: int,
        attempts: int = 2,
        temperature: float = 0.0,
    ) -> Reasked[T]:
        """Ask for one valid `model_class`, not streamed, with at most `attempts` answers.

        An answer that its validators refuse goes back with what they said; nothing else leads to
        another answer. Raises ReaskFailed when all were refused, ModelFailed as `stream` does.
        """
        from coach_assist.assistant.reask import ask_until_valid

        request = self._request(messages, max_tokens=max_tokens, temperature=temperature, seed=None)
        await self._pass_gate(messages)
        return await self._bounded(
            lambda: ask_until_valid(self, model_class, request, attempts=attempts), str
        )

    async def warm(self, messages: Sequence[Message]) -> Reply:
        """Let the server evaluate `messages` so that its cache serves the next request that begins so."""
        return await self.stream(messages, None, max_tokens=1)

    async def close(self) -> None:
        """Close the connections; do it before the embedded server is stopped."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    def _request(
        self, messages: Sequence[Message], *, max_tokens: int, temperature: float, seed: int | None
    ) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self.endpoint.model,
            "messages": [dict(message) for message in messages],
            "max_tokens": max_tokens,
            "temperature": temperature,
        }
        if seed is not None:
            request["seed"] = seed
        return request

    def failure(self, error: BaseException, partial: str = "") -> ModelFailed:
        """Return `error` as words, naming this endpoint."""
        return failure(error, host=self.endpoint.host, embedded=not self.endpoint.remote, partial=partial)

    async def _pass_gate(self, messages: Sequence[Message]) -> None:
        if self._gate is not None:
            shown = tuple(dict(message) for message in messages)
            await self._gate(Outgoing(self.endpoint.host, self.endpoint.model, shown))

    async def _bounded(self, work: Callable[[], Awaitable[R]], partial: Callable[[], str]) -> R:
        try:
            async with self._turn, asyncio.timeout(self.limits.total):
                return await work()
        except TimeoutError as error:
            raise self.failure(error, partial()) from error


def make_client(endpoint: Endpoint, limits: Limits) -> Any:
    """Return an openai client that retries nothing, follows no redirect and sends SENT_HEADERS only.

    The embedded server is reached directly, whatever proxy the environment names.
    """
    import httpx2
    import openai

    for name in ("openai", "httpx2", "httpcore2", "instructor"):
        # Their own logging would print requests to the terminal, whatever OPENAI_LOG says.
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL)
        logger.propagate = False

    async def only_needed_headers(request: httpx2.Request) -> None:
        for header in list(request.headers):
            if header.lower() not in SENT_HEADERS:
                del request.headers[header]
        request.headers["authorization"] = f"Bearer {endpoint.api_key}"
        request.headers["user-agent"] = "coach-assist"

    timeout = httpx2.Timeout(connect=limits.connect, read=limits.stall, write=30.0, pool=limits.stall)
    transport = httpx2.AsyncClient(
        timeout=timeout,
        follow_redirects=False,
        trust_env=endpoint.remote,
        event_hooks={"request": [only_needed_headers]},
    )
    return openai.AsyncOpenAI(
        base_url=endpoint.base_url,
        api_key=endpoint.api_key,
        max_retries=0,
        timeout=timeout,
        http_client=transport,
    )


def warm_imports() -> None:
    """Import the model client, which takes seconds; call it in a thread while something else waits."""
    import instructor
    import openai  # noqa: F401

    _ = instructor.patch
