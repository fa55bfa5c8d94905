"""The form, confirming with an own key, a viewer's copy and syncing, at the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from plan_maker import named_plan, plan_with_goals
from pty_session import Session

from coach_assist.workspace.store import Workspace


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coach_assist", *args],
        input="", capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip


def test_a_form_out_back_and_confirmed_by_hand(tmp_path: Path) -> None:
    workspace = Workspace()
    with named_plan(workspace) as plan:
        identity = plan.id
    file = tmp_path / "questions.md"
    assert run("form", identity, "-o", str(file)).returncode == 0
    text = file.read_text(encoding="utf-8")
    before, after = text.split("<!-- question: why -->", 1)
    file.write_text(
        f"{before}<!-- question: why -->{after.replace('Answer:', 'Answer: To go home at six.', 1)}",
        encoding="utf-8",
    )
    read = run("form", identity, "--read", str(file))
    assert read.returncode == 0 and "1 answers came back" in read.stderr
    assert run("form", identity, "--confirm").returncode == 2  # no terminal
    with workspace.open(identity) as plan:
        assert plan.answers.all("team_member") == ()
    handing = Session("form", identity, "--confirm")
    handing.wait_for("Hand the keyboard to Noor")
    handing.answer("Do you take part: ", "join")
    handing.wait_for("To go home at six.")
    handing.answer("Your answer: ", "mine")
    assert handing.end() == 0
    with workspace.open(identity) as plan:
        assert plan.answers.get("team_member", "why") == "To go home at six."


def test_wrong_use_says_what_is_missing(tmp_path: Path) -> None:
    with plan_with_goals(Workspace(), "One") as plan:
        for args in (
            ("form", plan.id), ("confirm", plan.id, "--as", "manager"), ("sync", plan.id),
            ("sync", plan.id, str(tmp_path)), ("sync", plan.id, str(tmp_path), "--as", "manager"),
            ("share", plan.id, "--to", "Nobody", "--as", "viewer", "-o", str(tmp_path / "x")),
            ("share", plan.id, "--to", "X", "--as", "manager", "--by", "manager", "-o", str(tmp_path / "x")),
            ("retention", plan.id, "--until", "2020-01-01"), ("differ", plan.id),
        ):  # fmt: skip
            done = run(*args)
            assert done.returncode == 2 and "Traceback" not in done.stderr, (args, done.stderr)
        assert run("retention", plan.id, "--until", "2099-12-31").stdout == "Kept until 2099-12-31.\n"
        assert run("retention", plan.id, "--off").stdout == "No day is set.\n"
