"""What every reader hands on: the blocks of a document in reading order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from coach_assist.errors import UsageError
from coach_assist.plan.units import Party

Format = Literal["markdown", "text", "docx", "pdf", "plan", "drafts", "bundle"]
BlockKind = Literal["heading", "paragraph", "item", "row"]


class ReadFault(UsageError):
    """A file that is not read, and why (exit code 2). The file itself is never touched."""


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row, as plain text."""

    kind: BlockKind
    text: str
    place: int
    """Where it stands, from 1: a line (text, Markdown, PDF) or a paragraph (Word)."""
    level: int = 0
    """Headings: 1 to 6. Items: depth of nesting, from 1."""
    label: str = ""
    """The words in bold that lead the text and end in a colon; `text` is what follows them."""
    cells: tuple[str, ...] = ()
    """The cells of a row; `text` holds them joined."""
    columns: tuple[str, ...] = ()
    """The titles of the columns of a row's table; empty where the table has none."""
    lead_in: bool = False
    """A short paragraph with a list right below it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read. JSON of our own has `units` already; everything else has `blocks`."""

    name: str
    format: Format
    digest: str
    """SHA-256 of the bytes, hexadecimal."""
    text: str
    """All its text, for what is told by the whole."""
    blocks: tuple[Block, ...] = ()
    units: tuple[dict[str, Any], ...] | None = None
    """Units of our own JSON: {"id", "kind", "value"}."""
    open_units: tuple[str, ...] = ()
    """Kinds of units that an export names without their text, because they are not agreed yet."""
    place_word: str = "line"
    """What `Block.place` counts."""
    remarks: tuple[str, ...] = field(default=())
    """What a reader should know: pages without text, deleted text that was passed over."""
    names: Mapping[Party, str] = field(default_factory=dict)
    """The parties' names, where the file itself says them (a signed bundle)."""
