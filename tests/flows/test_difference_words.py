"""One sentence on each difference: by rules at once, by a model where it keeps to the form."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from alone_maker import both_released
from scripted_server import Script, ScriptedServer, problem, streamed

from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.provider import Limits, Provider
from coach_assist.errors import Refused
from coach_assist.flows.ai_record import ai_record
from coach_assist.flows.difference_words import difference_words, own_words_on
from coach_assist.flows.plan_privacy import set_local_only
from coach_assist.workspace.store import Workspace

GOAL = "The team member says from 6 by 2027-03-01, the manager says from 9 by 2027-04-01."


def said(sentence: str) -> Script:
    return Script(streamed(json.dumps({"sentence": sentence})))


def provider_of(server: ScriptedServer) -> Provider:
    return Provider(Endpoint(server.url, "key", "scripted"), limits=Limits(tries=1))


async def test_rules_say_what_they_see(tmp_path: Path) -> None:
    plan, view = both_released(Workspace(tmp_path / "home"))
    with plan:
        found = await difference_words(plan, view, provider=None)
        assert found.words == own_words_on(view) and found.failed is None
        assert found.words["goal"].text.startswith("The team member names one goal that the manager does not")
        assert found.words["why"].text == "The two of you answer this in different words."
        assert found.words["cadence"].text == "The dates differ: on Thursday (team member), none (manager)."
        assert not any(one.by_model for one in found.words.values())
        assert ai_record(plan).calls == ()


async def test_a_sentence_that_fails_a_check_is_dropped_silently(tmp_path: Path) -> None:
    plan, view = both_released(Workspace(tmp_path / "home"))
    scripts = [said(GOAL), said("The manager is wrong."), Script(streamed("no JSON")), said(GOAL)]
    with plan:
        async with ScriptedServer(scripts) as server:
            provider = provider_of(server)
            found = await difference_words(plan, view, provider=provider)
            await provider.close()
        assert found.failed is None
        assert [one for one, words in found.words.items() if words.by_model] == ["goal"]
        assert found.words["goal"].text == GOAL
        assert len(ai_record(plan).calls) == 4


async def test_a_failure_and_a_stop_leave_the_rest_to_the_rules(tmp_path: Path) -> None:
    plan, view = both_released(Workspace(tmp_path / "home"))
    with plan:
        async with ScriptedServer([said(GOAL), problem(401, {"message": "no"})]) as server:
            provider = provider_of(server)
            found = await difference_words(plan, view, provider=provider)
            await provider.close()
        assert found.failed is not None and found.words["goal"].by_model
        assert found.words.keys() == own_words_on(view).keys()
        heard = []
        held = Script([*streamed("{")[:1], 60.0])
        async with ScriptedServer([said(GOAL), held]) as server:
            provider = provider_of(server)
            work = asyncio.create_task(difference_words(plan, view, provider=provider, on_words=heard.append))
            async with asyncio.timeout(60):
                while len(server.received) < 2:  # noqa: ASYNC110  (what is awaited lies in the server)
                    await asyncio.sleep(0.01)
            work.cancel()
            with pytest.raises(asyncio.CancelledError):
                await work
            await provider.close()
        assert [one.text for one in heard] == [GOAL]
        assert "Stopped" in ai_record(plan).calls[-1].failed


async def test_answers_that_stay_here_are_not_sent(tmp_path: Path) -> None:
    async def gate(_outgoing: object) -> None:
        raise AssertionError("nothing may be shown for sending")

    plan, view = both_released(Workspace(tmp_path / "home"))
    with plan:
        set_local_only(plan, True)
        remote = Provider(Endpoint("https://model.example/v1", "k", "m", remote=True), gate=gate)
        with pytest.raises(Refused, match="local only"):
            await difference_words(plan, view, provider=remote)
        assert ai_record(plan).calls == ()
