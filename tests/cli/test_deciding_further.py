"""Comments, filters, taking back and another version in plain lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from plan_maker import plan_with_goals
from pty_session import Session

from coach_assist.flows import decide
from coach_assist.flows.another import kept_version
from coach_assist.flows.comment import comment
from coach_assist.workspace.store import Workspace

SMART = "Answer 8 of 10 customer mails within one working day by 31 March 2027"
VAGUE = "Improve the weekly report"
EVIL = "Why \x1b]0;title\x07this \x1b[2J\u202eone [@click=app.quit]x[/]?"


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


def run(*args: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command where no weights are."""
    environment = {name: text for name, text in os.environ.items() if name != "COACH_ASSIST_MODEL"}
    return subprocess.run(
        [sys.executable, "-m", "coach_assist", *args], input=stdin, capture_output=True, text=True,
        check=False, env=environment, timeout=120,
    )  # fmt: skip


def test_a_comment_comes_from_anywhere_and_decides_nothing(workspace: Workspace) -> None:
    with plan_with_goals(workspace, SMART) as plan:
        (view,) = decide.undecided(plan, "manager")
        say = ("decide", plan.id, "--as", "manager", "--proposal", view.short)
        done = run(*say, "--comment", "Why 8?", "--json", stdin="")
        assert done.returncode == 0, done.stderr
        made = json.loads(done.stdout)
        assert made == {"comment": plan.state.proposals[view.id].comments[0].id, "proposal": view.id,
                        "by": "manager"}  # fmt: skip
        assert run(*say, "--comment", "-", stdin=f"{EVIL}\n").returncode == 0
        assert run("decide", plan.id, "--as", "manager", "--comment", "x", stdin="").returncode == 2
        assert run(*say, "--json", stdin="").returncode == 2  # a decision never comes from a pipe
        assert run(*say, "--comment", " ", stdin="").returncode == 2
        assert plan.state.proposals[view.id].decisions == {"team_member": None, "manager": None}
        assert [one.text for one in plan.state.proposals[view.id].comments] == ["Why 8?", EVIL]
        for args in (("show", plan.id), ("history", plan.id)):
            shown = run(*args)
            assert "Why 8?" in shown.stdout and "\x1b" not in shown.stdout and "\u202e" not in shown.stdout
        data = json.loads(run("show", plan.id, "--json").stdout)["open"][0]["comments"]
        assert [(one["by"], one["text"]) for one in data] == [("manager", "Why 8?"), ("manager", EVIL)]
        told = json.loads(run("history", plan.id, "--json").stdout)["history"]
        assert [one["id"] for one in told if "remarked on" in one["what"]] == [one["id"] for one in data]
        erased = run("erase", plan.id, data[1]["id"][:10], "--as", "manager")
        assert erased.returncode == 0 and len(plan.state.proposals[view.id].comments) == 1


def test_filters_have_words_and_counts(workspace: Workspace) -> None:
    with plan_with_goals(workspace, SMART, VAGUE) as plan:
        shown = run("show", plan.id, "--filter", "findings")
        assert "Open findings: 1" in shown.stdout and VAGUE in shown.stdout and SMART not in shown.stdout
        empty = run("show", plan.id, "--filter", "conflicts")
        assert "Conflicts: 0" in empty.stdout and "no conflict" in empty.stdout
        assert run("show", plan.id, "--filter", "for-me").returncode == 2  # who is me?
        mine = json.loads(run("show", plan.id, "--filter", "for-me", "--as", "manager", "--json").stdout)
        assert (mine["filter"], mine["as"], mine["count"]) == ("for-me", "manager", 2)
        assert [one["value"]["statement"] for one in mine["proposals"]] == [SMART, VAGUE]
        assert run("show", plan.id, "--filter", "everything").returncode == 2
        session = Session("decide", plan.id, "--as", "manager", "--filter", "findings")
        seen = session.answer("Your answer: ", "skip")
        assert "open findings, 1." in seen and VAGUE in seen and SMART not in seen
        assert session.end() == 0
        none = Session("decide", plan.id, "--as", "manager", "--filter", "agreed")
        none.wait_for("Nothing is agreed that is not signed")
        assert none.end() == 0


def test_commenting_and_taking_back_in_a_turn(workspace: Workspace) -> None:
    with plan_with_goals(workspace, SMART) as plan:
        (view,) = decide.undecided(plan, "manager")
        comment(workspace, plan, "team_member", view.id, view.shown, EVIL)
        session = Session("decide", plan.id, "--as", "manager")
        shown = session.answer("Your answer: ", "remark")
        assert "Comment of Noor" in shown and "[@click=app.quit]x[/]" in shown and "withdraw" not in shown
        session.answer("(Enter for none): ", "Good question")
        session.wait_for("Nothing was decided.")
        session.answer("Your answer: ", "accept")
        session.wait_for("Accepted.")
        assert session.end() == 0 and b"\x1b" not in session.raw
        other = Session("decide", plan.id, "--as", "manager", "--filter", "for-other")
        assert "withdraw your acceptance" in other.answer("Your answer: ", "withdraw")
        other.answer("(Enter for none): ", "")
        other.wait_for("Withdrawn.")
        assert other.end() == 0
        assert plan.state.proposals[view.id].decisions["manager"] == "withdraw"
        assert [one.by for one in plan.state.proposals[view.id].comments] == ["team_member", "manager"]


def test_another_version_is_kept_shown_and_put_forward(workspace: Workspace) -> None:
    with plan_with_goals(workspace, VAGUE) as plan:
        (view,) = decide.undecided(plan, "manager")
        asked = ("another", plan.id, view.short, "--as", "manager")
        missing = run(*asked)
        assert missing.returncode == 3 and "by rules" in missing.stderr and "[+" in missing.stdout
        assert kept_version(plan, "manager", view.id) is not None
        assert run(*asked, "--drop").returncode == 0 and plan.drafts.all() == ()
        data = json.loads(run(*asked, "--no-model", "--json").stdout)
        assert data["by_rules"] and "[target]" in data["version"]["value"]["statement"]
        assert run("show", plan.id).stdout.count("[target]") == 0  # private
        session = Session("decide", plan.id, "--as", "manager", "--no-model")
        session.answer("Your answer: ", "model")
        session.wait_for("in your own drawer")
        assert "[+" in session.answer("Your answer: ", "keep")
        session.answer("Your answer: ", "model")
        session.answer("Your answer: ", "counter")
        session.answer("Enter for no: ", "yes")
        session.wait_for("both of you decide on it")
        session.answer("Your answer: ", "quit")  # it waits for its author, too
        assert session.end() == 0
        (made,) = [one for one in plan.state.proposals.values() if one.counters]
        assert made.decisions == {"team_member": None, "manager": None}
        other = Session("decide", plan.id, "--as", "team-member")
        other.answer("Do you take part: ", "join")
        assert "It counters what Noor put forward" in other.answer("Your answer: ", "quit")
        assert other.end() == 0
