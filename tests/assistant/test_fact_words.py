"""What a share counts, from the fact's own words, so that a metric of the wrong thing costs no model call."""

from __future__ import annotations

import pytest

from coach_assist.assistant.fact_words import counted_words, names_what_is_counted, overdue_metric
from coach_assist.assistant.facts import Fact, measured_facts


def fact(text: str) -> Fact:
    (found,) = measured_facts([("current_state", text)])
    return found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("In the last two rounds 7 of 12 jobs took longer than said", "jobs that took longer than said"),
        ("Trainees spoke in only 2 of the last 8 rounds", "rounds in which trainees spoke"),
        ("One in five calls is not returned", "calls that are not returned"),
        ("Only one in ten guests fills in the card", "guests who fill in the card"),
        ("She corrected Jo before guests four times", "times that she corrected Jo before guests"),
        ("7 of 20 bills have a mistake, because they are typed", "bills that have a mistake"),
        ("4 of the 10 jobs that she takes are passed on, often at once", "jobs that are passed on"),
        ("Closing takes 25 minutes", ""),
        ("She scored 3.2/5 in the survey", ""),
    ],
)  # fmt: skip
def test_the_words_of_a_share(text: str, words: str) -> None:
    assert counted_words(fact(text)) == words


def test_a_metric_must_hold_half_of_what_is_counted() -> None:
    share = fact("7 of 12 jobs took longer than he had said")
    assert not names_what_is_counted("time taken", share)
    assert names_what_is_counted("jobs that took longer than estimated", share)
    assert names_what_is_counted("anything", fact("Closing takes 25 minutes"))


def test_a_time_beyond_the_plan_is_called_so() -> None:
    assert (
        overdue_metric("length of meetings", fact("Meetings ran over by 30 minutes")) == "overrun of meetings"
    )
    assert overdue_metric("length of meetings", fact("Meetings take 30 minutes")) == "length of meetings"
    assert overdue_metric("minutes late", fact("The bus leaves 15 minutes late")) == "minutes late"
