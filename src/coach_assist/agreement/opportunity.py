"""What the manager released of what was written before the plan, and whether it was read. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coach_assist.agreement.history import History
from coach_assist.agreement.opportunity_bodies import OpportunityBody, OpportunitySeenBody
from coach_assist.plan.units import PlanKind


@dataclass(frozen=True, slots=True)
class ReleasedOpportunity:
    """The release that stands. Texts are as stored."""

    event: str
    shown: str
    """The hash of its body: who reads it names it."""
    at: str
    plan_kind: PlanKind
    answers: Mapping[str, str]
    """Question → text, in the questions' alphabetic order."""
    seen: bool
    """Whether the team member has read exactly this."""


def released_opportunity(history: History) -> ReleasedOpportunity | None:
    """Return the release that stands; None where nothing was released, or its text was erased.

    Of releases of which none builds on another, the one with the greatest id stands: no clock decides.
    Where a text is withheld (a viewer's copy) nothing is returned.
    """
    texts = [one for one, event in history.events.items() if event.kind == "opportunity"]
    standing = history.maximal(texts) if texts else ()
    if not standing:
        return None
    event = history.events[max(standing)]
    if not isinstance(event.body, OpportunityBody) or event.id in history.erased:
        return None
    seen = any(
        isinstance(one.body, OpportunitySeenBody) and one.body.opportunity == event.id
        for one in history.events.values()
    )
    return ReleasedOpportunity(
        event.id, event.core.body_hash, event.core.at, event.body.plan_kind, dict(event.body.answers), seen
    )
