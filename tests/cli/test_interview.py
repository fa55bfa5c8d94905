"""The line-by-line interview, typed in a real terminal: equal to the screen, without cursor movement."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

from pty_session import Session

from coach_assist.flows.interview import read_answers
from coach_assist.interview.questions import questions_of
from coach_assist.workspace.store import Workspace

TODAY = "2027-02-01"
TYPED = {
    "team_member": ["Nadia"],
    "manager": ["Tom"],
    "role": ["Dispatcher"],
    "start": [""],
    "end": ["soon", "60 days"],
    "aim": ["Run a whole shift one day.", ""],
    "development_area": ["Planning the tours early enough", ""],
    "current_state": ["Last week 6 of 20 tours changed", "after the trucks had left.", ""],
    "goal": ["Cut changed stops from 6 to 2 a week by 1 March 2027", ""],
    "why": ["From March we run five more trucks.", ""],
    "obstacle": ["No time", "", "Then I ask Tom.", ""],
    "activities": ["Sit beside Marta for two evenings.", ""],
    "support": ["Tom closes the order desk at eight.", ""],
    "cadence": ["Fridays at four"],
}


def run(arguments: list[str], text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coach_assist", "interview", *arguments],
        input=text, capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip


def only_plan_answers() -> dict[str, object]:
    workspace = Workspace()
    (identity,) = workspace.ids()
    with workspace.open(identity) as plan:
        return {entry.question: entry.value for entry in plan.answers.all("joint")}


def test_a_whole_short_path_typed_in_a_terminal() -> None:
    terminal = Session("interview", "--today", TODAY)
    terminal.answer("Do you take part: ", "join")
    for number, asked in enumerate(questions_of("short"), start=1):
        terminal.wait_for(f"Question {number} of 14: {asked.label}")
        for line in TYPED[asked.id]:
            terminal.wait_for("> ")
            terminal.type(line + "\n")
    terminal.wait_for("All questions are answered")
    terminal.wait_for("Turn the answers into drafts now?")
    terminal.wait_for("> ")
    terminal.type("\n")
    assert terminal.end() == 0
    assert b"\x1b" not in terminal.raw
    assert b"\x08" not in terminal.raw
    assert "Not taken: “soon” is not a date" in terminal.seen
    workspace = Workspace()
    (identity,) = workspace.ids()
    assert f"coach-assist propose {identity[:6]}" in terminal.seen
    with workspace.open(identity) as plan:
        answers = read_answers(plan, today=date(2027, 2, 1))
    assert answers.text("current_state") == "Last week 6 of 20 tours changed\nafter the trucks had left."
    assert answers.text("obstacle") == "No time\nThen I ask Tom."
    assert answers.goals == ("Cut changed stops from 6 to 2 a week by 1 March 2027",)
    assert (answers.start, answers.end) == (date(2027, 2, 1), date(2027, 4, 2))


def test_ctrl_c_keeps_everything_even_the_answer_that_was_begun() -> None:
    terminal = Session("interview")
    terminal.answer("Do you take part: ", "join")
    terminal.wait_for("> ")
    terminal.type("Nadia\n")
    terminal.wait_for("Question 2")
    terminal.wait_for("> ")
    terminal.type(":go aim\n")
    terminal.wait_for("Question 6")
    terminal.wait_for("> ")
    terminal.type("Run a whole shift\n")
    terminal.wait_for("> ")
    terminal.type("\x03")
    assert terminal.end() == 130
    assert only_plan_answers() == {"team_member": "Nadia", "aim": "Run a whole shift"}
    assert "To go on: coach-assist interview" in terminal.seen


def test_after_kill_every_answer_is_there_and_the_interview_goes_on() -> None:
    terminal = Session("interview")
    terminal.answer("Do you take part: ", "join")
    for line in ("Nadia", "Tom"):
        terminal.wait_for("> ")
        terminal.type(line + "\n")
    terminal.wait_for("Question 3")
    terminal.process.kill()
    terminal.end()
    (identity,) = Workspace().ids()
    again = run([identity[:5]], "Dispatcher\n:leave\n")
    assert again.returncode == 0
    assert "Question 3 of 14" in again.stderr
    assert "1. Team member: Nadia" in again.stderr
    assert only_plan_answers() == {"team_member": "Nadia", "manager": "Tom", "role": "Dispatcher"}


def test_commands() -> None:
    done = run(
        [],
        "Nadia\nTom\n:back\nThomas\n:skip\n:go 9\n:nonsense\n::text with a colon\nsecond line\n:show\n"
        ":full\n:go vision\nTours that hold, and coffee that is hot\n\n:help\n:short\n:leave\n",
    )
    assert done.returncode == 0
    assert done.stdout == ""
    assert "There is no command :nonsense" in done.stderr
    assert "Now on the full path: 24 questions." in done.stderr
    assert "What you typed is kept." in done.stderr
    assert ":edit  " in done.stderr
    assert only_plan_answers() == {
        "team_member": "Nadia",
        "manager": "Thomas",
        "role": "",
        "goal": [":text with a colon", "second line"],
        "vision": "Tours that hold, and coffee that is hot",
    }


def test_leaving_before_the_first_answer_leaves_nothing() -> None:
    for text in (":leave\n", ""):
        done = run([], text)
        assert done.returncode == 0
        assert "nothing was kept" in done.stderr
    assert Workspace().ids() == ()


def test_an_empty_line_skips_what_is_optional_and_not_what_is_needed() -> None:
    done = run([], "\nNadia\nTom\n\n")
    assert "Not taken: nothing was typed yet" in done.stderr
    assert "Skipped for now." in done.stderr
    assert only_plan_answers() == {"team_member": "Nadia", "manager": "Tom", "role": ""}


def test_an_answer_file_is_taken_over_and_the_rest_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    given = {"team_member": "Nadia", "manager": "Tom", "development_area": "Tours", "goal": ["a b", "c d"]}
    file.write_text(json.dumps(given), encoding="utf-8")
    done = run(["--answers", str(file)], ":leave\n")
    assert "4 answers were taken over" in done.stderr
    assert "Question 3 of 14" in done.stderr
    assert only_plan_answers() == given


def test_a_wrong_answer_file_makes_no_plan(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_text('team_membr = "x"\nend = "soon"\n', encoding="utf-8")
    done = run(["--answers", str(file)])
    assert done.returncode == 2
    assert "did you mean “team_member”?" in done.stderr
    assert "end: “soon” is not a date" in done.stderr
    assert "Traceback" not in done.stderr
    assert Workspace().ids() == ()


def test_a_finished_interview_can_be_changed() -> None:
    text = "\n".join(line for asked in questions_of("short") for line in TYPED[asked.id]) + "\n"
    first = run(["--today", TODAY], text)
    assert "All questions are answered" in first.stderr
    (identity,) = Workspace().ids()
    again = run([identity, "--today", TODAY], ":go role\nShift planner\n\n")
    assert again.returncode == 0
    assert again.stderr.count("All questions are answered") == 2
    assert only_plan_answers()["role"] == "Shift planner"


def test_a_long_answer_in_the_editor(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    editor = tmp_path / "editor"
    editor.write_text(
        f'#!/bin/sh\nls -ld "$(dirname "$1")" "$1" > {seen}\ncat "$1" >> {seen}\n'
        'printf "First paragraph of it.\\n\\nSecond paragraph of it.\\n" > "$1"\n',
        encoding="utf-8",
    )
    editor.chmod(0o700)
    os.environ["EDITOR"] = str(editor)
    try:
        done = run([], "Nadia\n:go aim\nbegun\n:edit\n:leave\n")
    finally:
        del os.environ["EDITOR"]
    assert done.returncode == 0, done.stderr
    assert only_plan_answers()["aim"] == "First paragraph of it.\n\nSecond paragraph of it."
    folder, file, *text = seen.read_text(encoding="utf-8").splitlines()
    assert folder.startswith("drwx------")
    assert file.startswith("-rw-------")
    assert text == ["begun"]
    assert not Path(file.split()[-1]).exists()
    assert not Path(folder.split()[-1]).exists()


def test_an_editor_that_is_not_there_or_fails_loses_nothing(monkeypatch) -> None:
    for editor, words in (("no-such-editor", "is not there"), ("false", "ended with 1")):
        monkeypatch.setenv("EDITOR", editor)
        done = run([], "Nadia\n:go aim\nbegun\n:edit\n:leave\n")
        assert done.returncode == 0
        assert words in done.stderr
        assert "begun" in str(only_plan_answers()) or "kept" in done.stderr
        for identity in Workspace().ids():
            Workspace().path_of(identity).unlink()


def test_hostile_text_is_kept_and_cannot_act_on_the_terminal() -> None:
    name = "N\x1b]0;t\x07\x9b2J[@click=app.quit]x[/] \u202ex"
    done = run([], f"{name}\n:back\n:show\n:leave\n")
    assert done.returncode == 0
    assert only_plan_answers() == {"team_member": name}
    assert "\x1b" not in done.stderr
    assert "\x9b" not in done.stderr
    assert "\u202e" not in done.stderr
    assert "[@click=app.quit]x[/]" in done.stderr


def test_bytes_that_are_no_text_are_not_taken() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "coach_assist", "interview"],
        input=b"\xff\nNadia\n",
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0
    assert b"not UTF-8" in done.stderr
    assert only_plan_answers() == {"team_member": "Nadia"}


def test_the_plan_is_private() -> None:
    run([], "Nadia\n")
    workspace = Workspace()
    (identity,) = workspace.ids()
    assert stat.S_IMODE(workspace.path_of(identity).stat().st_mode) == 0o600


def test_the_answers_become_drafts_that_can_be_put_forward(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(
        json.dumps(
            {"team_member": "Nadia", "manager": "Tom", "development_area": "Tours", "goal": "Tours earlier"}
        ),
        encoding="utf-8",
    )
    done = run(["--answers", str(file), "--draft", "--no-model", "--today", TODAY], "")
    assert done.returncode == 0, done.stderr
    assert "Tours earlier" in done.stdout
    workspace = Workspace()
    (identity,) = workspace.ids()
    assert f"coach-assist propose {identity[:6]}" in done.stderr
    with workspace.open(identity) as plan:
        kinds = {draft.kind for draft in plan.drafts.all()}
    assert {"goal", "development_area", "timeline"} <= kinds
    again = run([identity, "--draft", "--no-model", "--today", TODAY])
    assert again.returncode == 0
    assert "Tours earlier" in again.stdout


def test_drafting_needs_the_required_answers() -> None:
    done = run(["--draft", "--no-model"], "Nadia\n:leave\n")
    assert done.returncode == 2
    assert "manager: is required" in done.stderr
    assert "All answers are kept." in done.stderr
    assert only_plan_answers() == {"team_member": "Nadia"}


def test_protected_data_is_marked_before_it_is_saved_and_the_person_decides() -> None:
    terminal = Session("interview")
    terminal.answer("Do you take part: ", "join")
    terminal.answer("> ", "Nadia")
    terminal.answer("> ", "Tom")
    terminal.answer("> ", "Dispatcher, she is pregnant")
    terminal.wait_for("Before it is saved: Dispatcher, she is **pregnant**")
    assert only_plan_answers() == {"team_member": "Nadia", "manager": "Tom"}
    terminal.answer("> ", "Dispatcher")
    terminal.wait_for("Question 4")
    terminal.type(":back\n")
    terminal.answer("> ", "Dispatcher, and she is diabetic")
    terminal.wait_for("“diabetic” tells of health")
    terminal.answer("> ", "")
    terminal.wait_for("Question 4")
    assert only_plan_answers()["role"] == "Dispatcher, and she is diabetic"
    terminal.answer("> ", ":go role")
    terminal.answer("> ", "She is a union member")
    terminal.answer("> ", "\x03")
    assert terminal.end() == 130
    assert only_plan_answers()["role"] == "She is a union member", "what was typed is never lost"
