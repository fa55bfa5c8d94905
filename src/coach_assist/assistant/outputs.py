"""What `draft --json` and `rewrite --json` print, as models: schemas/ is generated from them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from coach_assist.plan.drafts import Origin, Provenance, Suggestion
from coach_assist.plan.ids import UNIT_ID_PATTERN
from coach_assist.plan.units import (
    Activity,
    Cadence,
    CurrentState,
    DevelopmentArea,
    Feedback,
    Frame,
    Goal,
    Metric,
    Milestone,
    Roles,
    Support,
    Timeline,
)

Verdict = Literal["met", "unmet", "unknown"]


class Output(BaseModel):
    """The base: closed, every field written out."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Verdicts(Output):
    """The checker's verdict on one goal, criterion by criterion. It judges the sentence, nobody."""

    S: Verdict
    M: Verdict
    A: Verdict
    R: Verdict
    T: Verdict


class EditOutput(Output):
    """Replace the code points `start` to `end` by `text`."""

    start: int
    end: int
    text: str


class FixOutput(Output):
    """A change that can be applied; `safe` ones add no word and no placeholder."""

    message: str
    safe: bool
    edits: list[EditOutput]


class FindingOutput(Output):
    """What one rule says of one place. `where` names the place in findings on the whole plan."""

    code: str
    level: Literal["error", "warning", "note"]
    start: int
    end: int
    message: str
    fix: FixOutput | None
    where: str = ""


class UnitProvenance(Output):
    """Who wrote the unit, and where its fields came from."""

    origin: Origin
    fields: list[Provenance]


class _Unit(Output):
    id: Annotated[str, Field(pattern=UNIT_ID_PATTERN)]
    suggested: list[Suggestion]
    provenance: UnitProvenance
    verdicts: Verdicts | None
    """Of goals; null for every other kind."""
    findings: list[FindingOutput]


class FrameUnit(_Unit):
    """A drafted frame."""

    kind: Literal["frame"]
    value: Frame


class DevelopmentAreaUnit(_Unit):
    """A drafted development area."""

    kind: Literal["development_area"]
    value: DevelopmentArea


class CurrentStateUnit(_Unit):
    """A drafted current state."""

    kind: Literal["current_state"]
    value: CurrentState


class GoalUnit(_Unit):
    """A drafted goal."""

    kind: Literal["goal"]
    value: Goal


class ActivityUnit(_Unit):
    """A drafted activity."""

    kind: Literal["activity"]
    value: Activity


class SupportUnit(_Unit):
    """A drafted promise."""

    kind: Literal["support"]
    value: Support


class MilestoneUnit(_Unit):
    """A drafted milestone."""

    kind: Literal["milestone"]
    value: Milestone


class FeedbackUnit(_Unit):
    """A drafted feedback loop."""

    kind: Literal["feedback"]
    value: Feedback


class RolesUnit(_Unit):
    """Drafted roles."""

    kind: Literal["roles"]
    value: Roles


class TimelineUnit(_Unit):
    """A drafted timeline."""

    kind: Literal["timeline"]
    value: Timeline


class CadenceUnit(_Unit):
    """A drafted cadence."""

    kind: Literal["cadence"]
    value: Cadence


AnyUnit = Annotated[
    FrameUnit | DevelopmentAreaUnit | CurrentStateUnit | GoalUnit | ActivityUnit | SupportUnit | MilestoneUnit
    | FeedbackUnit | RolesUnit | TimelineUnit | CadenceUnit,
    Field(discriminator="kind"),
]  # fmt: skip


class CallOutput(Output):
    """One call of the model. Tokens are null where the server did not say."""

    prompt: str
    version: str
    model: str
    prompt_tokens: int | None
    cached_tokens: int | None
    completion_tokens: int | None
    seconds: float
    attempts: int
    """Answers that it took: 1, and one more for each time that it was asked again."""
    finish_reason: str | None


class DraftOutput(Output):
    """What `coach-assist draft --json` prints."""

    units: list[AnyUnit]
    findings: list[FindingOutput]
    """Of the whole plan."""
    calls: list[CallOutput]
    seconds: float


class Reasons(Output):
    """One line a criterion: why the verdict is what it is."""

    S: str
    M: str
    A: str
    R: str
    T: str


class RewriteUnit(Output):
    """One rewrite of a goal."""

    statement: str
    metric: Metric | None
    due: date | None
    suggested: list[Suggestion]
    verdicts: Verdicts
    findings: list[FindingOutput]
    reasons: Reasons


class RewriteOutput(Output):
    """What `coach-assist rewrite --json` prints."""

    original: str
    rewrites: list[RewriteUnit]
    calls: list[CallOutput]
