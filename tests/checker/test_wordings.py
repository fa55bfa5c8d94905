"""Wordings of one meaning: passives, shared objects, clauses as end points, rhythms and clock times."""

from __future__ import annotations

from datetime import date

import pytest

from coach_assist.checker import check_goal, find_deadline

TODAY = date(2027, 3, 10)

END_POINTS = [
    ("Train all bakers on the stone oven by the time the second shop opens", "event"),
    ("Shadow two ward rounds during my placement", "event"),
    ("Meet all 14 branch managers in my first 90 days", "event"),
    ("Clear the tax backlog before the month is out", "period"),
    ("Visit 9 farms between now and July", "month"),
    ("Sell 60 tents by Q2 end", "quarter"),
]
NO_END_POINTS = [
    "Greet every guest by the time they reach the desk",
    "New drivers pass the depot test in their first 90 days",
    "Cut the queue during rush hours from 12 to 5 people",
]
MET = [
    ("S", "The volunteer handbook is published by 2027-05-01"),
    ("S", "Plan, host and evaluate two cider tastings"),
    ("S", "Equip all drivers with a tablet"),
    ("S", "Make sure all new starters pass the ladder test"),
    ("M", "Move the kitchen stock count from quarterly to monthly"),
    ("M", "Cut the pit stop from 3:20 to 2:40"),
    ("M", "The volunteer handbook is published by 2027-05-01"),
]
UNMET = [
    ("M", "Raise $## for the chapel roof by June"),
    ("S", "Be Recognised As A Warm And Reliable Host"),
    ("S", "Gain a keener feel for what shoppers want"),
]


@pytest.mark.parametrize(("text", "kind"), END_POINTS)
def test_what_ends_a_goal(text: str, kind: str) -> None:
    deadline = find_deadline(text, TODAY)
    assert deadline is not None
    assert deadline.kind == kind


@pytest.mark.parametrize("text", NO_END_POINTS)
def test_what_happens_in_each_case_ends_no_goal(text: str) -> None:
    assert find_deadline(text, TODAY) is None


@pytest.mark.parametrize(("letter", "text"), MET)
def test_met(letter: str, text: str) -> None:
    assert check_goal(text).verdicts[letter] == "met"


@pytest.mark.parametrize(("letter", "text"), UNMET)
def test_unmet(letter: str, text: str) -> None:
    assert check_goal(text).verdicts[letter] == "unmet"
