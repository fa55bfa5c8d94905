"""The interview bound to its drawer: each answer is on disk before the next question shows."""

from __future__ import annotations

from datetime import date

import pytest

from coach_assist.errors import Refused, UsageError
from coach_assist.flows.interview import Interview, read_answers
from coach_assist.interview.answers import AnswersError, parse_answers_data
from coach_assist.interview.questions import questions_of
from coach_assist.workspace.store import Workspace

TODAY = date(2027, 2, 1)
GOALS = (
    "Cut changed stops from 6 to 2 a week by 1 March 2027\nHave 9 of 10 tours final by 20:00 on 1 March 2027"
)


def answered(interview: Interview, **texts: str) -> None:
    for question_id, text in texts.items():
        interview.go_to(question_id)
        assert not interview.answer(text, keep=True).problem


def test_looking_at_the_questions_leaves_nothing_behind() -> None:
    workspace = Workspace()
    interview = Interview.new(workspace, today=TODAY)
    assert interview.session.question
    interview.back()
    assert (interview.plan_id, interview.short_id) == (None, "")
    assert workspace.ids() == ()
    assert not workspace.root.exists()


def test_another_reader_sees_the_answer_before_the_next_question() -> None:
    interview = Interview.new(Workspace(), today=TODAY)
    interview.answer("Nadia \x1b[2J [b]x[/b]")
    assert interview.session.question.id == "manager"
    with Workspace().open(interview.short_id) as other:
        assert other.answers.get("joint", "team_member") == "Nadia \x1b[2J [b]x[/b]"


def test_an_answer_that_cannot_be_written_leaves_the_session_where_it_was(monkeypatch) -> None:
    interview = Interview.new(Workspace(), today=TODAY)
    interview.answer("Nadia")
    before = interview.session

    def full(*_: object) -> None:
        raise Refused("The disk is full.")

    monkeypatch.setattr(interview.plan.answers, "put", full)
    with pytest.raises(Refused):
        interview.answer("Tom")
    assert interview.session is before


def test_leaving_and_taking_it_up_again() -> None:
    workspace = Workspace()
    interview = Interview.new(workspace, path="full", today=TODAY)
    answered(interview, team_member="Nadia", manager="Tom")
    interview.skip()
    interview.plan.close()
    again = Interview.resume(workspace, workspace.open(interview.short_id), today=TODAY)
    assert again.path == "full"
    assert again.session.question.id == "start"
    assert len(again.session.before) == 2


def test_the_whole_short_path() -> None:
    interview = Interview.new(Workspace(), today=TODAY)
    while (asked := interview.session.question) is not None:
        interview.answer(
            GOALS if asked.id == "goal" else "" if asked.id == "start" else asked.example, keep=True
        )
    answers = interview.answers()
    assert len(answers.goals) == 2
    assert (answers.start, answers.end) == (TODAY, date(2027, 4, 2))
    assert set(answers.joint) == {asked.id for asked in questions_of("short")}
    assert read_answers(interview.plan, today=TODAY) == answers


def test_a_thin_answer_is_on_disk_before_its_follow_up_shows() -> None:
    interview = Interview.new(Workspace(), today=TODAY)
    answered(interview, team_member="Nadia")
    interview.go_to("obstacle")
    step = interview.answer("No time")
    assert step.probe
    assert interview.plan.answers.get("joint", "obstacle") == "No time"
    interview.add("Then I ask Tom.")
    assert interview.plan.answers.get("joint", "obstacle") == "No time\nThen I ask Tom."


def test_a_file_fills_the_drawers_of_all_three() -> None:
    workspace = Workspace()
    interview = Interview.new(workspace, today=TODAY)
    given = parse_answers_data(
        {
            "team_member": "Nadia", "manager": "Tom", "development_area": "Tours", "goal": GOALS.split("\n"),
            "by": {"manager": {"why": "trucks"}, "team_member": {"why": "me"}},
        },
        today=TODAY,
    )  # fmt: skip
    interview.prefill(given)
    assert interview.session.question.id == "role"
    assert interview.answers() == given


def test_what_drafting_needs_is_named_and_the_answers_are_kept() -> None:
    interview = Interview.new(Workspace(), today=TODAY)
    with pytest.raises(AnswersError):
        interview.answers()
    answered(interview, team_member="Nadia")
    interview.go_to("manager")
    interview.skip()
    with pytest.raises(AnswersError) as caught:
        interview.answers()
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "manager",
        "development_area",
        "goal",
    ]
    assert "kept" in caught.value.kept
    assert interview.plan.id[:8] in caught.value.next_step


def test_an_end_that_is_past_by_now_is_named() -> None:
    interview = Interview.new(Workspace(), today=TODAY)
    answered(interview, team_member="A", manager="B", development_area="x y z", goal="Go", end="2027-03-01")
    with pytest.raises(AnswersError, match="end: the end must be after the start"):
        read_answers(interview.plan, today=date(2027, 6, 1))


def test_paths_can_be_changed_and_questions_named() -> None:
    interview = Interview.new(Workspace(), today=TODAY)
    answered(interview, team_member="Nadia")
    with pytest.raises(UsageError, match="vision"):
        interview.go_to("vision")
    interview.switch_path("full")
    assert interview.session.total == 24
    interview.go_to("vision")
    assert interview.plan.meta.get("interview.path") == "full"
