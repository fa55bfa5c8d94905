"""What a document was mapped to: units with their places, and what was left over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pydantic import JsonValue

from coach_assist.plan.units import UnitKind

ReadsAs = Literal["plan", "pip", "template", "other"]
"""plan: parts of a plan were found. pip: it reads as a performance improvement plan or another formal step.
template: a form that is mostly not filled in. other: no part of a plan was found."""


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of the document that a unit rests on."""

    place: int
    text: str
    by_model: bool = False
    """The model said what it is; else headings, labels, columns or the file itself did."""


@dataclass(frozen=True, slots=True)
class MappedUnit:
    """One unit found in a document, its texts word for word."""

    id: str
    kind: UnitKind
    value: dict[str, JsonValue]
    sources: tuple[Source, ...]
    by: Literal["document", "file"] = "document"
    """Whether its kind was read out of a document, or is what the file says (our JSON)."""
    lacks: tuple[str, ...] = ()
    """Fields that the unit needs and the document does not tell, such as the date of a milestone."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Text that no rule placed."""

    place: int
    text: str
    heading: str
    about: str = ""
    """What it is about where that is known and no unit holds it ("obstacle"); else empty."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """The outcome for one document."""

    reads_as: ReadsAs
    signs: tuple[str, ...]
    """The words by which a PIP was recognised."""
    units: tuple[MappedUnit, ...]
    unplaced: tuple[Unplaced, ...]
    blanks: int
    """How many places are still to be filled in."""
    names: dict[str, str] = field(default_factory=dict)
    """"team_member" and "manager", where the document names them by a label."""
    signature: bool = False
    """Whether it has a place for signatures."""
