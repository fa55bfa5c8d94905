"""`propose` and `decide` at a pseudo-terminal: plain lines, one answer for each text, nothing from a pipe."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from plan_maker import accept_everything_one_by_one, goal, named_plan, plan_with_goals
from pty_session import Session

from coach_assist.plan.drafts import Suggestion
from coach_assist.workspace.store import Workspace

SMART = "Answer 8 of 10 customer mails within one working day by 31 March 2027"
EVIL = "Read \x1b]0;title\x07this \x1b[2J\u202eplan [@click=app.quit]x[/] by 31 March 2027 in 4 of 5 weeks"


@pytest.fixture
def workspace() -> Workspace:
    return Workspace()


def run(*args: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coach_assist", *args],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def test_both_decide_in_turn_and_the_plan_is_agreed(workspace: Workspace) -> None:
    with plan_with_goals(workspace, SMART) as plan:
        for party in ("team-member", "manager"):
            session = Session("decide", plan.id[:6], "--as", party)
            if party == "team-member":
                session.answer("Do you take part: ", "join")
            shown = session.answer("Your answer: ", "1")
            assert SMART in shown and "Put forward by Noor" in shown and "Checker:" in shown
            session.wait_for("Accepted.")
            assert session.end() == 0
            assert b"\x1b" not in session.raw  # no cursor movement, no colour
        assert len(plan.state.agreed) == 1
    listed = run("plans")
    assert listed.returncode == 0 and "agreed" in listed.stdout
    shown = run("show", plan.id[:6])
    assert shown.returncode == 0 and SMART in shown.stdout and "Agreed by both: 1" in shown.stdout


def test_every_answer(workspace: Workspace) -> None:
    texts = [f"{SMART}, part {number}" for number in range(6)]
    with plan_with_goals(workspace, *texts) as plan:
        session = Session("decide", plan.id, "--as", "manager")
        session.answer("Your answer: ", "")  # an empty line is no answer
        session.wait_for("type a number")
        session.answer("Your answer: ", "yes")
        session.wait_for("type a number")
        session.answer("Your answer: ", "accept")
        session.answer("Your answer: ", "d")
        session.answer("(Enter for none): ", "Too much")
        session.answer("Your answer: ", "let")
        session.wait_for("type a number")
        session.answer("Your answer: ", "talk")
        session.answer("Your answer: ", "skip")
        session.answer("Your answer: ", "counter")
        session.answer("How: ", "lines")
        session.answer("New text: ", "Answer 9 of 10 customer mails by 31 March 2027")
        for _ in range(5):  # metric, due, achievable, relevant, if_then stay as they are
            session.answer("New text: ", "")
        session.answer("Enter for no: ", "yes")
        session.answer("Your answer: ", "q")
        assert session.end() == 0
        decided = {
            str(one.value["statement"])[-6:]: (
                one.decisions["manager"],
                one.reasons.get("manager"),
                set(one.talk),
            )
            for one in plan.state.proposals.values()
        }
        assert decided == {
            "part 0": ("accept", None, set()),
            "part 1": ("decline", "Too much", set()),
            "part 2": (None, None, {"manager"}),
            "part 3": (None, None, set()),
            "part 4": ("decline", None, set()),
            "part 5": (None, None, set()),
            "h 2027": ("accept", None, set()),
        }


def test_one_proposal_can_be_looked_at_again_and_withdrawn(workspace: Workspace) -> None:
    with plan_with_goals(workspace, SMART) as plan:
        accept_everything_one_by_one(workspace, plan)
        (one,) = plan.state.agreed.values()
        assert (
            run("decide", plan.id, "--as", "manager", "--proposal", one.id[:8], stdin="withdraw").returncode
            == 2
        )
        unknown = Session("decide", plan.id, "--as", "manager", "--proposal", "zz")
        assert unknown.end() == 2
        session = Session("decide", plan.id, "--as", "manager", "--proposal", one.id[:8])
        shown = session.answer("Your answer: ", "accept")
        assert SMART in shown and "withdraw your acceptance" in shown
        session.wait_for("Both have agreed on this already")
        session.answer("Your answer: ", "withdraw")
        session.answer("(Enter for none): ", "Not before the move")
        session.wait_for("Withdrawn.")
        assert session.end() == 0
        assert plan.state.agreed == {}
        assert plan.state.proposals[one.id].reasons == {"manager": "Not before the move"}


def test_a_pipe_is_refused_and_nothing_is_decided(workspace: Workspace) -> None:
    with plan_with_goals(workspace, SMART) as plan:
        done = run("decide", plan.id, "--as", "manager", stdin="accept\naccept\n")
        assert done.returncode == 2 and "not from a pipe" in done.stderr
        assert plan.state.proposals[next(iter(plan.state.proposals))].decisions["manager"] is None
        for wrong in (("--yes",), ("--all",), ("-y",)):
            assert run("decide", plan.id, "--as", "manager", *wrong, stdin="").returncode == 2
        assert run("decide", plan.id, stdin="").returncode == 2  # whose turn it is has to be said


def test_ctrl_c_ends_with_130_and_keeps_what_was_decided(workspace: Workspace) -> None:
    with plan_with_goals(workspace, f"{SMART}, one", f"{SMART}, two") as plan:
        session = Session("decide", plan.id, "--as", "manager")
        session.answer("Your answer: ", "accept")
        session.wait_for("Your answer: ")
        session.type("\x03")
        assert session.end() == 130
        assert [one.decisions["manager"] for one in plan.state.proposals.values()] == ["accept", None]


def test_open_errors_and_hidden_characters_want_a_yes_first(workspace: Workspace) -> None:
    with plan_with_goals(workspace, "Communicate better\u202e") as plan:
        session = Session("decide", plan.id, "--as", "manager")
        session.answer("Your answer: ", "accept")
        shown = session.answer("Enter for no: ", "")
        assert "open errors (" in shown and "hidden characters" in shown
        session.answer("Your answer: ", "accept")
        session.answer("Enter for no: ", "yes")
        session.wait_for("Accepted.")
        assert session.end() == 0
        body = list(plan.history.events.values())[-1].body
        assert "hidden-characters" in body.acknowledged and len(body.acknowledged) > 1


def test_foreign_text_reaches_the_terminal_harmless(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        plan.answers.put("joint", "team_member", "Noor \x1b[31m")
        drafts = [goal(EVIL, origin="person")]
        drafts[0] = drafts[0].model_copy(
            update={"suggested": [Suggestion(field="\x1b[1m", text="\x9b2J", question="\x07?")]}
        )
        plan.drafts.put_all("joint", drafts)
        session = Session("propose", plan.id, "--as", "team-member")
        session.answer("Your answer: ", "accept")
        assert session.end() == 0
        other = Session("decide", plan.id, "--as", "manager")
        shown = other.answer("Your answer: ", "decline")
        assert "[@click=app.quit]x[/]" in shown
        other.answer("(Enter for none): ", "")
        assert other.end() == 0
        for raw in (
            session.raw,
            other.raw,
            *(run(*a).stdout.encode() for a in (("plans",), ("show", plan.id))),
        ):
            assert b"\x1b" not in raw and b"\x07" not in raw and "\u202e".encode() not in raw
        (proposal,) = plan.state.proposals.values()
        assert proposal.value["statement"] == EVIL  # kept exactly
        assert proposal.decisions == {"team_member": "accept", "manager": "decline"}


def test_propose_one_by_one(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        plan.drafts.put_all("joint", [goal("Mine", origin="person"), goal("The model's"), goal("Later")])
        session = Session("propose", plan.id, "--as", "manager")
        first = session.answer("Your answer: ", "accept")
        assert "Mine" in first and "accept it yourself" in first
        second = session.answer("Your answer: ", "forward")
        assert "drafted by the model" in second and "accept" not in second.split("The model's")[1]
        session.answer("Your answer: ", "quit")
        assert session.end() == 0
        assert [str(draft.value["statement"]) for draft in plan.drafts.all()] == ["Later"]
        decisions = {
            str(one.value["statement"]): one.decisions["manager"] for one in plan.state.proposals.values()
        }
        assert decisions == {"Mine": "accept", "The model's": None}


def test_propose_all_accepts_nothing(workspace: Workspace) -> None:
    with named_plan(workspace) as plan:
        assert run("propose", plan.id).returncode == 0  # nothing there
        plan.drafts.put_all("joint", [goal("Mine", origin="person"), goal("The model's")])
        refused = run("propose", plan.id, stdin="accept\n")
        assert refused.returncode == 2 and "no terminal" in refused.stderr and len(plan.drafts.all()) == 2
        done = run("propose", plan.id, "--all", "--as", "team-member")
        assert done.returncode == 0 and done.stdout == ""
        assert plan.drafts.all() == ()
        assert {decision for one in plan.state.proposals.values() for decision in one.decisions.values()} == {
            None
        }


def test_exit_codes_and_json(workspace: Workspace, tmp_path: Path) -> None:
    assert json.loads(run("plans", "--json").stdout) == {"plans": []}
    with plan_with_goals(workspace, SMART) as plan:
        pass
    data = json.loads(run("plans", "--json").stdout)["plans"]
    assert [one["id"] for one in data] == [plan.id] and data[0]["waits"] == {"team_member": 1, "manager": 1}
    shown = json.loads(run("show", plan.id[:7], "--json").stdout)
    assert shown["open"][0]["value"]["statement"] == SMART
    assert run("show", "zzzz").returncode == 2
    workspace.path_of(plan.id).write_bytes(b"\0" * 4096)
    broken = run("show", plan.id)
    assert broken.returncode == 4 and "damaged" in broken.stderr and broken.stdout == ""
    assert "cannot be read" in run("plans").stdout
