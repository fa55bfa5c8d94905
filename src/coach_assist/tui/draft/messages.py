"""The draft's state as messages: requested → delta … → ready, failed or cancelled. Tests assert on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from coach_assist.errors import CoachError
    from coach_assist.flows.draft import DraftEvent, DraftResult
    from coach_assist.flows.rewrite import RewriteResult


@dataclass
class DraftRequested(Message):
    """A draft of the whole plan was asked for. `own_words`: without a model."""

    own_words: bool


@dataclass
class DraftDelta(Message):
    """Something came: a piece of a field, a finished unit, tokens and seconds."""

    event: DraftEvent


@dataclass
class DraftReady(Message):
    """The draft is complete. `result.failed` says what the model could not do."""

    result: DraftResult


@dataclass
class DraftFailed(Message):
    """No draft could be made, or not all of it; what came is kept, and so are the answers."""

    error: CoachError


class DraftCancelled(Message):
    """The person stopped it; what came is kept."""


@dataclass
class RewriteReady(Message):
    """A rewrite of one goal came. `without`: why no model could be asked, if so."""

    result: RewriteResult
    without: CoachError | None = None


@dataclass
class RewriteFailed(Message):
    """No rewrite could be made; the goal is as it was."""

    error: CoachError
