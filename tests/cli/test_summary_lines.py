"""Notes become a summary at a terminal: after a check-in or by themselves, item by item, for both."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from follow_maker import agreed_plan
from pty_session import Session

from coach_assist.flows.follow_facts import facts_of
from coach_assist.flows.summary_draft import mark_item, summary_draft
from coach_assist.workspace.store import Workspace

DAY = "2026-12-09"
NOTES = """Actions
- Bo to send the list of partners by 11 December 2026
- Noor to call Kim by 14 December 2026
Adjustments
- extend the plan until 22 January 2027
"""


@pytest.fixture
def notes(tmp_path: Path) -> str:
    path = tmp_path / "notes.txt"
    path.write_text(NOTES, encoding="utf-8")
    return str(path)


def run(*args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coach_assist", *args],
        input=stdin, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_notes_of_a_check_in_are_summarised_and_both_accept(notes: str) -> None:
    with agreed_plan(Workspace()) as plan:
        identity = plan.id
    talk = Session("check-in", identity, "--as", "manager", "--today", DAY, "--notes", notes, "--no-model")
    talk.wait_for("Your notes are in your drawer.")
    talk.answer("> ", "kept")
    for _ in range(9):
        talk.answer("> ", ":skip")
    talk.wait_for("Both will see this:")
    talk.answer("Type yes", "yes")
    talk.wait_for("Summarise your notes now?")
    talk.answer("Type yes", "yes")
    talk.wait_for("An extract by rules (no model)")
    talk.wait_for("In no item: lines ")
    talk.wait_for("2: - Bo to send the list of partners by 11 December 2026")
    talk.answer("Your answer", "keep")
    talk.wait_for("Call Kim")
    talk.answer("Your answer", "change")
    talk.answer("Text", "Ring Kim once")
    talk.answer("Who", "")
    talk.answer("By which day", "soon")
    talk.wait_for("soon")
    talk.wait_for("2 of 3")
    talk.answer("Your answer", "change")
    talk.answer("Text", "Ring Kim once")
    talk.answer("Who", "")
    talk.answer("By which day", "")
    talk.wait_for("Extend plan until")
    talk.answer("Your answer", "keep")
    talk.wait_for("4: Adjustments")
    talk.answer("or Enter for none", "2")
    talk.answer("What are they", "progress")
    talk.wait_for("Not a line in no item: 2")
    talk.answer("or Enter for none", "")
    talk.wait_for("It seems to be about: Timeline")
    talk.answer("Your answer", "this")
    talk.wait_for("2027-01-22")
    talk.answer("Your answer", "take")
    talk.wait_for("Nothing is agreed by that")
    talk.wait_for("Both will see these items")
    talk.answer("You accept it by that.", "yes")
    talk.wait_for("It counts once both of you have accepted it.")
    assert talk.end() == 0 and "\x1b" not in talk.seen
    assert "1 summaries to answer for the team member" in run("plans").stdout
    assert "summary of notes to answer" in run("today", "--today", DAY, "--as", "team-member").stdout
    refused = run("summary", identity, "--as", "team-member")
    assert refused.returncode == 2 and "by a person at a terminal" in refused.stderr
    other = Session("summary", identity, "--as", "team-member")
    other.wait_for("it waits for Noor")
    other.wait_for("Ring Kim once (owner: Noor; due: 2026-12-14")
    other.answer("Your answer", "accept")
    other.wait_for("Both have accepted it now.")
    assert other.end() == 0
    (shown,) = json.loads(run("summary", identity, "--json").stdout)["summaries"]
    assert shown["standing"] == "accepted" and shown["items"][1]["by"] == "person"
    assert "3: - Noor to call Kim" in run("summary", identity, "--list").stdout
    assert "Ring Kim once" in run("progress", identity, "--words", "--today", DAY).stdout
    deciding = Session("decide", identity, "--as", "manager")
    deciding.wait_for("Why it was put forward: From our notes: Extend plan until")
    deciding.type("\x03")
    deciding.end()
    with Workspace().open(identity) as plan:
        (change,) = plan.state.waits_for("team_member")
        assert change.kind == "timeline" and set(change.decisions.values()) == {None}
        facts = facts_of(plan)
        assert facts.end.isoformat() == "2026-12-25"
        assert facts.followed.summaries[0].check_in == facts.followed.check_ins[0].events[0]


def test_notes_from_a_pipe_become_drafts_and_are_gone_through_later(notes: str) -> None:
    with agreed_plan(Workspace()) as plan:
        identity = plan.id
    nothing = run("summary", identity, "--as", "manager")
    assert nothing.returncode == 2 and "none is begun" in nothing.stderr
    made = run("summary", identity, "-", "--as", "manager", "--no-model", "--today", DAY, stdin=NOTES)
    assert made.returncode == 0 and "3 items, 3 of them to look at" in made.stderr and made.stdout == ""
    assert run("summary", identity, notes, "--as", "manager", "--no-model").returncode == 2
    later = Session("summary", identity, "--as", "manager")
    for _ in range(3):
        later.answer("Your answer", "drop")
    later.answer("or Enter for none", "1")
    later.answer("What are they", "question")
    later.answer("or Enter for none", "")
    later.answer("Put it forward?", "")
    later.wait_for("It stays in your drawer.")
    assert later.end() == 0
    with Workspace().open(identity) as plan:
        (added,) = summary_draft(plan, "manager").kept
        assert (added.text, added.kind, added.by) == ("Actions", "question", "person")
        mark_item(plan, "manager", added.id, "dropped")
    later = Session("summary", identity, "--as", "manager")
    later.answer("or Enter for none", "")
    later.wait_for("Nothing of it was kept.")
    later.answer("Type yes", "yes")
    assert later.end() == 0
    assert "No summary was put forward yet." in run("summary", identity, "--list").stderr
