"""Who takes part: what the team member answered, their statement, and whether the plan is over. Pure.

As elsewhere, no clock decides. Of several answers of which none builds on another, the safest counts: a
no or a leaving before a joining. A joining signed with a key that its owner had given up elsewhere does
not count; a leaving with it does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coach_assist.agreement.history import History
from coach_assist.agreement.joining_bodies import (
    JOINING_MODELS,
    EndBody,
    EndReason,
    JoinBody,
    LeaveBody,
    StatementBody,
)
from coach_assist.agreement.verify import Event
from coach_assist.plan.units import Party

Answer = Literal["joined", "no", "left"]
_SAFEST: tuple[Answer, ...] = ("left", "no", "joined")


@dataclass(frozen=True, slots=True)
class Ended:
    """One party has closed the plan."""

    event: str
    by: Party
    reason: EndReason
    words: str
    at: str


@dataclass(frozen=True, slots=True)
class Joining:
    """Where taking part stands."""

    answer: Answer | None
    """None: not asked yet, or not answered (a plan from before there was such a question, too)."""
    event: str | None
    at: str | None
    page: str | None
    """The hash of the page that was read before the answer."""
    statement: str | None
    """The team member's statement, as stored."""
    statement_event: str | None
    ended: Ended | None

    @property
    def over(self) -> bool:
        """Whether the plan is closed: by a no, by leaving, or by one party with a reason."""
        return self.answer in ("no", "left") or self.ended is not None


NOTHING_SAID = Joining(None, None, None, None, None, None, None)


def joining(history: History) -> Joining:
    """Return where taking part stands after all events of a history."""
    if not any(event.kind in JOINING_MODELS for event in history.events.values()):
        return NOTHING_SAID
    answers: list[Event] = []
    statements: list[Event] = []
    ends: list[Ended] = []
    for event in history.in_order():
        match event.body:
            case JoinBody(answer="join") if not history.in_use(event):
                pass
            case JoinBody() | LeaveBody():
                answers.append(event)
            case StatementBody() if event.id not in history.erased:
                statements.append(event)
            case EndBody(reason=reason, words=words):
                by = history.authors[event.by].party
                ends.append(Ended(event.id, by, reason, words, event.core.at))
    last = _last(history, answers)
    spoken = _newest(history, statements)
    body = last.body if last is not None else None
    return Joining(
        answer=None if last is None else _answer(last),
        event=None if last is None else last.id,
        at=None if last is None else last.core.at,
        page=body.page if isinstance(body, JoinBody) else None,
        statement=spoken.body.text if spoken and isinstance(spoken.body, StatementBody) else None,
        statement_event=None if spoken is None else spoken.id,
        ended=ends[0] if ends else None,
    )


def _last(history: History, answers: list[Event]) -> Event | None:
    standing = history.maximal([event.id for event in answers])
    events = [history.events[one] for one in standing]
    return min(events, key=lambda one: (_SAFEST.index(_answer(one)), one.id)) if events else None


def _newest(history: History, events: list[Event]) -> Event | None:
    standing = history.maximal([event.id for event in events])
    return history.events[max(standing)] if standing else None


def _answer(event: Event) -> Answer:
    match event.body:
        case JoinBody(answer="join"):
            return "joined"
        case JoinBody():
            return "no"
    return "left"
