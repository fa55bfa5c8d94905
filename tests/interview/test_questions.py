"""The questions: their order, and that each says all a person needs."""

from __future__ import annotations

import pytest

from coach_assist.interview.answers import parse_answers_data, problem_of
from coach_assist.interview.questions import all_questions, group_title, path_name, question, questions_of
from coach_assist.interview.session import begin

SHORT = (
    "team_member", "manager", "role", "start", "end", "aim", "development_area", "current_state", "goal",
    "why", "obstacle", "activities", "support", "cadence",
)  # fmt: skip
ADDITIONAL = {
    "motivation", "values", "vision", "strengths", "situation", "behaviour", "impact", "options", "measure",
    "first_step",
}  # fmt: skip


def test_the_short_path_has_these_questions_in_this_order() -> None:
    assert tuple(asked.id for asked in questions_of("short")) == SHORT


def test_the_full_path_adds_ten_optional_ones_and_keeps_the_order() -> None:
    full = questions_of("full")
    assert {asked.id for asked in full} == {*SHORT, *ADDITIONAL}
    assert tuple(asked.id for asked in full if asked.path == "short") == SHORT
    assert not any(asked.required for asked in full if asked.id in ADDITIONAL)


def test_what_drafting_needs_is_required() -> None:
    assert {asked.id for asked in all_questions() if asked.required} == {
        "team_member", "manager", "development_area", "goal",
    }  # fmt: skip


@pytest.mark.parametrize("asked", all_questions(), ids=lambda asked: asked.id)
def test_each_question_says_all_a_person_needs(asked) -> None:
    assert asked.prompt.endswith((".", "?"))
    assert asked.why.endswith((".", "?"))
    assert group_title(asked.group)
    assert bool(asked.thin) == bool(asked.probe)
    example = (asked.example,) if asked.type == "list" else asked.example
    assert problem_of(asked, example) == ""


def test_the_examples_together_are_an_answer_file() -> None:
    answers = parse_answers_data({asked.id: asked.example for asked in all_questions()})
    assert answers.end > answers.start
    session = begin(questions_of("full"), answers.joint, answers.today)
    assert session.finished
    assert not session.missing


def test_unknown_names_are_refused() -> None:
    with pytest.raises(KeyError):
        question("goall")
    with pytest.raises(ValueError, match="short or full"):
        path_name("long")
