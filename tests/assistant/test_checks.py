"""Each check on the model's output, with what it must catch and what it must let through."""

from __future__ import annotations

import pytest

from coach_assist.assistant import checks, repair
from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.prompts import worked_examples


def test_every_worked_example_is_known_to_the_check_for_copies() -> None:
    for task in ("goal_measured", "goal_observed", "activities", "goal_measured_de", "activities_de"):
        assert len(worked_examples(task)) == 2, task
        for value in checks._example_values(task):
            assert checks.copied(value, task, "Ana reads tickets"), (task, value)


def test_a_copy_is_no_copy_where_the_answers_say_it() -> None:
    text = "average waiting time of callers"
    assert checks.copied(text, "goal_measured", "Ana reads tickets")
    assert checks.copied(text, "goal_measured", "The average waiting time of callers is 9 minutes") == ""
    assert checks.copied("asks for the figures on the same day", "goal_measured", "tickets")
    assert checks.copied("share of escalated tickets", "goal_measured", "tickets") == ""


def test_feelings_are_no_metric() -> None:
    assert "confidence" in checks.about_feelings("level of confidence", "")
    assert checks.about_feelings("questions answered in reviews", "") == ""


def test_a_metric_of_the_wrong_thing() -> None:
    assert checks.unrelated("customer satisfaction score", "4 of 10 tickets are escalated")
    assert checks.unrelated("escalations", "4 of 10 tickets are escalated") == ""


def test_wording_that_judges_the_person() -> None:
    assert checks.judges_person("Ana is lazy and abrasive")
    assert checks.judges_person("reads the log before passing a ticket on") == ""


def test_what_goes_wrong_today_is_no_remedy() -> None:
    gap = "She tends to take over a task rather than let the new colleague finish it"
    assert checks.contradicts("takes over the task herself", [gap])
    assert checks.contradicts("let the new colleague finish the task", [gap]) == ""


def test_the_managers_part_is_not_the_members() -> None:
    support = "Tom frees Tuesday afternoons from the queue"
    assert checks.managers_part("free Tuesday afternoons from the queue", support, "read logs")
    assert checks.managers_part("read logs with Priya", support, "read logs with Priya") == ""


def test_duplicates() -> None:
    assert checks.duplicate("Sit with Priya and read logs", ["read logs with Priya"])
    assert checks.duplicate("Ask Tom how it went", ["read logs with Priya"]) == ""


def test_the_language_of_the_answers() -> None:
    assert checks.wrong_language("writing templates for the common questions of customers", "de")
    assert checks.wrong_language("Vorlagen für häufige Fragen schreiben", "de") == ""


def test_inventions_are_named() -> None:
    assert "“Excel”" in checks.invented("count it in Excel", Grounds("Ana counts tickets"))
    assert checks.invented("count the tickets", Grounds("Ana counts tickets")) == ""


def test_actions_from_nowhere() -> None:
    grounds = Grounds("Talking to visitors at the library")
    assert "Talking" in checks.from_nowhere("discuss the company's policies", grounds, "Talking to visitors")
    assert checks.from_nowhere("greet visitors first", grounds, "Talking to visitors") == ""


@pytest.mark.parametrize(
    ("text", "ing"),
    [
        ("block an hour and pair with Olu", "blocking an hour and pairing with Olu"),
        ("write the list", "writing the list"),
        ("plan the talks in the calendar", "planning the talks in the calendar"),
        ("reading logs first", "reading logs first"),
        ("quickly do it", ""),
        ("", ""),
    ],
)
def test_ing_forms(text: str, ing: str) -> None:
    assert repair.as_ing(text) == ing


@pytest.mark.parametrize(
    ("text", "third"),
    [("ask for a call and note it down", "asks for a call and notes it down"), ("try again", "tries again"),
     ("asks Bea", "asks Bea")],
)  # fmt: skip
def test_third_person(text: str, third: str) -> None:
    assert repair.as_third_person(text) == third


def test_base_forms() -> None:
    assert repair.as_base("settles the shortage") == "settle the shortage"
    assert repair.as_base("writing the list") == "write the list"
    assert repair.as_base("unknownly does") == "unknownly does"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [('  "A phrase." ', "A phrase"), ("two\nlines", "two lines"), (None, ""), (3, "3"), (["x"], "")],
)
def test_phrases(raw: object, clean: str) -> None:
    assert repair.phrase(raw) == clean


def test_a_phrase_at_its_limit_loses_its_unfinished_word() -> None:
    assert repair.uncut("reading the log before passing the tick", 39) == "reading the log before passing"
    assert repair.uncut("short", 39) == "short"


def test_subjects_and_helpers_go() -> None:
    assert repair.without_subject("Ana will read the log", "Ana") == "read the log"
    assert repair.one_verb("start the briefing much earlier and make sure that all stay focused") == (
        "start the briefing much earlier"
    )
    assert repair.own_part("run the briefing to ensure that all agree") == "run the briefing"
    assert repair.one_verb("greet visitors and ask them") == "greet visitors and ask them"


def test_a_name_does_not_tell_a_gender() -> None:
    assert repair.neutral("introduce herself to his guests", "Kim talks to visitors") == (
        "introduce themselves to their guests"
    )
    assert repair.neutral("introduce herself", "She talks to visitors") == "introduce herself"


def test_an_action_that_only_takes_place_is_none() -> None:
    goal = "Hold better briefings with the crew"
    assert checks.says_nothing("run a briefing with the crew", "shift briefings", goal)
    assert checks.says_nothing("communicate clearly with the team", "team meetings", "Communicate better")
    assert checks.says_nothing("open with the changes of the day", "shift briefings", goal) == ""


def test_a_way_that_only_says_the_goal_again() -> None:
    assert checks.restates("speaking in more reviews", "reviews in which juniors spoke")
    assert checks.restates("asking the juniors first", "reviews in which juniors spoke") == ""


def test_repair_of_articles_and_of_german_nouns() -> None:
    assert repair.number_agrees("run a briefings with them") == "run briefings with them"
    assert repair.number_agrees("hold a business talk and a series of tests") == (
        "hold a business talk and a series of tests"
    )
    answers = "Lea schreibt lieber an die Lieferanten, auch bei eiligen Teilen."
    assert repair.german_nouns("die lieferanten anrufen und eine bestätigung holen", answers) == (
        "die Lieferanten anrufen und eine Bestätigung holen"
    )
    assert (
        repair.neutral("ask her and note it in her log", "Kim talks") == "ask them and note it in their log"
    )
