"""What was said of each proposal: last decisions, their reasons, what a party wants to talk about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from coach_assist.agreement.bodies import CommentBody, Custody, DecideBody, EraseBody, ProposeBody, RotateBody
from coach_assist.agreement.history import History
from coach_assist.agreement.verify import Event
from coach_assist.plan.units import PARTIES, SINGLE_KINDS, Party

Settled = Literal["accept", "decline", "withdraw"]
SAFEST: tuple[Settled, ...] = ("withdraw", "decline", "accept")
Known = frozenset[str] | None
"""The ids of a part of a history that holds all of its own ancestors; None for all of it."""


@dataclass(frozen=True, slots=True)
class Comment:
    """Words that one party put beside a proposal. They decide nothing, and nobody agrees to them."""

    id: str
    by: Party
    at: str
    """When, as its author claimed; nothing rests on it."""
    custody: Custody
    """On whose machine the key lay."""
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """A proposal's event and all that was said of it, before anything is concluded."""

    event: Event
    by: Party
    body: ProposeBody
    decisions: Mapping[Party, Settled | None]
    custody: Mapping[Party, Custody]
    """On whose machine the key lay with which each party decided."""
    reasons: Mapping[Party, str]
    talk: frozenset[Party]
    decided: Mapping[Party, str]
    """The event of each party's decision that counts."""
    comments: tuple[Comment, ...]
    """In the history's own order: what was answered stands before its answer."""

    @property
    def accepted(self) -> bool:
        """Whether both parties' last decisions on exactly this proposal are accept."""
        return all(self.decisions[party] == "accept" for party in PARTIES)

    @property
    def place(self) -> tuple[str, str]:
        """Where in the plan it belongs: its unit, or its kind where a plan holds only one of it."""
        return (self.body.kind, "" if self.body.kind in SINGLE_KINDS else self.body.unit)


def gather(history: History, known: Known, protected: Mapping[str, frozenset[str]]) -> dict[str, Said]:
    """Return what was said of each readable proposal, in the history's own order.

    `protected` maps proposals that are signed to the events that the signed plan rests on: a decision
    against such a proposal counts only if it is one of those.
    """
    decided: dict[tuple[str, Party], list[Event]] = {}
    talked: dict[tuple[str, Party], list[Event]] = {}
    reasons: dict[str, str] = {}
    comments: dict[str, list[Comment]] = {}
    proposed: list[tuple[Event, ProposeBody]] = []
    given_up = _given_up(history, known)
    erased = _erased(history, known) - protected.keys()
    for event in history.in_order():
        if known is not None and event.id not in known:
            continue
        match event.body:
            case ProposeBody() as body if event.id not in erased:
                proposed.append((event, body))
            case DecideBody(proposal=target, decision=decision):
                if _counts(history, event, given_up, protected):
                    party = history.authors[event.by].party
                    said = talked if decision == "talk" else decided
                    said.setdefault((target, party), []).append(event)
            case CommentBody(about=about, role="reason", text=text) if event.id not in erased:
                reasons[about] = text
            case CommentBody(about=about, text=text) if event.id not in erased:
                if not _in_use(history, event, given_up):
                    continue  # whoever kept a key that was given up speaks for nobody
                author = history.authors[event.by]
                one = Comment(event.id, author.party, event.core.at, author.custody, text)
                comments.setdefault(about, []).append(one)
    return {
        event.id: _said(history, event, body, decided, talked, reasons, tuple(comments.get(event.id, ())))
        for event, body in proposed
    }


def _said(
    history: History,
    event: Event,
    body: ProposeBody,
    decided: Mapping[tuple[str, Party], list[Event]],
    talked: Mapping[tuple[str, Party], list[Event]],
    reasons: Mapping[str, str],
    comments: tuple[Comment, ...],
) -> Said:
    decisions: dict[Party, Settled | None] = {}
    custody: dict[Party, Custody] = {}
    said_why: dict[Party, str] = {}
    talk: set[Party] = set()
    events: dict[Party, str] = {}
    for party in PARTIES:
        own = decided.get((event.id, party), [])
        last = _last(history, own)
        decisions[party] = None if last is None else last[0]
        if last is not None:
            events[party] = last[1]
            custody[party] = history.authors[history.events[last[1]].by].custody
            if last[1] in reasons:
                said_why[party] = reasons[last[1]]
        if _still_wants_to_talk(history, talked.get((event.id, party), []), own):
            talk.add(party)
    by = history.authors[event.by].party
    if event.id in reasons:  # why it was put forward, where that accepted nothing
        said_why.setdefault(by, reasons[event.id])
    return Said(event, by, body, decisions, custody, said_why, frozenset(talk), events, comments)


def _given_up(history: History, known: Known) -> dict[str, list[str]]:
    """Return key → the events by which its owner went on with another one."""
    found: dict[str, list[str]] = {}
    for event in history.events.values():
        if isinstance(event.body, RotateBody) and (known is None or event.id in known):
            found.setdefault(event.by, []).append(event.id)
    return found


def _erased(history: History, known: Known) -> set[str]:
    """Return the texts that their authors have taken back by erasing them."""
    return {
        event.body.event
        for event in history.events.values()
        if isinstance(event.body, EraseBody) and (known is None or event.id in known)
    }


def _counts(
    history: History,
    event: Event,
    given_up: Mapping[str, list[str]],
    protected: Mapping[str, frozenset[str]],
) -> bool:
    """Say whether a decision counts at all.

    An acceptance with a key that its owner had given up elsewhere does not: whoever kept the old key
    could make any number of them. Nor does a decision against what is signed.
    """
    body = cast("DecideBody", event.body)
    if body.decision == "accept":
        return _in_use(history, event, given_up)
    rests_on = protected.get(body.proposal)
    return body.decision == "talk" or rests_on is None or event.id in rests_on


def _in_use(history: History, event: Event, given_up: Mapping[str, list[str]]) -> bool:
    """Say whether an event's key was still its owner's where the event stands."""
    changes = given_up.get(event.by, [])
    return not changes or any(history.precedes(event.id, change) for change in changes)


def _last(history: History, events: list[Event]) -> tuple[Settled, str] | None:
    """Return the decision that counts among one party's decisions on one proposal, and its event."""
    standing = history.maximal([event.id for event in events])
    found = [
        (cast("Settled", cast("DecideBody", history.events[one].body).decision), one) for one in standing
    ]
    return min(found, key=lambda one: (SAFEST.index(one[0]), one[1])) if found else None


def _still_wants_to_talk(history: History, talks: list[Event], decisions: list[Event]) -> bool:
    return any(not any(history.precedes(talk.id, one.id) for one in decisions) for talk in talks)
