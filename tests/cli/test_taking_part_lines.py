"""Joining, leaving, answering alone, closing alone and carrying, at a pseudo-terminal."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from plan_maker import accept_everything_one_by_one, named_plan, plan_with_goals
from pty_session import Session

from coach_assist.flows.joining import put_statement
from coach_assist.workspace.store import Workspace

SMART = "Answer 8 of 10 customer mails within one working day by 31 March 2027"
EVIL = "My words \x1b]0;title\x07 \x1b[2J\u202e [@click=app.quit]x[/]"


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


def run(*args: str, stdin: str | None = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coach_assist", *args],
        input=stdin, capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip


def test_a_no_at_the_page_leaves_nothing_behind() -> None:
    for said, words in (("no", "You were asked for no reason"), ("later", "Nothing was decided")):
        asking = Session("interview")
        asking.wait_for("It is voluntary.")
        asking.answer("Do you take part: ", "")  # an empty line is no answer
        asking.wait_for("type a number")
        asking.answer("Do you take part: ", said)
        asking.wait_for(words)
        assert asking.end() == 0
        assert Workspace().ids() == ()


def test_who_prepares_alone_leaves_the_page_to_the_team_member(workspace: Workspace) -> None:
    asking = Session("interview")
    asking.answer("Do you take part: ", "4")
    asking.answer("> ", "Noor")
    asking.answer("> ", ":leave")
    assert asking.end() == 0
    (plan,) = workspace.ids()
    again = Session("interview", plan)
    again.answer("Do you take part: ", "later")
    assert again.end() == 0


def test_join_leave_and_join_again(workspace: Workspace) -> None:
    assert "It is voluntary." in run("join", "--page").stdout
    with plan_with_goals(workspace, SMART) as plan:
        for command in ("join", "leave", "statement", "end", "carry"):
            extra = {
                "end": ["--as", "manager", "--reason", "other"],
                "carry": ["--as", "manager", "--with", "Kim"],
                "statement": ["Mine"],
            }.get(command, [])
            done = run(command, plan.id, *extra, stdin="join\nyes\n")
            assert done.returncode == 2 and "terminal" in done.stderr
        turn = Session("decide", plan.id, "--as", "team-member")
        turn.answer("Do you take part: ", "later")
        turn.wait_for("shown again")
        assert turn.end() == 0
        turn = Session("decide", plan.id, "--as", "team-member")
        turn.answer("Do you take part: ", "join")
        turn.answer("Your answer: ", "quit")
        assert turn.end() == 0
        assert plan.state.joining.answer == "joined"
        leaving = Session("leave", plan.id[:8])
        leaving.answer("Leave this plan?", "yes")
        leaving.wait_for("No reason is kept")
        assert leaving.end() == 0
        refused = Session("decide", plan.id, "--as", "manager")
        assert refused.end() == 4 and "has left" in refused.seen
        assert "left this plan" in run("show", plan.id).stdout
        joining = Session("join", plan.id)
        joining.answer("Do you take part: ", "join")
        assert joining.end() == 0 and plan.state.joining.answer == "joined"


def test_a_statement_is_shown_safely_everywhere(workspace: Workspace) -> None:
    with plan_with_goals(workspace, SMART) as plan:
        put_statement(workspace, plan, EVIL)
        for args in (
            ("show", plan.id), ("history", plan.id), ("statement", plan.id, "--show"),
            ("export", plan.id, "--format", "md"), ("export", plan.id, "--format", "agenda"),
        ):  # fmt: skip
            done = run(*args)
            assert done.returncode == 0 and "My words" in done.stdout, done.stderr
            assert "\x1b" not in done.stdout + done.stderr and "\u202e" not in done.stdout


def test_closing_alone_and_carrying(workspace: Workspace) -> None:
    with plan_with_goals(workspace, SMART) as plan:
        accept_everything_one_by_one(workspace, plan)
        early = Session("carry", plan.id, "--as", "manager", "--with", "Kim")
        early.answer("Open it?", "yes")
        assert early.end() == 2 and "not closed" in early.seen
        ending = Session("end", plan.id, "--as", "manager", "--reason", "new-manager")
        ending.answer("both can read: ", "Kim takes over")
        ending.answer("for good?", "yes")
        assert ending.end() == 0
        carrying = Session("carry", plan.id, "--as", "team-member", "--with", "Kim")
        carrying.wait_for("1 units to decide anew")
        carrying.answer("Open it?", "yes")
        assert carrying.end() == 0
    (fresh,) = set(workspace.ids()) - {plan.id}
    assert f"going on from plan {plan.id[:8]}" in run("history", fresh).stdout
    assert SMART in run("show", fresh).stdout


def test_both_answer_alone_release_and_see_where_they_differ(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        identity = plan.id
    answering = Session("interview", identity, "--as", "team-member")
    answering.answer("Do you take part: ", "join")
    answering.wait_for("Nobody else sees it yet")
    for line in (":go goal", "Cut late requests from 6 to 2 a week by 2027-03-01", "", ":leave"):
        answering.wait_for("> ")
        answering.type(line + "\n")
    assert answering.end() == 0
    early = run("differ", identity)
    assert early.returncode == 2 and "Not released yet" in early.stderr
    answering = Session("interview", identity, "--as", "manager")
    for line in (":go goal", "Cut late requests from 9 to 2 a week by 2027-04-01", "", ":leave"):
        answering.wait_for("> ")
        answering.type(line + "\n")
    assert answering.end() == 0
    assert "Cut late" not in run("show", identity).stdout
    for party in ("team-member", "manager"):
        releasing = Session("release", identity, "--as", party)
        releasing.answer("released theirs?", "yes")
        releasing.wait_for("Released: 1 answers.")
        assert releasing.end() == 0
    shown = run("differ", identity, "--today", "2026-11-25", "--no-model").stdout
    assert (
        "To talk about, in this order: Goal" in shown and "Different dates: 2027-03-01 | 2027-04-01" in shown
    )
    data = json.loads(run("differ", identity, "--json", "--no-model").stdout)
    assert data["talk_about"] == ["goal"]
    sentence = data["questions"][0]["sentence"]
    assert sentence["text"] in shown and not sentence["by_model"]
    assert {mark["kind"] for mark in data["questions"][0]["marks"]} == {"goal", "date", "number"}
