"""Deadlines: which end point, on which day."""

from __future__ import annotations

from datetime import date

import pytest

from coach_assist.checker import Settings, find_deadline
from coach_assist.checker.calendar_dates import easter, holiday, unit_end

TODAY = date(2027, 3, 10)  # a Wednesday

DATED = [
    ("Close the books by 2027-06-30", "2027-06-30"),
    ("Close the books by 30 June", "2027-06-30"),
    ("Close the books by June 30th, 2028", "2028-06-30"),
    ("Close the books by the 5th of April", "2027-04-05"),
    ("Close the books by 5 January", "2028-01-05"),
    ("Close the books by 30.6.2027", "2027-06-30"),
    ("Close the books by 13/4/2027", "2027-04-13"),
    ("Close the books by 3/4/2027", "2027-04-03"),
    ("Close the books by Friday", "2027-03-12"),
    ("Close the books by next Friday", "2027-03-19"),
    ("Close the books by Friday, 9 April", "2027-04-09"),
    ("Close the books by the end of the month", "2027-03-31"),
    ("Close the books by the end of next month", "2027-04-30"),
    ("Close the books by end of May", "2027-05-31"),
    ("Close the books by mid-May", "2027-05-15"),
    ("Close the books in May", "2027-05-31"),
    ("Close the books before June", "2027-05-31"),
    ("Close the books by EOY", "2027-12-31"),
    ("Close the books by year-end", "2027-12-31"),
    ("Close the books by Q3", "2027-09-30"),
    ("Close the books by the end of Q1 2028", "2028-03-31"),
    ("Close the books in the second half of 2027", "2027-12-31"),
    ("Close the books in H1 2028", "2028-06-30"),
    ("Close the books this quarter", "2027-03-31"),
    ("Close the books next quarter", "2027-06-30"),
    ("Close the books within 90 days", "2027-06-08"),
    ("Close the books within the next six months", "2027-09-10"),
    ("Close the books over the next two weeks", "2027-03-24"),
    ("Close the books in three weeks", "2027-03-31"),
    ("Close the books two months from now", "2027-05-10"),
    ("Close the books by Christmas", "2027-12-25"),
    ("Close the books before Easter", "2027-03-28"),
    ("Close the books by tomorrow", "2027-03-11"),
    ("Close the books by week 20", "2027-05-23"),
    ("Close the books (due Oct 2027)", "2027-10-31"),
    ("Close the books not later than 14 May", "2027-05-14"),
    ("Review the rota every Monday until 15 October", "2027-10-15"),
    ("From 1 April to 30 April, close one book a day", "2027-04-30"),
]
UNDATED = [
    "Close the books by my next review",
    "Close the books before the end of my trial period",
    "Close the books within two sprints",
    "Balance the till by close of the fiscal year",
    "Close the books by FY2028",
    "Close the books by 31 December 20X8",
]
NONE = [
    "Review the rota every Monday",
    "Answer mails within 4 hours",
    "Answer mails within one business day",
    "Present the Q4 forecast to the owners",
    "Beat the 2026 survey score",
    "Use the new till from May",
    "Cover for April during March's stock count",
    "Close the books soon",
    "Close the books by 31 February 2027",
    "Reduce waiting time by 12 days",
    "Cut waiting time from 16 to 9 days",
    "Read for 30 minutes a day",
    "Complete the 12-week programme",
    "Keep churn below 4 %, it has been 3 % for 6 months",
    "We may march on",
]


@pytest.mark.parametrize(("text", "day"), DATED)
def test_the_day(text: str, day: str) -> None:
    found = find_deadline(text, TODAY)
    assert found is not None
    assert found.date == date.fromisoformat(day)


@pytest.mark.parametrize("text", UNDATED)
def test_an_end_without_a_day(text: str) -> None:
    found = find_deadline(text, TODAY)
    assert found is not None
    assert found.date is None


@pytest.mark.parametrize("text", NONE)
def test_no_end(text: str) -> None:
    assert find_deadline(text, TODAY) is None


@pytest.mark.parametrize("text", [text for text, _ in DATED])
def test_found_without_any_clock(text: str) -> None:
    found = find_deadline(text)
    assert found is not None
    assert text[found.start : found.end]


def test_american_order() -> None:
    found = find_deadline("Close by 3/4/2027", settings=Settings(date_order="mdy"))
    assert found is not None
    assert found.date == date(2027, 3, 4)
    assert found.ambiguous


def test_fiscal_year_with_a_start_month() -> None:
    settings = Settings(fiscal_year_start=10)
    found = find_deadline("Close by the end of FY2027", settings=settings)
    assert found is not None
    assert found.date == date(2027, 9, 30)
    quarter = find_deadline("Close by Q1 FY2027", settings=settings)
    assert quarter is not None
    assert quarter.date == date(2026, 12, 31)


def test_the_start_of_the_plan_wins_over_today() -> None:
    found = find_deadline("Close within 30 days", TODAY, start=date(2027, 4, 1))
    assert found is not None
    assert found.date == date(2027, 5, 1)


def test_a_past_date_is_returned_as_it_is() -> None:
    found = find_deadline("Close by 30 June 2019", TODAY)
    assert found is not None
    assert found.date == date(2019, 6, 30)


@pytest.mark.parametrize(("year", "day"), [(2024, (3, 31)), (2027, (3, 28)), (2038, (4, 25))])
def test_easter(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)


def test_holidays_and_units() -> None:
    assert holiday("thanksgiving", 2027) == date(2027, 11, 25)
    assert holiday("memorialday", 2027) == date(2027, 5, 31)
    assert unit_end(TODAY, "quarter", 0, 2) == date(2027, 4, 30)
    assert unit_end(TODAY, "week") == date(2027, 3, 14)


SPRING = date(2026, 3, 10)  # a Tuesday
MORE = [
    ("Ship it by 4/30", "2026-04-30"),
    ("Ship it by the 15th", "2026-03-15"),
    ("Ship it by the end of the year", "2026-12-31"),
    ("Ship it by end of March 2027", "2027-03-31"),
    ("Ship it by 1st June", "2026-06-01"),
    ("Ship it by Jun 5, 2026", "2026-06-05"),
    ("Ship it by 5 Jun. 2026", "2026-06-05"),
    ("Target date: 30 June 2026 - ship it", "2026-06-30"),
    ("Ship it in the next 60 days", "2026-05-09"),
    ("Ship it in 2 weeks", "2026-03-24"),
    ("Ship it over the next 12 months", "2027-03-10"),
    ("Ship it by the close of business on Friday", "2026-03-13"),
    ("Ship it by Q2 2026", "2026-06-30"),
    ("Ship it by the second quarter", "2026-06-30"),
    ("Ship it in Q4", "2026-12-31"),
    ("Ship it by end of next quarter", "2026-06-30"),
    ("Ship it this month", "2026-03-31"),
    ("Ship it this year", "2026-12-31"),
    ("Ship it by year's end", "2026-12-31"),
    ("Ship it by the end of this week", None),
    ("Ship it by next month", "2026-04-30"),
    ("Ship it before Christmas", "2026-12-25"),
    ("Ship it by Thanksgiving", "2026-11-26"),
    ("Ship it by our next 1:1", None),
    ("Ship it ahead of the launch", None),
    ("Ship it by the end of the sprint", None),
    ("By summer 2026, ship it", "2026-08-31"),
    ("Ship it by late May", "2026-05-31"),
    ("Ship it by H2 2026", "2026-12-31"),
    ("Ship it by the end of the first half", "2026-06-30"),
    ("Ship it until the end of August", "2026-08-31"),
    ("Ship it by week 22", "2026-05-31"),
    ("Ship it, deadline 2026/07/01", "2026-07-01"),
    ("Ship it by 01.07.2026", "2026-07-01"),
    ("Ship it no later than July 1", "2026-07-01"),
    ("Ship it in April", "2026-04-30"),
    ("Ship it between April and June", "2026-06-30"),
    ("Ship it from April to June 2026", "2026-06-30"),
    ("Ship it within one year", "2027-03-10"),
    ("Ship it within a month", "2026-04-10"),
    ("Ship it by tomorrow", "2026-03-11"),
    ("Ship it by month's end", "2026-03-31"),
    ("Ship it (by 30 Sept)", "2026-09-30"),
    ("Ship it by the beginning of May", "2026-05-01"),
    ("Ship it six months from now", "2026-09-10"),
    ("Ship it during Q3", "2026-09-30"),
    ("Ship it by end-of-year", "2026-12-31"),
    ("Ship it by mid-2026", "2026-06-30"),
    ("Ship it by the middle of June", "2026-06-15"),
    ("Ship it by 31st of October", "2026-10-31"),
    ("Ship it by the last day of April", "2026-04-30"),
    ("Ship it by Monday week", None),
    ("Ship it by 2027", "2027-12-31"),
    ("Ship it at the end of April", "2026-04-30"),
    ("End of June: ship it", "2026-06-30"),
    ("Ship it come September", "2026-09-30"),
    ("Ship it in the first week of May", None),
    ("Ship it by Wednesday 18 March", "2026-03-18"),
    ("Ship it on or before 5/15/2026", "2026-05-15"),
    ("Ship it by the end of the semester", None),
    ("Ship it within the quarter", "2026-03-31"),
    ("Ship it by EOD Friday", "2026-03-13"),
    ("Ship it in FY26", None),
    ("Ship it within the next two quarters", None),
    ("Ship it by end of day tomorrow", "2026-03-11"),
    ("Ship it by the start of Q3", None),
]
NEITHER = [
    "Ship it",
    "Ship it every quarter",
    "Ship one a day",
    "Ship it within 24 hours of approval",
    "Ship like it's 1999",
    "Ship version 2026",
    "Review Q1 numbers",
    "Read the May report",
    "Ship faster than last year",
    "Be the 2026 champion",
    "Ship after the summer",
    "Reply within 2 days of receipt",
    "Ship it eventually",
    "Cover for June",
    "Reduce time by 2 weeks",
    "Run a 6-week course",
    "Ship it sometime next decade maybe",
    "Work 4 days a week",
    "Ship since March",
    "Talk to April in sales",
    "Ship twice in each sprint",
    "Manage the Friday meeting",
    "Do it before lunch every day",
    "Own the 2025-2026 budget",
    "Get the Monday meeting to start on time",
    "Hold the year-end party",
    "Handle the month-end close",
    "Take over the Q4 planning",
    "Ship it long-term",
    "Stay under 3 days per ticket",
]


@pytest.mark.parametrize(("text", "day"), MORE)
def test_more_ways_to_say_by_when(text: str, day: str | None) -> None:
    found = find_deadline(text, SPRING)
    assert found is not None
    if day:
        assert found.date == date.fromisoformat(day)


@pytest.mark.parametrize("text", NEITHER)
def test_more_that_is_no_end(text: str) -> None:
    assert find_deadline(text, SPRING) is None
