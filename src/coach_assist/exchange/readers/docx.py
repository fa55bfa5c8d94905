"""Word documents: headings, paragraphs, list items and table rows, read straight from the parts of the file.

Only the main part and the styles are read: no field, macro, link, comment or embedded object is. Text
that is marked as deleted is passed over, and said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from coach_assist.exchange.readers.document import Block, ReadFault
from coach_assist.exchange.readers.guards import MOST_BLOCKS, MOST_TEXT, part_of_archive
from coach_assist.exchange.readers.xml_parts import read_xml

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_MAIN, _STYLES = "word/document.xml", "word/styles.xml"
_SKIPPED = {"del", "moveFrom", "instrText", "delText", "fldData", "object", "pict", "Fallback"}
_LONGEST_LABEL = 80
_HEADING_STYLE = re.compile(r"(?:heading|überschrift|titre|título|kop)\s*([1-6])$", re.IGNORECASE)


def docx_blocks(data: bytes) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return (blocks, remarks) of a .docx file; places are its paragraphs. Raises ReadFault."""
    parts = part_of_archive(data, ("[Content_Types].xml", _MAIN, _STYLES))
    if _MAIN not in parts:
        raise ReadFault("this archive is no Word document", next_step="Save it as .docx.")
    styles = _Styles()
    if _STYLES in parts:
        read_xml(parts[_STYLES], styles.start, lambda _: None, lambda _: None)
    reader = _Reader(styles.levels())
    read_xml(parts[_MAIN], reader.start, reader.end, reader.words)
    remarks = ("Text marked as deleted was passed over.",) if reader.deleted else ()
    return tuple(reader.blocks), remarks


def _local(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return local if f"{space} " in (_W, _STRICT) else f"-{local}" if local != "Fallback" else local


def _attribute(attributes: Mapping[str, str], name: str) -> str:
    return attributes.get(_W + name) or attributes.get(_STRICT + name) or ""


class _Styles:
    """Which paragraph styles are headings, also those that are only based on one."""

    def __init__(self) -> None:
        self.style = ""
        self.own: dict[str, int] = {}
        self.based: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = _local(name)
        if local == "style":
            self.style = _attribute(attributes, "styleId")
        elif local == "name" and self.style:
            words = _attribute(attributes, "val")
            if found := _HEADING_STYLE.search(words):
                self.own[self.style] = int(found[1])
            elif words.lower() == "title":
                self.own[self.style] = 1
        elif local == "outlineLvl" and self.style:
            level = _attribute(attributes, "val")
            if level.isascii() and level.isdigit() and int(level) < 6:
                self.own.setdefault(self.style, int(level) + 1)
        elif local == "basedOn" and self.style:
            self.based[self.style] = _attribute(attributes, "val")

    def levels(self) -> dict[str, int]:
        levels = dict(self.own)
        for style in self.based:
            base, seen = style, {style}
            while base not in levels and base in self.based and self.based[base] not in seen:
                base = self.based[base]
                seen.add(base)
            if base in levels:
                levels.setdefault(style, levels[base])
        return levels


@dataclass(slots=True)
class _Paragraph:
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    """(words, bold)"""
    style: str = ""
    outline: int = 0
    depth: int = 0


@dataclass(slots=True)
class _Table:
    rows: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)


class _Reader:
    """Builds blocks from the events of the main part."""

    def __init__(self, levels: Mapping[str, int]) -> None:
        self.levels = levels
        self.blocks: list[Block] = []
        self.deleted = False
        self.place = 0
        self.size = 0
        self.skip = 0
        self.in_text = False
        self.bold = False
        self.paragraphs: list[_Paragraph] = []
        self.tables: list[_Table] = []
        self.in_run_style = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = _local(name)
        if self.skip or local.lstrip("-") in _SKIPPED:
            self.deleted = self.deleted or local in ("del", "moveFrom")
            self.skip += 1
            return
        paragraph = self.paragraphs[-1] if self.paragraphs else None
        match local:
            case "p":
                self.paragraphs.append(_Paragraph())
            case "tbl":
                self.tables.append(_Table())
            case "r":
                self.bold = False
            case "b":
                self.bold = _attribute(attributes, "val") not in ("0", "false", "off")
            case "t":
                self.in_text = True
            case "tab" | "br" | "cr" if paragraph is not None and not self.in_run_style:
                paragraph.pieces.append(("\n" if local != "tab" else " ", False))
            case "tabs":
                self.in_run_style = True
            case "pStyle" if paragraph is not None:
                paragraph.style = _attribute(attributes, "val")
            case "outlineLvl" if paragraph is not None:
                level = _attribute(attributes, "val")
                paragraph.outline = int(level) + 1 if level in set("012345") else 0
            case "numPr" if paragraph is not None:
                paragraph.depth = max(paragraph.depth, 1)
            case "ilvl" if paragraph is not None:
                level = _attribute(attributes, "val")
                paragraph.depth = 1 + (int(level) if level in set("012345678") else 0)
            case _:
                pass

    def words(self, text: str) -> None:
        if self.in_text and not self.skip and self.paragraphs:
            self.size += len(text)
            if self.size > MOST_TEXT:
                raise ReadFault(f"it holds more than {MOST_TEXT // (1024 * 1024)} MiB of text")
            self.paragraphs[-1].pieces.append((text, self.bold))

    def end(self, name: str) -> None:
        if self.skip:
            self.skip -= 1
            return
        match _local(name):
            case "t":
                self.in_text = False
            case "tabs":
                self.in_run_style = False
            case "p" if self.paragraphs:
                self._paragraph(self.paragraphs.pop())
            case "tc" if self.tables:
                table = self.tables[-1]
                table.cells.append(" ".join(" ".join(table.cell).split()))
                table.cell.clear()
            case "tr" if self.tables:
                table = self.tables[-1]
                self.place += 1
                table.rows.append((self.place, tuple(table.cells)))
                table.cells.clear()
            case "tbl" if self.tables:
                self._table(self.tables.pop())
            case _:
                pass

    def _paragraph(self, paragraph: _Paragraph) -> None:
        text = "".join(words for words, _ in paragraph.pieces)
        if self.tables:
            self.tables[-1].cell.append(text)
            return
        self.place += 1
        if not text.strip():
            return
        level = paragraph.outline or self.levels.get(paragraph.style, 0)
        words = " ".join(text.split())
        all_bold = all(bold for piece, bold in paragraph.pieces if piece.strip())
        if level:
            self._add(Block("heading", words, self.place, level=level))
        elif (
            all_bold
            and len(words) <= _LONGEST_LABEL
            and not words.endswith((".", "!"))
            and not paragraph.depth
        ):
            self._add(Block("heading", words, self.place, level=6))
        else:
            self._lines(paragraph, text)

    def _lines(self, paragraph: _Paragraph, text: str) -> None:
        label, rest = _bold_label(paragraph.pieces)
        kind = "item" if paragraph.depth or paragraph.style.lower().startswith("list") else "paragraph"
        words = " ".join((rest if label else text).split())
        level = max(paragraph.depth, 1) if kind == "item" else 0
        if kind == "item":
            self._add(Block("item", words, self.place, level, label))
        else:
            self._add(Block("paragraph", words, self.place, label=label))

    def _table(self, table: _Table) -> None:
        if self.tables:  # a table inside a cell: its text belongs to that cell
            self.tables[-1].cell += [" ".join(cells) for _, cells in table.rows]
            return
        rows = [row for row in table.rows if any(row[1])]
        columns = rows[0][1] if len(rows) > 1 and len(rows[0][1]) > 1 else ()
        for place, cells in rows[1 if columns else 0 :]:
            self._add(Block("row", " | ".join(cells), place, cells=cells, columns=columns))

    def _add(self, block: Block) -> None:
        self.blocks.append(block)
        if len(self.blocks) > MOST_BLOCKS:
            raise ReadFault(f"it has more than {MOST_BLOCKS} paragraphs")


def _bold_label(pieces: list[tuple[str, bool]]) -> tuple[str, str]:
    """Return (label, rest) where words in bold that end in a colon lead a paragraph, else ("", "")."""
    label = ""
    for index, (words, bold) in enumerate(pieces):
        if not bold and words.strip():
            rest = "".join(piece for piece, _ in pieces[index:])
            head = label.rstrip()
            if rest.lstrip().startswith(":") and head and not head.endswith(":"):
                return " ".join(label.split()), rest.lstrip()[1:].strip()
            return (" ".join(head[:-1].split()), rest) if head.endswith(":") and len(head) <= 80 else ("", "")
        label += words
        if len(label) > _LONGEST_LABEL:
            break
    return "", ""
