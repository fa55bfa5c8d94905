"""The events after sign-off: check-ins, notes that were released, the closing page, the survey.

None of them changes a text that both have agreed on: they say what happened, who says so, and when.
What a person may want to erase later (an obstacle, an observation) stands in a `note` of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from coach_assist.agreement.body import Body, EventId
from coach_assist.plan.units import Decimal, Line, Text, UnitId

if TYPE_CHECKING:
    from coach_assist.agreement.verify import Event


def _iso(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("not a day such as 2026-12-31")
    return text


Day = Annotated[str, StringConstraints(min_length=10, max_length=10), AfterValidator(_iso)]
"""A day as an ISO date: bodies hold texts and integers only."""
MarkWord = Literal["done", "open", "helped", "did_not_help", "not_needed"]
"""What is said of an activity, a promise, a milestone or a next step. `open` takes an earlier one back."""
NoteRole = Literal["observation", "thanks", "obstacle", "recognition", "reflection", "talk", "next_step"]
Outcome = Literal["done", "changed", "dropped"]
OUTCOMES: tuple[Outcome, ...] = ("done", "changed", "dropped")
Score = Annotated[int, Field(ge=1, le=5)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ReadingPart(_Part):
    """A value of a goal's metric on a day, and how one can tell."""

    goal: UnitId
    day: Day
    value: Decimal | None = None
    """The number, where the metric is one."""
    words: Text | None = None
    """How it stands in words, where it is not."""
    evidence: Text | None = None

    @model_validator(mode="after")
    def _something(self) -> ReadingPart:
        if self.value is None and self.words is None:
            raise ValueError("a reading has a value or words")
        return self


class MarkPart(_Part):
    """What is said of one thing that was to be done."""

    of: UnitId | EventId
    """A unit of the plan, or the note that holds a next step."""
    mark: MarkWord


class CheckInBody(Body):
    """A check-in was held on `day`: the values, and what was done. Its texts are notes that name it."""

    day: Day
    readings: Annotated[list[ReadingPart], Field(max_length=50)] = Field(default_factory=list)
    marks: Annotated[list[MarkPart], Field(max_length=200)] = Field(default_factory=list)
    question: Line | None = None
    """The id of the reflective question that was asked."""
    adds_to: EventId | None = None
    """The other party's record of the same check-in, to which this one adds."""


class NoteBody(Body):
    """A text that its writer has released to the other party."""

    role: NoteRole
    text: Text
    day: Day
    about: UnitId | None = None
    check_in: EventId | None = None
    owner: Line | None = None
    """Next steps: who takes it."""
    due: Day | None = None


class OutcomePart(_Part):
    """What became of one goal."""

    goal: UnitId
    outcome: Outcome
    reason: Text | None = None

    @model_validator(mode="after")
    def _why(self) -> OutcomePart:
        if self.outcome != "done" and self.reason is None:
            raise ValueError("a goal that was changed or dropped has a reason")
        return self


class CloseBody(Body):
    """A closing page, put forward by one party. It closes the plan once both have signed exactly it."""

    day: Day
    plan_hash: EventId
    """The agreed plan that it closes."""
    outcomes: Annotated[list[OutcomePart], Field(max_length=50)]
    learned_team_member: Text | None = None
    learned_manager: Text | None = None
    recognition: Text | None = None
    next_area: Text | None = None
    """The next development area."""
    replaces: EventId | None = None
    """The page that it answers."""

    @model_validator(mode="after")
    def _each_once(self) -> CloseBody:
        if len({one.goal for one in self.outcomes}) != len(self.outcomes):
            raise ValueError("a goal stands twice")
        return self


class CloseSignBody(Body):
    """One party signs a closing page, as it was shown."""

    page: EventId
    shown: EventId
    """The body hash of the page."""


class SurveyBody(Body):
    """What one party says of the coaching itself, from 1 (not at all) to 5 (fully)."""

    scores: Annotated[dict[Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")], Score], Field(
        min_length=1, max_length=20
    )]  # fmt: skip
    words: Text | None = None


FOLLOW_MODELS: dict[str, type[Body]] = {
    "check_in": CheckInBody,
    "note": NoteBody,
    "close": CloseBody,
    "close_sign": CloseSignBody,
    "survey": SurveyBody,
}


def follow_references(body: Body) -> tuple[str, ...]:
    """Return the ids of the events that one of these bodies speaks of."""
    match body:
        case CheckInBody():
            noted = tuple(one.of for one in body.marks if len(one.of) == 64)
            return noted if body.adds_to is None else (body.adds_to, *noted)
        case NoteBody(check_in=named) | CloseBody(replaces=named):
            return () if named is None else (named,)
        case CloseSignBody():
            return (body.page,)
    return ()


def follow_contradiction(body: Body, events: Mapping[str, Event]) -> str | None:
    """Return in words what cannot be in one of these bodies, given the events it names; else None."""
    match body:
        case CheckInBody():
            if body.adds_to is not None and events[body.adds_to].kind != "check_in":
                return "it adds to something that is no check-in"
            if any(events[one.of].kind != "note" for one in body.marks if len(one.of) == 64):
                return "it marks something that is no note"
        case NoteBody(check_in=named) if named is not None and events[named].kind != "check_in":
            return "it belongs to something that is no check-in"
        case CloseBody(replaces=named) if named is not None and events[named].kind != "close":
            return "it replaces something that is no closing page"
        case CloseSignBody():
            page = events[body.page]
            if page.kind != "close":
                return "it signs something that is no closing page"
            if page.core.body_hash != body.shown:
                return f"it signs another text than that of {body.page[:12]}"
    return None
