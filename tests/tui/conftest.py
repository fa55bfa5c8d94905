"""What the screens' tests share: no model on this machine, a hand that types, a plan that is under way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.message import Message
from tui_hand import Hand
from two_machines import cheap_stretching

from coach_assist.tui.app import CoachApp

Seat = Callable[..., AbstractAsyncContextManager[Hand]]


@pytest.fixture(autouse=True)
def no_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test of a screen may meet real weights or a person's editor."""
    for name in ("COACH_ASSIST_MODEL", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pilot sleeps 40 ms at each key to find the app idle; `Hand.settle` waits for what matters."""
    monkeypatch.setattr("textual._wait.SLEEP_GRANULARITY", 0.003)
    monkeypatch.setattr("textual._wait.SLEEP_IDLE", 0.001)


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases cost little here; tests/workspace/test_people.py looks at the real stretching."""
    cheap_stretching(monkeypatch)


@pytest.fixture
def root(own_home: Path) -> Path:
    """The workspace's folder."""
    return own_home / "coach-assist"


@pytest.fixture
def seat(root: Path) -> Seat:
    """Sit down before an app: `async with seat(80, 24) as hand`."""

    @asynccontextmanager
    async def sit(width: int = 80, height: int = 24, **options: object) -> AsyncIterator[Hand]:
        messages: list[Message] = []
        app = CoachApp(root, **options)  # type: ignore[arg-type]
        async with app.run_test(
            size=(width, height), notifications=True, message_hook=messages.append
        ) as pilot:
            hand = Hand(app, pilot, messages)
            await hand.settle()
            yield hand

    return sit
