"""What the manager asked oneself before the plan, released, and the team member's having read it: two events.

Neither accepts anything. The first is the manager's alone, the second the team member's alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StringConstraints

from coach_assist.agreement.body import Body, EventId
from coach_assist.plan.units import PlanKind

if TYPE_CHECKING:
    from coach_assist.agreement.verify import Event

QuestionId = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]
Told = Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class OpportunityBody(Body):
    """The answers that the manager releases. The last release stands, whole."""

    plan_kind: PlanKind
    answers: Annotated[dict[QuestionId, Told], Field(min_length=1, max_length=20)]


class OpportunitySeenBody(Body):
    """The team member has read exactly that. It is no agreement."""

    opportunity: EventId
    shown: EventId
    """The body hash of the release, as it was shown."""


OPPORTUNITY_MODELS: dict[str, type[Body]] = {
    "opportunity": OpportunityBody,
    "opportunity_seen": OpportunitySeenBody,
}


def opportunity_references(body: Body) -> tuple[str, ...]:
    """Return the ids of the events that one of these bodies speaks of."""
    return (body.opportunity,) if isinstance(body, OpportunitySeenBody) else ()


def opportunity_contradiction(body: Body, events: Mapping[str, Event]) -> str | None:
    """Return in words what cannot be in one of these bodies, given the events it names; else None."""
    if isinstance(body, OpportunitySeenBody):
        target = events[body.opportunity]
        if target.kind != "opportunity":
            return "it says that something was read which no manager released"
        if target.core.body_hash != body.shown:
            return f"it says that another text was read than that of {body.opportunity[:12]}"
    return None


def opportunity_by_another(kind: str, party: str) -> str | None:
    """Return in words why this party may not sign this kind; None where it may."""
    if kind == "opportunity" and party != "manager":
        return "it releases what the manager wrote, and is not by them"
    if kind == "opportunity_seen" and party != "team_member":
        return "it says that the team member has read something, and is not by them"
    return None
