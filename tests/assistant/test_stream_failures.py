"""What can go wrong in a streamed answer, played over real HTTP on loopback."""

from __future__ import annotations

import asyncio

import pytest
from played import GOOD, Play
from scripted_server import (
    DONE,
    Script,
    chunk,
    event,
    streamed,
    usage,
)

from coach_assist.assistant.calls import Usage
from coach_assist.assistant.client import Limits


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


async def test_escape_closes_the_connection_at_once_and_keeps_what_came(play: Play) -> None:
    played = await play(Script([*streamed(GOOD)[:3], 30.0]))
    task = asyncio.ensure_future(played.stream())
    await played.until(lambda: len(played.heard) == 3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(20):
        await played.server.received[0].gone.wait()
    assert played.heard[-1].text == GOOD[:9]
    assert len(played.server.received) == 1


async def test_done_is_not_needed_after_the_finish_reason(play: Play) -> None:
    parts = [part for part in streamed(GOOD) if part != DONE]
    assert (await (await play(Script(parts))).stream()).text == GOOD
