"""A page to read or print, apart from any format: headings, texts, entries, lines to write on, signatures.

Markdown, Word and PDF are written from the same page, so that none of them holds more than another.
All texts are as stored; each writer makes them inert for its format.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Labelled = tuple[str, str]
"""A label of ours, and a text of theirs."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    quiet: bool = False
    """Less important than the rest."""


@dataclass(frozen=True, slots=True)
class Details:
    """Labelled texts, one below the other."""

    fields: tuple[Labelled, ...]
    inline: bool = False
    """They are about one thing, and short: beside one another where the format can do that."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of several: a goal, a promise, a question. Its details belong to it."""

    text: str
    details: tuple[Labelled, ...] = ()
    mark: Literal["number", "box", "dot"] = "dot"
    day: str = ""
    """The label among the details that is its day: shown at the edge where there is room."""


@dataclass(frozen=True, slots=True)
class Blank:
    """Room to write by hand."""

    label: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Signature:
    """A place for a signature by hand, and what was signed with a key."""

    name: str
    role: str
    signed: str
    """What the history says: signed when, with which key; or not yet."""
    words: str
    """The fingerprint of the key in words."""


Block = Text | Details | Entry | Blank | Signature


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One document."""

    kind: str
    """What it is, in two or three words: "Development plan"."""
    title: str
    people: tuple[Labelled, ...]
    """Role → name."""
    notice: tuple[str, ...]
    """What a reader must know first, each a sentence or two."""
    sections: tuple[Section, ...]
    foot: str
    """Which plan and which state this was made from."""
    confidential: str
    """To whom it is confidential: stands on every page."""
    demo: bool = False
    numbered: bool = field(default=False)
    """Whether the headings are numbered."""
