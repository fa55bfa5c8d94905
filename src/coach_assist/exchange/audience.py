"""WHOM an export is for decides what is in it: one table, and every format goes by it.

What a table row leaves out is left out before any format sees the plan, so that no format can show it.
Drafts, answers, private notes, comments, and proposals that are not agreed are in no row at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Audience = Literal["all", "both", "team_member", "manager", "managers_manager", "hr"]
Part = Literal[
    "agreed", "statement", "signatures", "open", "progress", "closing", "said", "questions", "survey"
]
ExportFormat = Literal["md", "json", "docx", "pdf", "agreement", "agenda", "guide", "ics", "signed"]
FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)
PARTS: Mapping[Part, str] = {
    "agreed": "the agreed plan, as it is in force",
    "statement": "the team member's statement",
    "signatures": "who signed it, when, with which key, and the hash of the plan",
    "progress": "check-ins held, values and their evidence, promises kept or overdue, milestones",
    "closing": "the closing page that both signed",
    "open": "which parts wait for a decision (their names, never their texts)",
    "said": "notes that were released, and summaries that both accepted: next steps, things to talk about, "
    "thanks, obstacles",
    "questions": "questions that rules raise where the plan stands still",
    "survey": "what each said of the coaching, once released",
}
"""Part → what it is, in the words of the documentation."""

_READABLE: tuple[ExportFormat, ...] = ("md", "json", "docx", "pdf", "agreement")
_BETWEEN_TWO: tuple[ExportFormat, ...] = ("agenda", "guide", "ics", "signed")
_VIEWERS: frozenset[Part] = frozenset({"agreed", "statement", "signatures", "progress", "closing"})
_PARTIES: frozenset[Part] = frozenset(PARTS)


@dataclass(frozen=True, slots=True)
class AudienceRule:
    """One row of the table."""

    title: str
    """Who that is, in words."""
    parts: frozenset[Part]
    formats: tuple[ExportFormat, ...]
    outside: bool = False
    """Neither party reads it: the history says that the copy was made, and by whom."""


AUDIENCES: Mapping[Audience, AudienceRule] = {
    "all": AudienceRule("both parties and the readers to whom both agreed", _VIEWERS | {"open"}, _READABLE),
    "both": AudienceRule("both parties", _PARTIES, _BETWEEN_TWO),
    "team_member": AudienceRule("the team member", _PARTIES, FORMATS),
    "manager": AudienceRule("the manager", _PARTIES, FORMATS),
    "managers_manager": AudienceRule("the manager's manager", _VIEWERS, (*_READABLE, "signed"), outside=True),
    "hr": AudienceRule("HR", _VIEWERS, (*_READABLE, "signed"), outside=True),
}
"""Audience → what it gets. `all` and `both` are taken where nobody is named."""

NAMED: tuple[Audience, ...] = ("team_member", "manager", "managers_manager", "hr")
"""The audiences that can be asked for by name."""


def default_audience(export_format: ExportFormat) -> Audience:
    """Return for whom a format is where nobody is named."""
    return "all" if export_format in AUDIENCES["all"].formats else "both"
