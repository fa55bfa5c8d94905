"""Following through at a terminal: check-in, progress, and what comes after."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

from follow_maker import COURSE, GOAL, LIST, agreed_plan, hold_check_in
from pty_session import Session

from coach_assist.agreement.follow_fold import follow
from coach_assist.workspace.store import Workspace

DAY = "2026-12-02"


def run(*args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coach_assist", *args],
        input=stdin, capture_output=True, text=True, check=False,
    )  # fmt: skip


def plan_id(**fields: bool) -> str:
    with agreed_plan(Workspace(), **fields) as plan:
        return plan.id


def test_a_check_in_from_first_to_last_line() -> None:
    identity = plan_id()
    session = Session("check-in", identity[:8], "--as", "manager", "--today", DAY)
    session.wait_for("What was promised.")
    session.wait_for("Send the list of partners")
    session.answer("> ", "kept")
    session.wait_for("Block an hour for mail")
    session.answer("> ", "9")
    session.wait_for("Not taken")
    session.answer("> ", "1")
    session.wait_for("Shadow Bo's inbox")
    session.answer("> ", ":back")
    session.wait_for("Answered already: done, and it helped")
    session.answer("> ", "")
    session.wait_for("Shadow Bo's inbox")
    session.answer("> ", "")
    session.wait_for("what is the value today?")
    session.answer("> ", "6")
    session.wait_for("agreed to look at: The shared inbox")
    session.answer("> ", "the inbox")
    for prompt in ("can be seen of it", "gets in the way"):
        session.wait_for(prompt)
        session.answer("> ", "")
    session.wait_for("What went well")
    session.answer("> ", "The call with Kim")
    session.answer("> ", "")
    for prompt in ("One question.", "next agenda", "next step?", "for yourself"):
        session.wait_for(prompt)
        session.answer("> ", "")
    session.wait_for("Both will see this:")
    session.wait_for("6 (seen in: the inbox)")
    session.answer("Type yes", "yes")
    session.wait_for("Recorded.")
    assert session.end() == 0
    assert "\x1b" not in session.seen
    with Workspace().open(identity) as plan:
        assert [one.value for one in follow(plan.history).readings] == ["6"]


def test_ctrl_c_keeps_what_was_typed_and_goes_on_later() -> None:
    identity = plan_id()
    session = Session("check-in", identity, "--as", "team-member", "--today", DAY)
    session.answer("> ", "1")
    for _ in range(4):
        session.answer("> ", ":skip")
    session.wait_for("gets in the way")
    session.answer("> ", "Half a sentence")
    session.wait_for("> ")
    session.process.send_signal(signal.SIGINT)
    assert session.end() == 130
    assert "To go on: coach-assist check-in" in session.seen
    with Workspace().open(identity) as plan:
        kept = {entry.question.partition("/")[2]: entry.value for entry in plan.notes.all("team_member")}
        assert kept["obstacle"] == "Half a sentence"
    again = Session("check-in", identity, "--as", "team-member", "--today", "2026-12-04")
    again.wait_for("Check-in of 2026-12-02")
    again.wait_for("goes on where it was left")
    again.wait_for("What went well")
    again.answer("> ", ":leave")
    again.wait_for("Kept in your drawer")
    assert again.end() == 0


def test_a_pipe_can_answer_but_not_record() -> None:
    identity = plan_id()
    done = run("check-in", identity, "--as", "manager", "--today", DAY, stdin="kept\n" + "\n" * 30)
    assert done.returncode == 2
    assert "by a person at a terminal" in done.stderr
    assert done.stdout == ""
    with Workspace().open(identity) as plan:
        assert not follow(plan.history).check_ins
        assert plan.notes.get("manager", f"check_in.begun/mark/{LIST}") == "done"


def test_progress_in_words_and_as_json() -> None:
    workspace = Workspace()
    with agreed_plan(workspace, demo=True) as plan:
        identity = plan.id
        hold_check_in(workspace, plan, "manager", _day(DAY), {f"value/{GOAL}": "6", f"mark/{COURSE}": "1"})
    shown = run("progress", identity[:6], "--today", "2026-12-05")
    assert shown.returncode == 0
    assert shown.stdout.startswith("DEMO:")
    assert max(map(len, shown.stdout.splitlines())) <= 80
    assert "\x1b" not in shown.stdout
    data = json.loads(run("progress", identity, "--json", "--today", "2026-12-05").stdout)
    assert data["goals"][0]["readings"][0]["value"] == "6"
    assert "+---" not in run("progress", identity, "--words", "--today", "2026-12-05").stdout


def test_a_note_in_one_command_and_its_release() -> None:
    identity = plan_id()
    kept = run("note", identity, "Two calm calls", "--as", "manager", "--today", DAY)
    assert kept.returncode == 0
    note = kept.stderr.split()[2].rstrip(",")
    assert "Two calm calls" not in run("note", identity, "--as", "team-member", "--list").stdout
    assert run("note", identity, "--as", "manager", "--release", note).returncode == 2
    session = Session("note", identity, "--as", "manager", "--release", note)
    session.wait_for("Two calm calls")
    session.answer("Type yes", "yes")
    session.wait_for("Released")
    assert session.end() == 0
    listed = run("note", identity, "--as", "team-member", "--list").stdout
    assert "released  manager noted: Two calm calls" in listed
    piped = run("note", identity, "--as", "team-member", "--thanks", stdin="Thank you\n")
    assert piped.returncode == 0
    assert run("note", identity, "text", "--list", "--as", "manager").returncode == 2


def test_the_guard_speaks_before_a_note_is_kept() -> None:
    identity = plan_id()
    session = Session("note", identity, "Noor said she has cancer", "--as", "manager")
    session.wait_for("cancer")
    session.answer("Keep it all the same?", "")
    session.wait_for("Nothing was kept.")
    assert session.end() == 0
    assert run("note", identity, "--as", "manager", "--list").stdout == ""


def test_today_lists_what_is_due() -> None:
    plan_id(demo=True)
    shown = run("today", "--today", "2026-11-30")
    assert shown.returncode == 0
    first, promise, *_ = shown.stdout.splitlines()
    assert first == "Its day has passed"
    assert promise.startswith("- 2026-11-27 Bo, promise: Send the list of partners [DEMO ")
    only = json.loads(run("today", "--json", "--as", "team-member", "--today", "2026-11-30").stdout)
    assert {one["party"] for one in only["items"]} == {"team_member", None}
    assert run("today", "--today", "2020-01-01").stdout.startswith("Nothing is due")


def test_a_plan_is_closed_by_two_people_in_turn() -> None:
    identity = plan_id()
    assert "no closing page yet" in run("close", identity).stdout
    assert run("close", identity, "--as", "manager").returncode == 2
    first = Session("close", identity, "--as", "manager", "--today", "2026-12-23")
    first.wait_for("Answer 10 of 10")
    first.answer("> ", "1")
    first.wait_for("What made it possible")
    first.answer("> ", "")
    first.wait_for("Open each planning call")
    first.answer("> ", "dropped")
    first.wait_for("For what reason?")
    first.answer("> ", "")
    for prompt in ("Noor learn?", "Bo learn?", "thank-you", "Which area is next"):
        first.wait_for(prompt)
        first.answer("> ", "")
    first.answer("Type sign", "sign")
    first.wait_for("the reason is missing")
    first.wait_for("For what reason?")
    first.answer("> ", "The calls ended")
    first.answer("> ", "")
    first.answer("Type sign", "sign")
    first.wait_for("Put forward and signed by you.")
    first.wait_for("worth the time")
    first.answer("> ", ":leave")
    assert first.end() == 0
    assert json.loads(run("close", identity, "--json").stdout)["waiting"][0]["waits_for"] == ["team_member"]
    other = Session("close", identity, "--as", "team-member", "--today", "2026-12-23")
    other.wait_for("Dropped: Open each planning call")
    other.answer("Your answer", "sign")
    other.answer("Type sign", "sign")
    other.wait_for("The plan is closed.")
    for _ in range(5):
        other.answer("> ", "4")
    other.wait_for("different next time?")
    other.answer("> ", "")
    other.answer("Type yes", "yes")
    other.wait_for("Released.")
    assert other.end() == 0
    assert "Signed by the manager." in run("close", identity).stdout


def test_a_change_is_put_forward_with_its_reason() -> None:
    identity = plan_id()
    assert run("adapt", identity, "--as", "manager", "--end", "60 days").returncode == 2
    session = Session("adapt", identity, "--as", "manager", "--end", "60 days", "--today", "2026-12-12")
    session.wait_for("You might:")
    session.answer("Why", "")
    session.answer("needs a reason; why", "Holidays")
    session.answer("Type yes", "yes")
    session.wait_for("stays in force until the other party")
    assert session.end() == 0
    with Workspace().open(identity) as plan:
        waiting = plan.state.waits_for("team_member")
        assert [(one.kind, dict(one.reasons)) for one in waiting] == [("timeline", {"manager": "Holidays"})]
    again = Session("adapt", identity, "--as", "manager")
    again.wait_for("(a change waits for a decision)")
    again.answer("Enter to end", "99")
    again.wait_for("Please type a number")
    again.answer("Enter to end", "")
    assert again.end() == 0


def test_evaluate_counts_plans() -> None:
    plan_id(signed=True)
    plan_id(demo=True)
    shown = run("evaluate", "--today", "2026-12-12")
    assert shown.returncode == 0
    assert shown.stdout.startswith("Plans with something agreed: 1 (development 1)")
    assert "Noor" not in shown.stdout and "Bo" not in shown.stdout
    assert json.loads(run("evaluate", "--json", "--today", "2026-12-12").stdout)["signed"] == 1


def test_a_plan_begins_from_a_template() -> None:
    listed = run("templates").stdout.splitlines()
    assert [line.split(":")[0] for line in listed] == [
        "development", "performance-support", "onboarding", "leadership", "career",
    ]  # fmt: skip
    shown = run("templates", "show", "onboarding", "--start", "2027-01-04").stdout
    assert "by 3 February 2027" in shown
    assert json.loads(run("templates", "show", "career", "--json").stdout)["days"] == 180
    made = run("templates", "use", "leadership", "--team-member", "Noor", "--manager", "Bo")
    assert made.returncode == 0
    with Workspace().open(made.stdout.strip()) as plan:
        assert not plan.has_opened
        assert len(plan.drafts.all("joint")) == 15
        assert plan.answers.get("joint", "manager") == "Bo"


def _day(text: str):
    from datetime import date

    return date.fromisoformat(text)
