"""Sign-off: both parties sign the hash of the whole agreed plan, as it stood at heads that they name.

A sign-off counts if the plan at its heads has its hash and its revision is the next one. It is in force
when both parties' sign-offs name the same hash and heads. Until the second is made, the first can be
taken back: by withdrawing something it covers, or by signing another plan, where the second signer knew
of that. Afterwards no decision against what is signed has any effect, unless the signed plan itself
rests on it; only a later sign-off of both replaces it.

A viewer's copy lacks bodies, so that what both signed may not be readable in it: such a plan counts as a
revision all the same, and `proved` says that this copy does not show it whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from coach_assist.agreement.bodies import DecideBody, EraseBody, SignOffBody
from coach_assist.agreement.canonical import encode
from coach_assist.agreement.force import in_force
from coach_assist.agreement.history import History
from coach_assist.agreement.said import Known, Said, gather
from coach_assist.agreement.verify import Event
from coach_assist.plan.units import PARTIES, Party

PLAN_CONTEXT = b"coach-assist/plan/v1\x00"
MAX_PLAN_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SignOff:
    """One party's signature under the whole plan."""

    event: str
    party: Party
    plan_hash: str
    heads: tuple[str, ...]
    revision: int
    at: str
    problem: str | None
    """Why it does not count; None where it does."""
    proved: bool = True
    """False where this copy lacks bodies that the hash covers, so that it cannot be recomputed here."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A plan that both parties have signed."""

    revision: int
    plan_hash: str
    heads: tuple[str, ...]
    proposals: frozenset[str]
    """The proposals in force in it, agreed removals among them."""
    signatures: Mapping[Party, tuple[str, ...]]
    """The sign-off events of each party."""
    rests_on: frozenset[str]
    """All events up to its heads."""
    proved: bool = True
    """Whether this copy holds all that was signed; False only in a copy that lacks bodies."""


@dataclass(frozen=True, slots=True)
class SignOffs:
    """All sign-offs of a history, and what they come to."""

    all: tuple[SignOff, ...]
    signed: tuple[Signed, ...]
    """Every plan that both have signed."""
    in_force: Signed | None
    rivals: tuple[Signed, ...]
    """Signed plans none of which follows the others; empty where all is well."""

    @property
    def protected(self) -> dict[str, frozenset[str]]:
        """Return each signed proposal with the events on which its signed plan rests."""
        found: dict[str, frozenset[str]] = {}
        for signed in self.signed:
            for one in signed.proposals:
                found[one] = found.get(one, signed.rests_on) & signed.rests_on
        return found


def plan_hash(plan: str, proposals: Mapping[str, Said], agreed: frozenset[str]) -> str:
    """Return the hash (64 hex digits) of an agreed plan: which proposal is in force in which unit.

    A proposal's id covers its text, so the hash covers every text of the plan.
    """
    units: list[JsonValue] = [
        {"kind": proposals[one].body.kind, "proposal": one, "unit": proposals[one].body.unit}
        for one in sorted(agreed)
    ]
    whole = encode({"plan": plan, "units": units}, limit=MAX_PLAN_BYTES)
    return hashlib.sha256(PLAN_CONTEXT + whole).hexdigest()


def sign_offs(history: History, known: Known = None) -> SignOffs:
    """Return all sign-offs in (a part of) a history and what is in force by them."""
    return _Reader(history).read(known)


class _Reader:
    """Reads sign-offs; what was found for the same heads is kept, because each one needs those before it."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._by_heads: dict[tuple[str, ...], tuple[str, frozenset[str], int, frozenset[str]]] = {}

    def read(self, known: Known) -> SignOffs:
        made = [
            event
            for event in self._history.in_order()
            if isinstance(event.body, SignOffBody) and (known is None or event.id in known)
        ]
        if not made:
            return SignOffs((), (), None, ())
        every = tuple(self._sign_off(event) for event in made)
        groups: dict[tuple[str, tuple[str, ...]], list[SignOff]] = {}
        for one in every:
            if one.problem is None:
                groups.setdefault((one.plan_hash, one.heads), []).append(one)
        signed = tuple(found for group in groups.values() if (found := self._both(group, known)) is not None)
        return self._conclude(every, signed)

    def _sign_off(self, event: Event) -> SignOff:
        body = event.body
        assert isinstance(body, SignOffBody)
        heads = tuple(body.heads)
        actual, _, revision, known = self._plan_at(heads)
        problem = None
        proved = True
        if body.plan_hash != actual and _lacks(self._history, known, "propose", "decide"):
            proved = False
        elif body.plan_hash != actual:
            problem = "the plan at its heads has another hash"
        elif body.revision != revision:
            problem = (
                f"it calls itself revision {body.revision}, the plan at its heads is revision {revision}"
            )
        party = self._history.authors[event.by].party
        return SignOff(event.id, party, body.plan_hash, heads, body.revision, event.core.at, problem, proved)

    def _plan_at(self, heads: tuple[str, ...]) -> tuple[str, frozenset[str], int, frozenset[str]]:
        """Return (plan hash, proposals in force, revision that a sign-off makes, events known) at heads."""
        if heads not in self._by_heads:
            known = self._history.known_at(heads)
            before = self.read(known)
            spoken = gather(self._history, known, before.protected)
            agreed = in_force(spoken).agreed
            found = plan_hash(str(self._history.plan), spoken, agreed)
            self._by_heads[heads] = (found, agreed, len(before.signed) + 1, known)
        return self._by_heads[heads]

    def _both(self, group: list[SignOff], known: Known) -> Signed | None:
        """Return the signed plan where both parties' sign-offs in the group meet."""
        first = group[0]
        _, proposals, revision, rests_on = self._plan_at(first.heads)
        meeting = [
            (one, other)
            for one in group
            for other in group
            if one.party == "team_member" and other.party == "manager"
            and not self._taken_back(one, other, proposals, known)
            and not self._taken_back(other, one, proposals, known)
        ]  # fmt: skip
        if not meeting:
            return None
        signatures = {
            party: tuple(sorted({pair[place].event for pair in meeting}))
            for place, party in enumerate(PARTIES)
        }
        proved = first.proved and not any(
            _lacks(self._history, _between(self._history, one, other), "decide", "sign_off")
            for pair in meeting
            for one, other in (pair, pair[::-1])
        )
        return Signed(revision, first.plan_hash, first.heads, proposals, signatures, rests_on, proved)

    def _taken_back(self, one: SignOff, other: SignOff, proposals: frozenset[str], known: Known) -> bool:
        """Say whether `one`'s signer had changed their mind, and `other`'s signer knew it when signing."""
        return any(
            _against(self._history.events[event], proposals)
            for event in _between(self._history, one, other)
            if known is None or event in known
        )

    def _conclude(self, every: tuple[SignOff, ...], signed: tuple[Signed, ...]) -> SignOffs:
        newest = tuple(one for one in signed if not any(self._before(one, other) for other in signed))
        if len(newest) == 1:
            return SignOffs(every, signed, newest[0], ())
        below = [one for one in signed if newest and all(self._before(one, other) for other in newest)]
        last = [one for one in below if not any(self._before(one, other) for other in below)]
        return SignOffs(every, signed, last[0] if len(last) == 1 else None, newest)

    def _before(self, one: Signed, other: Signed) -> bool:
        """Say whether both parties signed `other` after `one`."""
        return one is not other and all(
            any(self._history.precedes(a, b) for a in one.signatures[party] for b in other.signatures[party])
            for party in PARTIES
        )


def decided_between(history: History, found: SignOffs) -> frozenset[str]:
    """Return the events by which a signer could have gone back before the other one signed."""
    good = [one for one in found.all if one.problem is None]
    return frozenset().union(
        *(
            _between(history, one, other)
            for one in good
            for other in good
            if one.party != other.party and (one.plan_hash, one.heads) == (other.plan_hash, other.heads)
        )
    )


def _between(history: History, one: SignOff, other: SignOff) -> frozenset[str]:
    """Return the events by `one`'s signer after it that `other`'s signer knew when signing."""
    if not history.precedes(one.event, other.event):
        return frozenset()
    return frozenset(
        event.id
        for event in history.events.values()
        if history.authors[event.by].party == one.party
        and history.precedes(one.event, event.id)
        and history.precedes(event.id, other.event)
    )


def _lacks(history: History, ids: frozenset[str], *kinds: str) -> bool:
    """Say whether a body of these kinds is withheld among these events."""
    return any(
        history.events[one].body is None and history.events[one].kind in kinds and one not in history.erased
        for one in ids
    )


def _against(event: Event, proposals: frozenset[str]) -> bool:
    match event.body:
        case SignOffBody():
            return True
        case EraseBody(event=target):
            return target in proposals
        case DecideBody(proposal=target, decision=decision):
            return decision in ("withdraw", "decline") and target in proposals
    return False
