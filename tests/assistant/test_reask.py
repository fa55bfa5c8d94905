"""Asking again, played over real HTTP on loopback."""

from __future__ import annotations

import asyncio

import pytest
from played import ASK, GOOD, Play, Slots
from scripted_server import (
    Script,
    problem,
    whole,
)

from coach_assist.assistant.calls import Usage
from coach_assist.assistant.errors import ModelFailed
from coach_assist.assistant.reask import ReaskFailed


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
    async with asyncio.timeout(20):
        await played.server.received[0].gone.wait()
    assert len(played.server.received) == 1


@pytest.mark.parametrize("text", ["{{ secret }} {% raw", "{{ 1 + 1 }}"])
async def test_user_text_is_never_a_template(play: Play, text: str) -> None:
    played = await play(whole(GOOD))
    await played.provider.reask(Slots, [{"role": "user", "content": text}], max_tokens=50)
    assert played.server.received[0].body["messages"][0]["content"] == text
