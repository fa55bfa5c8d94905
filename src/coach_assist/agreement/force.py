"""What is in force among accepted proposals: what replaces what, and where two of them conflict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coach_assist.agreement.said import Said
from coach_assist.plan.units import UnitKind


@dataclass(frozen=True, slots=True)
class Conflict:
    """Several accepted proposals about one place, none of which replaces the others."""

    kind: UnitKind
    rivals: tuple[str, ...]
    in_force: str | None
    """What stays in force until people resolve it; None where nothing does."""


@dataclass(frozen=True, slots=True)
class Force:
    """What accepted proposals come to."""

    agreed: frozenset[str]
    """The proposals in force, agreed removals among them."""
    replaced: frozenset[str]
    conflicts: tuple[Conflict, ...]

    @property
    def rivals(self) -> frozenset[str]:
        """All proposals that take part in a conflict."""
        return frozenset(one for conflict in self.conflicts for one in conflict.rivals)


def in_force(spoken: Mapping[str, Said]) -> Force:
    """Conclude what is in force from what was said.

    In each place the accepted proposal that no accepted one replaces is in force. Where several are
    left, that is a conflict, and what they were all based on stays, if both parties still accept it.
    """
    places: dict[tuple[str, str], list[str]] = {}
    for one, said in spoken.items():
        if said.accepted:
            places.setdefault(said.place, []).append(one)
    agreed: set[str] = set()
    replaced: set[str] = set()
    conflicts: list[Conflict] = []
    for ones in places.values():
        below = {one: _built_on(one, spoken) for one in ones}
        beaten = set().union(*below.values())
        replaced |= beaten
        left = [one for one in ones if one not in beaten]
        if len(left) == 1:
            agreed.update(left)
            continue
        common = set.intersection(*(below[one] for one in left)) & below.keys()
        deepest = [one for one in common if not any(one in below[other] for other in common)]
        stays = deepest[0] if len(deepest) == 1 else None
        if stays is not None:
            agreed.add(stays)
        conflicts.append(Conflict(spoken[left[0]].body.kind, tuple(left), stays))
    return Force(frozenset(agreed), frozenset(replaced - agreed), tuple(conflicts))


def _built_on(one: str, spoken: Mapping[str, Said]) -> set[str]:
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
