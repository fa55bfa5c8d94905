"""The eleven kinds of unit, the smallest things that are agreed on their own.

Each value is a strict pydantic model: unknown fields are refused, unused fields are null and never
absent, numbers that are signed are decimal strings, dates are ISO. Texts are stored as given; their
length is limited with an error, never cut.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from coach_assist.plan.ids import UNIT_ID_PATTERN

Line = Annotated[str, StringConstraints(min_length=1, max_length=400)]
"""One line of text: a title, a name, a metric."""
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
"""A sentence or a few."""
UnitId = Annotated[str, StringConstraints(pattern=UNIT_ID_PATTERN)]
Decimal = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,9})?$")]
"""A number as a decimal string, so that signing never rounds it: "4", "12.5", "-3"."""

UnitKind = Literal[
    "frame", "development_area", "current_state", "goal", "activity", "support",
    "milestone", "feedback", "roles", "timeline", "cadence",
]  # fmt: skip
PlanKind = Literal["development", "performance_support", "onboarding", "leadership", "career"]
Party = Literal["team_member", "manager"]
ActivityKind = Literal[
    "training", "course", "reading", "shadowing", "mentoring", "stretch_task",
    "practice", "rotation", "secondment", "peer_coaching", "feedback",
]  # fmt: skip
EvidenceSource = Literal["observation", "interview", "survey", "performance_data", "peer_feedback"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

PARTIES: tuple[Party, Party] = ("team_member", "manager")


class Value(BaseModel):
    """The base of all unit values: closed, immutable, every field written out."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Frame(Value):
    """What the plan is, for whom and why: the first thing both accept."""

    title: Line
    plan_kind: PlanKind = "development"
    purpose: Text
    """Why this plan exists, in one sentence."""
    long_term_aim: Text | None = None
    """What the team member wants beyond this plan."""
    serves: Text | None = None
    """How it serves the team, the business or a company value."""
    readers: list[Line] = Field(default_factory=list, max_length=20)
    """Who may read the plan besides the two parties."""
    second_party: Literal["manager", "coach", "mentor"] = "manager"
    """How the second party is called."""
    prompted_by: Text | None = None
    """Performance support only: what prompted the plan."""
    if_not_reached: Text | None = None
    """Performance support only: what follows if its goals are not reached."""
    formal_use: Text | None = None
    """Performance support only: whether it may be used in a formal process."""


class DevelopmentArea(Value):
    """The one area that the plan develops."""

    area: Text


class Observation(Value):
    """A strength or a gap, with what it rests on."""

    id: UnitId
    text: Text
    evidence: Text | None = None
    source: EvidenceSource | None = None


class CurrentState(Value):
    """Where the team member stands today."""

    strengths: list[Observation] = Field(default_factory=list, max_length=20)
    gaps: list[Observation] = Field(default_factory=list, max_length=20)


class Metric(Value):
    """How one can tell that a goal is reached."""

    name: Line
    kind: Literal["quantitative", "qualitative"]
    unit: Line | None = None
    baseline: Decimal | None = None
    target: Decimal | None = None
    direction: Literal["increase", "decrease", "reach", "keep"] | None = None
    evidence: Text | None = None
    """Where the evidence comes from."""
    collector: Line | None = None
    """Who collects it."""


class Goal(Value):
    """One goal: the statement and the fields that make it SMART."""

    statement: Text
    metric: Metric | None = None
    due: date | None = None
    achievable: Text | None = None
    """What makes it achievable."""
    relevant: Text | None = None
    """Why it matters."""
    gap: UnitId | None = None
    """The gap of the current state that it closes."""
    if_then: Text | None = None
    """If the likeliest obstacle comes up, then what: an implementation intention."""


class Activity(Value):
    """Something that somebody does to close a gap."""

    what: Text
    activity_kind: ActivityKind | None = None
    gap: UnitId | None = None
    goal: UnitId | None = None
    owner: Line | None = None
    due: date | None = None
    resource: Text | None = None
    time_needed: Line | None = None


class Support(Value):
    """A promise by the manager or another named person; it can be overdue like any other."""

    what: Text
    who: Line | None = None
    due: date | None = None


class Milestone(Value):
    """A point on the way."""

    what: Text
    date: date
    success_criterion: Text | None = None


class Feedback(Value):
    """Who is asked, when, about which behaviour."""

    who: Line
    when: Line | None = None
    about: Text


class Roles(Value):
    """What each party commits to."""

    team_member: list[Text] = Field(default_factory=list, max_length=20)
    manager: list[Text] = Field(default_factory=list, max_length=20)


class Timeline(Value):
    """The first and the last day of the plan. That the end is after the start is the checker's P806."""

    start: date
    end: date


class Cadence(Value):
    """How often the parties meet to look at the plan."""

    every: Literal["week", "fortnight", "month", "other"]
    text: Line
    """The cadence in the parties' own words."""
    weekday: Weekday | None = None
    minutes: Annotated[int, Field(ge=1, le=480)] | None = None
    looked_at: Text | None = None
    """What is looked at."""


UnitValue = (
    Frame | DevelopmentArea | CurrentState | Goal | Activity | Support
    | Milestone | Feedback | Roles | Timeline | Cadence
)  # fmt: skip

VALUE_MODELS: dict[UnitKind, type[Value]] = {
    "frame": Frame,
    "development_area": DevelopmentArea,
    "current_state": CurrentState,
    "goal": Goal,
    "activity": Activity,
    "support": Support,
    "milestone": Milestone,
    "feedback": Feedback,
    "roles": Roles,
    "timeline": Timeline,
    "cadence": Cadence,
}
"""Kind → the model of its value, in the order in which a plan is read."""

SINGLE_KINDS: frozenset[UnitKind] = frozenset(
    {"frame", "development_area", "current_state", "roles", "timeline", "cadence"}
)
"""Kinds of which a plan holds at most one."""


def parse_value(kind: UnitKind, data: object) -> Value:
    """Validate `data` (JSON-like) as the value of a unit of `kind`.

    Raises pydantic.ValidationError with every fault at once; JSON rules apply (dates are strings).
    """
    return VALUE_MODELS[kind].model_validate(data)


def value_json(value: Value) -> dict[str, object]:
    """Return a value as JSON-ready data: every field present, dates ISO, unused fields null."""
    return value.model_dump(mode="json")


def headline(kind: UnitKind, value: Value) -> str:
    """Return the text by which a person recognises a unit in a list (as stored, not yet displayed)."""
    match value:
        case Frame():
            return value.title
        case DevelopmentArea():
            return value.area
        case CurrentState():
            return "; ".join(entry.text for entry in [*value.strengths, *value.gaps])
        case Goal():
            return value.statement
        case Activity() | Support() | Milestone():
            return value.what
        case Feedback():
            return f"{value.who}: {value.about}"
        case Roles():
            return "; ".join([*value.team_member, *value.manager])
        case Timeline():
            return f"{value.start.isoformat()} to {value.end.isoformat()}"
        case Cadence():
            return value.text
    raise TypeError(f"{kind} has no headline")
