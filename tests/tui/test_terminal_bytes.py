"""Every screen of the app at a real terminal, with planted texts wherever somebody's words stand.

The bytes that come are the app's own drawing and nothing else: no title, no clipboard, no clearing, no
reversed or hidden text; and nothing is decided by any of it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from foreign_plans import ForeignPlans, foreign_plans
from foreign_text import MARK, PLANTED, harmful_on_screen
from pty_capture import captured
from screen_walk import OWN_WORDS, SCREENS, TYPED_INTO, screens

from coach_assist.workspace.store import Workspace

PROGRAM = Path(__file__).parents[1] / "support" / "screen_walk.py"


def heads(workspace: Workspace, plans: ForeignPlans) -> list[frozenset[str]]:
    """The newest events of all plans: whatever is decided, signed or recorded changes them."""
    found = []
    for one in plans.all:
        with workspace.open(one) as plan:
            found.append(plan.history.heads if plan.has_opened else frozenset())
    return found


def test_every_screen_of_the_app_is_in_the_walk() -> None:
    assert screens().keys() == SCREENS.keys(), "tests/support/screen_walk.py says how each screen comes up"
    assert set(SCREENS) >= OWN_WORDS | TYPED_INTO


def check_walk(root: Path, out: Path, *names: str) -> None:
    workspace = Workspace(root)
    plans = foreign_plans(workspace)
    before = heads(workspace, plans)
    arguments = [str(PROGRAM), str(root), json.dumps(asdict(plans)), str(out), *names]
    code, raw = captured(arguments, width=120, height=50)
    assert code == 0 and out.exists(), raw[-3000:].decode("utf-8", "replace")
    said = json.loads(out.read_text(encoding="utf-8"))
    assert said["problem"] == "" and said["shown"].keys() == (set(names) or SCREENS.keys())
    assert {name for name, seen in said["shown"].items() if not seen} <= OWN_WORDS, "no planted text was seen"
    assert MARK.encode() in raw and b"[@click=app.quit]q[/]" in raw
    assert harmful_on_screen(raw)[:5] == []
    assert set(said["caught"]) <= TYPED_INTO, "a text there passed no display function"
    assert heads(workspace, plans) == before


def test_no_byte_of_a_text_reaches_the_terminal_from_some_screens(root: Path, tmp_path: Path) -> None:
    check_walk(
        root, tmp_path / "out", "DraftScreen", "UnitForm", "ReviewScreen", "AgreedScreen", "NotesScreen"
    )


@pytest.mark.slow
def test_no_byte_of_a_text_reaches_the_terminal_from_any_screen(root: Path, tmp_path: Path) -> None:
    check_walk(root, tmp_path / "out")


def test_what_the_capture_looks_for_is_found() -> None:
    drawing = b"\x1b[1;1H\x1b[38;5;235m text \x1b[0m\x1b[?2026$p\x1b]22;default\x07\r\n"
    assert harmful_on_screen(drawing) == []
    for harmful in (
        "\x1b[2J", "\x1b]0;t\x07", "\x1b]52;c;eA==\x07", "\x1b]8;;https://e\x1b\\", "\x9b2J", "\x07", "\x00",
        "\u202e", "\u2066", "\u200b", "\U000e0041", "\x7f", "\x1bP$q\x1b\\", "\x1b]22;a b\x07",
    ):  # fmt: skip
        assert harmful_on_screen(drawing + harmful.encode() + drawing), repr(harmful)
    assert len(harmful_on_screen(PLANTED.encode())) > 10
