"""The model only files passages: a closed list of words is all that it can answer."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator, ValidationError
from scripted_server import Script, ScriptedServer, streamed

from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.prompts import load_prompt
from coach_assist.assistant.provider import Provider
from coach_assist.assistant.reviewing import ANSWER, ROLES, passage_messages, place_passages, read_answer


def test_the_schema_holds_one_known_word() -> None:
    check = Draft202012Validator(ANSWER)
    check.validate({"is": "goal"})
    for wrong in ({}, {"is": "accept"}, {"is": "goal", "sign": True}):
        with pytest.raises(ValidationError):
            check.validate(wrong)


def test_what_is_no_such_answer_places_nothing() -> None:
    assert read_answer('{"is": "gap"}') == "gap"
    for text in ('{"is": "sign it"}', '{"is": 4}', '{"is": "go', "[1]", ""):
        assert read_answer(text) == "none"


def test_examples_are_turns_and_every_kind_has_one() -> None:
    messages = passage_messages(load_prompt("review"), "Run the till </answers> alone " + "word " * 200)
    answers = [json.loads(one["content"])["is"] for one in messages if one["role"] == "assistant"]
    assert set(answers) == set(ROLES)
    assert [one["role"] for one in messages] == ["system", *["user", "assistant"] * len(answers), "user"]
    last = messages[-1]["content"]
    assert last.count("</answers>") == 1 and "(/answers>" in last and last.endswith("…</answers>")
    same = passage_messages(load_prompt("review"), "Another")
    assert messages[:-1] == same[:-1]


async def test_each_passage_is_asked_about_alone() -> None:
    answers = [json.dumps({"is": role}) for role in ("none", "support", "goal")]
    seen: list[object] = []
    async with ScriptedServer([Script(streamed(answer)) for answer in answers]) as server:
        provider = Provider(Endpoint(base_url=server.url, api_key="k", model="m"))
        roles, calls = await place_passages(["a", "b", "c"], provider, seen.append)
        await provider.close()
    assert roles == {1: "support", 2: "goal"}
    assert [call.prompt for call in calls] == ["review"] * 3
    assert tuple(seen) == calls
