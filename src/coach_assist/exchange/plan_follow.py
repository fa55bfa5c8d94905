"""What happened since the plan was agreed, as it stands in an export: progress, notes, survey, closing."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from coach_assist.plan.units import Decimal, Line, Party, Text, UnitId, Value

GoalStatus = Literal["open", "done", "changed", "dropped"]
NoteRole = Literal[
    "observation", "thanks", "obstacle", "recognition", "reflection", "talk", "next_step",
    "progress", "achievement", "feedback", "decision", "adjustment",
]  # fmt: skip
"""The last five are kinds of items of a summary that both have accepted."""


class ReadingJson(Value):
    """A value of a goal's metric on a day."""

    day: date
    value: Decimal | None
    words: Text | None
    """How it stands in words, where it is no number."""
    evidence: Text | None
    by: Line
    """Who wrote it down."""


class GoalStateJson(Value):
    """One goal: its status, and the values since."""

    goal: UnitId
    statement: Text
    status: GoalStatus
    reason: Text | None
    standing: Line
    """The newest value against the expected line, in words."""
    expected: Decimal | None
    """Where the line from baseline to target stands on the day of the export; null: there is no line."""
    readings: list[ReadingJson]


class DueJson(Value):
    """Something that was to be done, and whether it was."""

    kind: Literal["support", "activity", "milestone"]
    unit: UnitId
    who: Line | None
    what: Text
    due: date | None
    state: Line


class QuestionJson(Value):
    """A question that a rule raises where the plan stands still; it is no verdict on anybody."""

    about: Text
    question: Text
    adjustments: list[Line]


class ProgressJson(Value):
    """How the plan stands. States of the plan, never of a person."""

    held: list[date]
    """The days on which check-ins were held."""
    next_check_in: date | None
    goals: list[GoalStateJson]
    due: list[DueJson]
    """Promises first, the manager's own before the others; next steps are among the notes."""
    questions: list[QuestionJson]
    """For the two parties only."""


class NoteJson(Value):
    """A text that its writer released to the other party, or an item of a summary that both accepted."""

    role: NoteRole
    by: Line
    day: date
    text: Text
    owner: Line | None
    due: date | None
    state: Line | None
    """Next steps: done, overdue, open."""


class ScoreJson(Value):
    """One answer to the survey, from 1 (not at all) to 5 (fully)."""

    question: Line
    score: int = Field(ge=1, le=5)


class SurveyJson(Value):
    """What one party says of the coaching itself."""

    party: Party
    scores: list[ScoreJson] = Field(max_length=20)
    words: Text | None


class OutcomeJson(Value):
    """What became of one goal."""

    goal: UnitId
    statement: Text
    outcome: Literal["done", "changed", "dropped"]
    reason: Text | None


class ClosingJson(Value):
    """The closing page that both have signed."""

    day: date
    outcomes: list[OutcomeJson]
    learned_team_member: Text | None
    learned_manager: Text | None
    recognition: Text | None
    next_area: Text | None
