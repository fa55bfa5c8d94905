"""A summary of notes, put forward by one party and answered by each: two events.

It changes nothing that is agreed. What it suggests to change is a proposal of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from coach_assist.agreement.body import Body, EventId
from coach_assist.agreement.follow_bodies import Day
from coach_assist.plan.units import Line, Text, UnitId

if TYPE_CHECKING:
    from coach_assist.agreement.verify import Event

ItemKind = Literal[
    "progress", "achievement", "obstacle", "feedback", "decision", "action", "question", "adjustment"
]
ITEM_KINDS: tuple[ItemKind, ...] = get_args(ItemKind)
ItemBy = Literal["model", "rules", "person"]
"""Who worded an item: the model, the rules, or a person who changed it."""
SummaryAnswer = Literal["accept", "decline"]


class QuotePart(BaseModel):
    """One line of the notes, word for word, with its number (from 1)."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    line: Annotated[int, Field(ge=1)]
    text: Annotated[str, StringConstraints(min_length=1, max_length=50_000)]


class SummaryItem(BaseModel):
    """One item. Its id is that of a next step, where it is an action: it can be marked as done later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: UnitId
    kind: ItemKind
    text: Text
    quotes: Annotated[list[QuotePart], Field(max_length=200)] = Field(default_factory=list)
    owner: Line | None = None
    due: Day | None = None
    goal: UnitId | None = None
    by: ItemBy


class SummaryBody(Body):
    """A summary of notes of `day`, put forward by one party. It counts once both have accepted it."""

    day: Day
    items: Annotated[list[SummaryItem], Field(min_length=1, max_length=300)]
    method: Literal["model", "rules"]
    check_in: EventId | None = None

    @model_validator(mode="after")
    def _each_once(self) -> SummaryBody:
        if len({one.id for one in self.items}) != len(self.items):
            raise ValueError("an item stands twice")
        return self


class SummaryAnswerBody(Body):
    """What one party says of a summary, as it was shown. The last answer of each counts."""

    summary: EventId
    shown: EventId
    """The body hash of the summary."""
    answer: SummaryAnswer


SUMMARY_MODELS: dict[str, type[Body]] = {"summary": SummaryBody, "summary_answer": SummaryAnswerBody}


def summary_references(body: Body) -> tuple[str, ...]:
    """Return the ids of the events that one of these bodies speaks of."""
    match body:
        case SummaryBody(check_in=str(named)):
            return (named,)
        case SummaryAnswerBody():
            return (body.summary,)
    return ()


def summary_contradiction(body: Body, events: Mapping[str, Event]) -> str | None:
    """Return in words what cannot be in one of these bodies, given the events it names; else None."""
    match body:
        case SummaryBody(check_in=str(named)) if events[named].kind != "check_in":
            return "it belongs to something that is no check-in"
        case SummaryAnswerBody():
            target = events[body.summary]
            if target.kind != "summary":
                return "it answers something that is no summary"
            if target.core.body_hash != body.shown:
                return f"it answers another text than that of {body.summary[:12]}"
    return None
