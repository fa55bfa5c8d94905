"""Measured facts are what the answers say in numbers, and nothing else."""

from __future__ import annotations

import pytest

from coach_assist.assistant.fact import LONGEST_FACT
from coach_assist.assistant.facts import facts_for_goals, measured_facts
from coach_assist.assistant.ranges import range_in


def facts(text: str, question: str = "current_state") -> list[tuple[str, str | None, str]]:
    return [(fact.baseline, fact.of, fact.unit) for fact in measured_facts([(question, text)])]


@pytest.mark.parametrize(
    ("text", "baseline", "of", "unit"),
    [
        ("4 of 10 tickets are escalated.", "4", "10", "tickets"),
        ("Four out of ten calls end without a booking.", "4", "10", "calls"),
        ("In a usual lesson 5 of 26 pupils answer.", "5", "26", "pupils"),
        ("Briefings take 25 minutes and people drift off.", "25", None, "minutes"),
        ("She talks for about 70 % of a first meeting.", "70", None, "%"),
        ("She talks for 70 percent of the time.", "70", None, "%"),
        ("Declan works 58 hours a week.", "58", None, "hours a week"),
        ("3 runs last month had to be repeated.", "3", None, "runs a month"),
        ("He calls back twice a week.", "2", None, "times a week"),
        ("The stock is worth $12,500.", "12500", None, "$"),
        ("Ratings are at 3.2 points.", "3.2", None, "points"),
        ("Out of 30 invoices 7 had to be corrected.", "7", "30", "invoices"),
        ("The error rate went up from 2 % to 5 %.", "5", None, "%"),
        ("6 von 20 Antworten führen zu einer Rückfrage.", "6", "20", "Antworten"),
        ("Die Übergabe dauert 40 Minuten.", "40", None, "Minuten"),
        ("She cut guests off nine times in the evening of 3 May.", "9", None, "times"),
        ("The meter shows 31 harsh stops per 100 km.", "31", None, "harsh stops per 100 km"),
        ("Of 120 seats sold in Q4, 54 stayed empty.", "54", "120", "seats"),
        ("Of the 40 walks only about half (I counted 22) were logged.", "22", "40", "walks"),
        ("Lost keys went from 6 in May to 11 in June.", "11", None, ""),
        ("He found 2.5 typos per page on average last quarter.", "2.5", None, "typos per page"),
        ("She replies after four days on average.", "4", None, "days"),
        ("The drill takes about a day and a half each month.", "1.5", None, "days each month"),
        ("Sorting takes half an hour.", "30", None, "minutes"),
        ("He rings back within 26 h on average.", "26", None, "hours"),
        ("4/10 doors were left open.", "4", "10", "doors"),
        ("She scored 3.2/5 in the survey.", "3.2", "5", ""),
        ("Her NPS is 32.", "32", None, ""),
        ("Every third box is opened twice.", "1", "3", "boxes"),
        ("None of the 6 learners passed.", "0", "6", "learners"),
        ("The shelf holds 140 open orders.", "140", None, "open orders"),
        ("Visitors wait for 12 minutes.", "12", None, "minutes"),
        ("He speaks up once a month.", "1", None, "times a month"),
        ("Der Abschluss dauert anderthalb Wochen.", "1.5", None, "Wochen"),
        ("Jeder vierte Anruf bricht ab.", "1", "4", ""),
        ("Es gab 11 Reklamationen im letzten Quartal.", "11", None, "Reklamationen pro Quartal"),
    ],
)
def test_what_is_measured_is_found(text: str, baseline: str, of: str | None, unit: str) -> None:
    assert facts(text) == [(baseline, of, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "She joined in 2019 and leads a team of 9.",
        "He has worked here for 3 years.",
        "Since 4 May things are better.",
        "It was tried 2 months ago.",
        "He teaches year 8 in room 12.",
        "One of her reports was praised.",
        "The line runs 24/7.",
        "Level 3 is reached.",
        "She has been with us for 18 months and leads 4 people.",
        "Nothing was counted so far.",
        "Mails fly because the two avoid talking.",
        "She has 12 direct reports.",
        "It is twice as long as planned.",
        "",
    ],
)
def test_names_spans_and_dates_are_no_measurements(text: str) -> None:
    assert facts(text) == []


def test_a_share_in_words_is_marked_as_derived() -> None:
    (fact,) = measured_facts([("current_state", "Half of her visits have no notes in the system.")])
    assert (fact.baseline, fact.unit, fact.derived) == ("50", "%", True)


def test_a_number_in_a_goal_is_wanted_not_measured_unless_it_says_from() -> None:
    assert facts("Answer 90 % of mails within a day", "goal") == []
    assert facts("Cut the wait from 6 to 4 minutes", "goal") == [("6", None, "minutes")]


def test_ranges() -> None:
    assert range_in("Shorten it from 25 to 15 minutes") == ("25", "15", "minutes")
    assert range_in("Open from 2019 to 2024") is None
    assert range_in("Nothing") is None


def test_a_long_clause_is_cut_around_its_number() -> None:
    clause = "word " * 60 + "waits 9 days for an answer " + "more " * 60
    (fact,) = measured_facts([("current_state", clause)])
    assert len(fact.text) <= LONGEST_FACT
    assert fact.text[fact.start : fact.end].startswith("9")


def test_each_goal_gets_the_facts_that_share_words_with_it() -> None:
    found = measured_facts(
        [("current_state", "Briefings take 25 minutes. Half of the visits have no notes in the file.")]
    )
    first, second = facts_for_goals(found, ["Better notes after visits", "Run tighter briefings"])
    assert [fact.unit for fact in first] == ["%"]
    assert [fact.unit for fact in second] == ["minutes"]


def test_reasons_are_measured_only_where_the_state_is_not() -> None:
    answers = [("current_state", "4 of 10 orders are late."), ("why", "Two shops left us.")]
    (own,) = facts_for_goals(measured_facts(answers), ["Be on time"])
    assert [fact.question for fact in own] == ["current_state"]
    (none,) = facts_for_goals(measured_facts(answers[1:]), ["Be on time"])
    assert none == [], "what follows from it is no measure of it"
    (only,) = facts_for_goals(
        measured_facts([("why", "Two late orders a day cost us a van.")]), ["Fewer late orders"]
    )
    assert [fact.question for fact in only] == ["why"]


@pytest.mark.parametrize(
    ("text", "norm"),
    [
        ("The meter shows 31 harsh stops; the house average is 18.", "18"),
        ("Closing took eleven working days; six are planned.", "6"),
        ("Die Übergabe dauert 35 Minuten, vorgesehen sind 20.", "20"),
        ("Closing takes eleven working days.", None),
    ],
)
def test_what_should_be_is_kept_beside_what_is(text: str, norm: str | None) -> None:
    (fact,) = measured_facts([("current_state", text)])
    assert fact.norm == norm and fact.baseline != norm
