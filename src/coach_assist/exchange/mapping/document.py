"""Mapping a whole document: its units, what was left over, and what kind of document it reads as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from coach_assist.checker import recognise_pip
from coach_assist.exchange.mapping.assemble import Assembler, completed
from coach_assist.exchange.mapping.mapped import Mapped, MappedUnit, ReadsAs, Source
from coach_assist.exchange.mapping.own_layout import is_own_layout, own_plan
from coach_assist.exchange.mapping.passages import UNIT_ROLES, Passage, outline
from coach_assist.exchange.readers.document import Document

_LONGEST_FOR_SIGNS = 256 * 1024
_FEW_BLANKS = 4
_TEMPLATE_SHARE = 0.4
_PARTS = {"goal", "activity", "current_state", "support", "roles", "milestone", "development_area"}
"""Kinds of which at least one makes a document a plan."""


def map_document(
    document: Document,
    *,
    today: date | None = None,
    language: str = "en",
    placed: Mapping[tuple[int, str], str] | None = None,
) -> Mapped:
    """Map a document to units by rules. Nothing of its text is changed, and nothing is invented.

    `today` dates what has no year; without it such dates stay words. `placed` gives roles to texts that no
    rule placed, by (place, text), as somebody else (the model) sees them.
    """
    if document.units is not None:
        return _own(document)
    if is_own_layout(document):
        return _exported(document, today, language)
    signs = recognise_pip(document.text[:_LONGEST_FOR_SIGNS], language)
    out = outline(document.blocks)
    if placed:
        out.passages = [_placed(passage, placed) for passage in out.passages]
    assembler = Assembler(document.digest, today)
    assembler.run(out)
    assembler.rhythm(out.passages)
    units = tuple(assembler.mapped())
    real = sum(len(unit.sources) for unit in units)
    reads_as: ReadsAs = "plan"
    if signs:
        reads_as = "pip"
    elif out.blanks >= _FEW_BLANKS and out.blanks >= _TEMPLATE_SHARE * (out.blanks + real):
        reads_as = "template"
    elif not any(unit.kind in _PARTS for unit in units):
        reads_as = "other"
    return Mapped(
        reads_as,
        signs,
        units,
        tuple(assembler.unplaced),
        out.blanks,
        dict(assembler.names),
        signature=out.signature,
    )


def _placed(passage: Passage, placed: Mapping[tuple[int, str], str]) -> Passage:
    role = placed.get((passage.place, passage.text))
    if passage.role not in ("", "other") or role not in UNIT_ROLES:
        return passage
    return replace(passage, role=role, kind="item", depth=1, question=False, by_model=True)


def _exported(document: Document, today: date | None, language: str) -> Mapped:
    """Map a plan that this program exported for people."""
    read = own_plan(document, today)
    frame = next((unit.value for unit in read.units if unit.kind == "frame"), {})
    signs: tuple[str, ...] = ()
    if frame.get("plan_kind") != "performance_support":
        signs = recognise_pip(document.text[:_LONGEST_FOR_SIGNS], language)
    reads_as: ReadsAs = "pip" if signs else "plan" if read.units else "other"
    return Mapped(reads_as, signs, read.units, read.unplaced, 0, read.names)


def _own(document: Document) -> Mapped:
    units: list[MappedUnit] = []
    frame: dict[str, object] = {}
    for unit in document.units or ():
        value, lacks = completed(unit["kind"], unit["value"])
        frame = value if unit["kind"] == "frame" else frame  # type: ignore[assignment]
        units.append(
            MappedUnit(unit["id"], unit["kind"], value, (Source(len(units) + 1, ""),), "file", lacks)
        )
    # What both say about the formal side of a performance-support plan is no sign of a PIP.
    signs = (
        ()
        if frame.get("plan_kind") == "performance_support"
        else recognise_pip(document.text[:_LONGEST_FOR_SIGNS])
    )
    reads_as: ReadsAs = "pip" if signs else "plan" if units or document.open_units else "other"
    names = {str(party): name for party, name in document.names.items()}
    return Mapped(reads_as, signs, tuple(units), (), 0, names)
