"""Asking again with what was wrong: instructor on top of the provider's own requests."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt

from coach_assist.assistant.calls import Reasked, Reply, Usage
from coach_assist.assistant.errors import ModelFailed
from coach_assist.assistant.json_text import json_text
from coach_assist.assistant.retry import with_tries
from coach_assist.assistant.stream import usage_of
from coach_assist.errors import CoachError

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider

T = TypeVar("T", bound=BaseModel)

_LINK = re.compile(r"\n *For further information visit https://errors\.pydantic\.dev/\S+")


class ReaskFailed(ModelFailed):
    """Every answer was refused by the model's validators.

    `partial` is the last answer's text; `problems` are its (place, message) pairs; `reply` holds the
    summed usage and the count of answers.
    """

    def __init__(self, problems: list[tuple[str, str]], reply: Reply) -> None:
        super().__init__(
            "reask",
            f"The model did not give a valid answer in {reply.attempts} tries.",
            next_step="Go on in your own words, or try again.",
            partial=reply.text,
            attempts=reply.attempts,
        )
        self.problems = problems
        self.reply = reply


class _Meter:
    """Counts answers and sums their usage, since instructor changes the numbers it is given."""

    def __init__(self, model: str) -> None:
        self.started = time.monotonic()
        self.answers = 0
        self.usage = Usage()
        self.text = ""
        self.finish_reason: str | None = None
        self.model = model

    def take(self, completion: Any) -> None:
        self.answers += 1
        used = usage_of(completion.usage)
        self.usage = used if self.answers == 1 else self.usage + used
        choice = completion.choices[0] if completion.choices else None
        self.text = (choice.message.content or "") if choice and choice.message else ""
        self.finish_reason = choice.finish_reason if choice else None
        self.model = completion.model or self.model

    def reply(self) -> Reply:
        seconds = time.monotonic() - self.started
        return Reply(self.text, self.finish_reason, self.usage, seconds, self.answers, self.model)


async def ask_until_valid(
    provider: Provider, model_class: type[T], request: dict[str, Any], *, attempts: int
) -> Reasked[T]:
    """Return the first answer that `model_class` accepts, of at most `attempts`.

    instructor appends a refused answer and its errors to the messages. HTTP failures are repeated
    below it, so that they never start its count anew. Raises ReaskFailed and ModelFailed.
    """
    import instructor
    from instructor.core.exceptions import (
        IncompleteOutputException,
        InstructorRetryException,
        ResponseParsingError,
    )

    meter = _Meter(provider.endpoint.model)

    async def create(**kwargs: Any) -> Any:
        kwargs["messages"] = [_without_links(message) for message in kwargs["messages"]]
        completion = await with_tries(
            lambda: _one_answer(provider, kwargs), tries=provider.limits.tries, sleep=provider.sleep
        )
        meter.take(completion)
        for choice in completion.choices or ():
            # Thoughts or a fence around the JSON are no reason to ask again.
            if choice.message.content:
                choice.message.content = json_text(choice.message.content) or choice.message.content
        return completion

    ask: Any = instructor.patch(create=create, mode=instructor.Mode.JSON_SCHEMA)
    again = AsyncRetrying(
        stop=stop_after_attempt(attempts),
        retry=retry_if_exception_type((ValidationError, json.JSONDecodeError, ResponseParsingError)),
        reraise=True,
    )
    try:
        found = await ask(response_model=model_class, max_retries=again, strict=False, **request)
    except IncompleteOutputException as error:
        raise _cut(meter) from error
    except InstructorRetryException as error:
        # Its own text holds every answer; only the cause is looked at.
        raise _translated(error.__cause__, meter, provider) from error.__cause__
    # instructor returns an instance of a generated subclass that carries the raw answer along.
    return Reasked(model_class.model_validate(found.model_dump()), meter.reply())


def _without_links(message: dict[str, Any]) -> dict[str, Any]:
    """Take pydantic's "further information" lines out: tokens that tell the model nothing."""
    content = message.get("content")
    if message.get("role") != "user" or not isinstance(content, str):
        return message
    return {**message, "content": _LINK.sub("", content)}


async def _one_answer(provider: Provider, request: dict[str, Any]) -> Any:
    try:
        client = await provider.client()
        profile = await provider.known_profile(client)
        return await client.chat.completions.create(**profile.shaped(request))
    except CoachError:
        raise
    except Exception as error:
        raise provider.failure(error) from error


def _cut(meter: _Meter) -> ModelFailed:
    return ModelFailed(
        "length",
        "The answer was cut at its length limit.",
        next_step="Try again with a shorter text.",
        partial=meter.text,
        attempts=meter.answers,
    )


def _translated(cause: BaseException | None, meter: _Meter, provider: Provider) -> CoachError:
    if isinstance(cause, CoachError):
        return cause
    if isinstance(cause, ValidationError):
        found = cause.errors(include_url=False, include_input=False, include_context=False)
        problems = [(".".join(map(str, item["loc"])), item["msg"]) for item in found]
        return ReaskFailed(problems, meter.reply())
    if meter.answers and isinstance(cause, ValueError):
        return ReaskFailed([("", "not JSON of the wanted form")], meter.reply())
    return provider.failure(cause or RuntimeError("no cause"), meter.text)
