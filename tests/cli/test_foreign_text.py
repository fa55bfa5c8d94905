"""Every command at a terminal, with planted texts in plans, files, names and arguments: text stays text.

No control byte, no hidden or reversed character reaches the terminal, and nothing is decided.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from foreign_plans import ForeignPlans, foreign_plans
from foreign_text import MARK, NAME, ORDERS, PLANTED, harmful_in_lines
from pty_fork import ForkedSession

from coach_assist.cli.main import COMMANDS
from coach_assist.flows.export import export_plan
from coach_assist.workspace.store import Workspace

ELSEWHERE = {
    "demo": "a sample of its own, with the model",
    "lsp": "speaks JSON to an editor, never to a terminal",
    "model": "knows the embedded model only",
    "rules": "the checker's own rules",
    "schema": "schemas of this program's own",
}
"""Commands that show nobody's text."""
ARGUMENT = PLANTED.replace("\0", "")
"""A command's argument cannot hold a zero byte, and a file with one is refused as no text."""
TODAY = ("--today", "2026-12-20")
M, T = ("--as", "manager"), ("--as", "team-member")
EXIT_CODES = {0, 1, 2, 3, 4, 130}
ANSWER, YES = "Your answer: ", "Type yes, or press Enter"


def runs(plans: ForeignPlans, folder: Path) -> list[tuple[tuple[str, ...], str, bool]]:
    """Return (the command line, the prompt at which it is left or "", whether foreign text is shown)."""
    drafting, waiting, agreed, alone, _ = plans.all
    file = {path.stem: str(path) for path in folder.iterdir()}
    with Workspace().open(waiting) as plan:
        goal = next(one.id for one in plan.state.proposals.values() if one.kind == "goal")
    return [
        (("adapt", agreed, *M, *TODAY), "should change", True),
        (("ai-record", agreed), "", False),
        (("another", waiting, goal, *M, "--no-model"), "", False),
        (("carry", agreed, "--with", NAME, *M), YES, True),
        (("check", "--no-color", file["goals"]), "", True),
        (("check", "--no-color", file["plan"]), "", True),
        (("check-in", agreed, *M, *TODAY), "> ", True),
        (("close", agreed), "", True),
        (("close", agreed, *T, *TODAY), ANSWER, True),
        (("config",), "", False),
        (("confirm", agreed, *M), "", False),
        (("decide", waiting, *T), ANSWER, True),
        (("decide", waiting, *M), ANSWER, True),
        (("delete", agreed), "for good: ", False),
        (("differ", alone, *TODAY), "", True),
        (("doctor",), "", False),
        (("draft", file["answers"], "--no-model"), "", True),
        (("end", agreed, *M, "--reason", "other"), "can read: ", False),
        (("erase", waiting, ORDERS[2], *M), "", False),
        (("evaluate",), "", False),
        (("export", agreed, "--format", "md"), "", True),
        (("export", agreed, "--format", "signed"), "", False),
        (("form", drafting), "", False),
        (("history", agreed), "", True),
        (("history", waiting), "", True),
        (("identity", "show"), "", True),
        (("identity", "card"), "", True),
        (("identity", "add", file["card"]), "The words: ", True),
        (("interview", drafting, "--no-model"), "> ", True),
        (("interview", alone, *M), "> ", True),
        (("join", agreed), "Do you take part", True),
        (("leave", agreed), YES, False),
        (("note", agreed, *M, "--list"), "", True),
        (("note", agreed, ARGUMENT, *M), "", False),
        (("opportunity", drafting), "", True),
        (("plans",), "", True),
        (("privacy", agreed), "", True),
        (("progress", agreed, *TODAY), "", True),
        (("propose", drafting, *M), ANSWER, True),
        (("receive", file["signed"]), "Passphrase of", True),
        (("release", drafting, *M), YES, False),
        (("retention", agreed), "", False),
        (("review", file["plan"], "--no-model"), "", True),
        (("rewrite", ARGUMENT, "--no-model"), "", True),
        (("share", agreed, "--to", NAME, *M, "-o", file["signed"] + ".sealed"), "", True),
        (("show", drafting), "", True),
        (("show", waiting), "", True),
        (("show", agreed), "", True),
        (("sign", agreed, *M), "Type", True),
        (("statement", agreed, "--show"), "", True),
        (("statement", agreed), "Your statement: ", False),
        (("summary", agreed, *M), ANSWER, True),
        (("summarise", file["notes"], "--no-model"), "", True),
        (("sync", agreed), "", False),
        (("templates",), "", False),
        (("today", *TODAY), "", True),
        (("verify", file["signed"]), "", True),
    ]


@pytest.fixture
def plans() -> ForeignPlans:
    return foreign_plans(Workspace())


@pytest.fixture
def folder(plans: ForeignPlans, tmp_path: Path) -> Path:
    """Files that come from elsewhere."""
    with Workspace().open(plans.agreed) as plan:
        (tmp_path / "signed.signed").write_bytes(export_plan(plan, "signed").content)
    answers = {
        "team_member": NAME, "manager": NAME, "development_area": PLANTED, "goal": [PLANTED], "why": PLANTED,
        "current_state": PLANTED, "obstacle": PLANTED, "support": PLANTED, "start": "2026-11-25",
    }  # fmt: skip
    card = {"card": "coach-assist", "v": 1, "name": NAME, "sign": "ab" * 32, "seal": "age1" + "q" * 58}
    for name, text in {
        "goals.txt": f"{ARGUMENT} better\n{NAME}\n",
        "plan.md": f"# {ARGUMENT}\n\n## Goals\n\n- {ARGUMENT} better\n\n## Support\n\n- {ARGUMENT}\n",
        "notes.txt": f"{ARGUMENT} will send the list by Friday.\n",
        "answers.json": json.dumps(answers),
        "card.json": json.dumps(card),
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    return tmp_path


def decisions(plans: ForeignPlans) -> list[int]:
    found = []
    for one in plans.all:
        with Workspace().open(one) as plan:
            kinds = [event.kind for event in plan.history.events.values()]
            found.append(sum(kind in ("decide", "sign_off", "close_sign", "end", "leave") for kind in kinds))
    return found


def test_no_byte_of_a_text_reaches_the_terminal(plans: ForeignPlans, folder: Path) -> None:
    table = runs(plans, folder)
    assert {line[0] for line, _, _ in table} | ELSEWHERE.keys() == COMMANDS.keys(), (
        "a command is not looked at"
    )
    before = decisions(plans)
    wrong = []
    for line, prompt, shows in table:
        session = ForkedSession(*line)
        if prompt:
            session.wait_for(prompt, seconds=60)
        code = session.give_up() if prompt else session.end()
        if code not in EXIT_CODES or harmful_in_lines(session.raw) or (MARK not in session.seen and shows):
            wrong.append((line, code, harmful_in_lines(session.raw), session.seen))
    assert wrong == []
    assert decisions(plans) == before
