"""The one place where text leaves for a remote endpoint and comes back: names are replaced there."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from coach_assist.assistant.privacy.pseudonyms import STAND_IN, Pseudonyms, StreamRestorer
from coach_assist.errors import Refused

NOTE = (
    "People are called PersonA, PersonB and so on here; PersonAb is PersonA in another spelling. "
    "Write these words exactly as they stand, and make up no others."
)
"""Added to the system message, so that the model keeps the stand-ins."""

_OURS = frozenset(
    {"model", "max_tokens", "max_completion_tokens", "temperature", "seed", "stream", "stream_options"}
)
"""Fields of a request that hold nothing of a person's; in every other one names are replaced."""
_NOT_TEXT = frozenset({"role", "type", "$ref", "format", "required"})
"""Keys whose values are words of the protocol or of JSON schemas."""


class PrivateClient:
    """An openai client whose requests and answers pass `names`. Before `ready()` it sends nothing.

    It has only what the provider uses: chat.completions.create, models, close.
    """

    def __init__(self, client: Any, names: Pseudonyms, ready: Callable[[], bool]) -> None:
        self._client = client
        self._names = names
        self._ready = ready
        self.chat = self
        self.completions = self

    @property
    def models(self) -> Any:
        """The endpoint's list of models: asking for it tells nothing."""
        return self._client.models

    async def create(self, **request: Any) -> Any:
        """Send a request with names replaced; the answer, streamed or not, has them again."""
        if not self._ready():
            raise nobody_named()
        answer = await self._client.chat.completions.create(**hidden_request(request, self._names))
        quoted = wants_json(request)
        if request.get("stream"):
            return _RestoredStream(answer, self._names, quoted)
        for choice in getattr(answer, "choices", None) or ():
            if choice.message and choice.message.content:
                choice.message.content = self._names.restore(choice.message.content, quoted=quoted)
        return answer

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()


def nobody_named() -> Refused:
    """The refusal where it was never said whose names to replace: a fault of this program."""
    return Refused(
        "It is not known whose names to replace, so nothing was sent to the remote model.",
        kept="Your text is kept.",
        next_step="Use the embedded model, and please report this as a fault of the program.",
    )


def hidden_request(request: dict[str, Any], names: Pseudonyms) -> dict[str, Any]:
    """Return `request` as it leaves: names replaced everywhere, the note on stand-ins in it.

    Raises Refused where a known name is left in it all the same.
    """
    hidden = {key: value if key in _OURS else _hidden(value, names) for key, value in request.items()}
    for text in _texts({key: value for key, value in hidden.items() if key not in _OURS}):
        names.refuse_known(STAND_IN.sub("·", text))
    hidden["messages"] = _with_note(hidden.get("messages") or [])
    return hidden


def wants_json(request: dict[str, Any]) -> bool:
    """Whether the answer is to be JSON, so that what is put into it has to be escaped."""
    told = json.dumps([one.get("content") for one in request.get("messages") or ()], ensure_ascii=True)
    return request.get("response_format") is not None or "JSON" in told


def _hidden(value: Any, names: Pseudonyms) -> Any:
    if isinstance(value, str):
        return names.hide(value)
    if isinstance(value, list | tuple):
        return [_hidden(one, names) for one in value]
    if isinstance(value, dict):
        return {key: one if key in _NOT_TEXT else _hidden(one, names) for key, one in value.items()}
    return value


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if isinstance(value, dict):
        return [text for key, one in value.items() if key not in _NOT_TEXT for text in _texts(one)]
    return []


def _with_note(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    first, *rest = messages or [{"role": "system", "content": ""}]
    if first["role"] != "system":
        return [{"role": "system", "content": NOTE}, *messages]
    return [{**first, "content": f"{first['content']}\n\n{NOTE}".strip()}, *rest]


class _RestoredStream:
    """A stream of chunks whose text has the names again; the last words come even where it breaks off."""

    def __init__(self, stream: Any, names: Pseudonyms, quoted: bool) -> None:
        self._stream = stream
        self._names = names
        self._quoted = quoted
        self.response = stream.response

    async def __aiter__(self) -> AsyncIterator[Any]:
        restorer: StreamRestorer = self._names.stream(quoted=self._quoted)
        last: Any = None
        failed: Exception | None = None
        try:
            async for chunk in self._stream:
                for choice in chunk.choices or ():
                    if choice.delta is not None:
                        text = restorer.feed(choice.delta.content or "")
                        choice.delta.content = text + (restorer.end() if choice.finish_reason else "")
                        last = chunk
                yield chunk
        except Exception as error:
            failed = error
        rest = restorer.end()
        if rest and last is not None:
            extra = last.model_copy(deep=True)
            extra.choices[0].delta.content = rest
            extra.choices[0].finish_reason = None
            yield extra
        if failed is not None:
            raise failed

    async def close(self) -> None:
        """End the stream."""
        await self._stream.close()
