"""Reading any document: the format is told by what the file holds, its name only helps."""

from __future__ import annotations

import hashlib
from pathlib import Path

from coach_assist.exchange.readers.document import Block, Document, ReadFault
from coach_assist.exchange.readers.guards import decoded, read_bytes

_MARKDOWN_NAMES = (".md", ".markdown", ".mdown", ".mkd")


def read_document(path: Path, name: str | None = None) -> Document:
    """Read the file at `path`. Raises ReadFault, in words, for everything that keeps it from being read."""
    return document_of(read_bytes(path), name or str(path))


def document_of(data: bytes, name: str) -> Document:
    """Return what `data` holds as a document called `name`. Raises ReadFault.

    No part of a file can make this raise anything else: limits are in guards.py, and PDF is read in a
    process of its own.
    """
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        from coach_assist.exchange.readers.pdf import pdf_text
        from coach_assist.exchange.readers.plain import plain_blocks

        text, remarks = pdf_text(data)
        return Document(name, "pdf", digest, text, plain_blocks(text), remarks=remarks)
    if data.startswith(b"PK\x03\x04"):
        from coach_assist.exchange.readers.docx import docx_blocks

        blocks, remarks = docx_blocks(data)
        return Document(
            name, "docx", digest, _text_of(blocks), blocks, place_word="paragraph", remarks=remarks
        )
    _refuse_others(data)
    text = decoded(data)
    if text.lstrip()[:1] in ("{", "[") and (
        name.lower().endswith(".json") or text.lstrip().startswith(('{"', "{\n", "{ "))
    ):
        from coach_assist.exchange.readers.own_json import all_text, own_units

        form, units, opened = own_units(text)
        words = "\n".join(line for unit in units for line in all_text(unit["value"]))
        return Document(name, form, digest, words, units=units, open_units=opened, place_word="unit")
    if (
        name.lower().endswith(_MARKDOWN_NAMES)
        or text.startswith(("# ", "## ", "---\n"))
        or "\n## " in text
        or "\n# " in text
    ):
        from coach_assist.exchange.readers.markdown import markdown_blocks

        return Document(name, "markdown", digest, text, markdown_blocks(text))
    from coach_assist.exchange.readers.plain import plain_blocks

    return Document(name, "text", digest, text, plain_blocks(text))


def _refuse_others(data: bytes) -> None:
    """Raise ReadFault with the right words for formats that people do have plans in."""
    start = data[:64].lstrip()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadFault("this is the old Word format (.doc)", next_step="Save it as .docx.")
    if data.startswith(b"SQLite format 3\0"):
        raise ReadFault(
            "this is the file in which a plan is kept", next_step="Export the plan: coach-assist export PLAN"
        )
    if start.startswith(b"{\\rtf"):
        raise ReadFault("this is Rich Text (.rtf)", next_step="Save it as .docx.")
    if start.lower().startswith((b"<!doctype html", b"<html")):
        raise ReadFault("this is a web page", next_step="Save it as text, Markdown or .docx.")
    if start.startswith((b"age-encryption.org/", b"-----BEGIN AGE")):
        raise ReadFault(
            "this file is sealed to somebody's keys",
            next_step="Review it where these keys are, with their passphrase.",
        )


def _text_of(blocks: tuple[Block, ...]) -> str:
    return "\n".join(f"{block.label}: {block.text}" if block.label else block.text for block in blocks)
