"""The provider: one object through which every model request goes, embedded or remote."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

from coach_assist.assistant.calls import Delta, Reasked, Reply
from coach_assist.assistant.client import Limits, make_client
from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.errors import ModelFailed, failure
from coach_assist.assistant.json_text import json_text
from coach_assist.assistant.privacy.client import PrivateClient, hidden_request, nobody_named
from coach_assist.assistant.privacy.pseudonyms import Pseudonyms
from coach_assist.assistant.profile import Profile, probe
from coach_assist.assistant.retry import Sleep, with_tries
from coach_assist.assistant.schema import response_format
from coach_assist.assistant.stream import Answer, read_stream, read_whole
from coach_assist.errors import CoachError

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R")
Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is about to leave for a remote endpoint, names replaced, for a person to see before it goes.

    `form` is the JSON schema of the answer, which can name facts from the person's text; "" if none.
    """

    host: str
    model: str
    messages: tuple[Message, ...]
    form: str = ""

    @property
    def told(self) -> str:
        """The person's text in it: everything but the program's own instructions."""
        return "\n".join(one["content"] for one in self.messages if one["role"] != "system")


Gate = Callable[[Outgoing], Awaitable[None]]
"""Called before each remote request; raises Refused where the person has not agreed to it."""


Revive = Callable[[], Awaitable[Endpoint]]
"""Called before each embedded request: starts the server again where it ended, and says where it is."""

REMOTE_AT_ONCE = 4
"""Requests to a remote endpoint at the same time."""


class Provider:
    """Requests to one OpenAI-compatible endpoint.

    A remote endpoint needs a `gate`; without one nothing is sent, nor before `know` said whose names are
    replaced on the way out. Its `profile` is found by a probe before the first request, unless given,
    and handed to `on_profile`; `on_unknown` hears of stand-ins that stand for nobody. `client` replaces
    the openai client in tests. Cancelling the task that awaits a method stops the request and frees the
    server's slot.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        limits: Limits | None = None,
        gate: Gate | None = None,
        revive: Revive | None = None,
        profile: Profile | None = None,
        on_profile: Callable[[Profile], None] | None = None,
        on_unknown: Callable[[str], None] | None = None,
        client: Any = None,
        sleep: Sleep | None = None,
    ) -> None:
        if endpoint.remote and gate is None:
            raise ValueError("a remote endpoint needs a gate")
        self.endpoint = endpoint
        self.limits = limits or Limits()
        self.sleep = sleep
        self.profile = profile if endpoint.remote else Profile(context=endpoint.context)
        self._on_profile = on_profile
        self._gate = gate
        self._revive = revive
        self._names = Pseudonyms(on_unknown)
        self._names_known = False
        self._client = client if client is None else self._private(client)
        self._making = asyncio.Lock()
        # The embedded server answers one request at a time; waiting here keeps seconds honest.
        self._turn = asyncio.Semaphore(REMOTE_AT_ONCE if endpoint.remote else 1)
        self._guest: asyncio.Task[Any] | None = None

    def know(self, names: Iterable[str]) -> None:
        """Say who is spoken of: before a request leaves for a remote endpoint their names are replaced.

        Names add up. Call it (with none, where nobody is named) before the first request; for the
        embedded model it changes nothing.
        """
        self.add_names(names)
        self._names_known = True

    def add_names(self, names: Iterable[str]) -> None:
        """Add names that are known anyhow; it still has to be said by `know` who a text speaks of."""
        self._names.know(names)

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
                self._client = self._private(await asyncio.to_thread(make_client, self.endpoint, self.limits))
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
        await self._pass_gate(request)
        sent = 0
        answer = Answer(on_delta)

        async def send() -> Reply:
            nonlocal sent, answer
            sent += 1
            answer = Answer(on_delta)
            try:
                await self._read(request, answer)
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
        await self._pass_gate({**request, "response_format": response_format(model_class, name="answer")})
        return await self._bounded(
            lambda: ask_until_valid(self, model_class, request, attempts=attempts), str
        )

    async def warm(self, messages: Sequence[Message]) -> Reply:
        """Let the server evaluate `messages` so that its cache serves the next request that begins so."""
        return await self.stream(messages, None, max_tokens=1)

    @property
    def busy(self) -> bool:
        """Whether a request now would have to wait for another one."""
        return self._turn.locked()

    async def as_guest(self, work: Callable[[], Awaitable[R]], seconds: float) -> R | None:
        """Do `work`, requests of no great weight, for at most `seconds`; None where it did not end in time.

        Whoever asks next does not wait for it: it is stopped then, and the slot is free at once.
        """
        task: asyncio.Task[R] = asyncio.ensure_future(work())
        self._guest = task
        try:
            await asyncio.wait({task}, timeout=seconds)
            return task.result() if task.done() and not task.cancelled() else None
        finally:
            self._guest = None
            if not task.done():
                task.cancel()
                await asyncio.wait({task})

    async def close(self) -> None:
        """Close the connections; do it before the embedded server is stopped."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _read(self, request: dict[str, Any], answer: Answer) -> None:
        """Send one request in the form that the endpoint takes, and read its answer."""
        client = await self.client()
        profile = await self.known_profile(client)
        shaped = profile.shaped(request)
        if profile.streaming:
            await read_stream(client, shaped, answer, stall=self.limits.stall, count=profile.usage)
        else:
            await read_whole(client, shaped, answer)
        if "response_format" in request and not profile.json_schema:
            answer.text = json_text(answer.text) or answer.text

    async def known_profile(self, client: Any) -> Profile:
        """Return what the endpoint can do, probing it once. Raises as `stream` does."""
        async with self._making:
            if self.profile is None:
                self.profile = await probe(client, self.endpoint.model, stall=self.limits.stall)
                if self._on_profile is not None:
                    self._on_profile(self.profile)
            return self.profile

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

    def _private(self, client: Any) -> Any:
        """Return the client through which names are replaced; the embedded server's own is not changed."""
        return (
            PrivateClient(client, self._names, lambda: self._names_known) if self.endpoint.remote else client
        )

    async def _pass_gate(self, request: dict[str, Any]) -> None:
        if self.endpoint.remote:
            if not self._names_known:
                raise nobody_named()
            request = hidden_request(request, self._names)
        if self._gate is not None:
            form = request.get("response_format")
            schema = form["json_schema"]["schema"] if form else None
            shown = "" if schema is None else json.dumps(schema, ensure_ascii=False, indent=1)
            messages = tuple(dict(message) for message in request["messages"])
            await self._gate(Outgoing(self.endpoint.host, self.endpoint.model, messages, shown))

    async def _bounded(self, work: Callable[[], Awaitable[R]], partial: Callable[[], str]) -> R:
        if self._guest is not None and self._guest is not asyncio.current_task():
            self._guest.cancel()
        try:
            async with self._turn, asyncio.timeout(self.limits.total):
                return await work()
        except TimeoutError as error:
            raise self.failure(error, partial()) from error
