"""Which way a number should move, how far is fair, and targets that the answers name."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_assist.assistant.facts import Fact, measured_facts
from coach_assist.assistant.targets import Pace, better_way, fair_target, named_target, target_fault


def fact(text: str) -> Fact:
    (found,) = measured_facts([("current_state", text)])
    return found


@pytest.mark.parametrize(
    ("text", "goal", "way"),
    [
        ("4 of 10 tickets are escalated", "Better troubleshooting", "less"),
        ("Colleagues wait 4 days for a review", "Improve reviews", "less"),
        ("The close takes 9 working days", "Smoother close", "less"),
        ("About 18 portions are thrown away", "Less waste", "less"),
        ("Half of the visits have no notes", "Better notes", "less"),
        ("5 of 26 pupils answer", "More participation", "more"),
        ("Rosa held 2 talks last month", "More time for people", "more"),
        ("Only 3 of 8 shifts start with a plan", "Plan ahead", "more"),
        ("2 of 9 offers went out without mistakes", "Better offers", "more"),
        ("Only 40 of 120 patients return their form", "Better forms", "more"),
        ("She handles 12 calls an hour", "Be quicker", "more"),
        ("7 of 30 invoices were corrected", "Cleaner invoices", "less"),
        ("She talks for 70 % of a meeting", "Listen more", "less"),
        ("6 von 20 Antworten führen zu einer Rückfrage", "Bessere Mails", "less"),
    ],
)
def test_the_direction_is_read_from_the_words(text: str, goal: str, way: str) -> None:
    assert better_way(fact(text), goal) == way


def test_words_that_do_not_tell_leave_it_open() -> None:
    assert better_way(fact("There are 12 boxes on the shelf"), "Tidy up") is None


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        ("4", "equals the baseline"),
        ("6", "runs the wrong way"),
        ("0", "jumps too far"),
        ("2", ""),
        (None, "no number"),
    ],
)
def test_faults_of_a_target(target: str | None, fault: str) -> None:
    given_target = Decimal(target) if target else None
    assert target_fault(fact("4 of 10 tickets are escalated"), "less", given_target) == fault


def test_a_share_has_a_ceiling() -> None:
    assert target_fault(fact("5 of 26 pupils answer"), "more", Decimal(27)) == "is out of reach"


@given(
    start=st.integers(min_value=1, max_value=5000),
    whole=st.integers(min_value=0, max_value=5000),
    way=st.sampled_from(["less", "more"]),
    pace=st.sampled_from(["modest", "fair", "ambitious"]),
)
def test_a_fair_target_always_moves_the_right_way_and_stays_in_reach(
    start: int, whole: int, way: str, pace: Pace
) -> None:
    of = str(start + whole) if whole > 1 else None
    one = Fact("current_state", f"{start} things", str(start), of, "things", 0, 1)
    target = fair_target(one, "less" if way == "less" else "more", pace)
    assert (target < start) if way == "less" else (target > start)
    assert target >= 0
    assert one.most is None or target <= one.most


def test_targets_that_the_answers_name_are_found_in_the_same_unit_only() -> None:
    wait = fact("Colleagues wait 4 days for a review")
    assert named_target(wait, "less", ["A review within 2 days"]) == "2"
    assert named_target(wait, "less", ["down to 30 minutes", "at least 5 days"]) is None
    share = fact("4 of 10 tickets are escalated")
    assert named_target(share, "less", ["at most 2 of 10 tickets"]) == "2"
    assert named_target(share, "less", ["at most 2 of 20"]) is None
