"""Where the two differ: what code can see, and what it leaves to people."""

from __future__ import annotations

from datetime import date

import pytest

from coach_assist.interview.differences import compare, to_talk_about

TODAY = date(2026, 11, 25)


def one(question: str, mine: object, theirs: object):
    (found,) = compare({question: mine}, {question: theirs}, TODAY)
    return found


@pytest.mark.parametrize(
    ("question", "mine", "theirs"),
    [
        ("why", "Trucks come in March.", "trucks  come in March"),
        ("start", "2027-02-01", " 2027-02-01 "),
        ("end", "60 days", "2027-01-24"),
        ("end", "2 weeks", "14 days"),
        ("goal", ("Answer faster", "Write it down"), ("answer faster.", "Write it down")),
    ],
)
def test_the_same_said_differently_is_the_same(question: str, mine: object, theirs: object) -> None:
    found = one(question, mine, theirs)
    assert found.standing == "same" and found.marks == ()


@pytest.mark.parametrize(
    ("question", "mine", "theirs", "kind", "left", "right"),
    [
        ("end", "60 days", "30 days", "date", ("60 days",), ("30 days",)),
        ("why", "By 2027-03-01 at last", "By 2027-04-01", "date", ("2027-03-01",), ("2027-04-01",)),
        (
            "current_state",
            "6 of 20 tours changed",
            "9 of 20 tours changed",
            "number",
            ("6", "20"),
            ("9", "20"),
        ),
        ("measure", "80 %", "12.5 %", "number", ("80%",), ("12.5%",)),
        ("goal", ("Answer faster", "Rest"), ("Answer faster", "Write"), "goal", ("Rest",), ("Write",)),
        ("goal", "Answer faster\nRest", ("Answer faster",), "goal", ("Rest",), ()),
    ],
)
def test_dates_numbers_and_goals_are_marked(
    question: str, mine: object, theirs: object, kind: str, left: tuple[str, ...], right: tuple[str, ...]
) -> None:
    found = one(question, mine, theirs)
    assert found.standing == "differ"
    marks = {mark.kind: (mark.team_member, mark.manager) for mark in found.marks}
    assert marks[kind] == (left, right)


def test_a_date_is_not_told_as_a_number_too() -> None:
    found = one("why", "By 2027-03-01", "By 2027-04-01")
    assert {mark.kind for mark in found.marks} == {"date"}


def test_other_words_are_left_to_people() -> None:
    found = one("why", "I want to learn it", "She is too slow")
    assert found.standing == "differ" and found.marks == ()


def test_what_only_one_answered_or_nobody() -> None:
    found = compare({"why": "Mine", "aim": ""}, {"support": "Theirs"}, TODAY)
    assert [(entry.question.id, entry.standing) for entry in found] == [
        ("why", "only_team_member"),
        ("support", "only_manager"),
    ]
    assert compare({}, {}, TODAY) == ()


def test_first_things_first() -> None:
    mine = {"goal": ("A goal",), "end": "60 days", "measure": "6", "why": "x", "aim": "mine", "role": "Clerk"}
    theirs = {"goal": ("Another",), "end": "30 days", "measure": "7", "why": "y", "role": "clerk"}
    talk = to_talk_about(compare(mine, theirs, TODAY))
    assert [entry.question.id for entry in talk] == ["goal", "end", "measure", "why", "aim"]


@pytest.mark.parametrize("evil", ["\x1b[2J", "9" * 5000, "[date]", "2027-99-99", "\ud800", "1,2,3,4", "٣"])
def test_anything_can_be_compared(evil: str) -> None:
    for question in ("why", "goal", "end", "start", "measure", "team_member"):
        compare({question: evil}, {question: "2027-01-01 and 3"}, TODAY)
        compare({question: (evil, evil)}, {question: evil}, TODAY)
