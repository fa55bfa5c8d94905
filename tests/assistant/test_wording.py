"""The sentences that code puts together read like sentences, and our checker agrees that they are SMART."""

from __future__ import annotations

from datetime import date

import pytest

from coach_assist.assistant.facts import measured_facts
from coach_assist.assistant.wording import (
    Change,
    if_then,
    measured_statement,
    observed_statement,
    reads_as_plural,
)
from coach_assist.checker import check_goal

DUE = date(2026, 5, 1)
SHOWN = "shown by the queue report."


def statement(
    fact_text: str, metric: str, target: str, better: str = "less", how: str = "", who: str = "Ana"
) -> str:
    (fact,) = measured_facts([("current_state", fact_text)])
    return measured_statement(
        who=who, due=DUE, metric=metric, change=Change(fact, target), better=better, how=how,
        evidence="queue report", language="en",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (
            statement("4 of 10 tickets are escalated", "tickets escalated", "2", how="reading the log first"),
            "By 2026-05-01, Ana reduces the share of tickets escalated from 4 of 10 to 2 of 10 "
            "by reading the log first, " + SHOWN,
        ),
        (
            statement("Briefings take 25 minutes", "time spent on briefings", "15"),
            "By 2026-05-01, Ana reduces the time spent on briefings from 25 to 15 minutes, " + SHOWN,
        ),
        (
            statement("3 runs last month had to be repeated", "number of runs repeated", "1"),
            "By 2026-05-01, Ana reduces the number of runs repeated from 3 to 1 a month, " + SHOWN,
        ),
        (
            statement("About 18 portions of dessert are thrown away", "waste thrown away", "10"),
            "By 2026-05-01, Ana reduces the waste thrown away from 18 to 10 portions of dessert, " + SHOWN,
        ),
        (
            statement("She talks for 70 % of a meeting", "percentage of time spent talking", "50"),
            "By 2026-05-01, Ana reduces the share of time spent talking from 70 % to 50 %, " + SHOWN,
        ),
        (
            statement("Late invoices cost $4,000 a month", "cost of late invoices", "2700", who=""),
            "By 2026-05-01, reduce the cost of late invoices from $4000 to $2700, " + SHOWN,
        ),
        (
            statement("Declan works 58 hours a week", "hours worked per week", "45", who="Declan"),
            "By 2026-05-01, Declan reduces the hours worked per week from 58 to 45, " + SHOWN,
        ),
        (
            statement("Rosa held 2 talks last month", "talks held", "4", "more", who="Rosa"),
            "By 2026-05-01, Rosa increases the number of talks held from 2 to 4 a month, " + SHOWN,
        ),
    ],
)
def test_measured_sentences(made: str, wanted: str) -> None:
    assert made == wanted
    assert check_goal(made).smart


@pytest.mark.parametrize(
    ("occasions", "wanted"),
    [
        ("design reviews", "in at least 4 design reviews"),
        ("visitors to the library", "with at least 4 visitors to the library"),
        ("class", "on at least 4 occasions (class)"),
        ("new nurses' feedback", "on at least 4 occasions (new nurses' feedback)"),
        ("calls and mails", "on at least 4 occasions (calls and mails)"),
    ],
)
def test_observed_sentences(occasions: str, wanted: str) -> None:
    made = observed_statement(
        who="Lea", due=DUE, action="explain the reasons for a design", times=4, occasions=occasions,
        evidence="list of the reviews", language="en",
    )  # fmt: skip
    assert made == (
        f"By 2026-05-01, Lea will explain the reasons for a design {wanted}, "
        "shown by the list of the reviews."
    )
    assert check_goal(made).smart


def test_plurals() -> None:
    assert reads_as_plural("price calls with suppliers") and not reads_as_plural("the class")
    assert not reads_as_plural("a b c d e f g hs") and not reads_as_plural("")


def test_german_sentences_and_if_then_lines() -> None:
    made = observed_statement(
        who="Jana", due=DUE, action="den Schritt nennen", times=3, occasions="Antworten an Kunden",
        evidence="", language="de",
    )  # fmt: skip
    assert (
        made
        == "Bis 2026-05-01 wird Jana bei mindestens 3 Gelegenheiten (Antworten an Kunden) den Schritt nennen."
    )
    (fact,) = measured_facts([("current_state", "6 von 20 Mails kommen zurück")])
    share = measured_statement(
        who="Jana", due=DUE, metric="den Anteil der Mails, die zurückkommen", better="less", how="",
        change=Change(fact, "4"), evidence="", language="de",
    )  # fmt: skip
    assert share == (
        "Bis 2026-05-01 wird Jana den Anteil der Mails, die zurückkommen, von 6 auf 4 von 20 senken."
    )
    assert (
        if_then("the queue is long", "asks Priya", "Ana", "en")
        == "If the queue is long, then Ana asks Priya."
    )
    assert if_then("keine Zeit", "kurz nachfragen", "Jana", "de").startswith("Wenn das eintritt: keine Zeit")
