"""From blocks to passages: each piece of text with the role that headings, labels and columns give it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from coach_assist.exchange.mapping.dates import is_period
from coach_assist.exchange.mapping.forms import has_blank, is_blank, is_instruction, is_question
from coach_assist.exchange.mapping.vocabulary import label_role, own_title, role_of
from coach_assist.exchange.readers.document import Block

UNIT_ROLES = frozenset({
    "aim", "purpose", "serves", "area", "strength", "gap", "strength_gap", "current_state", "goal",
    "activity", "support",
    "member_commits", "manager_commits", "obstacle", "milestone", "feedback", "cadence", "timeline",
})  # fmt: skip
"""Roles that a heading can give to the text below it."""
FIELD_ROLES = frozenset({
    "statement", "metric", "evidence", "baseline", "target", "relevant", "achievable", "owner",
    "resource", "time", "due",
    "start", "end", "member", "manager", "skill", "level", "answer",
})  # fmt: skip
_SECTION_FIELDS = frozenset({"metric", "evidence", "relevant", "achievable", "due"})
"""Field roles that a heading, too, can give to what stands below it."""
_LABEL = re.compile(r"^(?P<label>[^\W\d_][^:\n.!?]{1,48}?)[ \t]*:[ \t]*(?P<rest>.*)$", re.DOTALL)
_MOST_LABEL_WORDS = 6
_LEAD_IN_LEVEL = 7


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of text with its role, and what stands around it."""

    role: str
    text: str
    place: int
    heading: str
    """The title above it."""
    section: int
    """A number for the heading under which it stands; passages of one answer share it."""
    kind: str
    """heading, paragraph, item, row or label."""
    depth: int = 0
    question: bool = False
    """The heading above is a question, so that the paragraphs below are one answer."""
    fields: dict[str, str] = field(default_factory=dict)
    """Of a table row: role of the column → text of the cell."""
    scope: int = 0
    """Level of the heading that opened it, for a goal with a title of its own."""
    by_model: bool = False
    """The model said what it is."""


@dataclass(slots=True)
class _Heading:
    level: int
    title: str
    role: str
    number: int
    question: bool


@dataclass(slots=True)
class Outline:
    """The passages of a document, and what was counted on the way."""

    passages: list[Passage] = field(default_factory=list)
    blanks: int = 0
    title: str = ""
    title_place: int = 1
    signature: bool = False


def outline(blocks: Sequence[Block]) -> Outline:
    """Walk the blocks once and return their passages, in order."""
    walker = _Walker(Outline())
    for index, block in enumerate(blocks):
        walker.take(block, blocks[index + 1] if index + 1 < len(blocks) else None)
    with_items = {
        one.section for one in walker.out.passages if one.kind == "item" and one.role in ("goal", "activity")
    }
    # Where goals stand in a list, the paragraphs around it say something about them.
    walker.out.passages = [
        replace(one, role="")
        if one.kind == "paragraph" and one.role in ("goal", "activity") and one.section in with_items
        else one
        for one in walker.out.passages
    ]
    return walker.out


class _Walker:
    def __init__(self, out: Outline) -> None:
        self.out = out
        self.stack: list[_Heading] = []
        self.number = 0

    def take(self, block: Block, following: Block | None) -> None:
        """Take one block in."""
        if block.kind == "heading":
            self._heading(block)
        elif block.kind == "row":
            self._row(block)
        else:
            self._text(block, following)

    def _heading(self, block: Block) -> None:
        if not self.out.title and not self.stack and role_of(block.text) in ("", "plan", "period"):
            self.out.title, self.out.title_place = block.text, block.place
        label, value = _split(block.text)
        title = own_title(block.text)
        if label and value and not title and label_role(label):
            self._enter(block.level, label, label_role(label))
            self._labelled(label_role(label), value, block, "label")
            return
        self._enter(block.level, block.text, role_of(block.text))
        if title and not self._blank(title):
            self._add("goal", title, block, "heading", scope=block.level)

    def _enter(self, level: int, title: str, role: str) -> None:
        self.stack = [entry for entry in self.stack if entry.level < level]
        self.number += 1
        question = title.rstrip().endswith("?") or is_question(title)
        if role == "skill" and question:
            role = "area"
        self.stack.append(_Heading(level, title, role, self.number, question))

    def _role(self) -> str:
        """Return the role of the innermost heading that has one; a plan's own title says nothing."""
        for entry in reversed(self.stack):
            if entry.role == "plan":
                return ""
            if entry.role == "other":
                return "other"
            if entry.role in UNIT_ROLES or entry.role == "period" or entry.role in _SECTION_FIELDS:
                return entry.role
        return ""

    def _text(self, block: Block, following: Block | None) -> None:
        label, text = block.label, block.text
        if not label:
            found, rest = _split(text)
            if found and label_role(found) and label_role(found) != "period":
                label, text = found, rest
        role = label_role(label) if label else ""
        if label and self._is_signature(role, label):
            return
        if label and not text.strip(" -–—_"):
            if role in UNIT_ROLES or role in _SECTION_FIELDS or role == "other" or block.lead_in:
                self._enter(_LEAD_IN_LEVEL, label, role)
            elif role:
                self.out.blanks += 1
            return
        if role == "answer":
            label, role = "", ""
        if role:
            self._labelled(role, text, block, "label")
            return
        if label:
            text = f"{label}: {text}"
        if self._opens(block, text, following):
            return
        if self._blank(text):
            return
        if is_period(text):
            self._add("timeline", text, block, block.kind)
            return
        if block.kind == "paragraph" and (
            (block.lead_in and not text.endswith((".", "!")))
            or text.endswith(":")
            or is_instruction(text)
            or is_question(text)
        ):
            return
        role = self._role()
        if role == "period":
            role = "activity" if block.kind == "item" else ""
        self._add(role, text, block, block.kind, depth=block.level)

    def _opens(self, block: Block, text: str, following: Block | None) -> bool:
        """Take a question or the line above a list as a heading of its own, where its words have a role."""
        role = role_of(text)
        if role not in UNIT_ROLES and not (role == "skill" and is_question(text)):
            return False
        answered = (
            following is not None and label_role(following.label or _split(following.text)[0]) == "answer"
        )
        as_question = answered or (
            is_question(text) and following is not None and following.kind != "heading"
        )
        short = block.kind == "paragraph" and len(text.split()) <= 8
        numbered = block.kind == "item" and text.rstrip(" -–—").endswith(":")
        if not (as_question or (block.lead_in and short) or (short and text.endswith(":")) or numbered):
            return False
        self._enter(_LEAD_IN_LEVEL if block.kind == "paragraph" else 6, text, role)
        return True

    def _labelled(self, role: str, text: str, block: Block, kind: str) -> None:
        if role in ("plan", "other", "period") or self._blank(text):
            return
        self._add(role, text, block, kind, depth=block.level)

    def _is_signature(self, role: str, label: str) -> bool:
        if role == "signature" or "signature" in label.lower():
            self.out.signature = True
            return True
        return False

    def _blank(self, text: str) -> bool:
        if is_blank(text):
            self.out.blanks += 1
            return True
        if has_blank(text):
            self.out.blanks += 1
        return False

    def _row(self, block: Block) -> None:
        section = self._role()
        roles = [label_role(column) for column in block.columns]
        self.out.blanks += sum(1 for cell in block.cells if cell and is_blank(cell))
        if (
            any(role == "signature" for role in roles)
            or section == "other"
            or (roles and roles[0] == "other")
        ):
            self.out.signature = self.out.signature or any(role == "signature" for role in roles)
            return
        if not roles and len(block.cells) == 2:  # a form laid out as a table: label | value
            label, value = block.cells
            if value and label_role(label):
                self._text(replace(block, kind="paragraph", label=label, text=value, cells=()), None)
            elif role_of(label) in UNIT_ROLES and value:
                self._enter(6, label, role_of(label))
                self._text(replace(block, kind="paragraph", text=value, cells=()), None)
            return
        fields: dict[str, str] = {}
        rest: list[str] = []
        for role, column, cell in zip(roles, block.columns, block.cells, strict=False):
            if not cell or is_blank(cell):
                continue
            if role == "level" or (role == "" and column):
                rest.append(f"{column}: {cell}")
            elif role and role not in fields:
                fields[role] = cell
        if rest:
            fields["rest"] = "; ".join(rest)
        if not fields:
            return
        if not (set(fields) & UNIT_ROLES):
            first = block.cells[0]
            words = fields.get("skill") or (
                "" if is_blank(first) or not re.search(r"[^\W\d_]{3,}", first) else first
            )
            if section in UNIT_ROLES and words and section not in ("cadence", "timeline"):
                fields[section] = words
        self._add("row", " | ".join(cell for cell in block.cells if cell), block, "row", fields=fields)

    def _add(self, role: str, text: str, block: Block, kind: str, **more: object) -> None:
        heading = self.stack[-1] if self.stack else None
        self.out.passages.append(
            Passage(
                role,
                text,
                block.place,
                heading.title if heading else "",
                heading.number if heading else 0,
                kind,
                question=bool(heading and heading.question),
                **more,  # type: ignore[arg-type]
            )
        )


def _split(text: str) -> tuple[str, str]:
    """Return (label, rest) of "Label: rest", ("", "") where no label leads the text."""
    found = _LABEL.match(text)
    if not found or len(found["label"].split()) > _MOST_LABEL_WORDS or found["rest"].startswith("//"):
        return "", ""
    return found["label"].strip(), found["rest"].strip()
