"""Whose keys may act in a plan: the two that the opening event pins, and those that follow by rotation."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from coach_assist.agreement.bodies import Custody, OpenBody, PartyKey, RotateBody
from coach_assist.agreement.faults import Fault
from coach_assist.agreement.keys import fingerprint_of, rotation_proved, signature_holds
from coach_assist.agreement.verify import Event
from coach_assist.plan.units import PARTIES, Party

CHECKED_CONTEXT = b"coach-assist/checked/v1\x00"


def checked_digest(event: str, sig: bytes, key: str) -> bytes:
    """Return the digest (32 bytes) that stands for a signature, its event's id and the public key in hex."""
    return hashlib.sha256(CHECKED_CONTEXT + bytes.fromhex(event) + bytes.fromhex(key) + sig).digest()


@dataclass(frozen=True, slots=True)
class Author:
    """One key of one party."""

    party: Party
    key: str
    """The raw public key in hex."""
    custody: Custody
    since: frozenset[str]
    """The events that brought the key into the plan."""
    seal: str | None = None
    """The age recipient of its owner, where it was said."""


class Authors:
    """The keys of a plan by their fingerprints."""

    __slots__ = ("_by_fingerprint",)

    def __init__(self) -> None:
        self._by_fingerprint: dict[str, Author] = {}

    def __getitem__(self, fingerprint: str) -> Author:
        return self._by_fingerprint[fingerprint]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_fingerprint)

    def get(self, fingerprint: str) -> Author | None:
        """Return whose key it is, or None where it is nobody's in this plan."""
        return self._by_fingerprint.get(fingerprint)

    def copy(self) -> Authors:
        """Return the same keys, to which more can be added."""
        other = Authors()
        other._by_fingerprint = dict(self._by_fingerprint)
        return other

    def pin(self, body: OpenBody, event: str) -> None:
        """Take in both keys of the opening event."""
        for party in PARTIES:
            pinned: PartyKey = getattr(body.parties, party)
            author = Author(party, pinned.key, pinned.custody, frozenset({event}))
            self._by_fingerprint[fingerprint_of(pinned.key)] = author

    def signed(self, event: Event, checked: frozenset[bytes] = frozenset()) -> Fault | None:
        """Check that an event's signature is by the key of a party.

        `checked` holds digests of signatures that were checked before (see checked_digest): for these,
        and only for exactly this id, signature and key, the arithmetic is not done again.
        """
        author = self.get(event.by)
        if author is None:
            return Fault("author", "its author is no party of this plan", event.id)
        sig = event.record.sig
        known = bool(checked) and checked_digest(event.id, sig, author.key) in checked
        if not known and not signature_holds(author.key, event.id, sig):
            return Fault("signature", "its signature is not by the key that it names", event.id)
        return None

    def may_act(self, event: Event, knows: Callable[[str], bool], own: tuple[Event, ...]) -> Fault | None:
        """Check that the author's key was in use where the event stands.

        `knows` says whether an event is among the ancestors, `own` are the author's previous events.
        """
        if not any(knows(one) for one in self[event.by].since):
            return Fault("author", "its author's key came into this plan only after it", event.id)
        if any(one.kind == "rotate" for one in own):
            return Fault("author", "its author had given this key up", event.id)
        return None

    def rotate(self, event: Event) -> Fault | None:
        """Take in a party's new key, once the new key itself has proved that it takes over."""
        body = event.body
        if not isinstance(body, RotateBody):
            return Fault("content", "a change of key cannot be withheld", event.id)
        author, fresh = self[event.by], fingerprint_of(body.key)
        if body.party != author.party:
            return Fault("content", "it changes the other party's key", event.id)
        if not rotation_proved(body.key, event.core.plan, event.by, bytes.fromhex(body.proof)):
            return Fault("signature", "the new key has not proved itself", event.id)
        made = Author(body.party, body.key, body.custody, frozenset({event.id}), body.seal)
        known = self.get(fresh)
        if known is not None:
            if known.party != made.party:
                return Fault("content", "the new key is the other party's", event.id)
            made = _joined(known, made)
        self._by_fingerprint[fresh] = made
        return None


def _joined(one: Author, other: Author) -> Author:
    """Join what two events said of one key, the same whichever came first: the weaker custody counts."""
    custody: Custody = "this machine" if "this machine" in (one.custody, other.custody) else one.custody
    seals = sorted(seal for seal in (one.seal, other.seal) if seal is not None)
    return replace(one, custody=custody, since=one.since | other.since, seal=seals[0] if seals else None)
