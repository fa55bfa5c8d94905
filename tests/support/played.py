"""A provider whose server plays a script, and what both saw (the fixture `play` makes one)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel, Field, field_validator
from scripted_server import Naps, ScriptedServer

from coach_assist.assistant.calls import Delta
from coach_assist.assistant.client import Limits
from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.errors import ModelFailed
from coach_assist.assistant.provider import Provider

ASK = [{"role": "user", "content": "What is measured?"}]
GOOD = '{"metric": "open tickets", "days": 3}'


class Slots(BaseModel):
    metric: str = Field(max_length=40)
    days: int

    @field_validator("days")
    @classmethod
    def positive(cls, days: int) -> int:
        if days < 1:
            raise ValueError("days must be at least 1")
        return days


class Played:
    """A provider of a scripted server, and what both saw."""

    def __init__(self, server: ScriptedServer, limits: Limits) -> None:
        self.server = server
        self.naps = Naps()
        endpoint = Endpoint(server.url, "the-key", "asked-model")
        self.provider = Provider(endpoint, limits=limits, sleep=self.naps)
        self.heard: list[Delta] = []

    async def stream(self, **options: Any) -> Any:
        return await self.provider.stream(ASK, Slots, max_tokens=50, on_delta=self.heard.append, **options)

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not true():  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def fails(self) -> ModelFailed:
        with pytest.raises(ModelFailed) as caught:
            await self.stream()
        assert caught.value.what and caught.value.kept and caught.value.next_step
        return caught.value


Play = Callable[..., Any]
