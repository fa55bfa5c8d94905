"""Health, mood, private life and other people are left out, and named."""

from __future__ import annotations

from datetime import date

import pytest

from coach_assist.assistant.notes.passages import read_notes


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("- I was off sick on Tuesday, so the draft is late", "health"),
        ("- my back pain is worse", "health"),
        ("- there was a lot of crying this week", "mood"),
        ("- I'm so stressed by the audit", "mood"),
        ("- our mortgage was accepted", "private life"),
        ("- my wife lost her job", "private life"),
        ("- Helena resigned on Monday", "other people"),
        ("- She spent the week on the tender", "other people"),
        ("- I've been off with a cold since Monday", "health"),
        ("- habe schlecht geschlafen", "health"),
        ("- I'm so happy about the new role", "mood"),
        ("- lost my confidence a bit", "mood"),
        ("- money is tight at home", "private life"),
        ("- I joined the union", "private life"),
        ("- my colleague Jana is always late", "other people"),
        ("- Sandra got a pay rise", "other people"),
        ("# Who helped you?\n- Helena with the tender", "other people"),
    ],
)
def test_it_is_left_out_with_its_reason(line: str, reason: str) -> None:
    notes = read_notes(line, today=date(2026, 11, 25))
    assert notes.passages == ()
    assert notes.withheld == ((len(line.splitlines()), reason),)


@pytest.mark.parametrize(
    "line",
    [
        "- Finished the health and safety training plan",
        "- Prepared the report on the hospital contract",
        "- Helena to send the tender by Friday",
        "- customers are unhappy with the new invoice",
        "- the team's mood board for the brand is done",
        "- the cold chain audit has passed",
        "- rubric for the covid model is written",
        "- Sent the overview to the family office client",
        "- Ran the depression-era exhibition tour",
    ],
)
def test_work_that_sounds_like_it_stays(line: str) -> None:
    assert len(read_notes(line, today=date(2026, 11, 25)).passages) == 1
