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
    ("Close the books no later than 12 May", "2027-05-12"),
    ("Review the rota every Monday until 30 September", "2027-09-30"),
    ("From 1 April to 30 April, close one book a day", "2027-04-30"),
]
UNDATED = [
    "Close the books by my next review",
    "Close the books before the end of probation",
    "Close the books within two sprints",
    "Close the books by the close of the financial year",
    "Close the books by FY2028",
    "Close the books by 31 December 20X8",
]
NONE = [
    "Review the rota every Monday",
    "Answer mails within 4 hours",
    "Answer mails within one business day",
    "Present the Q3 report to the board",
    "Beat the 2026 survey score",
    "Use the new till from May",
    "Help April with March's close",
    "Close the books soon",
    "Close the books by 31 February 2027",
    "Reduce waiting time by 12 days",
    "Cut waiting time from 14 to 7 days",
    "Spend 30 minutes a day on reading",
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
