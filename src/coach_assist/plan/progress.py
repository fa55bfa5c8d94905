"""How far a plan has come: a metric's expected line and what was measured, and what was due. Arithmetic only.

Nothing here looks at a person or at a clock: the day that counts as today is always given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN
from decimal import Decimal as Number
from typing import Literal

from coach_assist.plan.units import Metric

Standing = Literal["reached", "on_line", "off_line", "measured", "not_measured"]
"""reached: the target; on_line/off_line: against the expected line; measured: there is no line to
compare with; not_measured: no value yet."""
DueState = Literal["kept", "not_needed", "seen_differently", "overdue", "due_today", "open"]
Mark = Literal["done", "open", "helped", "did_not_help", "not_needed"]
DONE_MARKS: frozenset[str] = frozenset({"done", "helped", "did_not_help"})
"""What did not help was done all the same."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A value of a metric on a day."""

    day: date
    value: Number


@dataclass(frozen=True, slots=True)
class MetricProgress:
    """A metric on one day."""

    standing: Standing
    actual: Measured | None
    """The newest value on or before the day."""
    expected: Number | None
    """Where the straight line from baseline to target stands on the day; None where there is none."""
    share: int | None
    """How much of the way from baseline to target is gone, in whole percent (below 0: away from it)."""


def expected(metric: Metric, start: date, due: date, day: date) -> Number | None:
    """Return where the metric is expected to stand on `day`, by a straight line.

    The line goes from the baseline on `start` to the target on `due`, and stays there before and after:
    baseline + (target - baseline) * days gone / days in all, rounded to one digit more than the two have.
    "keep" expects the target (or else the baseline) all the time. None where a number is missing.
    """
    baseline, target = _number(metric.baseline), _number(metric.target)
    if metric.direction == "keep":
        return target if target is not None else baseline
    if baseline is None or target is None:
        return None
    days = (due - start).days
    gone = 1 if days <= 0 else min(max((day - start).days, 0), days)
    line = baseline + (target - baseline) * gone / (days if days > 0 else 1)
    return _rounded(line, baseline, target)


def reaches(metric: Metric, value: Number, level: Number) -> bool | None:
    """Say whether `value` is at `level` or on its good side; None where the good side is not known.

    The good side is the metric's direction; "reach" or no direction: from the baseline to the target.
    """
    baseline, target = _number(metric.baseline), _number(metric.target)
    direction = metric.direction
    if value == level:
        return True
    if direction == "keep":
        # What lies between where it stood and where it is to stay is as good as either.
        if baseline is not None and target is not None and baseline != target:
            return min(baseline, target) <= value <= max(baseline, target) or None
        return None
    if direction in ("reach", None):
        if baseline is None or target is None or baseline == target:
            return None
        direction = "increase" if target > baseline else "decrease"
    return value >= level if direction == "increase" else value <= level


def metric_progress(
    metric: Metric, start: date, due: date, readings: Sequence[Measured], today: date
) -> MetricProgress:
    """Return how the metric stands on `today`; later readings do not count yet.

    The newest value is compared with the line on its own day: a value of last week says nothing of today.
    """
    line = expected(metric, start, due, today)
    known = by_day(readings, today)
    if not known:
        return MetricProgress("not_measured", None, line, None)
    actual = known[-1]
    return MetricProgress(_standing(metric, start, due, actual), actual, line, _share(metric, actual.value))


def behind(metric: Metric, start: date, due: date, readings: Sequence[Measured], today: date) -> int:
    """Return how many of the newest values in a row missed the expected line of their own days."""
    count = 0
    for one in reversed(by_day(readings, today)):
        if _standing(metric, start, due, one) != "off_line":
            break
        count += 1
    return count


def by_day(readings: Sequence[Measured], today: date) -> tuple[Measured, ...]:
    """Return the readings up to `today` by day; of several on one day the last one counts."""
    last = {one.day: one for one in readings if one.day <= today}
    return tuple(last[day] for day in sorted(last))


def due_state(due: date | None, marks: Sequence[Mark], today: date) -> DueState:
    """Return the state of something that was to be done by `due`, given what stands of it.

    Several marks that say different things stay beside one another: it is for the two to settle.
    """
    said = {_settled(mark) for mark in marks}
    if len(said) > 1:
        return "seen_differently"
    if said == {"done"}:
        return "kept"
    if said == {"not_needed"}:
        return "not_needed"
    if due is None or today < due:
        return "open"
    return "due_today" if today == due else "overdue"


def not_held(planned: Sequence[date], held: Sequence[date]) -> tuple[date, ...]:
    """Return the planned days of check-ins for which none was held.

    One that was held on another day counts for the planned day nearest to it.
    """
    covered = {min(planned, key=lambda day: abs((day - one).days)) for one in held} if planned else set()
    return tuple(day for day in planned if day not in covered)


def _settled(mark: Mark) -> str:
    return "done" if mark in DONE_MARKS else mark


def _standing(metric: Metric, start: date, due: date, one: Measured) -> Standing:
    target = _number(metric.target)
    if metric.direction != "keep" and target is not None and reaches(metric, one.value, target):
        return "reached"
    line = expected(metric, start, due, one.day)
    good = None if line is None else reaches(metric, one.value, line)
    return "measured" if good is None else "on_line" if good else "off_line"


def _share(metric: Metric, value: Number) -> int | None:
    baseline, target = _number(metric.baseline), _number(metric.target)
    if metric.direction == "keep" or baseline is None or target is None or baseline == target:
        return None
    share = (value - baseline) / (target - baseline) * 100
    return int(share.quantize(Number(1), ROUND_HALF_EVEN))


def _number(text: str | None) -> Number | None:
    return None if text is None else Number(text)


def _rounded(value: Number, *others: Number) -> Number:
    places = max(-int(one.as_tuple().exponent) for one in others) + 1
    rounded = value.quantize(Number(1).scaleb(-max(places, 0)), ROUND_HALF_EVEN)
    short = rounded.normalize()
    return short if int(short.as_tuple().exponent) <= 0 else short.quantize(Number(1))
