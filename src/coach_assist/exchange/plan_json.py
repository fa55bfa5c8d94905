"""The plan as JSON: what both agreed, and which units are still open (docs/plan-format.md).

Open units are named, never quoted: a text that is not agreed does not leave in an export.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints

from coach_assist.exchange.schemas import written_schema
from coach_assist.plan.ids import PLAN_ID_PATTERN
from coach_assist.plan.units import (
    Activity,
    Cadence,
    CurrentState,
    DevelopmentArea,
    Feedback,
    Frame,
    Goal,
    Line,
    Milestone,
    Party,
    Roles,
    Support,
    Text,
    Timeline,
    UnitId,
    UnitKind,
    Value,
)

FORMAT: Final = "coach-assist plan"
VERSION: Final = 1

EventId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
PlanId = Annotated[str, StringConstraints(pattern=PLAN_ID_PATTERN)]
TakesPart = Literal["joined", "no", "left"]
OpenState = Literal["proposed", "change_proposed", "removal_proposed", "conflict"]


class AgreedUnit(Value):
    """A unit that both parties accepted, in exactly this text."""

    id: UnitId
    """The unit's id; it keeps it for life."""
    proposal: EventId
    """The id of the proposal that both accepted."""
    proposed_by: Party
    """Who put it forward."""


class AgreedFrame(AgreedUnit):
    kind: Literal["frame"]
    value: Frame


class AgreedDevelopmentArea(AgreedUnit):
    kind: Literal["development_area"]
    value: DevelopmentArea


class AgreedCurrentState(AgreedUnit):
    kind: Literal["current_state"]
    value: CurrentState


class AgreedGoal(AgreedUnit):
    kind: Literal["goal"]
    value: Goal


class AgreedActivity(AgreedUnit):
    kind: Literal["activity"]
    value: Activity


class AgreedSupport(AgreedUnit):
    kind: Literal["support"]
    value: Support


class AgreedMilestone(AgreedUnit):
    kind: Literal["milestone"]
    value: Milestone


class AgreedFeedback(AgreedUnit):
    kind: Literal["feedback"]
    value: Feedback


class AgreedRoles(AgreedUnit):
    kind: Literal["roles"]
    value: Roles


class AgreedTimeline(AgreedUnit):
    kind: Literal["timeline"]
    value: Timeline


class AgreedCadence(AgreedUnit):
    kind: Literal["cadence"]
    value: Cadence


AnyAgreedUnit = Annotated[
    AgreedFrame
    | AgreedDevelopmentArea
    | AgreedCurrentState
    | AgreedGoal
    | AgreedActivity
    | AgreedSupport
    | AgreedMilestone
    | AgreedFeedback
    | AgreedRoles
    | AgreedTimeline
    | AgreedCadence,
    Field(discriminator="kind"),
]


class OpenUnit(Value):
    """A unit on which something waits for a decision."""

    id: UnitId
    kind: UnitKind
    state: OpenState
    """proposed: new; change_proposed and removal_proposed: an agreed text stays in force meanwhile;
    conflict: two agreed proposals replace the same text, and people have to choose."""
    waits_for: list[Party] = Field(max_length=2)
    """Who has not decided yet."""


class Names(Value):
    """The two parties, as they are called."""

    team_member: Line
    manager: Line


class PlanJson(Value):
    """One plan, as far as both have agreed."""

    format: Literal["coach-assist plan"] = FORMAT
    version: Literal[1] = VERSION
    plan: PlanId
    demo: bool
    """True for the sample plan of `coach-assist demo`: nobody agreed to it."""
    parties: Names
    audience: list[Line]
    """Who this export is for: the two parties, and the readers to whom both agreed."""
    revision: int = Field(ge=0)
    """How often both have signed the whole plan; 0: not signed yet."""
    heads: list[EventId]
    """The last events of the history that this was read from."""
    takes_part: TakesPart | None = None
    """What the team member answered to the page on joining; null: not asked, or not answered."""
    statement: Text | None = None
    """The team member's own words, which travel with every copy and export; nobody decides on them."""
    closed: Text | None = None
    """Why one party has closed the plan, in that party's words; null while it goes on."""
    units: list[AnyAgreedUnit]
    """What is agreed, in reading order."""
    open: list[OpenUnit]
    """What is not agreed yet; empty where nothing waits."""


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of an exported plan: every field is required, unused ones are null."""
    return written_schema(PlanJson)
