"""Answers become drafts: with the model, or, without one, in the person's own words."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from coach_assist.assistant.brief import Brief, brief_of
from coach_assist.assistant.calls import CallRecord
from coach_assist.assistant.drafted import DraftedUnit
from coach_assist.assistant.drafting import Drafter, DraftEvent
from coach_assist.assistant.prompts import warm_messages
from coach_assist.assistant.provider import Message, Provider
from coach_assist.checker import Finding, check_plan
from coach_assist.errors import ModelError
from coach_assist.flows.frame_additions import with_default_readers
from coach_assist.flows.plan_privacy import admit_answers
from coach_assist.interview.answers import Answers

__all__ = ["DraftEvent", "DraftResult", "DraftedUnit", "draft_answers", "own_words", "prefixes"]


@dataclass(frozen=True, slots=True)
class DraftResult:
    """The drafts of a plan, what the checker says of the whole, the calls, and wall seconds.

    `failed` is what the model could not do; the units are complete all the same.
    """

    units: tuple[DraftedUnit, ...]
    findings: tuple[Finding, ...]
    calls: tuple[CallRecord, ...]
    seconds: float
    failed: ModelError | None = None
    undrafted_goals: int = 0
    """Goals beyond the third, which stay in the answers only."""

    def to_json(self) -> dict[str, Any]:
        """Return the object of schemas/draft.schema.json."""
        return {
            "units": [unit.to_json() for unit in self.units],
            "findings": [finding.to_json() for finding in self.findings],
            "calls": [call.to_json() for call in self.calls],
            "seconds": round(self.seconds, 2),
        }


async def draft_answers(
    answers: Answers,
    *,
    provider: Provider | None,
    today: date | None = None,
    on_event: Callable[[DraftEvent], None] | None = None,
    adapt: Callable[[DraftedUnit], DraftedUnit] = with_default_readers,
) -> DraftResult:
    """Draft a plan from `answers`; `on_event` hears of each section, field and unit as it comes.

    Each unit passes `adapt` before anybody hears of it: what does not come from the answers is added
    there, such as the readers that the organisation's policy names.

    `provider` None: everything in the person's own words. A failure of the model does not raise: the
    rest comes in own words and `failed` says what happened. Cancelling the task stops the request and
    raises CancelledError; units that were ready have been told.
    """
    started = time.monotonic()
    brief = brief_of(answers)
    adapted: dict[str, DraftedUnit] = {}
    admit_answers(provider, answers)

    def hear(event: DraftEvent) -> None:
        if event.unit is not None:
            unit = adapt(event.unit)
            event = replace(event, unit=unit, data=unit.event_data())
            adapted[unit.draft.id] = unit
        if on_event is not None:
            on_event(event)

    drafter = Drafter(brief, provider, hear)
    units = [adapted.get(unit.draft.id, unit) for unit in await drafter.run()]
    return _result(brief, drafter, units, started)


async def own_words(answers: Answers, today: date | None = None) -> DraftResult:
    """Draft a plan without any model."""
    return await draft_answers(answers, provider=None, today=today)


def prefixes() -> list[list[Message]]:
    """Return what the requests of drafting begin with, the first needed last, for warming a model."""
    return [warm_messages("probe"), warm_messages("goal_measured")]


def _result(brief: Brief, drafter: Drafter, units: list[DraftedUnit], started: float) -> DraftResult:
    plan = {
        "units": [{"id": unit.draft.id, "kind": unit.draft.kind, "value": unit.draft.value} for unit in units]
    }
    return DraftResult(
        units=tuple(units),
        findings=check_plan(plan).findings,
        calls=tuple(drafter.calls),
        seconds=time.monotonic() - started,
        failed=drafter.failed,
        undrafted_goals=brief.undrafted_goals,
    )
