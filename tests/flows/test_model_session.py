"""A model in use: the embedded one unless the user chose otherwise, revived, and never asked unseen."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from pathlib import Path

import pytest
from scripted_server import Received, Script, ScriptedServer, streamed
from stand_in import stand_in_weights

from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.errors import ModelFailed
from coach_assist.assistant.profile import Profile
from coach_assist.assistant.provider import Outgoing
from coach_assist.errors import ModelError, Refused, UsageError
from coach_assist.flows.consent import NAMES_GO, KnownEndpoints, outgoing_words
from coach_assist.flows.model_session import ModelSession
from coach_assist.workspace.settings import ModelSettings, Settings

HELLO = [{"role": "user", "content": "Hello from Anna"}]
EMBEDDED = Settings()
REMOTE = Settings(model=ModelSettings(provider="remote"))


@pytest.fixture
def embedded(stand_in: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Name stand-in weights as the user's own file; return that file."""
    weights = stand_in_weights(stand_in)
    monkeypatch.setenv("COACH_ASSIST_MODEL", str(weights))
    return weights


async def test_the_embedded_model_is_the_default_whatever_the_environment_holds(
    embedded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with ScriptedServer([Script(streamed("no"))]) as elsewhere:
        monkeypatch.setenv("OPENAI_API_KEY", "k")
        monkeypatch.setenv("OPENAI_BASE_URL", elsewhere.url)
        monkeypatch.setenv("OPENAI_MODEL", "m")
        async with ModelSession(tmp_path, settings=EMBEDDED) as session:
            provider = await session.provider()
            assert not provider.endpoint.remote and provider.endpoint.loopback
            assert (await provider.stream(HELLO, None, max_tokens=5)).text == "Hello there"
        assert elsewhere.received == []


async def test_one_server_serves_the_whole_session_and_ends_with_it(embedded: Path, tmp_path: Path) -> None:
    words: list[str] = []
    async with ModelSession(tmp_path, settings=EMBEDDED, on_state=words.append) as session:
        session.start_in_background([HELLO])
        provider = await session.provider()
        assert await session.provider() is provider
        pid = session._server.pid if session._server else None
        await provider.stream(HELLO, None, max_tokens=5)
    assert words == ["starting the model", "the model is ready"]
    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_server_that_dies_in_mid_answer_is_said_and_started_at_the_next_request(
    stand_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_ASSIST_MODEL", str(stand_in_weights(stand_in, "dies")))
    async with ModelSession(tmp_path, settings=EMBEDDED) as session:
        provider = await session.provider()
        with pytest.raises(ModelFailed) as caught:
            await provider.stream(HELLO, None, max_tokens=5)
        assert caught.value.kind == "cut_off" and caught.value.partial == "Hello"
        assert "ended in the middle" in caught.value.what and "started anew" in caught.value.next_step
        assert (await provider.stream(HELLO, None, max_tokens=5)).text == "Hello there"


async def test_a_server_that_died_between_two_requests_is_not_even_noticed(
    embedded: Path, tmp_path: Path
) -> None:
    async with ModelSession(tmp_path, settings=EMBEDDED) as session:
        provider = await session.provider()
        await provider.stream(HELLO, None, max_tokens=5)
        assert session._server is not None and session._server.pid is not None
        os.kill(session._server.pid, signal.SIGKILL)
        async with asyncio.timeout(20):
            while session._server.running is not None:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert (await provider.stream(HELLO, None, max_tokens=5)).text == "Hello there"


async def test_no_weights_is_said_and_tried_again_later(
    stand_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COACH_ASSIST_MODEL", raising=False)
    async with ModelSession(tmp_path, settings=EMBEDDED) as session:
        session.start_in_background()
        with pytest.raises(ModelError, match="not there yet") as caught:
            await session.provider()
        assert "model pull" in caught.value.next_step
        monkeypatch.setenv("COACH_ASSIST_MODEL", str(stand_in_weights(stand_in)))
        assert (await (await session.provider()).stream(HELLO, None, max_tokens=5)).text == "Hello there"


async def test_leaving_while_the_model_loads_leaves_nothing(
    stand_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_ASSIST_MODEL", str(stand_in_weights(stand_in, "slow")))
    async with ModelSession(tmp_path, settings=EMBEDDED) as session:
        session.start_in_background()
        async with asyncio.timeout(20):
            while session._server is None or session._server.pid is None:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        pid = session._server.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_the_settings_can_say_that_no_model_is_used(tmp_path: Path) -> None:
    settings = Settings(model=ModelSettings(provider="none"))
    async with ModelSession(tmp_path, settings=settings) as session:
        with pytest.raises(ModelError, match="no model is used"):
            await session.provider()


# A remote endpoint


@pytest.fixture
def asked() -> list[Outgoing]:
    return []


async def remote_answer(session: ModelSession) -> str:
    provider = await session.provider()
    provider.know(())
    return (await provider.stream(HELLO, None, max_tokens=5)).text


def own_requests(server: ScriptedServer) -> list[Received]:
    """Return the requests that hold the person's text."""
    return [received for received in server.received if "Anna" in json.dumps(received.body)]


def point_at(server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("OPENAI_API_KEY", "the-remote-key")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_MODEL", "far-model")
    return server.url.removeprefix("http://").removesuffix("/v1")


async def test_the_first_request_is_shown_whole_and_confirmed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[Outgoing]
) -> None:
    async def yes(outgoing: Outgoing) -> bool:
        asked.append(outgoing)
        return True

    async with ScriptedServer([Script(streamed("far"))]) as server:
        host = point_at(server, monkeypatch)
        for _ in range(2):
            async with ModelSession(tmp_path, settings=REMOTE, confirm=yes) as session:
                assert await remote_answer(session) == "far"
        sent = own_requests(server)
        assert len(sent) == 2
        assert sent[0].headers["authorization"] == "Bearer the-remote-key"
        assert sent[0].body["model"] == "far-model"
        assert len(server.received) - len(sent) == 2, (
            "one look at the models, one probe, in the first session"
        )
    assert len(asked) == 1 and asked[0].host == host
    shown = outgoing_words(asked[0])
    assert host in shown and "far-model" in shown and "Hello from Anna" in shown and NAMES_GO in shown
    kept = tmp_path / "endpoints.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    known = json.loads(kept.read_text(encoding="utf-8"))
    assert list(known) == [server.url] and known[server.url]["agreed"]
    assert known[server.url]["profiles"]["far-model"]["json_schema"] is False, "found by the probe"


async def test_a_no_sends_nothing_and_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[Outgoing]
) -> None:
    async def no(outgoing: Outgoing) -> bool:
        asked.append(outgoing)
        return False

    async with ScriptedServer([Script(streamed("far"))]) as server:
        point_at(server, monkeypatch)
        for _ in range(2):
            async with ModelSession(tmp_path, settings=REMOTE, confirm=no) as session:
                with pytest.raises(Refused, match="chose not to send"):
                    await remote_answer(session)
        assert server.received == [] and len(asked) == 2


async def test_where_nobody_can_be_asked_only_the_named_host_is_sent_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with ScriptedServer([Script(streamed("far"))]) as server:
        host = point_at(server, monkeypatch)
        for send_to in (None, "other.example", host.replace("127.0.0.1", "127.0.0.2"), host[:-1]):
            async with ModelSession(tmp_path, settings=EMBEDDED, remote=True, send_to=send_to) as session:
                with pytest.raises(Refused) as caught:
                    await remote_answer(session)
                assert caught.value.kept == "Nothing was sent." and host in caught.value.next_step
        assert server.received == []
        async with ModelSession(tmp_path, settings=EMBEDDED, remote=True, send_to=host) as session:
            assert await remote_answer(session) == "far"
        endpoint = Endpoint(server.url, "k", "far-model", remote=True)
    assert not KnownEndpoints(tmp_path).agreed(endpoint), "a flag agrees for its own run alone"
    assert KnownEndpoints(tmp_path).profile(endpoint) is not None, "what was found out is kept"


async def test_asking_again_passes_the_gate_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pydantic import BaseModel

    class Anything(BaseModel):
        x: int

    async with ScriptedServer([Script(streamed("far"))]) as server:
        point_at(server, monkeypatch)
        async with ModelSession(tmp_path, settings=REMOTE) as session:
            provider = await session.provider()
            provider.know(())
            for call in (provider.reask(Anything, HELLO, max_tokens=5), provider.warm(HELLO)):
                with pytest.raises(Refused):
                    await call
        assert server.received == []


async def test_the_form_of_the_answer_is_shown_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[Outgoing]
) -> None:
    async def no(outgoing: Outgoing) -> bool:
        asked.append(outgoing)
        return False

    schema = {"type": "object", "properties": {"fact": {"enum": ["Ömer closed 4 of 10 tickets"]}}}
    async with ScriptedServer([Script(streamed("far"))]) as server:
        point_at(server, monkeypatch)
        async with ModelSession(tmp_path, settings=REMOTE, confirm=no) as session:
            provider = await session.provider()
            provider.know(())
            with pytest.raises(Refused):
                await provider.stream(HELLO, schema, max_tokens=5)
    assert "Ömer closed 4 of 10 tickets" in outgoing_words(asked[0])


async def test_starting_in_the_background_sends_nothing_to_a_remote_endpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with ScriptedServer([Script(streamed("far"))]) as server:
        host = point_at(server, monkeypatch)
        async with ModelSession(tmp_path, settings=REMOTE, send_to=host) as session:
            session.start_in_background([HELLO])
            assert session._background is not None
            await session._background
        assert server.received == []


async def test_a_remote_endpoint_that_is_not_described(tmp_path: Path) -> None:
    async with ModelSession(tmp_path, settings=REMOTE) as session:
        with pytest.raises(UsageError, match="No model name"):
            await session.provider()


def test_consent_is_for_one_address_and_can_be_withdrawn(tmp_path: Path) -> None:
    known = KnownEndpoints(tmp_path / "new")
    here = Endpoint("https://host.example/v1", "k", "m", remote=True)
    assert not known.agreed(here)
    known.keep_agreement(here)
    assert known.agreed(here)
    for other in ("https://host.example:444/v1", "https://host.example.net/v1", "http://host.example/v1"):
        assert not known.agreed(Endpoint(other, "k", "m", remote=True))
    known.keep_profile(here, Profile(streaming=False))
    assert known.agreed(here) and known.profile(here) == Profile(streaming=False)
    other_model = Endpoint(here.base_url, "k", "n", remote=True)
    assert known.agreed(other_model) and known.profile(other_model) is None
    for broken in ("{broken", "[]", f'{{"{here.base_url}": 3}}', f'{{"{here.base_url}": {{"profiles": 1}}}}'):
        known.path.write_text(broken, encoding="utf-8")
        assert not known.agreed(here), "a file that cannot be read is no consent"
        assert known.profile(here) is None
    known.keep_agreement(here)
    known.forget()
    assert not known.agreed(here)
