"""The provider against recorded answers of the embedded model."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, Field, field_validator

from coach_assist.assistant.calls import Delta, Purpose
from coach_assist.assistant.provider import Provider

MESSAGES = [
    {"role": "system", "content": "Answer with JSON: name (a first name) and days (a whole number)."},
    {"role": "user", "content": "Zoë answers open tickets within 3 days."},
]


class Found(BaseModel):
    name: str = Field(max_length=20)
    days: int = Field(ge=0, le=99)


class Shouted(Found):
    @field_validator("name")
    @classmethod
    def bob(cls, name: str) -> str:
        if name != "Bob":
            raise ValueError("the name must be Bob")
        return name


@pytest.mark.vcr
async def test_a_streamed_answer_fits_its_schema_and_says_what_it_took(recorded_provider: Provider) -> None:
    heard: list[Delta] = []
    reply = await recorded_provider.stream(MESSAGES, Found, max_tokens=60, on_delta=heard.append)
    assert Found.model_validate_json(reply.text) == Found(name="Zoë", days=3)
    assert reply.finish_reason == "stop" and not reply.cut and reply.attempts == 1
    assert [delta.text for delta in heard] == sorted((delta.text for delta in heard), key=len)
    assert any(delta.partial == {"name": "Zoë"} for delta in heard), "fields arrive one by one"
    assert reply.completion_tokens is not None and reply.completion_tokens >= heard[-1].tokens > 5
    record = reply.record(Purpose("find", "1")).to_json()
    assert record["model"] == "embedded" and record["prompt_tokens"] == reply.prompt_tokens
    assert record["cached_tokens"] is not None


@pytest.mark.vcr
async def test_a_refused_answer_goes_back_with_what_was_said_about_it(recorded_provider: Provider) -> None:
    reasked = await recorded_provider.reask(Shouted, MESSAGES, max_tokens=60, attempts=2)
    assert type(reasked.value) is Shouted and reasked.value == Shouted(name="Bob", days=3)
    assert reasked.reply.attempts == 2
    assert reasked.reply.prompt_tokens is not None and reasked.reply.prompt_tokens > 60, "summed over both"


@pytest.mark.vcr
async def test_a_cut_answer_is_returned_as_cut(recorded_provider: Provider) -> None:
    reply = await recorded_provider.stream(MESSAGES, Found, max_tokens=4)
    assert reply.cut and reply.finish_reason == "length" and reply.text


@pytest.mark.vcr
async def test_the_second_request_with_one_beginning_is_served_from_the_cache(
    recorded_provider: Provider,
) -> None:
    other = [MESSAGES[0], {"role": "user", "content": "Ali reads 2 pages a day."}]
    await recorded_provider.warm(MESSAGES)
    reply = await recorded_provider.stream(other, Found, max_tokens=60)
    assert reply.cached_tokens is not None and reply.cached_tokens >= 15
