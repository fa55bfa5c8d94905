"""The session: one question at a time, checked as one types, one follow-up, back, skip, resume."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_assist.interview.questions import questions_of
from coach_assist.interview.session import Session, begin

TODAY = date(2027, 2, 1)
SHORT = questions_of("short")


def at(question_id: str, **answers: object) -> Session:
    return begin(SHORT, answers, TODAY).go_to(question_id)  # type: ignore[arg-type]


def test_it_begins_at_the_first_question_and_says_where_one_is() -> None:
    session = begin(SHORT, {}, TODAY)
    assert (session.question.id, session.number, session.total) == ("team_member", 1, 14)
    assert session.before == ()


def test_an_answer_is_handed_over_to_be_saved_and_the_next_question_comes() -> None:
    step = begin(SHORT, {}, TODAY).answer("Nadia")
    assert step.saved == ("team_member", "Nadia")
    assert step.session.question.id == "manager"
    assert [(asked.id, value) for asked, value in step.session.before] == [("team_member", "Nadia")]


@pytest.mark.parametrize(
    ("question_id", "text", "problem"),
    [
        ("team_member", "", "nothing was typed yet"),
        ("team_member", " \n", "nothing was typed yet"),
        ("team_member", "x" * 201, "at most 200"),
        ("start", "1 May", "is not a date"),
        ("end", "soon", "is not a date"),
        ("end", "2027-02-01", "must be after the start"),
        ("end", "400 days", "between 1 day and a year"),
        ("goal", "\n".join(["one two three four five"] * 11), "at most 10"),
        ("goal", "x" * 2001, "at most 2,000"),
        ("why", "\ud83d", "half a character"),
    ],
)
def test_what_is_not_taken_stays_with_words_for_a_person(question_id: str, text: str, problem: str) -> None:
    session = at(question_id)
    assert problem in session.check(text).problem
    step = session.answer(text, keep=True)
    assert problem in step.problem
    assert step.saved is None
    assert step.session is session


def test_blank_means_the_default_or_what_is_there() -> None:
    assert at("start").default == "2027-02-01"
    assert at("start").answer("").saved == ("start", "2027-02-01")
    assert at("end").answer("").saved == ("end", "30 days")
    kept = at("role", role="Dispatcher").answer("")
    assert kept.saved is None
    assert kept.session.question.id == "start"


def test_a_start_after_the_end_is_not_taken() -> None:
    step = at("start", end="2027-03-01").answer("2027-04-01")
    assert "change the end first" in step.problem
    assert at("start", end="60 days").answer("2027-04-01").saved == ("start", "2027-04-01")
    assert "too far away" in at("start").answer("9999-12-31").problem


def test_goals_are_lines() -> None:
    step = at("goal").answer(
        "Cut changes from 6 to 2 a week\n\n  Have 9 of 10 tours ready by eight \r\n", keep=True
    )
    assert step.saved == ("goal", ("Cut changes from 6 to 2 a week", "  Have 9 of 10 tours ready by eight "))


def test_a_thin_answer_is_saved_and_followed_up_once() -> None:
    step = at("obstacle").answer("No time")
    assert step.saved == ("obstacle", "No time")
    assert step.probe
    assert step.session.question.id == "obstacle"
    kept = step.session.answer("", keep=True)
    assert kept.saved is None
    assert kept.session.question.id == "activities"
    again = kept.session.back().answer("Still no time")
    assert again.probe == ""
    assert again.session.question.id == "activities"


def test_a_follow_up_can_be_answered_by_adding() -> None:
    step = at("obstacle").answer("No time")
    added = step.session.add("Then I ask Tom.")
    assert added.saved == ("obstacle", "No time\nThen I ask Tom.")
    assert added.session.question.id == "activities"
    assert step.session.add(" ").session.question.id == "activities"


def test_adding_to_goals_goes_to_the_thin_one() -> None:
    step = at("goal").answer("Cut changed stops from 6 to 2 a week\nTours earlier")
    assert "Tours earlier" in step.probe
    added = step.session.add("All are final\nby eight")
    assert added.saved == (
        "goal",
        ("Cut changed stops from 6 to 2 a week", "Tours earlier. All are final by eight"),
    )


def test_a_better_answer_takes_the_place_of_a_thin_one_without_another_follow_up() -> None:
    step = at("obstacle").answer("No time").session.answer("none")
    assert step.saved == ("obstacle", "none")
    assert step.probe == ""


def test_a_full_answer_gets_no_follow_up() -> None:
    step = at("obstacle").answer("Late orders come in. If one does, it goes on the next day's first tour.")
    assert step.probe == ""


def test_skipping_is_remembered_and_never_loses_an_answer() -> None:
    step = at("role").skip()
    assert step.saved == ("role", "")
    assert step.session.question.id == "start"
    assert at("role", role="Dispatcher").skip().saved is None
    resumed = begin(SHORT, {"team_member": "A", "manager": "B", "role": ""}, TODAY)
    assert resumed.question.id == "start"


def test_back_stops_at_the_first_question() -> None:
    assert at("manager").back().question.id == "team_member"
    assert at("team_member").back().question.id == "team_member"


def test_resuming_finds_the_first_open_question_then_what_drafting_needs() -> None:
    answers = {asked.id: "" for asked in SHORT} | {
        "team_member": "A",
        "manager": "B",
        "development_area": "c",
    }
    session = begin(SHORT, answers, TODAY)
    assert session.question.id == "goal"
    assert [asked.id for asked in session.missing] == ["goal"]
    assert begin(SHORT, {**answers, "goal": ("x",)}, TODAY).finished


def test_the_full_path_after_the_short_one_asks_what_is_new() -> None:
    answers = {asked.id: "x" for asked in SHORT}
    assert begin(questions_of("full"), answers, TODAY).question.path == "full"


def test_finished() -> None:
    session = at("cadence").answer("Fridays").session
    assert session.finished
    assert session.question is None
    assert (session.number, session.default, session.value) == (14, "", "")
    with pytest.raises(ValueError, match="finished"):
        session.answer("x")
    assert session.back().question.id == "cadence"


def test_unknown_questions() -> None:
    with pytest.raises(KeyError):
        begin(SHORT, {}, TODAY).go_to("vision")


def test_an_end_that_lies_in_the_past_by_now_does_not_stop_the_interview() -> None:
    step = at("goal", end="2026-12-01").answer("Tours earlier than today please")
    assert step.saved


ACTIONS = st.one_of(
    st.tuples(st.just("answer"), st.text(max_size=30)),
    st.tuples(st.just("add"), st.text(max_size=30)),
    st.tuples(st.just("go_to"), st.sampled_from([asked.id for asked in SHORT])),
    st.tuples(st.sampled_from(["skip", "back"]), st.just("")),
)


@given(st.lists(ACTIONS, max_size=25))
@settings(deadline=None)
def test_whatever_is_done_what_was_saved_is_what_the_session_holds(actions: list[tuple[str, str]]) -> None:
    session = begin(SHORT, {}, TODAY)
    disk: dict[str, object] = {}
    for name, text in actions:
        if session.finished and name in ("answer", "add", "skip"):
            continue
        done = getattr(session, name)(*([text] if name in ("answer", "add", "go_to") else []))
        step = done if not isinstance(done, Session) else None
        if step and step.saved:
            disk[step.saved[0]] = step.saved[1]
        session = step.session if step else done
        assert disk == session.answers
        assert 1 <= session.number <= session.total
    assert begin(SHORT, disk, TODAY).answers == session.answers  # type: ignore[arg-type]
