"""A verified history: events that hang together, and the questions one may ask about their order.

A `History` never changes: adding events gives a new one, after every check, or raises and applies
nothing. The same set of events gives the same history in whatever order it arrives.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

from coach_assist.agreement.authors import Authors
from coach_assist.agreement.bodies import (
    NEVER_WITHHELD,
    EraseBody,
    OpenBody,
    references,
)
from coach_assist.agreement.content import by_another, contradiction, for_the_other
from coach_assist.agreement.events import Record
from coach_assist.agreement.faults import Damaged, Fault
from coach_assist.agreement.verify import Event, read_event
from coach_assist.plan.units import Party


class History:
    """A set of verified events. `events` maps id → event, each after all of its parents."""

    __slots__ = (
        "_checked",
        "_latest",
        "_own",
        "_own_level",
        "_single",
        "authors",
        "erased",
        "events",
        "heads",
        "plan",
        "root",
    )

    def __init__(self) -> None:
        """Make the empty history, to which `extended` adds."""
        self.plan: str | None = None
        self.root: Event | None = None
        self.events: dict[str, Event] = {}
        self.heads: frozenset[str] = frozenset()
        """The ids of the events that no other event names as a parent."""
        self.erased: frozenset[str] = frozenset()
        """The events whose texts their authors have erased: they may lack their bodies."""
        self.authors = Authors()
        """Key fingerprint → whose it is; a party's later keys come after its first."""
        self._latest: dict[str, dict[str, tuple[str, ...]]] = {}
        """Event → key → the newest events by that key among it and its ancestors."""
        self._own: dict[str, tuple[str, ...]] = {}
        """Event → its author's previous events among its parents (more than one only after a fork)."""
        self._own_level: dict[str, int] = {}
        self._checked: frozenset[bytes] = frozenset()
        self._single: dict[str, dict[int, str] | None] = {}
        """Key → level → its only event there; None once the key has been used on two machines at once."""

    @property
    def opened(self) -> OpenBody:
        """The opening event's body. Raises Damaged on an empty history."""
        if self.root is None or not isinstance(self.root.body, OpenBody):
            raise Damaged((Fault("root", "there is no opening event"),))
        return self.root.body

    @property
    def withheld(self) -> frozenset[str]:
        """The events whose bodies are not here, and which nobody has erased."""
        return frozenset(
            one for one, event in self.events.items() if event.body is None and one not in self.erased
        )

    def records(self) -> tuple[Record, ...]:
        """Return all events as they are kept, each after its parents."""
        return tuple(event.record for event in self.events.values())

    def extended(
        self,
        records: Iterable[Record],
        *,
        remembered: Iterable[str] = (),
        partial: bool = False,
        first_line: int = 1,
        checked: frozenset[bytes] = frozenset(),
    ) -> History:
        """Return this history with `records` added; known events are skipped, order does not matter.

        `remembered` are ids that this reader saw before and that must be there. A party's copy is
        whole; only a `partial` one (a viewer's) may lack bodies. Where an id cannot be read, faults
        name the record by its number, counted from `first_line`. Raises Damaged with every fault
        found, or NewerVersion; this history is unchanged either way. `checked` are digests of signatures
        that were checked before (authors.checked_digest); everything else is checked all the same.
        """
        faults: list[Fault] = []
        fresh: dict[str, Event] = {}
        doubles: list[Event] = []
        for number, record in enumerate(records, start=first_line):
            known = self.events.get(record.id) or fresh.get(record.id)
            try:
                event = read_event(record, f"line {number}")
            except Damaged as error:
                faults.extend(error.faults)
                continue
            if known is None or (known.body is None and event.body is not None):
                fresh[event.id] = event
            if known is not None and known.record.sig != record.sig:
                doubles.append(event)
        if faults:
            raise Damaged(tuple(faults))
        grown = self._copy()
        grown._checked = checked
        grown._add_all(fresh, faults)
        faults.extend(fault for one in doubles if (fault := grown.authors.signed(one)) is not None)
        faults.extend(
            Fault("withheld", "its body is missing", one)
            for one in sorted(grown.withheld)
            if not partial or grown.events[one].kind in NEVER_WITHHELD
        )
        lost = [one for one in remembered if one not in grown.events]
        faults.extend(Fault("lost-tail", "it was here before and is gone", one) for one in lost)
        if faults:
            raise Damaged(tuple(faults))
        grown._checked = frozenset()
        return grown

    def precedes(self, earlier: str, later: str) -> bool:
        """Say whether `earlier` is an ancestor of `later` (both must be in this history)."""
        if earlier == later:
            return False
        newest = self._latest[later].get(self.events[earlier].by, ())
        return any(self._own_reaches(earlier, one) for one in newest)

    def known_at(self, heads: Iterable[str]) -> frozenset[str]:
        """Return the ids of `heads` and all of their ancestors."""
        found: set[str] = set()
        waiting = list(heads)
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting.extend(self.events[one].parents)
        return frozenset(found)

    def in_order(self) -> tuple[Event, ...]:
        """Return all events in an order that depends on nothing but the set: parents first, then by id."""
        needed = {one: len(event.parents) for one, event in self.events.items()}
        children: dict[str, list[str]] = {one: [] for one in self.events}
        for one, event in self.events.items():
            for parent in event.parents:
                children[parent].append(one)
        ready = [one for one, count in needed.items() if count == 0]
        heapq.heapify(ready)
        ordered: list[Event] = []
        while ready:
            one = heapq.heappop(ready)
            ordered.append(self.events[one])
            for child in children[one]:
                needed[child] -= 1
                if needed[child] == 0:
                    heapq.heappush(ready, child)
        return tuple(ordered)

    def maximal(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Return those of `ids` that precede none of the others."""
        if len(ids) < 2:
            return tuple(ids)
        return tuple(one for one in ids if not any(self.precedes(one, other) for other in ids))

    def in_use(self, event: Event) -> bool:
        """Say whether an event's key was still its owner's where the event stands.

        A key that was given up elsewhere may lie in other hands: what it says beside that, it says alone.
        """
        changes = [one.id for one in self.events.values() if one.kind == "rotate" and one.by == event.by]
        return not changes or any(self.precedes(event.id, change) for change in changes)

    def parents_for(self, fingerprint: str) -> frozenset[str]:
        """Return the parents of the next event by this key: all heads and its own newest events."""
        own = [one for head in self.heads for one in self._latest[head].get(fingerprint, ())]
        return self.heads | frozenset(self.maximal(list(dict.fromkeys(own))))

    # -- building ---------------------------------------------------------------------------------

    def _copy(self) -> History:
        other = History()
        other.plan, other.root, other.heads = self.plan, self.root, self.heads
        other.events = dict(self.events)
        other.authors = self.authors.copy()
        other.erased = self.erased
        other._latest = dict(self._latest)
        other._own = dict(self._own)
        other._own_level = dict(self._own_level)
        other._single = {key: None if by is None else dict(by) for key, by in self._single.items()}
        return other

    def _add_all(self, fresh: dict[str, Event], faults: list[Fault]) -> None:
        """Add events in an order in which parents come first; collect what is wrong in `faults`."""
        children: dict[str, list[str]] = {}
        needed: dict[str, int] = {}
        for one, event in fresh.items():
            if one in self.events:  # a body that was withheld here has arrived
                if (fault := self._speaks_of_known(event, self._inherited(event))) is not None:
                    faults.append(fault)
                self.events[one] = event
                continue
            missing = [parent for parent in event.parents if parent not in self.events]
            for parent in missing:
                if parent in fresh:
                    children.setdefault(parent, []).append(one)
                else:
                    faults.append(Fault("missing-parent", f"its parent {parent[:12]} is missing", one))
            needed[one] = len(missing)
        ready = [one for one, count in needed.items() if count == 0]
        heapq.heapify(ready)
        while ready:
            one = heapq.heappop(ready)
            fault = self._add(fresh[one])
            if fault is not None:
                faults.append(fault)
                continue
            for child in children.get(one, ()):
                needed[child] -= 1
                if needed[child] == 0:
                    heapq.heappush(ready, child)

    def _add(self, event: Event) -> Fault | None:
        first = not event.parents or event.kind == "open"
        fault = self._open(event) if first else self._check(event)
        if fault is None and event.kind == "rotate":
            fault = self.authors.rotate(event)
        if fault is None:
            self._place(event)
        return fault

    def _open(self, event: Event) -> Fault | None:
        """Check a first event: it pins the plan and both keys, and one of the two has signed it."""
        if event.kind != "open" or event.parents:
            return Fault("root", "only an opening event stands first, and it stands nowhere else", event.id)
        if self.root is not None:
            return Fault("root", "a second opening event", event.id)
        body = event.body
        if not isinstance(body, OpenBody):
            return Fault("root", "the opening event has no body", event.id)
        self.authors.pin(body, event.id)
        if (fault := self.authors.signed(event, self._checked)) is not None:
            return fault
        self.plan, self.root = event.core.plan, event
        return None

    def _check(self, event: Event) -> Fault | None:
        if event.core.plan != self.plan:
            return Fault("other-plan", "it belongs to another plan", event.id)
        if (fault := self.authors.signed(event, self._checked)) is not None:
            return fault
        inherited = self._inherited(event)
        if not set(inherited.get(event.by, ())) <= set(event.parents):
            return Fault("parents", "its author's own previous event is not among its parents", event.id)
        own = tuple(self.events[one] for one in inherited.get(event.by, ()))
        fault = self.authors.may_act(event, lambda known: self._knows(known, inherited), own)
        if fault is not None:
            return fault
        return self._speaks_of_known(event, inherited)

    def _knows(self, known: str, inherited: dict[str, tuple[str, ...]]) -> bool:
        """Say whether an event is among the ancestors of one that inherits these newest events."""
        target = self.events.get(known)
        newest = inherited.get(target.by, ()) if target is not None else ()
        return any(self._own_reaches(known, last) for last in newest)

    def _speaks_of_known(self, event: Event, inherited: dict[str, tuple[str, ...]]) -> Fault | None:
        """Check that an event is its author's to make, and that what its body names is known to them.

        Nobody decides on the unseen. Whose a kind of event is, is checked of a withheld body too.
        """
        mine = self.authors[event.by].party
        if (wrong := by_another(event.kind, mine)) is not None:
            return Fault("content", wrong, event.id)
        if event.body is None:
            return None
        for one in references(event.body):
            if not self._knows(one, inherited):
                words = f"it speaks of {one[:12]}, which its author cannot have seen"
                return Fault("content", words, event.id)
        wrong = contradiction(event.body, self.events) or for_the_other(event.body, mine, self._party_of)
        return None if wrong is None else Fault("content", wrong, event.id)

    def _party_of(self, event: str) -> Party:
        return self.authors[self.events[event].by].party

    def _inherited(self, event: Event) -> dict[str, tuple[str, ...]]:
        """Return key → the newest events by that key among the ancestors of a new event."""
        if len(event.parents) == 1:
            return self._latest[event.parents[0]]
        gathered: dict[str, dict[str, None]] = {}
        for parent in event.parents:
            for key, newest in self._latest[parent].items():
                gathered.setdefault(key, {}).update(dict.fromkeys(newest))
        return {key: self._own_maximal(tuple(found)) for key, found in gathered.items()}

    def _place(self, event: Event) -> None:
        inherited = self._inherited(event)
        own = inherited.get(event.by, ())
        level = 1 + max((self._own_level[one] for one in own), default=0)
        single = self._single.setdefault(event.by, {})
        if single is not None:
            if level in single or len(own) > 1:
                self._single[event.by] = None
            else:
                single[level] = event.id
        if isinstance(event.body, EraseBody):
            self.erased |= {event.body.event}
        self._own[event.id], self._own_level[event.id] = own, level
        self._latest[event.id] = {**inherited, event.by: (event.id,)}
        self.heads = (self.heads - set(event.parents)) | {event.id}
        self.events[event.id] = event

    def _own_maximal(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        if len(ids) < 2:
            return ids
        before = {one for one in ids for other in ids if one != other and self._own_reaches(one, other)}
        return tuple(sorted(set(ids) - before))

    def _own_reaches(self, earlier: str, later: str) -> bool:
        """Say whether `earlier` is `later` or before it in the chain of their one author."""
        if earlier == later:
            return True
        level = self._own_level[earlier]
        if level >= self._own_level[later]:
            return False
        if self._single.get(self.events[earlier].by) is not None:
            return True
        waiting, seen = [later], {later}
        while waiting:
            for one in self._own[waiting.pop()]:
                if one == earlier:
                    return True
                if one not in seen and self._own_level[one] > level:
                    seen.add(one)
                    waiting.append(one)
        return False
