"""Makes small signed histories for tests: two parties, any number of copies that go on by themselves."""

from __future__ import annotations

from dataclasses import dataclass, field

from coach_assist.agreement.bodies import (
    Body,
    CommentBody,
    DecideBody,
    OpenBody,
    PartyKey,
    PartyKeys,
    ProposeBody,
)
from coach_assist.agreement.events import Record, body_hash, make_record
from coach_assist.agreement.history import History
from coach_assist.agreement.keys import SigningKey

PLAN = "a" * 26
AT = "2026-11-25T09:30:00Z"
KEYS = {"team_member": SigningKey(bytes([1]) * 32), "manager": SigningKey(bytes([2]) * 32)}
STRANGER = SigningKey(bytes([3]) * 32)
UNIT, OTHER_UNIT = "goalgoal22", "goalgoal33"


def opening(plan: str = PLAN, by: str = "manager") -> Record:
    parties = PartyKeys(
        team_member=PartyKey(name="Noor", key=KEYS["team_member"].public, custody="this machine"),
        manager=PartyKey(name="Bo", key=KEYS["manager"].public, custody="this machine"),
    )
    return make_record("open", OpenBody(parties=parties), plan=plan, key=KEYS[by], at=AT, parents=frozenset())


@dataclass
class Copy:
    """One machine's copy of a plan."""

    history: History = field(default_factory=lambda: History().extended([opening()]))

    def add(self, party: str, kind: str, body: Body, parents: frozenset[str] | None = None) -> str:
        key = KEYS[party]
        record = make_record(
            kind,
            body,
            plan=PLAN,
            key=key,
            at=AT,
            parents=self.history.parents_for(key.fingerprint) if parents is None else parents,
        )
        self.history = self.history.extended([record])
        return record.id

    def propose(
        self,
        party: str,
        text: str,
        *,
        unit: str = UNIT,
        base: str | None = None,
        settles: tuple[str, ...] = (),
        removal: bool = False,
        kind: str = "goal",
        value: dict | None = None,
    ) -> str:
        if value is None and not removal:
            value = {"statement": text}
        body = ProposeBody(
            unit=unit,
            kind=kind,
            value=value,
            base=base,
            settles=list(settles),
            removal=removal,
            origin="person",
        )
        return self.add(party, "propose", body)

    def decide(self, party: str, proposal: str, decision: str) -> str:
        shown = self.history.events[proposal].core.body_hash
        return self.add(party, "decide", DecideBody(proposal=proposal, shown=shown, decision=decision))

    def both_accept(self, proposal: str) -> str:
        self.decide("team_member", proposal, "accept")
        self.decide("manager", proposal, "accept")
        return proposal

    def reason(self, party: str, about: str, text: str) -> str:
        return self.add(party, "comment", CommentBody(about=about, role="reason", text=text))

    def branch(self) -> Copy:
        return Copy(self.history)

    def merge(self, other: Copy) -> None:
        self.history = self.history.extended(other.history.records())


def small_history() -> Copy:
    """A history with every kind of event: opened, proposed, countered, declined with a reason, agreed."""
    copy = Copy()
    first = copy.propose("manager", "Answer faster")
    declined = copy.decide("team_member", first, "decline")
    copy.reason("team_member", declined, "Faster than what?")
    second = copy.propose("team_member", "Answer 8 of 10 mails within a day by 31 March 2027")
    copy.decide("team_member", second, "accept")
    copy.decide("manager", second, "accept")
    return copy


def remade(record: Record, **changes: bytes | None) -> Record:
    """A record with some of its bytes replaced, everything else as it was."""
    fields = {
        "id": record.id,
        "core": record.core,
        "sig": record.sig,
        "salt": record.salt,
        "body": record.body,
    }
    return Record(**{**fields, **changes})


__all__ = [
    "AT",
    "KEYS",
    "OTHER_UNIT",
    "PLAN",
    "STRANGER",
    "UNIT",
    "Copy",
    "body_hash",
    "opening",
    "remade",
    "small_history",
]
