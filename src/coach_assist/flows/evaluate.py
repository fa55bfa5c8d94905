"""What became of one's own plans, in counts of plans. No person is counted, compared or ranked.

Means of the survey on the coaching are withheld while fewer than five plans have answered: a mean over
less could be told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from statistics import median
from typing import Any

from coach_assist.flows.plans import listed
from coach_assist.plan.units import PARTIES, Party
from coach_assist.workspace.store import Workspace

LEAST_PLANS = 5
"""Plans whose survey answers make a mean that may be shown."""


@dataclass(frozen=True, slots=True)
class SurveyMean:
    """The mean answer (1 to 5) of one side to one question, over plans."""

    question: str
    party: Party
    plans: int
    mean: Decimal | None
    """Rounded to one digit; None while it is withheld."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Counts over all plans in which anything is agreed; demo plans are left out."""

    today: date
    plans: int
    by_kind: Mapping[str, int]
    running: int
    """Agreed, not closed, and their end has not passed."""
    past_end: int
    """Not closed, and their end has passed."""
    closed: int
    goals: int
    reached: int
    """Goals that were closed or marked as done, or whose last value is at the target."""
    outcomes: Mapping[str, int]
    plans_all_reached: int
    """Plans with goals, all of which are reached."""
    signed: int
    hours_to_sign_off: float | None
    """The median over signed plans, from the first proposal to the second signature, as clocks claimed."""
    check_ins_held: int
    check_ins_planned: int
    """Planned up to today."""
    plans_without_check_in: int
    """Plans whose first planned check-in has passed, and none was held."""
    surveys: tuple[SurveyMean, ...]
    unreadable: int


def evaluate(workspace: Workspace, today: date) -> Evaluation:
    """Return the counts over the plans of this workspace. Raises Refused where it cannot be read."""
    rows = [row for _, row in listed(workspace)]
    agreed = [
        row["follow"]
        for row in rows
        if isinstance(row["follow"], dict) and not row["follow"]["evaluation"]["demo"]  # type: ignore[index,call-overload]  # as follow_row makes it
    ]
    return evaluation(agreed, today, unreadable=sum(row["problem"] is not None for row in rows))


def evaluation(plans: Sequence[Mapping[str, Any]], today: date, *, unreadable: int = 0) -> Evaluation:
    """Count over rows as `follow_row` makes them. Pure."""
    day = today.isoformat()
    each = [plan["evaluation"] for plan in plans]
    hours = [one["hours_to_sign_off"] for one in each if one["hours_to_sign_off"] is not None]
    planned = [[when for when in plan["planned"] if when <= day] for plan in plans]
    outcomes: dict[str, int] = dict.fromkeys(("done", "changed", "dropped", "open"), 0)
    for one in each:
        for name, count in one["outcomes"].items():
            outcomes[name] += count
    kinds = sorted({one["kind"] for one in each})
    return Evaluation(
        today=today,
        plans=len(plans),
        by_kind={kind: sum(one["kind"] == kind for one in each) for kind in kinds},
        running=sum(not plan["closed"] and plan["end"] >= day for plan in plans),
        past_end=sum(not plan["closed"] and plan["end"] < day for plan in plans),
        closed=sum(plan["closed"] for plan in plans),
        goals=sum(one["goals"] for one in each),
        reached=sum(one["reached"] for one in each),
        outcomes=outcomes,
        plans_all_reached=sum(one["goals"] > 0 and one["reached"] == one["goals"] for one in each),
        signed=len(hours),
        hours_to_sign_off=float(median(hours)) if hours else None,
        check_ins_held=sum(len([when for when in plan["held"] if when <= day]) for plan in plans),
        check_ins_planned=sum(len(days) for days in planned),
        plans_without_check_in=sum(
            bool(days) and not plan["held"] for plan, days in zip(plans, planned, strict=True)
        ),
        surveys=tuple(_means([one["surveys"] for one in each])),
        unreadable=unreadable,
    )


def evaluation_json(found: Evaluation) -> dict[str, Any]:
    """Return the counts as JSON-ready data; means are decimal strings, withheld ones null."""
    data = asdict(found)
    data["today"] = found.today.isoformat()
    data["surveys"] = [
        {**asdict(one), "mean": None if one.mean is None else str(one.mean)} for one in found.surveys
    ]
    return data


def _means(surveys: Sequence[Mapping[str, Mapping[str, int]]]) -> Iterable[SurveyMean]:
    for party in PARTIES:
        given = [one[party] for one in surveys if party in one]
        for question in dict.fromkeys(name for scores in given for name in scores):
            scores = [one[question] for one in given if question in one]
            mean = None
            if len(scores) >= LEAST_PLANS:
                mean = (Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
            yield SurveyMean(question, party, len(scores), mean)
