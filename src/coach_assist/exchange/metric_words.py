"""A metric in words, told so that it can be read back (mapping/own_metric.py)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from coach_assist.plan.units import Metric


def metric_words(metric: Metric) -> str:
    """Return a metric in words: "tickets passed on, from 9 to 4 (of 20)"."""
    unit = f" {metric.unit}" if metric.unit else ""
    words = metric.name
    if metric.baseline is not None:
        words += f", from {metric.baseline}{unit}"
    if metric.target is not None:
        words += f"{' ' if metric.baseline is not None else ', '}to {metric.target}{unit}"
    return words


def derived_direction(metric: Metric) -> str | None:
    """Return which way baseline and target point; None where they do not tell."""
    if metric.baseline is None or metric.target is None:
        return None
    begun, wanted = Decimal(metric.baseline), Decimal(metric.target)
    return None if begun == wanted else "increase" if wanted > begun else "decrease"


def derived_kind(metric: Metric) -> str:
    """Return whether a metric looks like a number, by what it has."""
    numbered = metric.baseline is not None or metric.target is not None or metric.unit is not None
    return "quantitative" if numbered else "qualitative"


def metric_kind_fields(metric: Metric) -> Iterator[tuple[str, str | None]]:
    """Yield what the numbers do not tell: nobody needs to read that 6 to 2 is a decrease."""
    if metric.direction != derived_direction(metric):
        yield "Direction", metric.direction or "not said"
    if metric.kind != derived_kind(metric):
        yield "Kind of measure", metric.kind
    if metric.unit is not None and metric.baseline is None and metric.target is None:
        yield "Counted in", metric.unit
