"""What an endpoint can do is found out by trying, and requests take the form that it takes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from pydantic import BaseModel
from scripted_server import Naps, Received, Script, ScriptedServer, problem, streamed, usage, whole

from coach_assist.assistant.calls import Delta, Usage
from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.errors import ModelFailed
from coach_assist.assistant.profile import Profile
from coach_assist.assistant.provider import Outgoing, Provider

ASK = [{"role": "system", "content": "Be short."}, {"role": "user", "content": "Which fruit?"}]


class Fruit(BaseModel):
    fruit: str


class Engine:
    """An OpenAI-compatible server with chosen abilities."""

    def __init__(
        self,
        *,
        holds: bool = True,
        refuses: tuple[str, ...] = (),
        streams: bool = True,
        counts: bool = True,
        models: dict[str, Any] | None = None,
        around: str = "{}",
    ) -> None:
        self.holds, self.refuses, self.streams, self.counts = holds, refuses, streams, counts
        self.models, self.around = models, around

    def __call__(self, received: Received) -> Script:
        if received.path == "/v1/models":
            if self.models is None:
                return problem(404, "no list here")
            entry = {"id": "m", "object": "model", "created": 0, "owned_by": "x", **self.models}
            listed = {"object": "list", "data": [{**entry, "id": "other", "n_ctx": 1}, entry]}
            return Script([json.dumps(listed).encode()], headers={"content-type": "application/json"})
        body = received.body
        for name in self.refuses:
            if name in body:
                return problem(
                    400, {"message": f"Unsupported parameter: '{name}'", "type": "invalid_request"}
                )
        held = self.holds and "response_format" in body
        answer = '{"fruit": "pear"}' if held else self.around.replace("{}", '{"fruit": "apple"}')
        if not self.streams or not body.get("stream"):
            return whole(answer)
        parts = streamed(answer)
        return Script(parts if self.counts else [part for part in parts if part != usage()])


class Tried:
    def __init__(self, server: ScriptedServer) -> None:
        self.server = server
        self.found: list[Profile] = []
        self.heard: list[Delta] = []

        async def gate(outgoing: Outgoing) -> None:
            return

        self.provider = Provider(
            Endpoint(server.url, "k", "m", remote=True),
            gate=gate,
            on_profile=self.found.append,
            sleep=Naps(),
        )
        self.provider.know(())

    async def ask(self) -> Any:
        return await self.provider.stream(ASK, Fruit, max_tokens=50, on_delta=self.heard.append)


Try = Callable[[Engine], Any]


@pytest.fixture
async def trial() -> AsyncIterator[Try]:
    opened: list[Tried] = []

    async def start(engine: Engine) -> Tried:
        server = await ScriptedServer([engine]).__aenter__()
        opened.append(Tried(server))
        return opened[-1]

    yield start
    for tried in opened:
        await tried.provider.close()
        await tried.server.__aexit__()


async def test_an_endpoint_that_can_everything(trial: Try) -> None:
    tried = await trial(Engine(models={"meta": {"n_ctx": 4096}}))
    assert Fruit.model_validate_json((await tried.ask()).text).fruit == "pear"
    assert tried.found == [Profile(context=4096)]
    before = len(tried.server.received)
    await tried.ask()
    assert len(tried.server.received) == before + 1 and len(tried.found) == 1, "probed once"


async def test_the_probe_holds_nothing_of_the_person(trial: Try) -> None:
    tried = await trial(Engine())
    await tried.ask()
    for received in tried.server.received[:-1]:
        assert "Which fruit" not in json.dumps(received.body)


@pytest.mark.parametrize(
    "models", [{"max_model_len": 900}, {"context_length": 900}, {"meta": {"n_ctx": 900}}]
)
async def test_the_context_by_whatever_name(trial: Try, models: dict[str, Any]) -> None:
    tried = await trial(Engine(models=models))
    await tried.ask()
    assert tried.found[0].context == 900


@pytest.mark.parametrize("engine", [Engine(holds=False), Engine(refuses=("response_format",))])
async def test_where_schemas_are_not_held_to_the_model_is_told(trial: Try, engine: Engine) -> None:
    tried = await trial(engine)
    assert Fruit.model_validate_json((await tried.ask()).text).fruit == "apple"
    assert tried.found == [Profile(json_schema=False)]
    sent = tried.server.received[-1].body
    assert "response_format" not in sent
    assert sent["messages"][0]["content"].startswith("Be short.\n\nAnswer with one JSON object")
    assert '"fruit"' in sent["messages"][0]["content"] and sent["messages"][1] == ASK[1]


@pytest.mark.parametrize(
    "around", ["```json\n{}\n```", "<think>{x}</think>Sure: {}", "Here: {} Anything else?"]
)
async def test_what_stands_around_the_json_is_taken_off(trial: Try, around: str) -> None:
    tried = await trial(Engine(holds=False, around=around))
    assert (await tried.ask()).text == '{"fruit": "apple"}'
    reasked = await tried.provider.reask(Fruit, ASK, max_tokens=50)
    assert reasked.value == Fruit(fruit="apple") and reasked.reply.attempts == 1
    assert "response_format" not in tried.server.received[-1].body


async def test_without_streaming_the_answer_comes_in_one_piece(trial: Try) -> None:
    tried = await trial(Engine(streams=False))
    reply = await tried.ask()
    assert reply.text == '{"fruit": "pear"}' and reply.usage == Usage(10, 2, 5)
    assert [delta.partial for delta in tried.heard] == [{"fruit": "pear"}]
    assert tried.found == [Profile(streaming=False)]
    assert "stream" not in tried.server.received[-1].body


async def test_without_counting(trial: Try) -> None:
    tried = await trial(Engine(counts=False))
    assert (await tried.ask()).usage == Usage()
    assert tried.found == [Profile(usage=False)]
    assert "stream_options" not in tried.server.received[-1].body


async def test_several_refusals_are_learnt_one_after_the_other(trial: Try) -> None:
    tried = await trial(Engine(refuses=("max_tokens", "temperature", "stream_options", "response_format")))
    assert (await tried.ask()).text == '{"fruit": "apple"}'
    profile = Profile(json_schema=False, usage=False, temperature=False, limit_name="max_completion_tokens")
    assert tried.found == [profile]
    assert set(tried.server.received[-1].body) == {"model", "messages", "max_completion_tokens", "stream"}


async def test_a_refused_key_is_said_and_nothing_is_kept(trial: Try) -> None:
    tried = await trial(lambda received: problem(401, {"message": "Invalid key"}))  # type: ignore[arg-type]
    with pytest.raises(ModelFailed) as caught:
        await tried.ask()
    assert caught.value.kind == "auth" and "127.0.0.1" in caught.value.what and tried.found == []
    assert len(tried.server.received) == 2


def test_a_profile_is_stored_and_read_again() -> None:
    for profile in (Profile(), Profile(context=7, temperature=False, limit_name="max_completion_tokens")):
        assert Profile.from_json(json.loads(json.dumps(profile.to_json()))) == profile


@pytest.mark.parametrize(
    "change", [{"streaming": "yes"}, {"context": "big"}, {"new": 1}, {"limit_name": None}, {"usage": 1}]
)
def test_a_profile_that_is_none_is_probed_again(change: dict[str, Any]) -> None:
    assert Profile.from_json({**Profile().to_json(), **change}) is None
