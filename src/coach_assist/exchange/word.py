"""The agreed plan as a Word document (.docx), its texts as plain runs: no field, link or macro."""

from __future__ import annotations

import io
import re
from itertools import groupby
from typing import TYPE_CHECKING

from coach_assist.exchange.extras import needs_extra
from coach_assist.exchange.markdown import (
    HEADINGS,
    KIND_WORDS,
    OPEN_STATES,
    header_lines,
    plan_frame,
    plan_title,
    statement_title,
    unit_fields,
    waits_words,
)
from coach_assist.exchange.plan_json import PlanJson
from coach_assist.shown import MARK, safe_text

if TYPE_CHECKING:
    from docx.document import Document

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plan_word(plan: PlanJson) -> bytes:
    """Return the document. Raises UsageError without the extra `office`."""
    with needs_extra("office", "python-docx"):
        from docx import Document as new_document

    document = new_document()
    properties = document.core_properties
    properties.author, properties.comments = "", ""
    properties.title = _text(plan_title(plan), one_line=True)[:255]
    document.add_heading(_text(plan_title(plan), one_line=True), level=0)
    for line in header_lines(plan):
        document.add_paragraph(_text(line), style="Intense Quote" if line.startswith("DEMO") else "Quote")
    frame = plan_frame(plan)
    _labelled(document, "Team member", plan.parties.team_member)
    _labelled(document, (frame.second_party if frame else "manager").capitalize(), plan.parties.manager)
    if plan.statement is not None:
        document.add_heading(_text(statement_title(plan), one_line=True), level=1)
        document.add_paragraph(_text(plan.statement))
    for kind, units in groupby(plan.units, key=lambda unit: unit.kind):
        document.add_heading(HEADINGS[kind], level=1)
        for unit in units:
            for label, text in unit_fields(unit.value, plan):
                if label:
                    _labelled(document, label, text, style="List Bullet")
                else:
                    document.add_paragraph(_text(text))
    if not plan.units:
        document.add_paragraph("Nothing is agreed yet.")
    document.add_heading("Not agreed yet", level=1)
    for one in plan.open:
        words = f"{KIND_WORDS[one.kind]}: {OPEN_STATES[one.state]}, {waits_words(one, plan)}"
        document.add_paragraph(_text(words[:1].upper() + words[1:]), style="List Bullet")
    if not plan.open:
        document.add_paragraph("Nothing is open.")
    signed = f"revision {plan.revision}, signed by both" if plan.revision else "not signed yet"
    document.add_paragraph(f"Plan {plan.plan[:8]}, {signed}.", style="Caption")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _labelled(document: Document, label: str, text: str, style: str | None = None) -> None:
    paragraph = document.add_paragraph(style=style)
    paragraph.add_run(f"{_text(label, one_line=True)}: ").bold = True
    paragraph.add_run(_text(text))


def _text(text: str, *, one_line: bool = False) -> str:
    """Return `text` as a document can hold it: harmless to show, and only characters that XML has."""
    return _NOT_XML.sub(MARK, safe_text(text, one_line=one_line))
