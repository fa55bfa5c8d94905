"""The plan as JSON: what both agreed, and which units are still open (docs/plan-format.md).

Open units are named, never quoted: a text that is not agreed does not leave in an export.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints

from coach_assist.exchange.audience import Audience
from coach_assist.exchange.plan_follow import ClosingJson, NoteJson, ProgressJson, SurveyJson
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

SINCE_0_2 = frozenset({
    "made_for", "confidential_to", "readers", "notice", "made_on", "plan_hash", "signatures", "progress",
    "said", "survey", "closing",
})  # fmt: skip
"""Fields that an export of 0.1 does not have."""
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
    talk: list[Party] = Field(default_factory=list, max_length=2)
    """Who asked to talk about it first."""


class Names(Value):
    """The two parties, as they are called."""

    team_member: Line
    manager: Line


class SignatureJson(Value):
    """One party, its key, and its signature under the whole plan."""

    party: Party
    name: Line
    at: Line | None
    """When it signed, by its own clock (UTC), on which nothing rests; null: not signed."""
    key: EventId
    """The fingerprint of the key that signed, or that would sign now."""
    words: Line
    """The same fingerprint as words that can be read out."""
    custody: Literal["this machine", "own machine"]
    """On whose machine the key lay; "this machine" is the one where the plan was opened."""


class PlanJson(Value):
    """One plan, as far as both have agreed."""

    format: Literal["coach-assist plan"] = FORMAT
    version: Literal[1] = VERSION
    plan: PlanId
    demo: bool
    """True for the sample plan of `coach-assist demo`: nobody agreed to it."""
    parties: Names
    made_for: Audience = "all"
    """Which row of the table of audiences decided what is in it (docs/exports.md)."""
    audience: list[Line]
    """Who this export is for, by name or by role."""
    confidential_to: list[Line] = Field(default_factory=list)
    """Who may read it: those it is for, and the two parties."""
    readers: list[Line] = Field(default_factory=list)
    """The readers to whom both have agreed."""
    notice: list[Text] = Field(default_factory=list)
    """What a reader must know first: what this is and is not, and for whom."""
    made_on: date | None = None
    """The day that counted as today."""
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
    plan_hash: EventId | None = None
    """The hash that both signed; of what is agreed, while nothing is signed."""
    signatures: list[SignatureJson] = Field(default_factory=list)
    """Both parties: who has signed what is in force or, while nothing is, what is agreed now."""
    open: list[OpenUnit]
    """What is not agreed yet; empty where nothing waits, and for readers who are not a party."""
    progress: ProgressJson | None = None
    """How the plan stands; null before anything was said of it."""
    said: list[NoteJson] = Field(default_factory=list)
    """Notes that were released; for the two parties only."""
    survey: list[SurveyJson] = Field(default_factory=list)
    """What was said of the coaching; for the two parties only."""
    closing: ClosingJson | None = None
    """The closing page that both have signed."""


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of an exported plan: every field is required, unused ones are null."""
    return written_schema(PlanJson, {"PlanJson": SINCE_0_2, "OpenUnit": {"talk"}})
