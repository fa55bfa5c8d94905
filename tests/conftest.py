"""What every test shares: a home of its own, no settings of the machine, no network."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest_plugins = ["recorded_model", "stand_in"]
"""tests/support/: recorded exchanges with the model, the real server for live tests, a stand-in for it."""

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that starts the tests in the background ignores Ctrl-C for them and all of their children.
    signal.signal(signal.SIGINT, signal.default_int_handler)

KEPT_VARIABLES = {"COACH_ASSIST_DATA", "COACH_ASSIST_MODEL"}


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give each test an empty home and workspace, and hide the machine's keys and settings."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith(("COACH_ASSIST_", "OPENAI_", "XDG_")) and name not in KEPT_VARIABLES:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("COACH_ASSIST_HOME", str(home / "coach-assist"))
    monkeypatch.setenv("TERM", "xterm-256color")
    yield home
