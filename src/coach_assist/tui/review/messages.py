"""What was decided and what came, as messages: tests assert on them, other widgets may listen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from coach_assist.errors import CoachError
    from coach_assist.flows.another import Another
    from coach_assist.plan.units import Party


@dataclass
class Decided(Message):
    """One party decided on one proposal (accept, decline, counter, talk, withdraw), and it is on disk."""

    proposal: str
    party: Party
    decision: str


@dataclass
class VersionReady(Message):
    """Another version of a proposal came, or none did. `without`: why no model could be asked, if so."""

    found: Another
    without: CoachError | None = None


@dataclass
class VersionFailed(Message):
    """No version could be made; the proposal and an earlier version are as they were."""

    error: CoachError
