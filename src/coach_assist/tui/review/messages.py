"""What was decided, as a message: tests assert on it, other widgets may listen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from coach_assist.plan.units import Party


@dataclass
class Decided(Message):
    """One party decided on one proposal (accept, decline, counter, talk), and it is on disk."""

    proposal: str
    party: Party
    decision: str
