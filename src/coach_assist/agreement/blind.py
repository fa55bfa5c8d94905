"""Who has released answers of their own, and which of them can be read. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coach_assist.agreement.blind_bodies import AnswersBody, ReleaseBody
from coach_assist.agreement.history import History
from coach_assist.plan.units import PARTIES, Party

Answer = str | list[str]


@dataclass(frozen=True, slots=True)
class Released:
    """What one party has released."""

    releases: tuple[str, ...] = ()
    """The release events, in the history's order."""
    shown: frozenset[str] = frozenset()
    """Those whose answers can be read."""
    count: int = 0
    """How many answers they promise together."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """What can be read; of several answers to one question the one released last."""


@dataclass(frozen=True, slots=True)
class Blind:
    """Both parties' releases."""

    by: Mapping[Party, Released]

    @property
    def both(self) -> bool:
        """Whether both parties have released, so that each may see the other's answers."""
        return all(self.by[party].releases for party in PARTIES)

    @property
    def readable(self) -> bool:
        """Whether both have released and everything promised is there to be read."""
        return self.both and all(set(one.releases) == one.shown for one in self.by.values())


def blind(history: History) -> Blind:
    """Return what was released, after all events of a history."""
    releases: dict[Party, list[str]] = {party: [] for party in PARTIES}
    promised: dict[Party, int] = dict.fromkeys(PARTIES, 0)
    shown: dict[Party, set[str]] = {party: set() for party in PARTIES}
    answers: dict[Party, dict[str, Answer]] = {party: {} for party in PARTIES}
    for event in history.in_order():
        if event.kind not in ("release", "answers"):
            continue
        party = history.authors[event.by].party
        match event.body:
            case ReleaseBody(count=count):
                releases[party].append(event.id)
                promised[party] += count
            case AnswersBody(release=named, answers=given) if event.id not in history.erased:
                shown[party].add(named)
                answers[party].update(given)
    return Blind(
        {
            party: Released(tuple(releases[party]), frozenset(shown[party]), promised[party], answers[party])
            for party in PARTIES
        }
    )
