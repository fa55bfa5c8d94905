"""The arithmetic of progress: expected lines in both directions, what is due, and the four stall rules."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_assist.plan.progress import (
    Measured,
    behind,
    by_day,
    due_state,
    expected,
    metric_progress,
    reaches,
)
from coach_assist.plan.stalls import ActivityFacts, GoalFacts, stalls
from coach_assist.plan.units import Cadence, Metric

START, DUE = date(2026, 11, 25), date(2026, 12, 25)


def metric(baseline=None, target=None, direction=None, kind="quantitative") -> Metric:
    return Metric(name="Replies", kind=kind, baseline=baseline, target=target, direction=direction)


def on(day: int, value: str) -> Measured:
    return Measured(START + timedelta(days=day), Decimal(value))


@pytest.mark.parametrize(
    ("baseline", "target", "direction", "day", "line"),
    [
        ("4", "10", "increase", 0, "4"),
        ("4", "10", "increase", 15, "7"),
        ("4", "10", "increase", 30, "10"),
        ("4", "10", "increase", 60, "10"),
        ("4", "10", "increase", -5, "4"),
        ("25", "15", "decrease", 15, "20"),
        ("4", "5", "reach", 10, "4.3"),
        ("0.5", "0.9", "increase", 10, "0.63"),
        ("100", "200", None, 3, "110"),
        ("4", "4", "keep", 12, "4"),
        (None, "4", "keep", 12, "4"),
        (None, "4", "increase", 12, None),
        ("4", None, "increase", 12, None),
    ],
)
def test_the_expected_line(baseline, target, direction, day, line) -> None:
    found = expected(metric(baseline, target, direction), START, DUE, START + timedelta(days=day))
    assert (None if found is None else str(found)) == line


def test_a_goal_that_is_due_on_the_first_day_expects_its_target() -> None:
    assert expected(metric("4", "10", "increase"), START, START, START) == 10


@pytest.mark.parametrize(
    ("baseline", "target", "direction", "value", "level", "good"),
    [
        ("4", "10", "increase", "7", "6", True),
        ("4", "10", "increase", "5", "6", False),
        ("25", "15", "decrease", "19", "20", True),
        ("25", "15", "decrease", "21", "20", False),
        ("25", "15", "reach", "21", "20", False),
        ("25", "15", None, "14", "15", True),
        (None, "15", None, "14", "15", None),
        (None, "15", "increase", "16", "15", True),
        ("2", "2", "keep", "2", "2", True),
        ("2", "2", "keep", "3", "2", None),
        ("1", "3", "keep", "2", "3", True),
    ],
)
def test_the_good_side_of_a_line(baseline, target, direction, value, level, good) -> None:
    assert reaches(metric(baseline, target, direction), Decimal(value), Decimal(level)) is good


def test_a_value_is_compared_with_the_line_of_its_own_day() -> None:
    rising = metric("4", "10", "increase")
    found = metric_progress(rising, START, DUE, [on(15, "7")], START + timedelta(days=29))
    assert (found.standing, found.expected, found.share) == ("on_line", Decimal("9.8"), 50)
    assert metric_progress(rising, START, DUE, [on(20, "7")], DUE).standing == "off_line"
    assert metric_progress(rising, START, DUE, [on(20, "10")], DUE).standing == "reached"
    assert metric_progress(rising, START, DUE, [on(20, "3")], DUE).share == -17
    assert metric_progress(rising, START, DUE, [on(20, "10")], START).standing == "not_measured"
    assert metric_progress(metric(), START, DUE, [on(20, "10")], DUE).standing == "measured"


def test_the_last_value_of_a_day_counts() -> None:
    assert [str(one.value) for one in by_day([on(5, "9"), on(2, "1"), on(2, "3")], DUE)] == ["3", "9"]


def test_values_in_a_row_that_missed_the_line() -> None:
    rising = metric("4", "10", "increase")
    assert behind(rising, START, DUE, [on(5, "4"), on(10, "4")], DUE) == 2
    assert behind(rising, START, DUE, [on(5, "4"), on(10, "9")], DUE) == 0
    assert behind(rising, START, DUE, [on(5, "9"), on(10, "4")], DUE) == 1


@given(
    st.integers(-1000, 1000), st.integers(-1000, 1000), st.integers(1, 366), st.integers(-30, 400)
)  # fmt: skip
def test_the_line_never_leaves_the_way_from_baseline_to_target(baseline, target, length, day) -> None:
    made = metric(str(baseline), str(target), "reach")
    line = expected(made, START, START + timedelta(days=length), START + timedelta(days=day))
    assert line is not None
    assert min(baseline, target) - Decimal("0.1") <= line <= max(baseline, target) + Decimal("0.1")


@pytest.mark.parametrize(
    ("due", "marks", "state"),
    [
        (None, [], "open"),
        (DUE, [], "open"),
        (START, [], "due_today"),
        (START - timedelta(days=1), [], "overdue"),
        (START - timedelta(days=1), ["open"], "overdue"),
        (START - timedelta(days=1), ["done"], "kept"),
        (START - timedelta(days=1), ["did_not_help"], "kept"),
        (START - timedelta(days=1), ["helped", "did_not_help"], "kept"),
        (START - timedelta(days=1), ["done", "open"], "seen_differently"),
        (START - timedelta(days=1), ["not_needed"], "not_needed"),
    ],
)
def test_what_was_due(due, marks, state) -> None:
    assert due_state(due, marks, START) == state


WEEKLY = Cadence(every="week", text="Every Friday")
RISING = metric("4", "10", "increase")


def goal(*readings: Measured, made: Metric | None = RISING) -> GoalFacts:
    return GoalFacts("goal", made, DUE, readings, [one.day for one in readings])


def found(today: int, *, goals=(), activities=(), cadence=WEEKLY) -> list[tuple[str, str]]:
    day = START + timedelta(days=today)
    return [(one.rule, one.about) for one in stalls(START, DUE, cadence, goals, activities, day)]


def test_no_value_in_two_cadences() -> None:
    assert found(14, goals=[goal()]) == []
    assert found(15, goals=[goal()]) == [("no_value", "goal")]
    assert found(15, goals=[goal(on(5, "5"))]) == []
    assert found(20, goals=[goal(on(5, "5"))]) == [("no_value", "goal")]
    assert found(20, goals=[goal(on(5, "10"))]) == []
    assert found(20, goals=[goal(made=None)]) == []
    assert found(28, goals=[goal()], cadence=None) == []
    assert found(29, goals=[goal()], cadence=None) == [("no_value", "goal")]
    # Once a goal was due, time no longer runs for it.
    assert found(90, goals=[goal(on(20, "5"))]) == []


def test_the_line_missed_twice() -> None:
    assert found(12, goals=[goal(on(5, "4"), on(10, "5"))]) == [("line_missed", "goal")]
    assert found(12, goals=[goal(on(5, "9"), on(10, "5"))]) == []


def test_the_first_step_not_taken() -> None:
    later = ActivityFacts("b", None, START + timedelta(days=20), "open")
    first = ActivityFacts("a", None, START + timedelta(days=5), "overdue")
    assert found(5, activities=[later, first]) == []
    assert found(6, activities=[later, first]) == [("first_step", "a")]
    assert found(6, activities=[later, ActivityFacts("a", None, first.due, "kept")]) == []
    undated = ActivityFacts("c", None, None, "open")
    assert found(7, activities=[undated]) == []
    assert found(8, activities=[undated]) == [("first_step", "c")]


def test_all_activities_of_a_gap_overdue() -> None:
    done = ActivityFacts("a", "other", START, "kept")
    one = ActivityFacts("b", "gap", START + timedelta(days=2), "overdue")
    two = ActivityFacts("c", "gap", START + timedelta(days=4), "overdue")
    assert found(5, activities=[done, one, two]) == [("gap_overdue", "gap")]
    assert found(5, activities=[done, one, ActivityFacts("c", "gap", DUE, "open")]) == []


def test_nothing_stands_still_before_it_began() -> None:
    assert found(0, goals=[goal()], activities=[ActivityFacts("a", "gap", START, "overdue")]) == []
