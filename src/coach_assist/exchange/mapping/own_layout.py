"""A plan that this program exported for people (Markdown, Word), read back by its own headings and labels.

What was exported comes back as the same units, white space aside, also after somebody has worked on the
file. What has no place in a plan (a label of their own, a date that is none) is listed as left over.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import JsonValue

from coach_assist.exchange.mapping.assemble import completed
from coach_assist.exchange.mapping.dates import cadence_value, last_day
from coach_assist.exchange.mapping.mapped import MappedUnit, Source, Unplaced
from coach_assist.exchange.mapping.own_metric import metric_from
from coach_assist.exchange.plan_page import ENTRIES
from coach_assist.exchange.plan_words import EVERY, HEADINGS, PLAN_KINDS
from coach_assist.exchange.readers.document import Block, Document
from coach_assist.plan.units import UnitKind

_FOOT = re.compile(
    r"Plan [a-z2-7]{8}, (?:revision [0-9]+, signed by both|not signed yet)\. Read from its history at "
)
_SECTIONS: Mapping[str, UnitKind] = {title: kind for kind, title in HEADINGS.items()}
_MAIN: Mapping[UnitKind, str] = {
    "frame": "purpose", "development_area": "area", "goal": "statement", "activity": "what",
    "support": "what", "milestone": "what", "feedback": "about", "cadence": "text",
}  # fmt: skip
_PLAIN: Mapping[UnitKind, Mapping[str, str]] = {
    "frame": {"Longer aim": "long_term_aim", "It serves": "serves"},
    "goal": {
        "Achievable because": "achievable", "It matters because": "relevant",
        "If it gets difficult": "if_then",
    },
    "activity": {"Owner": "owner", "With": "resource", "Time": "time_needed"},
    "support": {"Promised by": "who"},
    "milestone": {"Reached when": "success_criterion"},
    "feedback": {"Who is asked": "who", "When": "when"},
    "cadence": {"What is looked at": "looked_at"},
}  # fmt: skip
"""Labels whose text is a field's value as it stands."""
_DATES: Mapping[UnitKind, Mapping[str, str]] = {
    "goal": {"Due": "due"}, "activity": {"Due": "due"}, "support": {"By": "due"}, "milestone": {"On": "date"},
    "timeline": {"Start": "start", "End": "end"},
}  # fmt: skip
_METRIC = ("Measured by", "Direction", "Kind of measure", "Counted in", "Evidence from", "Collected by")
_REFERENCES = {"Closes the gap": "gap", "For the goal": "goal"}
_NOTICE = {
    "What prompted it": "prompted_by", "If its goals are not reached": "if_not_reached",
    "Use in a formal process": "formal_use",
}  # fmt: skip
_SECOND_PARTIES = ("Manager", "Coach", "Mentor")
NOTHING = "nothing is agreed"


@dataclass(slots=True)
class _Unit:
    id: str
    kind: UnitKind
    value: dict[str, JsonValue] = field(default_factory=dict)
    metric: dict[str, str] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """What was read of an exported plan."""

    units: tuple[MappedUnit, ...]
    unplaced: tuple[Unplaced, ...]
    names: dict[str, str]


def is_own_layout(document: Document) -> bool:
    """Say whether a document is a plan that this program wrote for people."""
    return any(block.kind == "paragraph" and _FOOT.match(block.text) for block in document.blocks)


def own_plan(document: Document, today: date | None = None) -> OwnPlan:
    """Read an exported plan back. `today` dates what somebody wrote without a year."""
    reader = _Reader(document.digest, today)
    for block in document.blocks:
        reader.take(block)
    return OwnPlan(tuple(reader.mapped()), tuple(reader.unplaced), reader.names)


class _Reader:
    def __init__(self, digest: str, today: date | None) -> None:
        self._digest, self._today = digest, today
        self._made = 0
        self._title: Block | None = None
        self._section = ""
        self._notice: dict[str, JsonValue] = {}
        self._second = ""
        self._pending: list[tuple[_Unit, str, Block]] = []
        """References that are resolved once all gaps and goals are known."""
        self.units: list[_Unit] = []
        self.unplaced: list[Unplaced] = []
        self.names: dict[str, str] = {}

    def take(self, block: Block) -> None:
        """Take one block in, in order."""
        if block.kind == "heading":
            if self._title is None:
                self._title = block
            else:
                self._section = block.text
            return
        kind = _SECTIONS.get(self._section)
        if not self._section:
            self._above(block)
        elif kind is None:
            return  # what is open, who signed, how it stands: no part of the plan's text
        elif block.label:
            self._field(kind, block)
        else:
            self._text(kind, block)

    def _above(self, block: Block) -> None:
        label, text = block.label, block.text
        if not label and ": " in text:
            label, text = text.split(": ", 1)
        if label == "Team member":
            self.names["team_member"] = text
        elif label in _SECOND_PARTIES:
            self.names["manager"], self._second = text, label.lower()
        elif label in _NOTICE and text != NOTHING:
            self._notice[_NOTICE[label]] = text

    def _text(self, kind: UnitKind, block: Block) -> None:
        name = _MAIN.get(kind)
        if name is None:
            self._leave(block)
        elif kind in ENTRIES:
            self._new(kind, block).value[name] = block.text
        else:
            unit = self._single(kind, block)
            before = unit.value.get(name)
            unit.value[name] = f"{before}\n{block.text}" if before else block.text

    def _field(self, kind: UnitKind, block: Block) -> None:
        if kind in ENTRIES:
            unit = next((one for one in reversed(self.units) if one.kind == kind), None)
            if unit is None:
                self._leave(block)
                return
            unit.sources.append(_source(block))
        else:
            unit = self._single(kind, block)
        label, text = block.label, block.text
        if label in _PLAIN.get(kind, {}):
            unit.value[_PLAIN[kind][label]] = text
        elif label in _DATES.get(kind, {}):
            self._date(unit, _DATES[kind][label], block)
        elif kind == "goal" and label in _METRIC:
            unit.metric[label] = text
        elif kind in ("goal", "activity") and label in _REFERENCES:
            self._pending.append((unit, _REFERENCES[label], block))
        else:
            special: Mapping[UnitKind, Callable[[_Unit, Block], bool]] = {
                "frame": _frame_field, "current_state": self._observation, "activity": _activity_field,
                "roles": self._commitment, "cadence": _cadence_field,
            }  # fmt: skip
            if kind not in special or not special[kind](unit, block):
                self._leave(block)

    def _date(self, unit: _Unit, name: str, block: Block) -> None:
        day = last_day(block.text, self._today)
        if day is None:
            self._leave(block)
        else:
            unit.value[name] = day.isoformat()

    def _observation(self, unit: _Unit, block: Block) -> bool:
        strengths, gaps = (unit.value.setdefault(name, []) for name in ("strengths", "gaps"))
        assert isinstance(strengths, list) and isinstance(gaps, list)
        if block.label in ("Strength", "Gap"):
            entry: dict[str, JsonValue] = {
                "id": self._id(), "text": block.text, "evidence": None, "source": None,
            }  # fmt: skip
            (strengths if block.label == "Strength" else gaps).append(entry)
            unit.value["last"] = entry
            return True
        last = unit.value.get("last")
        if not isinstance(last, dict) or block.label not in ("Evidence", "Known from"):
            return False
        if block.label == "Evidence":
            last["evidence"] = block.text
        else:
            last["source"] = block.text.replace(" ", "_")
        return True

    def _commitment(self, unit: _Unit, block: Block) -> bool:
        for party, name in self.names.items():
            if name == block.label:
                entries = unit.value.setdefault(party, [])
                assert isinstance(entries, list)
                entries.append(block.text)
                return True
        return False

    def _new(self, kind: UnitKind, block: Block) -> _Unit:
        unit = _Unit(self._id(), kind, sources=[_source(block)])
        self.units.append(unit)
        return unit

    def _single(self, kind: UnitKind, block: Block) -> _Unit:
        for unit in self.units:
            if unit.kind == kind:
                unit.sources.append(_source(block))
                return unit
        return self._new(kind, block)

    def _id(self) -> str:
        self._made += 1
        digest = hashlib.sha256(f"{self._digest}|{self._made}".encode()).digest()
        return base64.b32encode(digest).decode("ascii")[:10].lower()

    def _leave(self, block: Block) -> None:
        text = f"{block.label}: {block.text}" if block.label else block.text
        self.unplaced.append(Unplaced(block.place, text, self._section))

    def mapped(self) -> Iterator[MappedUnit]:
        """Yield the units in the order in which they stand, references resolved."""
        self._resolve()
        for unit in self.units:
            unit.value.pop("last", None)
            if unit.kind == "frame":
                unit.value |= self._notice
                if self._title is not None:
                    unit.value["title"] = self._title.text
                    unit.sources.insert(0, _source(self._title))
                if self._second:
                    unit.value["second_party"] = self._second
            if unit.metric:
                unit.value["metric"] = metric_from(unit.metric)
            if unit.kind == "cadence" and "every" not in unit.value:
                unit.value["every"] = str(cadence_value(str(unit.value.get("text", "")))["every"])
            value, lacks = completed(unit.kind, unit.value)
            yield MappedUnit(unit.id, unit.kind, value, tuple(unit.sources), lacks=lacks)

    def _resolve(self) -> None:
        goals = {str(one.value.get("statement")): one.id for one in self.units if one.kind == "goal"}
        gaps: dict[str, str] = {}
        for one in self.units:
            entries = one.value.get("gaps") if one.kind == "current_state" else None
            for entry in entries if isinstance(entries, list) else ():
                assert isinstance(entry, dict)
                gaps.setdefault(str(entry["text"]), str(entry["id"]))
        for unit, name, block in self._pending:
            found = (gaps if name == "gap" else goals).get(block.text)
            if found is None:
                self.unplaced.append(Unplaced(block.place, f"{block.label}: {block.text}", "", name))
            else:
                unit.value[name] = found


def _frame_field(unit: _Unit, block: Block) -> bool:
    if block.label == "May read it":
        readers = unit.value.setdefault("readers", [])
        assert isinstance(readers, list)
        readers.append(block.text)
        return True
    kind = next((kind for kind, words in PLAN_KINDS.items() if words == block.text.lower()), None)
    if block.label != "Kind" or kind is None:
        return False
    unit.value["plan_kind"] = kind
    return True


def _activity_field(unit: _Unit, block: Block) -> bool:
    if block.label != "Kind":
        return False
    unit.value["activity_kind"] = block.text.lower().replace(" ", "_")
    return True


def _cadence_field(unit: _Unit, block: Block) -> bool:
    match block.label:
        case "How often":
            every = next((every for every, words in EVERY.items() if words == block.text), None)
            unit.value["every"] = every or "other"
        case "Weekday":
            unit.value["weekday"] = block.text.lower()
        case "Length" if found := re.match(r"[0-9]{1,3}\b", block.text):
            unit.value["minutes"] = int(found[0])
        case _:
            return False
    return True


def _source(block: Block) -> Source:
    return Source(block.place, f"{block.label}: {block.text}" if block.label else block.text)
