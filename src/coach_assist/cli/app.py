"""Open the full-screen app, or say in words why it can't be opened and what to use instead."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from coach_assist.errors import UsageError

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

    CoachApp(root, start_plan=start_plan, demo=demo).run()
