"""Markdown: headings, paragraphs, list items and table rows. Code, HTML and front matter are passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coach_assist.exchange.readers.document import Block, ReadFault
from coach_assist.exchange.readers.guards import MOST_BLOCKS
from coach_assist.exchange.readers.labels import divided

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_COMMENT = re.compile(r"(?<!\\)<!--.*?(?:-->|\Z)", re.DOTALL)
_DASH = re.compile(r"[•▪◦·–—][ \t]+(?=\S)")
_LIST_ENDS = {
    "bullet_list_open": 1,
    "ordered_list_open": 1,
    "bullet_list_close": -1,
    "ordered_list_close": -1,
}


def markdown_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a Markdown text; places are its lines. Raises ReadFault for too many."""
    from markdown_it import MarkdownIt

    front = _FRONT_MATTER.match(text)
    if front:  # as many lines remain, so that every place is right
        text = "\n" * front[0].count("\n") + text[front.end() :]
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")
    # Only blocks: what stands inside a line is taken apart in labels.py, which is linear.
    parser.core.ruler.enableOnly(["normalize", "block"])
    tokens = parser.parse(text)
    blocks: list[Block] = []
    for block in _blocks(tokens):
        blocks.append(block)
        if len(blocks) > MOST_BLOCKS:
            raise ReadFault(f"it has more than {MOST_BLOCKS} paragraphs")
    return tuple(blocks)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    depth = 0
    row: list[str] = []
    columns: tuple[str, ...] = ()
    in_head = False
    heading = 0
    first_of_item = False
    for index, token in enumerate(tokens):
        place = token.map[0] + 1 if token.map else 1
        depth += _LIST_ENDS.get(token.type, 0)
        match token.type:
            case "heading_open":
                heading = int(token.tag[1:])
            case "heading_close":
                heading = 0
            case "list_item_open":
                first_of_item = True
            case "table_open":
                columns = ()
            case "thead_open" | "thead_close":
                in_head = token.type == "thead_open"
            case "tr_open":
                row, row_place = [], place
            case "tr_close":
                if in_head:
                    columns = tuple(row)
                elif any(row):
                    yield Block("row", " | ".join(row), row_place, cells=tuple(row), columns=columns)
            case "inline":
                inside = tokens[index - 1].type
                if inside in ("th_open", "td_open"):
                    row.append(divided(token.content, place).plain)
                elif heading:
                    yield Block("heading", divided(token.content, place).plain, place, level=heading)
                else:
                    lead_in = index + 2 < len(tokens) and _LIST_ENDS.get(tokens[index + 2].type) == 1
                    for part in divided(token.content, place).parts:
                        if depth and first_of_item:
                            yield Block("item", part.text, part.place, level=depth, label=part.label)
                            first_of_item = False
                        elif dash := _DASH.match(part.text):
                            yield Block(
                                "item", part.text[dash.end() :], part.place, max(depth, 1), part.label
                            )
                        else:
                            yield Block(
                                "paragraph", part.text, part.place, depth, part.label, lead_in=lead_in
                            )
            case _:
                pass
