"""Open the full-screen app, or say in words why it can't be opened and what to use instead."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from coach_assist.errors import ExitCode, UsageError
from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.tui.app import CoachApp

PLAIN_WAY = (
    "Every step also works without it: `coach-assist interview`, `draft`, `propose`, `decide` and `export`; "
    "`coach-assist --help` lists them."
)


def open_app(root: Path | None = None, *, start_plan: str | None = None, demo: bool = False) -> None:
    """Run the app over the workspace `root` (None: the default one) until the user leaves it.

    Raises UsageError where input or output is no terminal, or the terminal can do too little.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("The full-screen app needs a terminal, and this is none.", next_step=PLAIN_WAY)
    if os.environ.get("TERM", "") in {"", "dumb"}:
        raise UsageError(
            "This terminal says that it can't move the cursor (TERM is empty or “dumb”).", next_step=PLAIN_WAY
        )
    from coach_assist.tui.app import CoachApp

    _run(CoachApp(root, start_plan=start_plan, demo=demo))


def _run(app: CoachApp) -> None:
    """Run the app. An interrupt from outside closes it in order and raises click.Abort (exit code 130).

    Ctrl-C typed in the app is a key like any other; this is for `kill -INT` and for a closing session.
    asyncio's own handler would only cancel the app's task, and the app would end as if it were left.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        if (loop := app._loop) is not None:
            loop.call_soon_threadsafe(app.exit, None, ExitCode.INTERRUPTED)

    before = signal.signal(signal.SIGINT, stop)
    try:
        app.run()
    finally:
        signal.signal(signal.SIGINT, before)
        for row in app.parting:
            click.echo(safe_text(row), err=True)
    if app.return_code == ExitCode.INTERRUPTED:
        raise click.exceptions.Abort
