"""What `review` finds, as models: `--format json` prints them, schemas/ is generated from them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, JsonValue

from coach_assist.assistant.outputs import CallOutput, FindingOutput, Output, Reasons, RewriteUnit, Verdicts
from coach_assist.plan.units import UnitKind


class ReviewedUnit(Output):
    """One unit of a plan that was found in the document, its texts word for word."""

    id: str
    kind: UnitKind
    value: dict[str, JsonValue]
    """The fields of that kind of unit (schemas/plan.schema.json); what the document does not tell is null."""
    lacks: list[str]
    """Fields that a whole unit needs and the document does not tell."""
    places: list[int]
    """Where its texts stand: lines, or paragraphs of a Word document."""
    by_model: list[int]
    """Those places of which the model said what they are; the rest follows from the document's form."""
    verdicts: Verdicts | None
    """Of goals; null for every other kind. They judge the sentence, nobody."""
    reasons: Reasons | None
    findings: list[FindingOutput]
    """`where` names the field; offsets count in its text."""


class UnplacedText(Output):
    """Text that is no part of a unit."""

    place: int
    heading: str
    text: str
    about: str
    """What it is about, where that is known ("obstacle", "metric"); else empty."""


class ReviewQuestion(Output):
    """A question that the two should settle, and what it is about: a kind of unit, or a unit's id."""

    text: str
    about: str


class RewrittenGoal(Output):
    """Rewrites of one goal: the model's drafts, never put forward by themselves."""

    unit: str
    original: str
    rewrites: list[RewriteUnit]


class FileReview(Output):
    """The review of one document."""

    format: Literal["markdown", "text", "docx", "pdf", "plan", "drafts", "bundle"]
    digest: str
    """SHA-256 of the file."""
    place_word: str
    """What places count: "line", "paragraph" or "unit"."""
    reads_as: Literal["plan", "pip", "template", "other"]
    explanation: str
    """What that means, where it is no filled-in coaching plan; else empty."""
    signs: list[str]
    """The words by which a performance improvement plan was recognised."""
    units: list[ReviewedUnit]
    missing: list[UnitKind]
    """Parts that a coaching plan needs and the document has not."""
    absent: list[str]
    """Parts that often help and are not there."""
    not_agreed: list[str]
    """Kinds of units that an export names without their text, because they are not agreed yet."""
    findings: list[FindingOutput]
    """Of the whole plan; the parts that are missing are not repeated here."""
    questions_for_manager: list[ReviewQuestion]
    questions_for_team_member: list[ReviewQuestion]
    rewrites: list[RewrittenGoal]
    unplaced: list[UnplacedText]
    blanks: int
    """How many places of a form are still to be filled in."""
    names: dict[str, str]
    """"team_member" and "manager", where labels name them."""
    remarks: list[str]
    method: Literal["rules", "model"]
    """"model": it was asked about text that no rule placed, or for rewrites."""
    calls: list[CallOutput]


class Fault(Output):
    """Why a file was not read."""

    what: str
    next_step: str


class FileEntry(Output):
    """One file that was named: its review, or why there is none."""

    file: str
    review: FileReview | None
    fault: Fault | None


class ReviewOutput(Output):
    """What `coach-assist review --format json` prints: the files in the order in which they were named."""

    format: Literal["coach-assist review"] = "coach-assist review"
    version: Literal[1] = 1
    files: list[FileEntry] = Field(default_factory=list)
