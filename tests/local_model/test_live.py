"""The real weights in the real server: marked `live`, run with COACH_ASSIST_MODEL naming them."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from pydantic import BaseModel, Field
from recorded_model import WEIGHTS

from coach_assist.assistant.calls import Delta
from coach_assist.assistant.errors import ModelFailed
from coach_assist.assistant.provider import Provider
from coach_assist.flows.model_session import ModelSession
from coach_assist.local_model.parts import EMBEDDED
from coach_assist.local_model.weights import digest
from coach_assist.workspace.settings import Settings

from .test_server import app, ends, lives

pytestmark = pytest.mark.live

LONG = [{"role": "user", "content": "Count from 1 to 500, one number a line."}]


class Slots(BaseModel):
    metric: str = Field(max_length=60)
    baseline: int = Field(ge=0, le=100)


async def test_the_weights_are_the_pinned_ones() -> None:
    assert await asyncio.to_thread(digest, WEIGHTS) == EMBEDDED.sha256


async def test_a_streamed_answer_fits_its_schema(live_provider: Provider) -> None:
    heard: list[Delta] = []
    messages = [
        {"role": "system", "content": "Answer with JSON: metric (what is counted) and baseline (the count)."},
        {"role": "user", "content": "4 of 10 tickets are escalated."},
    ]
    reply = await live_provider.stream(messages, Slots, max_tokens=80, on_delta=heard.append)
    found = Slots.model_validate_json(reply.text)
    assert found.baseline in {4, 10} and len(heard) > 5
    again = await live_provider.stream(messages, Slots, max_tokens=80)
    assert again.text == reply.text, "temperature 0"
    assert again.cached_tokens is not None and reply.prompt_tokens is not None
    assert again.cached_tokens >= reply.prompt_tokens - 5, "the prefix cache serves what was evaluated"


async def test_escape_frees_the_slot(live_provider: Provider) -> None:
    heard: list[Delta] = []
    task = asyncio.ensure_future(live_provider.stream(LONG, None, max_tokens=2000, on_delta=heard.append))
    async with asyncio.timeout(60):
        while len(heard) < 3:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(120):  # 2000 tokens would take longer
        await live_provider.stream([{"role": "user", "content": "Say yes."}], None, max_tokens=3)


async def test_too_long_a_text_is_said_with_its_counts(live_provider: Provider) -> None:
    with pytest.raises(ModelFailed, match=r"\d{5} tokens for a model that takes 8192") as caught:
        await live_provider.stream([{"role": "user", "content": "x y " * 10000}], None, max_tokens=5)
    assert caught.value.kind == "context_full"


async def test_a_killed_app_leaves_no_model_behind() -> None:
    process, child = await app(WEIGHTS)
    assert process.stdout is not None and await process.stdout.readline() == b"ready\n"
    assert lives(child)
    process.kill()
    assert await ends(child, 10)
    await process.communicate()


async def test_an_app_killed_while_the_model_loads_leaves_none_behind() -> None:
    process, child = await app(WEIGHTS)
    process.kill()
    assert await ends(child, 60)
    await process.communicate()


async def test_a_model_killed_in_mid_answer_is_back_at_the_next_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_ASSIST_MODEL", str(WEIGHTS))
    async with ModelSession(tmp_path, settings=Settings()) as session:
        provider = await session.provider()
        assert session._server is not None and session._server.pid is not None
        pid = session._server.pid
        heard: list[Delta] = []
        task = asyncio.ensure_future(provider.stream(LONG, None, max_tokens=500, on_delta=heard.append))
        async with asyncio.timeout(60):
            while len(heard) < 5:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        os.kill(pid, 9)
        with pytest.raises(ModelFailed) as caught:
            await task
        assert caught.value.kind == "cut_off" and caught.value.partial.startswith("1")
        assert (await provider.stream(LONG, None, max_tokens=5)).text


async def test_the_loader_is_silent_and_the_port_is_on_loopback_alone() -> None:
    process, child = await app(WEIGHTS)
    assert process.stdout is not None and await process.stdout.readline() == b"ready\n"
    listening = await asyncio.to_thread(_listening_addresses, child)
    process.terminate()
    _, printed = await process.communicate()
    assert b"llama" not in printed and b"load" not in printed
    assert listening == {"0100007F"}, "127.0.0.1, and nothing else"


def _listening_addresses(pid: int) -> set[str]:
    """Return the addresses (hex, as in /proc/net/tcp) on which process `pid` listens."""
    inodes = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        target = str(entry.readlink())
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                found.add(fields[1].partition(":")[0])
    return found
