"""The agreed plan, folded from a verified history. Order and clocks decide nothing; sets do.

Rules (the words are those of the design):
- a party's last decision on a proposal is the one that no later decision of theirs follows. Should
  one party's key have been used on two machines at once, so that there are several, the safest
  counts: withdraw before decline before accept. "Let us talk" is no decision: it fills the agenda.
- a proposal is accepted when both parties' last decisions on exactly it are accept.
- accepted proposals about one place replace those that they name as `base` (or settle). The one that
  nothing accepted replaces is agreed. Where several are left, that is a conflict: what they were all
  based on stays in force, if both still accept it, until people resolve it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from pydantic import JsonValue

from coach_assist.agreement.bodies import Custody, ProposeBody
from coach_assist.agreement.force import Conflict, Force, in_force
from coach_assist.agreement.history import History
from coach_assist.agreement.joining import Joining, joining
from coach_assist.agreement.said import Comment, Said, Settled, gather
from coach_assist.agreement.signoff import SignOffs, plan_hash, sign_offs
from coach_assist.agreement.verify import Event
from coach_assist.plan.drafts import Origin, Suggestion
from coach_assist.plan.units import PARTIES, VALUE_MODELS, Party, UnitKind

__all__ = ["Comment", "Conflict", "PartyInfo", "Proposal", "Settled", "State", "Status", "fold"]

Status = Literal["open", "agreed", "superseded", "conflict", "declined", "withdrawn", "outdated"]


@dataclass(frozen=True, slots=True)
class PartyInfo:
    """One party: the name that the opening event pins, and the key with which it acts now."""

    name: str
    key: str
    fingerprint: str
    custody: Custody
    seal: str | None
    """The age recipient to which copies for this party are sealed, where it is known."""
    contested: bool
    """Two keys claim to follow the same one: somebody else may hold one of them."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal and what became of it."""

    id: str
    unit: str
    kind: UnitKind
    value: Mapping[str, JsonValue] | None
    removal: bool
    base: str | None
    settles: tuple[str, ...]
    counters: str | None
    origin: Origin
    suggested: tuple[Suggestion, ...]
    by: Party
    at: str
    shown: str
    """The hash of the body: whoever decides names it, so that nothing is decided unseen."""
    decisions: Mapping[Party, Settled | None]
    custody: Mapping[Party, Custody]
    """On whose machine the key lay with which each party decided."""
    reasons: Mapping[Party, str]
    talk: frozenset[Party]
    """The parties who want to talk about it and have not decided on it since."""
    status: Status
    decided: Mapping[Party, str]
    """The event of each party's decision that counts."""
    outdated: bool
    """Something else has been agreed in its place since it was put forward."""
    comments: tuple[Comment, ...]
    """What the parties remarked on it; a remark decides nothing."""

    @property
    def accepted(self) -> bool:
        """Whether both parties' last decisions on exactly this proposal are accept."""
        return all(self.decisions[party] == "accept" for party in PARTIES)


@dataclass(frozen=True, slots=True)
class State:
    """Everything a reader needs to know of a plan at this moment."""

    plan: str
    root: str
    demo: bool
    parties: Mapping[Party, PartyInfo]
    proposals: Mapping[str, Proposal]
    agreed: Mapping[str, Proposal]
    """Unit id → the proposal in force, in the order in which a plan is read."""
    conflicts: tuple[Conflict, ...]
    plan_hash: str
    """The hash of what is agreed now: what a sign-off signs."""
    sign_offs: SignOffs
    signed: Mapping[str, Proposal]
    """Unit id → the proposal that is in force by both signatures; empty before the first sign-off."""
    heads: tuple[str, ...]
    events: int
    joining: Joining
    """Whether the team member takes part, their statement, and whether the plan is over."""

    @property
    def revision(self) -> int:
        """The revision that both have signed and that is in force; 0 before the first."""
        return self.sign_offs.in_force.revision if self.sign_offs.in_force else 0

    @property
    def in_force(self) -> Mapping[str, Proposal]:
        """What holds now, unit by unit: the signed plan, or what is agreed while none is signed."""
        return self.signed if self.sign_offs.in_force else self.agreed

    @property
    def amendments(self) -> tuple[Proposal, ...]:
        """What both have agreed since they signed; it comes into force when both sign again."""
        signed = self.sign_offs.in_force
        if signed is None:
            return ()
        agreed = (one for one in self.proposals.values() if one.status == "agreed")
        return tuple(one for one in agreed if one.id not in signed.proposals)

    def waits_for(self, party: Party) -> tuple[Proposal, ...]:
        """Return the open proposals on which this party has not decided."""
        return tuple(
            one for one in self.proposals.values() if one.status == "open" and one.decisions[party] is None
        )

    @property
    def agenda(self) -> tuple[tuple[Proposal, Party], ...]:
        """What a party wants to talk about: (proposal, who asked)."""
        return tuple(
            (one, party) for one in self.proposals.values() for party in PARTIES if party in one.talk
        )


def fold(history: History) -> State:
    """Return the state of the plan after all events of `history`. Raises Damaged on an empty one."""
    opened = history.opened
    root = cast("Event", history.root)
    signatures = sign_offs(history)
    spoken = gather(history, None, signatures.protected)
    force = in_force(spoken)
    standing = {spoken[one].place: one for one in force.agreed}
    proposals: dict[str, Proposal] = {}
    for one, said in spoken.items():
        outdated = _outdated(said.body, standing.get(said.place))
        proposals[one] = _proposal(said, _status(said, force, outdated=outdated), outdated=outdated)
    signed = signatures.in_force.proposals if signatures.in_force else frozenset()
    names = {"team_member": opened.parties.team_member.name, "manager": opened.parties.manager.name}
    return State(
        plan=root.core.plan,
        root=root.id,
        demo=opened.demo,
        parties={party: _party(history, party, names[party]) for party in PARTIES},
        proposals=proposals,
        agreed=_reading_order(force.agreed, proposals),
        conflicts=force.conflicts,
        plan_hash=plan_hash(root.core.plan, spoken, force.agreed),
        sign_offs=signatures,
        signed=_reading_order(signed, proposals),
        heads=tuple(sorted(history.heads)),
        events=len(history.events),
        joining=joining(history),
    )


def _party(history: History, party: Party, name: str) -> PartyInfo:
    """Return a party with its key of now: the one that no other one has followed."""
    followed = {event.by for event in history.events.values() if event.kind == "rotate"}
    current = sorted(
        fingerprint
        for fingerprint in history.authors
        if history.authors[fingerprint].party == party and fingerprint not in followed
    )
    # None is left where a key went back to one that was given up; the newest claim cannot be told.
    chosen = (
        current[0]
        if current
        else sorted(one for one in history.authors if history.authors[one].party == party)[0]
    )
    author = history.authors[chosen]
    return PartyInfo(name, author.key, chosen, author.custody, author.seal, contested=len(current) != 1)


def _proposal(said: Said, status: Status, *, outdated: bool) -> Proposal:
    body = said.body
    return Proposal(
        id=said.event.id, unit=body.unit, kind=body.kind, value=body.value, removal=body.removal,
        base=body.base, settles=tuple(body.settles), counters=body.counters, origin=body.origin,
        suggested=tuple(body.suggested), by=said.by, at=said.event.core.at,
        shown=said.event.core.body_hash, decisions=said.decisions, custody=said.custody,
        reasons=said.reasons, talk=said.talk, status=status, decided=said.decided, outdated=outdated,
        comments=said.comments,
    )  # fmt: skip


def _status(said: Said, force: Force, *, outdated: bool) -> Status:
    one = said.event.id
    if one in force.agreed:
        return "agreed"
    if one in force.rivals:
        return "conflict"
    if one in force.replaced:
        return "superseded"
    given = set(said.decisions.values())
    if "withdraw" in given:
        return "withdrawn"
    if "decline" in given:
        return "declined"
    return "outdated" if outdated else "open"


def _outdated(body: ProposeBody, standing: str | None) -> bool:
    """An open proposal that does not replace what now stands in its place would bring an old state back."""
    return standing is not None and standing not in (body.base, *body.settles)


def _reading_order(agreed: Iterable[str], proposals: Mapping[str, Proposal]) -> dict[str, Proposal]:
    """Return what is agreed, kind by kind, each unit where its first proposal stood."""
    kinds = list(VALUE_MODELS)
    first: dict[str, int] = {}
    for number, one in enumerate(proposals.values()):
        first.setdefault(one.unit, number)
    standing = [proposals[one] for one in agreed if not proposals[one].removal]
    standing.sort(key=lambda one: (kinds.index(one.kind), first[one.unit], one.id))
    return {one.unit: one for one in standing}
