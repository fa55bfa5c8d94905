"""A page as a Word document (.docx), its texts as plain runs: no field, link or macro."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from coach_assist.exchange.extras import needs_extra
from coach_assist.exchange.page import Blank, Block, Details, Entry, Page, Signature, Text
from coach_assist.shown import MARK, safe_text

if TYPE_CHECKING:
    from docx.document import Document

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE = "_" * 36
_DAY_ONE = datetime(2000, 1, 1, tzinfo=UTC)
"""When the document says that it was made: always the same, so that it tells nothing of anybody's day."""


def page_word(page: Page) -> bytes:
    """Return the document. Raises UsageError without the extra `office`."""
    with needs_extra("office", "python-docx"):
        from docx import Document as new_document
        from docx.shared import Cm, Pt

    document = new_document()
    properties = document.core_properties
    properties.author, properties.comments = "", ""
    properties.created = properties.modified = _DAY_ONE
    properties.title = _text(page.title, one_line=True)[:255]
    layout = document.sections[0]
    layout.page_width, layout.page_height = Cm(21), Cm(29.7)
    layout.left_margin = layout.right_margin = Cm(2.2)
    layout.top_margin = layout.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)
    document.add_heading(_text(page.title, one_line=True), level=0)
    for line in page.notice:
        document.add_paragraph(_text(line), style="Intense Quote" if line.startswith("DEMO") else "Quote")
    for role, name in page.people:
        _labelled(document, role, name)
    for number, section in enumerate(page.sections, start=1):
        lead = f"{number}. " if page.numbered else ""
        document.add_heading(lead + _text(section.title, one_line=True), level=1)
        for block in section.blocks:
            _block(document, block)
    document.add_paragraph(_text(page.foot), style="Caption")
    layout.footer.paragraphs[0].text = f"{_text(page.confidential, one_line=True)}."
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _block(document: Document, block: Block) -> None:
    match block:
        case Text(text=text):
            document.add_paragraph(_text(text))
        case Details(fields=fields):
            for label, text in fields:
                _labelled(document, label, text, style="List Bullet")
        case Entry(text=text, details=details, mark=mark):
            words = f"☐ {_text(text)}" if mark == "box" else _text(text)
            document.add_paragraph(words, style="List Bullet" if mark == "dot" else None)
            for label, words in details:
                _labelled(document, label, words, style="List Bullet 2" if mark == "dot" else "List Bullet")
        case Blank(label=label, lines=lines):
            for number in range(lines):
                document.add_paragraph(_LINE * 2 if number else f"{_text(label, one_line=True)}: {_LINE}")
        case Signature(name=name, role=role, signed=signed, words=words):
            paragraph = document.add_paragraph()
            paragraph.add_run(_text(name, one_line=True)).bold = True
            paragraph.add_run(f" ({_text(role, one_line=True)})")
            document.add_paragraph(f"{_text(signed)} Key: {_text(words, one_line=True)}")
            document.add_paragraph(f"\nSignature: {_LINE}   Date: {'_' * 16}")


def _labelled(document: Document, label: str, text: str, style: str | None = None) -> None:
    paragraph = document.add_paragraph(style=style)
    paragraph.add_run(f"{_text(label, one_line=True)}: ").bold = True
    paragraph.add_run(_text(text))


def _text(text: str, *, one_line: bool = False) -> str:
    """Return `text` as a document can hold it: harmless to show, and only characters that XML has."""
    return _NOT_XML.sub(MARK, safe_text(text, one_line=one_line))
