"""One line of notes: as given, and what code reads of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coach_assist.assistant.notes.headings import NO_SECTION, Section, Sense
from coach_assist.assistant.notes.speakers import Label

Form = Literal["blank", "heading", "rule", "item", "text", "row"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 1, as given, and what code reads of it.

    `depth` is the column of its list mark or text; `words` the text without list mark, label and markup;
    `speaker` "" for a line that nobody is named for; `done` says of a checkbox: ticked, open, or None;
    `sign` is what a sign before it says (✅, 🚧), `by` who wrote it by the headers of a mail or a chat.
    """

    number: int
    given: str
    form: Form
    depth: int = 0
    text: str = ""
    words: str = ""
    speaker: str = ""
    label: Label | None = None
    done: bool | None = None
    section: Section = NO_SECTION
    sign: Sense = ""
    by: str = ""
