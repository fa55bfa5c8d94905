"""A server that plays a script, with a provider that asks it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from played import Play, Played
from scripted_server import Script, ScriptedServer

from coach_assist.assistant.client import Limits


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
