"""The summary as data: what `summarise --json` prints (schemas/summary.schema.json)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Quote(_Part):
    """One line of the notes, word for word."""

    line: Annotated[int, Field(ge=1)]
    """Its number, as Python's str.splitlines() counts the input."""
    text: str
    """The line exactly as given, without its line end."""


class SummaryItem(_Part):
    """One thing that the notes say, and the lines that it rests on."""

    kind: Literal[
        "progress", "achievement", "obstacle", "feedback", "decision", "action", "question", "adjustment"
    ]
    text: Annotated[str, Field(min_length=1)]
    """What the lines say, in fewer or clearer words."""
    quotes: Annotated[list[Quote], Field(min_length=1)]
    owner: str | None
    """Who is to do it, as the notes (or the plan) name that person; "I" is the writer; null if unknown."""
    due: date | None
    goal: str | None
    """The goal that it is about, as the heading of the notes or the plan words it."""


class SummaryCall(_Part):
    """One request to the model. Tokens are null where the endpoint does not report them."""

    prompt: str
    version: str
    model: str
    prompt_tokens: Count | None
    cached_tokens: Count | None
    completion_tokens: Count | None
    seconds: Annotated[float, Field(ge=0)]
    attempts: Count
    finish_reason: str | None


class SummaryOutput(_Part):
    """What `coach-assist summarise --json` prints."""

    items: list[SummaryItem]
    uncovered: list[Annotated[int, Field(ge=1)]]
    """The lines that are not blank and that no item quotes, in order."""
    dropped: Count
    """How many items of the model were dropped because the notes do not bear them out."""
    method: Literal["model", "rules"]
    calls: list[SummaryCall]
