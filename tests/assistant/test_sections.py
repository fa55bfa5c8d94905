"""What code makes of the answers: names, current state, own activities, dates, cadence, support."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted_drafting import ANSWERS, MEASURED, OBSERVED

from coach_assist.assistant import direct
from coach_assist.assistant.activities import due_dates, free_kinds, kind_of, own_activities
from coach_assist.assistant.asking import best_of, read_json
from coach_assist.assistant.brief import Brief, brief_of, short_name
from coach_assist.assistant.goal_task import GoalTask
from coach_assist.assistant.goal_units import goal_unit
from coach_assist.assistant.goals import goal_form
from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.state import label_by_words, pieces_of, state_unit
from coach_assist.interview.answers import parse_answers_data

TODAY = date(2026, 3, 2)


def brief(**changes: Any) -> Brief:
    data = {key: value for key, value in {**ANSWERS, **changes}.items() if value is not None}
    return brief_of(parse_answers_data(data, today=TODAY))


@pytest.mark.parametrize(
    ("name", "short"),
    [("Ana Ruiz", "Ana"), ("Mrs Osei", "Mrs Osei"), ("Dr. Alvarez", "Dr. Alvarez"), ("Kim", "Kim"),
     ("J. Smith", "J. Smith"), ("田中 由紀", ["田中", "由紀"][0]), ("", "")],
)  # fmt: skip
def test_how_people_are_called(name: str, short: str) -> None:
    assert short_name(name) == short


def test_several_lines_are_several_goals_and_three_are_drafted() -> None:
    one = brief(goal="- Close tickets\n- Read logs\n\n* Write notes\nSmile")
    assert one.goals == ("Close tickets", "Read logs", "Write notes") and one.undrafted_goals == 1


def test_what_one_party_said_alone_is_known_but_not_sent() -> None:
    one = brief(by={"manager": {"current_state": "Only 3 of 9 calls end well."}})
    assert "3 of 9" in one.everything and all(fact.baseline != "3" for own in one.facts for fact in own)
    assert "3 of 9" not in repr(one)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("His plating is excellent.", "strength"),
        ("Samples are handled without errors", "strength"),
        ("She tends to take over a task rather than let others finish it.", "gap"),
        ("In reviews she goes silent when somebody disagrees.", "gap"),
        ("Customers like her tone, but tickets wait.", None),
        ("He joined the shop in May.", None),
        ("Jana kennt die Produkte sehr gut", "strength"),
        ("Antworten kommen zu spät", "gap"),
    ],
)
def test_strengths_and_gaps_by_words(text: str, label: str | None) -> None:
    assert label_by_words(text) == label


def test_no_statement_about_today_is_lost() -> None:
    many = " ".join(
        f"Thing number {word} happens."
        for word in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p"]
    )
    pieces = pieces_of(brief(current_state=many))
    assert len(pieces) <= 12 and " ".join(pieces) == many
    unit = state_unit(brief(current_state=many), [(piece, "context") for piece in pieces], origin="own_words")
    assert unit is not None and all(f"number {letter}" in str(unit.draft.value) for letter in "ap")


def test_situation_and_impact_are_evidence_of_the_gap() -> None:
    one = brief(
        current_state=None, situation="On Tuesday.", behaviour="She passed it on.", impact="A day was lost."
    )
    unit = state_unit(one, [], origin="own_words")
    assert unit is not None
    (gap,) = unit.draft.value["gaps"]  # type: ignore[misc]
    assert gap["text"] == "She passed it on." and "A day was lost." in str(gap["evidence"])


def test_own_activities_keep_their_words_and_who_could_show_them() -> None:
    text = "Sit with Priya; try the guide, then write it down. Priya could show her the log viewer."
    own = own_activities(brief(activities=text), 5)
    assert [one.what for one in own] == ["Sit with Priya", "try the guide", "write it down."]
    assert own[-1].resource == "Priya could show her the log viewer."
    (all_in_one,) = own_activities(brief(activities=text), 1)
    assert all(word in all_in_one.what for word in ("Sit with Priya", "try the guide", "write it down"))
    assert own_activities(brief(activities=text), 0) == []


def test_the_first_step_comes_first() -> None:
    assert own_activities(brief(first_step="On Thursday I ask Priya"), 3)[0].question == "first_step"


@given(days=st.integers(min_value=1, max_value=366), count=st.integers(min_value=0, max_value=6))
def test_due_dates_lie_inside_the_plan_and_the_first_within_a_week(days: int, count: int) -> None:
    one = brief(end=f"{days} days")
    dues = due_dates(one, count)
    assert len(dues) == count and dues == sorted(dues)
    assert all(one.start <= due <= one.end for due in dues)
    assert not dues or (dues[0] - one.start).days <= 7


def test_kinds_of_activities_and_other_ways_to_learn() -> None:
    assert kind_of("Shadow Ines for two mornings") == "shadowing"
    assert kind_of("Something else") is None
    own = own_activities(brief(activities="Ask for feedback after calls"), 3)
    assert "feedback" not in free_kinds(own, 2)


@pytest.mark.parametrize(
    ("text", "every", "weekday", "minutes"),
    [
        ("Every Friday, 20 minutes", "week", "friday", 20),
        ("every two weeks", "fortnight", None, None),
        ("once a month for an hour", "month", None, 60),
        ("jede Woche, montags eine halbe Stunde", "week", "monday", 30),
        ("after every close", "other", None, None),
    ],
)
def test_cadences(text: str, every: str, weekday: str | None, minutes: int | None) -> None:
    value = direct.cadence(brief(cadence=text)).draft.value
    assert (value["every"], value["weekday"], value["minutes"], value["text"]) == (
        every,
        weekday,
        minutes,
        text,
    )


def test_a_cadence_of_our_own_is_a_suggestion() -> None:
    unit = direct.cadence(brief(cadence=None, end="30 days"))
    assert unit.draft.value["every"] == "week"
    assert [one.text for one in unit.draft.suggested] == [unit.draft.value["text"]]


def test_support_by_the_date_that_was_named() -> None:
    one = brief(support="Tom gets the access by 2026-03-20.")
    unit = direct.support(one, Grounds(one.everything))
    assert unit is not None and unit.draft.value["due"] == "2026-03-20" and not unit.draft.suggested
    none = brief(support=None)
    assert direct.support(none, Grounds(none.everything)) is None
    promise = direct.support(none, Grounds(none.everything), "the queue report")
    assert promise is not None and promise.draft.origin == "model" and promise.draft.suggested


SLOT = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=300),
    st.lists(st.text(max_size=5), max_size=2),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(data=st.data(), measured=st.booleans())
def test_whatever_a_model_writes_becomes_a_valid_goal(data: st.DataObject, measured: bool) -> None:
    one = brief() if measured else brief(current_state="Her tone is liked. She never reads the log.")
    task = GoalTask(one, Grounds(one.everything), one.goals[0], one.facts[0])
    assert task.measured is measured
    good = MEASURED if measured else OBSERVED
    slots = {**good, **data.draw(st.dictionaries(st.sampled_from(sorted(good)), SLOT, max_size=9))}
    found, problems = best_of(goal_form(task), slots)
    unit = goal_unit(task, found, problems, section="goal:0", gap=None, due=one.end)
    statement = str(unit.draft.value["statement"])
    assert statement and unit.draft.parsed()
    known = Grounds(one.everything + "\n" + "\n".join(entry.text for entry in unit.draft.suggested))
    assert [found for found in known.inventions(statement) if found.kind != "name"] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 1}', {"a": 1}),
        ('<think>so</think> {"a": 1} and more {"b": 2}', {"b": 2}),
        ('{"a": "cut in the mi', {"a": "cut in the mi"}),
        ("no object", None),
        ("[1, 2]", None),
        ("{", {}),
        ("", None),
    ],
)
def test_json_is_read_as_far_as_it_came(text: str, found: object) -> None:
    assert read_json(text) == found
