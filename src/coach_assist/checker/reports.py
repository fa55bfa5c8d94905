"""What the checker says: verdicts, findings, fixes and deadlines, as frozen values.

They are named tuples, which cost a tenth of what frozen dataclasses cost when the program starts.
Offsets are Unicode code points in the text exactly as it was given, `end` exclusive.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

Verdict = Literal["met", "unmet", "unknown"]
Level = Literal["error", "warning", "note"]
Letter = Literal["S", "M", "A", "R", "T"]
LETTERS: tuple[Letter, ...] = ("S", "M", "A", "R", "T")
LEVELS: tuple[Level, ...] = ("error", "warning", "note")


class Edit(NamedTuple):
    """Replace the code points `start` to `end` of the text by `text`."""

    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """A change that can be applied. `safe` ones add no word and no placeholder."""

    message: str
    edits: tuple[Edit, ...]
    safe: bool


class Finding(NamedTuple):
    """What one rule says of one place in a text. For a whole plan, `where` names the place."""

    code: str
    level: Level
    start: int
    end: int
    message: str
    fix: Fix | None = None
    where: str = ""
    """Plan findings: the place, such as "goals[0].statement", or the id of a unit; else empty."""

    def to_json(self) -> dict[str, object]:
        """Return the finding as JSON-ready data: code, level, start, end, message, fix (or null)."""
        fix = self.fix
        data: dict[str, object] = {
            "code": self.code,
            "level": self.level,
            "start": self.start,
            "end": self.end,
            "message": self.message,
            "fix": None
            if fix is None
            else {
                "message": fix.message,
                "safe": fix.safe,
                "edits": [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in fix.edits],
            },
        }
        if self.where:
            data["where"] = self.where
        return data


class Deadline(NamedTuple):
    """The end point that a text names. `date` is None where the text alone does not date it."""

    kind: str
    """date, month, quarter, half, year, fiscal_year, week, weekday, period, sprint, holiday, event, field."""
    date: date | None
    start: int
    end: int
    ambiguous: bool = False
    """Two calendar readings are possible (3/4/2027), and the settings' order was taken."""

    def to_json(self) -> dict[str, str | None]:
        """Return {"kind", "date"}; the date is ISO or null."""
        return {"kind": self.kind, "date": self.date.isoformat() if self.date else None}


class Context(NamedTuple):
    """What stands around a goal: other fields and the plan's own dates. All optional.

    The checker never reads the clock: without `today`, `start` or `end` no date is past.
    """

    due: date | None = None
    """The due-date field beside the goal."""
    focus: str | None = None
    """The plan's development area."""
    relevance: str | None = None
    """The "why it matters" field."""
    heading: str | None = None
    next_sentence: str | None = None
    today: date | None = None
    start: date | None = None
    """First day of the plan; relative spans count from it, or from `today`."""
    end: date | None = None
    """Last day of the plan."""
    achievable: str | None = None
    """The "what makes it achievable" field."""
    metric: str | None = None
    """The metric field, in words ("tickets answered in a day, from 60 to 90 %")."""

    @classmethod
    def from_json(cls, data: dict[str, object]) -> Context:
        """Read {"due", "focus", "relevance", "heading", "next_sentence", "today", "start", "end", …}.

        Unknown keys are ignored. Raises ValueError where a value has the wrong type or a date is not ISO.
        """
        values: dict[str, date | str | None] = {}
        for name in cls._fields:
            value = data.get(name)
            if value is None or value == "":
                continue
            if not isinstance(value, str):
                raise ValueError(f"context.{name} must be text")
            if name in {"due", "today", "start", "end"}:
                try:
                    values[name] = date.fromisoformat(value)
                except ValueError:
                    raise ValueError(f"context.{name} is not a date such as 2026-12-31") from None
            else:
                values[name] = value
        return cls(**values)  # type: ignore[arg-type]


class GoalReport(NamedTuple):
    """What the checker says of one goal."""

    text: str
    verdicts: dict[Letter, Verdict]
    reasons: dict[Letter, str]
    spans: dict[Letter, tuple[int, int] | None]
    """Where the evidence for a verdict stands; None where it is an absence or lies in the context."""
    deadline: Deadline | None
    findings: tuple[Finding, ...] = ()

    @property
    def vague(self) -> bool:
        """Whether S, M or T is unmet."""
        return any(self.verdicts[letter] == "unmet" for letter in ("S", "M", "T"))

    @property
    def smart(self) -> bool:
        """Whether S, M and T are all met."""
        return all(self.verdicts[letter] == "met" for letter in ("S", "M", "T"))

    def to_json(self) -> dict[str, object]:
        """Return verdicts, reasons, deadline and findings as JSON-ready data."""
        return {
            "verdicts": dict(self.verdicts),
            "reasons": dict(self.reasons),
            "deadline": self.deadline.to_json() if self.deadline else None,
            "findings": [finding.to_json() for finding in self.findings],
        }


class PlanReport(NamedTuple):
    """What the checker says of a whole plan."""

    kind: Literal["coaching_plan", "pip"]
    """`pip`: the document reads as a performance improvement plan or a disciplinary one."""
    pip_signs: tuple[str, ...]
    """The words by which a PIP was recognised."""
    findings: tuple[Finding, ...]
    """Findings of the P rules, and of the B and L rules on every free text; `where` names the place."""
    goals: tuple[GoalReport, ...] = ()
    """One report for each goal, in order."""
