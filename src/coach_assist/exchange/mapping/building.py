"""Units while they grow, and the list that they are gathered in."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass, field
from datetime import date

from pydantic import JsonValue

from coach_assist.exchange.mapping.mapped import Source, Unplaced
from coach_assist.exchange.mapping.passages import Passage
from coach_assist.plan.units import UnitKind

LONGEST_TEXT = 4000
LONGEST_LINE = 400
MOST_ENTRIES = 20
MOST_UNITS = 300
"""Units of one document; text beyond them is listed as left over."""


@dataclass(slots=True)
class Building:
    """A unit that still grows."""

    kind: UnitKind
    value: dict[str, JsonValue]
    id: str
    sources: list[Source] = field(default_factory=list)
    title_only: bool = False
    """A goal of which only the heading is known yet."""
    scope: int = 0


class Gathering:
    """The units of one document while they are built, and the text that is in none."""

    def __init__(self, seed: str, today: date | None = None) -> None:
        """`seed` is the document's digest: the same document gives the same ids and the same report."""
        self.seed = seed
        self.ids = 0
        self.today = today
        self.units: list[Building] = []
        self.unplaced: list[Unplaced] = []
        self.names: dict[str, str] = {}
        self.goal: Building | None = None
        self.goal_section = 0
        self.step: Building | None = None
        self.last_gap = False

    def _id(self) -> str:
        self.ids += 1
        digest = hashlib.sha256(f"{self.seed}|{self.ids}".encode()).digest()
        return base64.b32encode(digest).decode("ascii")[:10].lower()

    def _new(self, kind: UnitKind, value: dict[str, JsonValue], passage: Passage) -> Building:
        building = Building(kind, value, self._id(), [source_of(passage)])
        if len(self.units) >= MOST_UNITS:
            self._leave(passage)
            return building
        self.units.append(building)
        if kind not in ("activity", "support"):
            self.step = None
        return building

    def _single(self, kind: UnitKind, value: dict[str, JsonValue]) -> Building:
        for unit in self.units:
            if unit.kind == kind:
                return unit
        building = Building(kind, value, self._id())
        self.units.append(building)
        return building

    def _append(self, kind: UnitKind, name: str, passage: Passage, text: str | None = None) -> None:
        words = text or passage.text
        unit = self._single(kind, {})
        before = unit.value.get(name)
        joined = f"{before}\n{words}" if isinstance(before, str) and before else words
        if len(joined) > LONGEST_TEXT:
            self._leave(passage)
            return
        unit.value[name] = joined
        unit.sources.append(source_of(passage))

    def _join(self, building: Building, passage: Passage) -> bool:
        name = "statement" if building.kind == "goal" else "area"
        joined = f"{building.value[name]}\n{passage.text}"
        if len(joined) > LONGEST_TEXT or building.kind not in ("goal", "development_area"):
            return False
        building.value[name] = joined
        building.sources.append(source_of(passage))
        return True

    def _leave(self, passage: Passage, about: str = "") -> None:
        self.unplaced.append(Unplaced(passage.place, passage.text, passage.heading, about))


def metric_of(text: str) -> dict[str, JsonValue]:
    """Return a metric's value of which the document tells the name; a number in it makes it quantitative."""
    kind = "quantitative" if re.search(r"[0-9%]", text) else "qualitative"
    return {
        "name": text, "kind": kind, "unit": None, "baseline": None, "target": None, "direction": None,
        "evidence": None,
        "collector": None,
    }  # fmt: skip


def source_of(passage: Passage) -> Source:
    """Return the place and the words of a passage."""
    return Source(passage.place, passage.text, passage.by_model)


def as_json(value: dict[str, object]) -> dict[str, JsonValue]:
    """Return a value that is JSON-ready already, typed as such."""
    return value  # type: ignore[return-value]
