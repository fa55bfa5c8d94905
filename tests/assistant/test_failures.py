"""Every way in which a server can fail, played over real HTTP on loopback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from pydantic import BaseModel, Field, field_validator
from scripted_server import (
    DONE,
    Naps,
    Script,
    ScriptedServer,
    chunk,
    event,
    problem,
    streamed,
    usage,
    whole,
)

from coach_assist.assistant.calls import Delta, Usage
from coach_assist.assistant.client import SENT_HEADERS, Limits
from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.errors import ModelFailed
from coach_assist.assistant.provider import Provider
from coach_assist.assistant.reask import ReaskFailed

ASK = [{"role": "user", "content": "What is measured?"}]
GOOD = '{"metric": "open tickets", "days": 3}'


class Slots(BaseModel):
    metric: str = Field(max_length=40)
    days: int

    @field_validator("days")
    @classmethod
    def positive(cls, days: int) -> int:
        if days < 1:
            raise ValueError("days must be at least 1")
        return days


class Played:
    """A provider of a scripted server, and what both saw."""

    def __init__(self, server: ScriptedServer, limits: Limits) -> None:
        self.server = server
        self.naps = Naps()
        endpoint = Endpoint(server.url, "the-key", "asked-model")
        self.provider = Provider(endpoint, limits=limits, sleep=self.naps)
        self.heard: list[Delta] = []

    async def stream(self, **options: Any) -> Any:
        return await self.provider.stream(ASK, Slots, max_tokens=50, on_delta=self.heard.append, **options)

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not true():  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def fails(self) -> ModelFailed:
        with pytest.raises(ModelFailed) as caught:
            await self.stream()
        assert caught.value.what and caught.value.kept and caught.value.next_step
        return caught.value


Play = Callable[..., Any]


@pytest.fixture
async def play() -> AsyncIterator[Play]:
    opened: list[Played] = []

    async def start(*scripts: Script, limits: Limits = Limits(stall=5.0)) -> Played:  # noqa: B008
        server = await ScriptedServer(scripts).__aenter__()
        opened.append(Played(server, limits))
        return opened[-1]

    yield start
    for played in opened:
        await played.provider.close()
        await played.server.__aexit__()


async def test_a_whole_answer(play: Play) -> None:
    played = await play(Script(streamed(GOOD)))
    reply = await played.stream()
    assert reply.text == GOOD and reply.finish_reason == "stop"
    assert reply.usage == Usage(10, 4, 5) and reply.model == "scripted"
    assert played.heard[-1].partial == json.loads(GOOD)
    assert played.heard[5].partial == {"metric": "open t"}


async def test_only_needed_headers_leave(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "my-organisation")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer other\nx-own: 1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("OPENAI_LOG", "debug")
    played = await play(Script(streamed(GOOD)))
    await played.stream()
    headers = played.server.received[0].headers
    assert headers["authorization"] == "Bearer the-key"
    assert set(headers) <= SENT_HEADERS
    assert headers["user-agent"] == "coach-assist"


@pytest.mark.parametrize("status", [401, 403, 404, 422, 400])
async def test_a_refusal_is_said_once_and_not_repeated(play: Play, status: int) -> None:
    played = await play(problem(status, {"message": "no such thing", "type": "x"}))
    failed = await played.fails()
    kinds = {401: "auth", 403: "forbidden", 404: "not_found", 422: "bad_request", 400: "bad_request"}
    assert failed.kind == kinds[status] and not failed.retry
    assert len(played.server.received) == 1 and played.naps.seconds == []


async def test_401_names_the_key_only_for_a_remote_endpoint(play: Play) -> None:
    played = await play(problem(401, {"message": "Invalid API Key"}))
    assert "its own key" in (await played.fails()).what


async def test_429_waits_as_long_as_the_server_asks(play: Play) -> None:
    played = await play(problem(429, {"message": "slow"}, retry_after="7"), Script(streamed(GOOD)))
    reply = await played.stream()
    assert reply.text == GOOD and reply.attempts == 2
    assert played.naps.seconds == [7.0]


async def test_429_that_asks_for_too_long_is_said(play: Play) -> None:
    played = await play(problem(429, {"message": "slow"}, retry_after="61"))
    failed = await played.fails()
    assert failed.kind == "rate_limited" and "61 seconds" in failed.what
    assert len(played.server.received) == 1


async def test_no_credit_is_not_a_matter_of_waiting(play: Play) -> None:
    played = await play(problem(429, {"message": "quota", "code": "insufficient_quota"}))
    assert (await played.fails()).kind == "no_credit"
    assert len(played.server.received) == 1


@pytest.mark.parametrize("status", [408, 409, 500, 502, 503])
async def test_a_server_error_is_tried_three_times(play: Play, status: int) -> None:
    played = await play(problem(status, "<h1>oops</h1>"))
    failed = await played.fails()
    assert failed.attempts == 3 and len(played.server.received) == 3
    assert played.naps.seconds == [0.5, 1.0]
    assert "<h1>" not in failed.what


async def test_nobody_listens(play: Play) -> None:
    played = await play(Script(streamed(GOOD)))
    await played.server.__aexit__()
    failed = await played.fails()
    assert failed.kind == "unreachable" and failed.attempts == 3


async def test_a_connection_cut_before_the_first_piece_is_tried_again(play: Play) -> None:
    played = await play(Script([], cut=True), Script(streamed(GOOD)))
    assert (await played.stream()).attempts == 2


async def test_a_connection_cut_in_the_middle_keeps_the_text_and_is_not_repeated(play: Play) -> None:
    played = await play(Script(streamed(GOOD)[:4], cut=True))
    failed = await played.fails()
    assert failed.kind == "cut_off" and failed.partial == GOOD[:12]
    assert len(played.server.received) == 1


async def test_an_answer_that_just_ends_is_no_answer(play: Play) -> None:
    played = await play(Script(streamed(GOOD)[:4]))
    failed = await played.fails()
    assert failed.kind == "cut_off" and failed.partial == GOOD[:12]


async def test_a_stall_in_the_middle_keeps_the_text(play: Play) -> None:
    played = await play(Script([*streamed(GOOD)[:3], 30.0]), limits=Limits(stall=0.3))
    failed = await played.fails()
    assert failed.kind == "timeout" and failed.partial == GOOD[:9]
    assert len(played.server.received) == 1


async def test_pings_do_not_hide_a_stall(play: Play) -> None:
    parts: list[bytes | float] = [*streamed(GOOD)[:3]]
    for _ in range(40):
        parts += [b": ping\n\n", 0.1]
    played = await play(Script(parts), limits=Limits(stall=0.5))
    assert (await played.fails()).kind == "timeout"


async def test_a_slow_first_byte_within_the_limit_is_waited_for(play: Play) -> None:
    played = await play(Script([0.5, *streamed(GOOD)]), limits=Limits(stall=3.0))
    assert (await played.stream()).text == GOOD


async def test_the_whole_call_is_bounded(play: Play) -> None:
    drip: list[bytes | float] = []
    for character in GOOD * 3:
        drip += [chunk(character), 0.1]
    played = await play(Script(drip), limits=Limits(stall=5.0, total=0.8))
    failed = await played.fails()
    assert failed.kind == "timeout" and failed.partial and GOOD.startswith(failed.partial)


async def test_the_bound_holds_for_waiting_between_tries_too(play: Play) -> None:
    played = await play(problem(429, {"message": "slow"}, retry_after="50"), limits=Limits(total=0.3))
    played.provider.sleep = None
    assert (await played.fails()).kind == "timeout"


async def test_letters_cut_in_two_bytes_come_out_whole(play: Play) -> None:
    text = '{"metric": "öffentliche Übung 🙂", "days": 3}'
    data = b"".join(part for part in streamed(text) if isinstance(part, bytes))
    played = await play(Script([data[start : start + 1] for start in range(len(data))]))
    assert (await played.stream()).text == text


async def test_an_event_that_is_not_json(play: Play) -> None:
    played = await play(Script([*streamed(GOOD)[:2], event("{not json")]))
    failed = await played.fails()
    assert failed.kind == "bad_stream" and failed.partial == GOOD[:6]


async def test_an_error_event_in_the_middle(play: Play) -> None:
    said = event({"error": {"message": "slot\nlost", "code": 500}})
    played = await play(Script([*streamed(GOOD)[:2], said]))
    failed = await played.fails()
    assert failed.kind == "server" and "slot lost" in failed.what and failed.partial == GOOD[:6]


async def test_a_cut_at_the_length_limit_is_returned_as_cut(play: Play) -> None:
    played = await play(Script(streamed(GOOD[:20], finish="length")))
    reply = await played.stream()
    assert reply.cut and reply.text == GOOD[:20]


async def test_a_withheld_answer(play: Play) -> None:
    played = await play(Script(streamed("", finish="content_filter")))
    assert (await played.fails()).kind == "filtered"


@pytest.mark.parametrize("kind", ["text/html", "application/json"])
async def test_a_wrong_content_type(play: Play, kind: str) -> None:
    played = await play(Script([b"<html>Sign in</html>"], headers={"content-type": kind}))
    failed = await played.fails()
    assert failed.kind == "wrong_type" and kind in failed.what


async def test_a_redirect_is_not_followed(play: Play) -> None:
    elsewhere = await play(Script(streamed(GOOD)))
    target = elsewhere.server.url + "/chat/completions"
    played = await play(Script([b""], 307, {"location": target}))
    await played.fails()
    assert elsewhere.server.received == []


async def test_an_empty_answer_is_said_as_such(play: Play) -> None:
    played = await play(Script(streamed("")))
    assert (await played.fails()).kind == "empty"


async def test_no_usage_is_unknown_not_zero(play: Play) -> None:
    parts = [part for part in streamed(GOOD) if part != usage()]
    reply = await (await play(Script(parts))).stream()
    assert reply.usage == Usage(None, None, None)


async def test_usage_without_cached_tokens(play: Play) -> None:
    parts = [usage(cached=None) if part == usage() else part for part in streamed(GOOD)]
    assert (await (await play(Script(parts))).stream()).usage == Usage(10, None, 5)


async def test_reasoning_beside_the_answer_is_not_part_of_it(play: Play) -> None:
    thought = chunk(reasoning_content="Let me think …")
    played = await play(Script([thought, *streamed(GOOD)]))
    assert (await played.stream()).text == GOOD


async def test_context_overflow_is_said_with_its_counts(play: Play) -> None:
    error = {"type": "exceed_context_size_error", "message": "x", "n_prompt_tokens": 10030, "n_ctx": 4096}
    played = await play(problem(400, error))
    failed = await played.fails()
    assert failed.kind == "context_full"
    assert "10030 tokens" in failed.what and "4096" in failed.what


async def test_escape_closes_the_connection_at_once_and_keeps_what_came(play: Play) -> None:
    played = await play(Script([*streamed(GOOD)[:3], 30.0]))
    task = asyncio.ensure_future(played.stream())
    await played.until(lambda: len(played.heard) == 3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(2):
        await played.server.received[0].gone.wait()
    assert played.heard[-1].text == GOOD[:9]
    assert len(played.server.received) == 1


async def test_escape_between_tries_ends_the_waiting(play: Play) -> None:
    played = await play(problem(429, {"message": "slow"}, retry_after="50"))
    played.provider.sleep = None
    task = asyncio.ensure_future(played.stream())
    await played.until(lambda: bool(played.server.received))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(played.server.received) == 1


async def test_the_embedded_model_gets_one_request_at_a_time(play: Play) -> None:
    played = await play(Script([0.5, *streamed(GOOD)]))
    first, second = (asyncio.ensure_future(played.stream()) for _ in range(2))
    await played.until(lambda: bool(played.server.received))
    await asyncio.sleep(0.2)
    assert len(played.server.received) == 1
    assert (await first).text == (await second).text == GOOD
    assert len(played.server.received) == 2


# Asking again


async def test_reask_sends_the_bad_answer_and_its_faults_back(play: Play) -> None:
    played = await play(whole('{"metric": "x", "days": 0}'), whole(GOOD))
    reasked = await played.provider.reask(Slots, ASK, max_tokens=50)
    assert type(reasked.value) is Slots and reasked.value == Slots(metric="open tickets", days=3)
    assert reasked.reply.attempts == 2
    assert reasked.reply.usage == Usage(20, 4, 10), "summed over both answers"
    said = played.server.received[1].body["messages"]
    assert said[1]["content"] == '{"metric": "x", "days": 0}'
    assert "days must be at least 1" in said[2]["content"]
    assert "further information" not in said[2]["content"]


async def test_reask_stops_at_its_number_of_answers(play: Play) -> None:
    played = await play(whole('{"metric": "x", "days": 0}'))
    with pytest.raises(ReaskFailed) as caught:
        await played.provider.reask(Slots, ASK, max_tokens=50, attempts=2)
    assert len(played.server.received) == 2 and caught.value.attempts == 2
    assert caught.value.partial == '{"metric": "x", "days": 0}'
    assert caught.value.problems == [("days", "Value error, days must be at least 1")]
    assert caught.value.reply.usage == Usage(20, 4, 10)
    assert "metric" not in str(caught.value), "answers hold personal data and are not part of the words"


@pytest.mark.parametrize(
    "text",
    ["<think>{}</think>" + GOOD, f"Here it is:\n```json\n{GOOD}\n```", '{"metric": "x", "days": 0}' + GOOD],
)
async def test_reask_finds_the_json_in_more_than_json(play: Play, text: str) -> None:
    played = await play(whole(text))
    reasked = await played.provider.reask(Slots, ASK, max_tokens=50)
    assert reasked.value.days == 3 and reasked.reply.attempts == 1


@pytest.mark.parametrize("text", ["no JSON at all", "", '{"metric": "x"'])
async def test_reask_after_an_answer_that_is_not_json(play: Play, text: str) -> None:
    played = await play(whole(text), whole(GOOD))
    assert (await played.provider.reask(Slots, ASK, max_tokens=50)).reply.attempts == 2


async def test_a_cut_answer_is_not_asked_for_again(play: Play) -> None:
    played = await play(whole(GOOD[:10], finish="length"))
    with pytest.raises(ModelFailed) as caught:
        await played.provider.reask(Slots, ASK, max_tokens=5, attempts=3)
    assert caught.value.kind == "length" and caught.value.partial == GOOD[:10]
    assert len(played.server.received) == 1


async def test_http_failures_do_not_use_up_answers(play: Play) -> None:
    bad = whole('{"metric": "x", "days": 0}')
    played = await play(
        problem(503, {"message": "busy"}), bad, problem(503, {"message": "busy"}), whole(GOOD)
    )
    reasked = await played.provider.reask(Slots, ASK, max_tokens=50, attempts=2)
    assert reasked.reply.attempts == 2 and len(played.server.received) == 4


async def test_a_number_in_quotes_is_no_reason_to_ask_again(play: Play) -> None:
    played = await play(whole('{"metric": "open tickets", "days": "3"}'))
    assert (await played.provider.reask(Slots, ASK, max_tokens=50)).reply.attempts == 1


async def test_nothing_of_a_failed_call_reaches_the_terminal_or_a_log(
    play: Play, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    played = await play(problem(401, {"message": "key of Anna"}), whole('{"metric": "Anna", "days": 0}'))
    for _ in range(2):
        with pytest.raises(ModelFailed):
            await played.provider.reask(Slots, ASK, max_tokens=50)
    assert capfd.readouterr() == ("", "") and caplog.text == ""


async def test_reask_401_is_not_repeated(play: Play) -> None:
    played = await play(problem(401, {"message": "Invalid API Key"}))
    with pytest.raises(ModelFailed) as caught:
        await played.provider.reask(Slots, ASK, max_tokens=50, attempts=3)
    assert caught.value.kind == "auth" and len(played.server.received) == 1


async def test_reask_is_cancelled_at_once(play: Play) -> None:
    played = await play(Script([30.0], headers={"content-type": "application/json"}))
    task = asyncio.ensure_future(played.provider.reask(Slots, ASK, max_tokens=50))
    await played.until(lambda: bool(played.server.received))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(2):
        await played.server.received[0].gone.wait()
    assert len(played.server.received) == 1


@pytest.mark.parametrize("text", ["{{ secret }} {% raw", "{{ 1 + 1 }}"])
async def test_user_text_is_never_a_template(play: Play, text: str) -> None:
    played = await play(whole(GOOD))
    await played.provider.reask(Slots, [{"role": "user", "content": text}], max_tokens=50)
    assert played.server.received[0].body["messages"][0]["content"] == text


async def test_done_is_not_needed_after_the_finish_reason(play: Play) -> None:
    parts = [part for part in streamed(GOOD) if part != DONE]
    assert (await (await play(Script(parts))).stream()).text == GOOD
