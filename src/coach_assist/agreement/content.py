"""What a signed event may not say of others: a decision on another text, a base of another unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from coach_assist.agreement.blind_bodies import AnswersBody, ReleaseBody, answers_hash
from coach_assist.agreement.bodies import Body, CommentBody, DecideBody, EraseBody, ProposeBody
from coach_assist.agreement.follow_bodies import follow_contradiction
from coach_assist.agreement.joining_bodies import MEMBERS_OWN
from coach_assist.agreement.opportunity_bodies import opportunity_by_another, opportunity_contradiction
from coach_assist.agreement.summary_bodies import summary_contradiction
from coach_assist.agreement.verify import Event
from coach_assist.plan.units import SINGLE_KINDS, Party

ERASABLE = frozenset({"propose", "comment", "note", "statement", "answers", "summary", "opportunity"})
"""Kinds whose texts their authors may erase while they are not agreed."""


def contradiction(body: Body, events: Mapping[str, Event]) -> str | None:
    """Return in words what cannot be in `body`, given the events that it names; None where it can.

    Where a named event's own body is withheld, only what its core shows is compared.
    """
    match body:
        case DecideBody():
            return _decision(body, events)
        case ProposeBody():
            return _proposal(body, events)
        case AnswersBody():
            return _answers(body, events)
        case CommentBody(role="comment", about=target):
            return None if events[target].kind == "propose" else "it remarks on something that is no proposal"
        case EraseBody(event=target):
            erasable = events[target].kind in ERASABLE
            return None if erasable else "it erases what cannot be erased"
    return (
        follow_contradiction(body, events)
        or summary_contradiction(body, events)
        or opportunity_contradiction(body, events)
    )


def by_another(kind: str, party: Party) -> str | None:
    """Return in words why this party may not sign an event of this kind; None where it may."""
    if kind in MEMBERS_OWN and party != "team_member":
        return "it joins, leaves or speaks for the team member, and is not by them"
    return opportunity_by_another(kind, party)


def for_the_other(body: Body, mine: Party, party_of: Callable[[str], Party]) -> str | None:
    """Return in words what only the other party could say; None where it is one's own.

    `mine` is its author's party; `party_of` gives the party of an event that it names.
    """
    match body:
        case EraseBody(event=named) if party_of(named) != mine:
            return "it erases a text of the other party"
        case DecideBody(confirms=str() as named) if party_of(named) != mine:
            return "it confirms a decision of the other party"
        case CommentBody(about=named, role="reason") if party_of(named) != mine:
            return "it gives a reason for what the other party did"
        case AnswersBody(release=named) if party_of(named) != mine:
            return "it shows answers of the other party"
    return None


def same_place(one: ProposeBody, other: ProposeBody) -> bool:
    """Say whether two proposals are about the same place in the plan.

    That is the same unit, or, for kinds of which a plan holds at most one, the same kind.
    """
    if one.kind != other.kind:
        return False
    return one.unit == other.unit or one.kind in SINGLE_KINDS


def _decision(body: DecideBody, events: Mapping[str, Event]) -> str | None:
    target = events[body.proposal]
    if target.kind != "propose":
        return "it decides on something that is no proposal"
    if target.core.body_hash != body.shown:
        return f"it decides on another text than that of {body.proposal[:12]}"
    if body.confirms is not None and events[body.confirms].kind != "decide":
        return "it confirms something that is no decision"
    confirmed = events[body.confirms].body if body.confirms is not None else None
    if isinstance(confirmed, DecideBody) and confirmed.proposal != body.proposal:
        return "it confirms a decision on another proposal"
    return None


def _answers(body: AnswersBody, events: Mapping[str, Event]) -> str | None:
    release = events[body.release]
    if release.kind != "release":
        return "it shows answers of something that is no release"
    promised = release.body.answers_hash if isinstance(release.body, ReleaseBody) else None
    if promised is not None and answers_hash(body.salt, dict(body.answers)) != promised:
        return "it shows other answers than those that were promised"
    return None


def _proposal(body: ProposeBody, events: Mapping[str, Event]) -> str | None:
    for one in (body.base, body.counters, *body.settles):
        if one is not None and events[one].kind != "propose":
            return f"it builds on {one[:12]}, which is no proposal"
    for one in (body.base, *body.settles):
        target = events[one].body if one is not None else None
        if isinstance(target, ProposeBody) and not same_place(body, target):
            return f"it would replace {str(one)[:12]}, which is another unit"
    return None
