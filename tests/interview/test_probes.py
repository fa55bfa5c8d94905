"""Follow-ups: one to a thin answer, chosen by rules; none to an answer that says enough."""

from __future__ import annotations

from datetime import date

import pytest

from coach_assist.checker import Context
from coach_assist.interview.probes import probe_for
from coach_assist.interview.questions import all_questions, question

AROUND = Context(
    due=date(2027, 3, 1), focus="planning the tours", start=date(2027, 2, 1), end=date(2027, 3, 1)
)


@pytest.mark.parametrize(
    "asked", [asked for asked in all_questions() if asked.thin], ids=lambda asked: asked.id
)
def test_one_word_is_thin_and_the_example_is_not(asked) -> None:
    thin = ("Better",) if asked.type == "list" else "Better"
    probe = probe_for(asked, thin, AROUND)
    assert probe
    assert probe.text.endswith("?") or probe.text.endswith("enough.")
    if asked.type != "list":
        assert probe_for(asked, asked.example, AROUND) is None


@pytest.mark.parametrize(
    "asked", [asked for asked in all_questions() if not asked.thin], ids=lambda asked: asked.id
)
def test_names_dates_and_short_facts_are_never_thin(asked) -> None:
    assert probe_for(asked, "x", AROUND) is None


def test_a_vague_goal_is_asked_about_and_named() -> None:
    probe = probe_for(question("goal"), ("Get better at planning the tours this month",), AROUND)
    assert probe
    assert probe.entry == 0
    assert "Get better at planning" in probe.text


def test_a_goal_that_says_it_all_is_not_asked_about() -> None:
    goal = "Reduce changed stops from 6 to 2 a week, counted in the dispatch log, by 1 March 2027"
    assert probe_for(question("goal"), (goal,), AROUND) is None


def test_of_several_goals_the_first_thin_one_is_asked_about() -> None:
    clear = "Reduce changed stops from 6 to 2 a week by 1 March 2027"
    probe = probe_for(question("goal"), (clear, "Be quicker"), AROUND)
    assert probe
    assert probe.entry == 1
    assert "Be quicker" in probe.text


def test_a_judgement_is_asked_for_what_was_seen() -> None:
    probe = probe_for(question("behaviour"), "Nadia was lazy and did not call the driver back.")
    assert probe
    assert "lazy" in probe.text


def test_what_is_quoted_cannot_act_on_a_terminal() -> None:
    probe = probe_for(question("goal"), ("Be quicker\x1b]0;t\x07", "x"), AROUND)
    assert probe
    assert "\x1b" not in probe.text
