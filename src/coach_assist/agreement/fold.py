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

from coach_assist.agreement.bodies import CommentBody, Custody, DecideBody, ProposeBody
from coach_assist.agreement.history import History
from coach_assist.agreement.verify import Event
from coach_assist.plan.drafts import Origin, Suggestion
from coach_assist.plan.units import PARTIES, SINGLE_KINDS, VALUE_MODELS, Party, UnitKind

Settled = Literal["accept", "decline", "withdraw"]
Status = Literal[
    "open", "agreed", "superseded", "conflict", "declined", "withdrawn", "outdated"
]  # fmt: skip
SAFEST: tuple[Settled, ...] = ("withdraw", "decline", "accept")


@dataclass(frozen=True, slots=True)
class PartyInfo:
    """One party as the opening event pins it."""

    name: str
    key: str
    fingerprint: str
    custody: Custody


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
    reasons: Mapping[Party, str]
    talk: frozenset[Party]
    """The parties who want to talk about it and have not decided on it since."""
    status: Status
    outdated: bool
    """Something else has been agreed in its place since it was put forward."""

    @property
    def accepted(self) -> bool:
        """Whether both parties' last decisions on exactly this proposal are accept."""
        return all(self.decisions[party] == "accept" for party in PARTIES)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Several accepted proposals about one place, none of which replaces the others."""

    kind: UnitKind
    rivals: tuple[str, ...]
    in_force: str | None


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
    heads: tuple[str, ...]
    events: int

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
    spoken = _spoken(history)
    accepted = {one for one, said in spoken.items() if said.accepted}
    agreed, replaced, conflicts = _in_force(spoken, accepted)
    rivals = {one for conflict in conflicts for one in conflict.rivals}
    standing = {_place(spoken[one].body): one for one in agreed}
    proposals: dict[str, Proposal] = {}
    for one, said in spoken.items():
        outdated = _outdated(said.body, standing.get(_place(said.body)))
        status = _status(said, agreed, replaced, rivals, outdated=outdated)
        proposals[one] = said.proposal(status, outdated=outdated)
    parties = {
        party: PartyInfo(pinned.name, pinned.key, fingerprint, pinned.custody)
        for party, pinned in (
            ("team_member", opened.parties.team_member),
            ("manager", opened.parties.manager),
        )
        for fingerprint, author in history.authors.items()
        if author == (party, pinned.key)
    }
    return State(
        plan=root.core.plan,
        root=root.id,
        demo=opened.demo,
        parties=cast("dict[Party, PartyInfo]", parties),
        proposals=proposals,
        agreed=_reading_order(agreed, proposals),
        conflicts=conflicts,
        heads=tuple(sorted(history.heads)),
        events=len(history.events),
    )


@dataclass(slots=True)
class _Said:
    """A proposal's event and all that was said of it, gathered before anything is concluded."""

    event: Event
    by: Party
    body: ProposeBody
    decisions: dict[Party, Settled | None]
    reasons: dict[Party, str]
    talk: frozenset[Party]

    @property
    def accepted(self) -> bool:
        return all(self.decisions[party] == "accept" for party in PARTIES)

    def proposal(self, status: Status, *, outdated: bool) -> Proposal:
        body = self.body
        return Proposal(
            id=self.event.id, unit=body.unit, kind=body.kind, value=body.value, removal=body.removal,
            base=body.base, settles=tuple(body.settles), counters=body.counters, origin=body.origin,
            suggested=tuple(body.suggested), by=self.by, at=self.event.core.at,
            shown=self.event.core.body_hash, decisions=self.decisions, reasons=self.reasons,
            talk=self.talk, status=status, outdated=outdated,
        )  # fmt: skip


def _spoken(history: History) -> dict[str, _Said]:
    """Gather each readable proposal with the parties' last decisions, reasons and wishes to talk."""
    decided: dict[tuple[str, Party], list[Event]] = {}
    talked: dict[tuple[str, Party], list[Event]] = {}
    reasons: dict[str, str] = {}
    proposed: list[tuple[Event, ProposeBody]] = []
    for event in history.in_order():
        match event.body:
            case ProposeBody() as body:
                proposed.append((event, body))
            case DecideBody(proposal=target, decision=decision):
                party = history.authors[event.by][0]
                (talked if decision == "talk" else decided).setdefault((target, party), []).append(event)
            case CommentBody(about=about, role="reason", text=text):
                reasons[about] = text
    spoken: dict[str, _Said] = {}
    for event, body in proposed:
        decisions: dict[Party, Settled | None] = {}
        said_why: dict[Party, str] = {}
        talk: set[Party] = set()
        for party in PARTIES:
            last = _last(history, decided.get((event.id, party), []))
            decisions[party] = last[0] if last else None
            if last and last[1] in reasons:
                said_why[party] = reasons[last[1]]
            talks = talked.get((event.id, party), [])
            if _still_wants_to_talk(history, talks, decided.get((event.id, party), [])):
                talk.add(party)
        spoken[event.id] = _Said(
            event, history.authors[event.by][0], body, decisions, said_why, frozenset(talk)
        )
    return spoken


def _last(history: History, events: list[Event]) -> tuple[Settled, str] | None:
    """Return the decision that counts among one party's decisions on one proposal, and its event."""
    standing = [history.events[one] for one in history.maximal([event.id for event in events])]
    found = [
        (cast("Settled", event.body.decision), event.id)
        for event in standing
        if isinstance(event.body, DecideBody)
    ]
    return min(found, key=lambda one: (SAFEST.index(one[0]), one[1])) if found else None


def _still_wants_to_talk(history: History, talks: list[Event], decisions: list[Event]) -> bool:
    return any(not any(history.precedes(talk.id, one.id) for one in decisions) for talk in talks)


def _in_force(
    spoken: Mapping[str, _Said], accepted: set[str]
) -> tuple[set[str], set[str], tuple[Conflict, ...]]:
    """Return (the proposals in force, those replaced by accepted ones, the conflicts)."""
    places: dict[tuple[str, str], list[str]] = {}
    for one in spoken:
        if one in accepted:
            places.setdefault(_place(spoken[one].body), []).append(one)
    in_force: set[str] = set()
    replaced: set[str] = set()
    conflicts: list[Conflict] = []
    for ones in places.values():
        below = {one: _built_on(one, spoken) for one in ones}
        beaten = set().union(*below.values())
        replaced |= beaten
        left = [one for one in ones if one not in beaten]
        if len(left) == 1:
            in_force.update(left)
            continue
        common = set.intersection(*(below[one] for one in left)) & accepted
        deepest = [one for one in common if not any(one in below[other] for other in common)]
        stays = deepest[0] if len(deepest) == 1 else None
        if stays is not None:
            in_force.add(stays)
        conflicts.append(Conflict(spoken[left[0]].body.kind, tuple(left), stays))
    return in_force, replaced - in_force, tuple(conflicts)


def _built_on(one: str, spoken: Mapping[str, _Said]) -> set[str]:
    """Return all proposals that this one replaces, directly or through those it replaces."""
    found: set[str] = set()
    waiting = [one]
    while waiting:
        body = spoken[waiting.pop()].body
        for below in (body.base, *body.settles):
            if below is not None and below in spoken and below not in found:
                found.add(below)
                waiting.append(below)
    return found


def _status(said: _Said, agreed: set[str], replaced: set[str], rivals: set[str], *, outdated: bool) -> Status:
    one = said.event.id
    if one in agreed:
        return "agreed"
    if one in rivals:
        return "conflict"
    if one in replaced:
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


def _place(body: ProposeBody) -> tuple[str, str]:
    return (body.kind, "" if body.kind in SINGLE_KINDS else body.unit)


def _reading_order(agreed: Iterable[str], proposals: Mapping[str, Proposal]) -> dict[str, Proposal]:
    """Return what is agreed, kind by kind, each unit where its first proposal stood."""
    kinds = list(VALUE_MODELS)
    first: dict[str, int] = {}
    for number, one in enumerate(proposals.values()):
        first.setdefault(one.unit, number)
    standing = [proposals[one] for one in agreed if not proposals[one].removal]
    standing.sort(key=lambda one: (kinds.index(one.kind), first[one.unit], one.id))
    return {one.unit: one for one in standing}
