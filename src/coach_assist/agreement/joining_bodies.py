"""Taking part and stopping: a team member joins, says no or leaves; a statement; one party ends a plan.

None of these changes a text that both have agreed on. Joining, leaving and the statement are the team
member's alone: nobody joins for somebody else.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from coach_assist.agreement.body import Body, EventId
from coach_assist.plan.units import Text

EndReason = Literal["lost_key", "new_manager", "other"]


class JoinBody(Body):
    """The team member has read the page on joining, and takes part or says no. A no asks for no reason."""

    answer: Literal["join", "no"]
    page: EventId
    """The SHA-256 of the page as it was shown, so that it stays known which words were read."""


class LeaveBody(Body):
    """The team member stops. No reason is asked, and none has a place here."""


class StatementBody(Body):
    """The team member's own words about the plan, which travel with every copy and export.

    The last one stands; None takes it back.
    """

    text: Annotated[Text | None, Field()] = None


class EndBody(Body):
    """One party closes the plan, with a reason: a key is lost, somebody else takes over, or another one."""

    reason: EndReason
    words: Text


JOINING_MODELS: dict[str, type[Body]] = {
    "join": JoinBody,
    "leave": LeaveBody,
    "statement": StatementBody,
    "end": EndBody,
}
MEMBERS_OWN = frozenset({"join", "leave", "statement"})
"""Kinds that only the team member's keys may sign."""
