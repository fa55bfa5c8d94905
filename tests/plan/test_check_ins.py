"""On which days the parties meet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_assist.plan.check_ins import WEEKDAYS, check_in_days, next_check_in
from coach_assist.plan.units import Cadence, Timeline

PLAN = Timeline(start=date(2027, 2, 1), end=date(2027, 3, 3))  # a Monday, a Wednesday


def cadence(every: str, weekday: str | None = None) -> Cadence:
    return Cadence(every=every, text="as agreed", weekday=weekday)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("every", "weekday", "days"),
    [
        ("week", "friday", ["2027-02-05", "2027-02-12", "2027-02-19", "2027-02-26"]),
        ("week", None, ["2027-02-08", "2027-02-15", "2027-02-22", "2027-03-01"]),
        ("fortnight", "friday", ["2027-02-12", "2027-02-26"]),
        ("month", "tuesday", ["2027-03-02"]),
        ("month", "friday", []),
        ("other", "friday", []),
    ],
)
def test_the_days(every: str, weekday: str | None, days: list[str]) -> None:
    assert [day.isoformat() for day in check_in_days(cadence(every, weekday), PLAN)] == days


def test_a_fifth_weekday_becomes_the_last_of_a_shorter_month() -> None:
    plan = Timeline(start=date(2027, 1, 28), end=date(2027, 5, 1))
    days = check_in_days(cadence("month", "friday"), plan)
    assert [day.isoformat() for day in days] == ["2027-02-26", "2027-03-26", "2027-04-30"]


def test_the_next_one() -> None:
    weekly = cadence("week", "friday")
    assert next_check_in(weekly, PLAN, date(2027, 2, 12)) == date(2027, 2, 12)
    assert next_check_in(weekly, PLAN, date(2027, 2, 13)) == date(2027, 2, 19)
    assert next_check_in(weekly, PLAN, date(2027, 2, 27)) is None


@given(
    st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    st.integers(1, 366),
    st.sampled_from(["week", "fortnight", "month"]),
    st.sampled_from([None, *WEEKDAYS]),
)
@settings(deadline=None)
def test_all_days_are_inside_the_plan_in_order_and_on_one_weekday(
    start: date, length: int, every: str, weekday: str | None
) -> None:
    plan = Timeline(start=start, end=start + timedelta(days=length))
    days = check_in_days(cadence(every, weekday), plan)
    assert list(days) == sorted(set(days))
    assert all(plan.start < day <= plan.end for day in days)
    wanted = WEEKDAYS.index(weekday) if weekday else start.weekday()  # type: ignore[arg-type]
    assert {day.weekday() for day in days} <= {wanted}
    if every == "week":
        assert len(days) in (length // 7, length // 7 + 1)
