"""Fixtures for tests that talk to the model: recorded exchanges, and the real server for live tests.

A test marked `vcr` that takes `recorded_provider` replays tests/cassettes/<module>/<test>.yaml. Record
anew, with the real embedded server, after a prompt or a request changed on purpose:

    pytest tests/assistant/test_x.py --record-mode=rewrite

with COACH_ASSIST_MODEL naming the weights, unless they were pulled to their default place.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from coach_assist.assistant.client import Limits
from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.provider import Provider
from coach_assist.local_model.parts import EMBEDDED
from coach_assist.local_model.server import ALIAS, CONTEXT, LocalServer, Running

RECORDED_URL = "http://model.test"
CASSETTES = Path(__file__).parents[1] / "cassettes"
KEPT_HEADERS = {"content-type", "authorization", "retry-after"}


def _default_weights() -> Path:
    from coach_assist.flows.model import weights_folder

    return weights_folder(os.environ) / EMBEDDED.filename


# Taken before each test gets a home of its own.
WEIGHTS = Path(os.environ.get("COACH_ASSIST_MODEL") or _default_weights())


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, so that a stream of events reads line by line."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


class Readable:
    """Cassettes that a person can review: parsed JSON bodies, events as lines, no clutter of headers."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        for interaction in cassette["interactions"]:
            for side in ("request", "response"):
                part = interaction[side]
                part["headers"] = {
                    name: values for name, values in part["headers"].items() if name.lower() in KEPT_HEADERS
                }
                body = part.pop("body", None)
                text = body.get("string") if isinstance(body, dict) else body
                text = text.decode() if isinstance(text, bytes) else text
                kind = " ".join(" ".join(v) if isinstance(v, list) else v for v in part["headers"].values())
                if text and "application/json" in kind:
                    part["parsed_body"] = json.loads(text)
                elif text:
                    part["text_body"] = text
        return yaml.dump(cassette, Dumper=_Dumper, allow_unicode=True, width=110, sort_keys=False)

    @staticmethod
    def deserialize(text: str) -> dict[str, Any]:
        cassette: dict[str, Any] = yaml.safe_load(text)
        for interaction in cassette["interactions"]:
            for side in ("request", "response"):
                part = interaction[side]
                body = part.pop("text_body", "")
                if "parsed_body" in part:
                    body = json.dumps(part.pop("parsed_body"), ensure_ascii=False)
                part["body"] = body if side == "request" else {"string": body}
        return cassette


def pytest_recording_configure(config: pytest.Config, vcr: Any) -> None:
    vcr.register_serializer("yaml", Readable)


def _at_recorded_url(request: Any) -> Any:
    request.uri = re.sub(r"^http://127\.0\.0\.1:\d+", RECORDED_URL, request.uri)
    return request


def _without_accidents(response: dict[str, Any]) -> dict[str, Any]:
    """Take out what differs in each recording and tells nothing: ids, times, timings."""
    text = response["body"]["string"]
    text = text.decode() if isinstance(text, bytes) else text
    text = re.sub(r'"id":"chatcmpl-[^"]*"', '"id":"chatcmpl-1"', text)
    text = re.sub(r'"created":\d+', '"created":0', text)
    text = re.sub(r',"timings":\{[^{}]*\}', "", text)
    response["body"]["string"] = text.encode()
    return response


@pytest.fixture(scope="module")
def vcr_config() -> dict[str, Any]:
    """Match on the body too: a changed prompt must miss, never replay another answer."""
    return {
        "serializer": "yaml",
        "filter_headers": [("authorization", "REDACTED")],
        "decode_compressed_response": True,
        "match_on": ["method", "scheme", "host", "port", "path", "query", "body"],
        "before_record_request": _at_recorded_url,
        "before_record_response": _without_accidents,
    }


@pytest.fixture(scope="module")
def vcr_cassette_dir(request: pytest.FixtureRequest) -> str:
    """tests/cassettes/<module>/."""
    return str(CASSETTES / request.node.path.stem)


@pytest.fixture(autouse=True)
def every_exchange_is_played(
    request: pytest.FixtureRequest, vcr: Any, record_mode: str, vcr_markers: list[Any]
) -> Iterator[None]:
    """Fail a replayed test that leaves a recorded exchange unplayed, or that has no cassette."""
    yield
    if vcr_markers and record_mode == "none":
        assert len(vcr), f"{request.node.name} has no cassette: record it with --record-mode=rewrite"
        assert vcr.all_played, f"{request.node.name}: {vcr.play_count} of {len(vcr)} exchanges were played"


class ServerThread:
    """The real embedded server for a whole test run, its event loop in a thread of its own."""

    def __init__(self, weights: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = LocalServer(weights, context=CONTEXT)
        self.running: Running = self._do(self.server.start())

    def _do(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=300)

    def stop(self) -> None:
        self._do(self.server.stop())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(20)
        self.loop.close()


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[Running]:
    """The real embedded server: address, key, alias, context. Needs the weights."""
    if not WEIGHTS.is_file():
        pytest.fail(f"no weights at {WEIGHTS}: set COACH_ASSIST_MODEL, or run `coach-assist model pull`")
    thread = ServerThread(WEIGHTS)
    yield thread.running
    thread.stop()


@pytest.fixture
async def live_provider(embedded_server: Running) -> AsyncIterator[Provider]:
    """A provider of the real embedded server, for tests marked `live`."""
    running = embedded_server
    provider = Provider(Endpoint(running.base_url, running.api_key, running.model, context=running.context))
    yield provider
    await provider.close()


@pytest.fixture
async def recorded_provider(
    request: pytest.FixtureRequest, vcr: Any, record_mode: str
) -> AsyncIterator[Provider]:
    """A provider whose exchanges come from the test's cassette, or from the real server while recording."""
    assert request.node.get_closest_marker("vcr"), "mark the test with pytest.mark.vcr"
    if record_mode == "none":
        endpoint = Endpoint(RECORDED_URL + "/v1", "none", ALIAS, context=CONTEXT)
    else:
        running: Running = request.getfixturevalue("embedded_server")
        endpoint = Endpoint(running.base_url, running.api_key, running.model, context=running.context)
    provider = Provider(endpoint, limits=Limits(tries=1))
    yield provider
    await provider.close()
