"""Refusals, limits and waiting: what comes back over HTTP before an answer, played on loopback."""

from __future__ import annotations

import asyncio
import json

import pytest
from played import GOOD, Play
from scripted_server import (
    Script,
    chunk,
    problem,
    streamed,
)

from coach_assist.assistant.calls import Usage
from coach_assist.assistant.client import SENT_HEADERS, Limits


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


async def test_context_overflow_is_said_with_its_counts(play: Play) -> None:
    error = {"type": "exceed_context_size_error", "message": "x", "n_prompt_tokens": 10030, "n_ctx": 4096}
    played = await play(problem(400, error))
    failed = await played.fails()
    assert failed.kind == "context_full"
    assert "10030 tokens" in failed.what and "4096" in failed.what


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
