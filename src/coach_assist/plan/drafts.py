"""A draft: what the model or a person has in hand and nobody has put forward. Private and deletable."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from coach_assist.plan.units import UnitId, UnitKind, Value, parse_value

Origin = Literal["model", "own_words", "person", "import"]
"""Who wrote it: the model, the answers taken over word for word, a person by hand, or a file."""


class Suggestion(BaseModel):
    """A number, date, name or tool that is in no answer: the model's idea, listed beside the value."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: str
    """Dotted path into the value, such as "metric.target"."""
    text: str
    """The suggested words, as they stand in the value."""
    question: str
    """What the parties should settle before they accept it."""


class Provenance(BaseModel):
    """Where one field of a draft came from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: str
    source: Literal["answer", "model", "code", "person"]
    questions: list[str] = Field(default_factory=list)
    """The ids of the questions whose answers it rests on."""


class Draft(BaseModel):
    """One draft of a unit. `value` is the unit's value as JSON; `removal` asks to drop an agreed unit."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: UnitId
    kind: UnitKind
    value: dict[str, JsonValue]
    origin: Origin
    suggested: list[Suggestion] = Field(default_factory=list)
    provenance: list[Provenance] = Field(default_factory=list)
    removal: bool = False
    counters: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    """The proposal that this is another version of. It stays with whoever asked for it until they counter
    with it; None for a draft of the plan."""

    def parsed(self) -> Value:
        """Return the value as its model. Raises pydantic.ValidationError where it does not fit."""
        return parse_value(self.kind, self.value)
