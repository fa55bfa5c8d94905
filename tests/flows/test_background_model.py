"""The model beside the interview in lines: a better follow-up where it is warm, silence where it is not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scripted_drafting import PROBE, drafting_server

from coach_assist.flows import model as models
from coach_assist.flows import model_session as sessions
from coach_assist.flows.background_model import BackgroundModel
from coach_assist.flows.interview import Interview
from coach_assist.workspace.store import Workspace


class Session:
    """A model session over a scripted server, on the loop of the thread that opens it."""

    opened = threading.Event()
    closed = threading.Event()

    def __init__(self, root: Path) -> None:
        self.warm: Any = None

    async def __aenter__(self) -> Session:
        self._server = drafting_server()
        self.warm, _ = await self._server.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._server.__aexit__(None, None, None)
        Session.closed.set()

    def start_in_background(self, prefixes: object) -> None:
        Session.opened.set()


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(models, "model_state", lambda: SimpleNamespace(kind="ready"))
    monkeypatch.setattr(sessions, "ModelSession", Session)
    Session.opened.clear()
    Session.closed.clear()
    yield


def thin(tmp_path: Path) -> Interview:
    """An interview that asks back after a thin goal."""
    interview = Interview.new(Workspace(tmp_path), today=date(2026, 3, 2))
    interview.answer("Ana Ruiz")
    interview.go_to("goal")
    assert interview.answer("better tickets").probe
    return interview


def test_a_warm_model_asks_better_and_the_call_is_recorded(ready: None, tmp_path: Path) -> None:
    model = BackgroundModel(tmp_path, seconds=60)
    model.start()
    assert Session.opened.wait(60)
    interview = thin(tmp_path)
    better = model.better_probe(interview)
    assert better == PROBE["question"]
    assert interview.plan is not None
    (call,) = interview.plan.calls.all()
    assert (call["section"], call["prompt"], call["failed"]) == ("probe", "probe", "")
    interview.ask_instead(better)
    assert interview.session.probing is not None and interview.session.probing.text == better
    model.close()
    assert Session.closed.is_set()
    assert model.better_probe(interview) == ""


def test_without_a_model_the_rules_ask_and_nothing_is_waited_for(tmp_path: Path) -> None:
    model = BackgroundModel(tmp_path)
    model.start()
    assert model.better_probe(thin(tmp_path)) == ""
    model.close()
