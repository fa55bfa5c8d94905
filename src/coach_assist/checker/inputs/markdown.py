"""Markdown: each list item, table cell and non-blank line of a paragraph is one item.

A small block reader, not a renderer: it knows what is *not* a text to check (front matter, code, HTML,
rules, link definitions) and which headings stand above one. It holds one list item or paragraph line
at a time, so a document of any length streams.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from coach_assist.checker.inputs.items import LONGEST_ITEM, Event, Item, Line, Role, Segment, Unreadable
from coach_assist.checker.inputs.markdown_tables import DELIMITER_ROW, Table
from coach_assist.checker.inputs.roles import DocumentWords
from coach_assist.checker.reports import Context
from coach_assist.checker.suppression import blanked, find_comments

_QUOTE = re.compile(r" {0,3}> ?")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})(.*)$")
_BULLET = re.compile(r"([ \t]*)(?:[-*+•]|(\d{1,9})[.)])(?:([ \t]+)(?=\S)|[ \t]*$)(?:\[[ xX]\][ \t]+)?")
_LINK_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*\S+")
_TAG_ONLY = re.compile(r" {0,3}</?[A-Za-z][^<>]*>[ \t]*$")
_RAW_HTML = re.compile(r" {0,3}<(pre|script|style|textarea)\b", re.IGNORECASE)
_FRONT_MATTER_LINES = 400


@dataclass(slots=True)
class _Pending:
    """A list item or paragraph line that may still grow, or turn out to be a heading."""

    kind: str
    start: int
    segments: list[Segment]
    parts: list[str]
    size: int
    heading: str | None


@dataclass(slots=True)
class _Reader:
    words: DocumentWords
    defaults: Context
    headings: list[tuple[int, str]] = field(default_factory=list)
    pending: _Pending | None = None
    content_indent: int = 0
    """Column at which the content of the current list item begins; 0 outside lists."""
    after_blank: bool = True
    fence: tuple[str, int] | None = None
    fence_depth: int = 0
    until: re.Pattern[str] | None = None
    """Inside an HTML comment or raw HTML: what ends it."""
    table: Table | None = None

    def read(self, line: Line) -> Iterator[Event]:
        text, column, depth = line.text, 0, 0
        while quoted := _QUOTE.match(text, column):
            column, depth = quoted.end(), depth + 1
        content = text[column:]
        if self.until is not None:
            if self.until.search(content):
                self.until = None
            return
        if self.fence is not None:
            if depth >= self.fence_depth:
                self._fence_line(content)
                return
            self.fence = None
        if not content.strip():
            yield from self.flush()
            self.table, self.after_blank = None, True
            return
        yield from self._block(line, content, column, depth)
        self.after_blank = False

    def _fence_line(self, content: str) -> None:
        assert self.fence is not None
        closing = _FENCE.match(content)
        mark, length = self.fence
        if closing and closing[1][0] == mark and len(closing[1]) >= length and not closing[2].strip():
            self.fence = None

    def _block(self, line: Line, content: str, column: int, depth: int) -> Iterator[Event]:
        comments = find_comments(content, line.number)
        if comments and not blanked(content, comments).strip():
            yield from self.flush()
            yield from find_comments(line.text, line.number)
            return
        if self.table is not None:
            if "|" in content:
                yield from self._row(line, column)
                return
            self.table = None
        indent = len(content) - len(content.lstrip(" \t"))
        wide = len(content[:indent].expandtabs(4))
        if self.after_blank and wide < self.content_indent:
            bullet_again = _BULLET.match(content)
            if not bullet_again:
                self.content_indent = 0
        if (
            self.pending is None
            and wide >= self.content_indent + 4
            and not (self.content_indent and _BULLET.match(content))
        ):
            return  # indented code
        if self._starts_code_or_html(content, depth):
            yield from self.flush()
            return
        inner = content[min(indent, self.content_indent) :] if self.content_indent else content
        if heading := _HEADING.match(inner):
            yield from self.flush()
            self._enter(len(heading[1]), heading[2] or "")
            return
        if self.pending and self.pending.kind == "paragraph":
            underline = _UNDERLINE.match(content)
            if underline:
                self._enter(1 if underline[1][0] == "=" else 2, self.pending.parts[0])
                self.pending = None
                return
            if "|" in self.pending.parts[0] and DELIMITER_ROW.match(content):
                segment = self.pending.segments[0]
                self.pending = None
                self.table = Table(self.words)
                yield from self._cells(segment.source, segment.line, segment.column, header=True)
                return
        if _RULE.match(inner):
            yield from self.flush()
            return
        bullet = _BULLET.match(content)
        if bullet and not self._only_looks_like_a_bullet(bullet, content):
            yield from self.flush()
            self.content_indent = len(content[: bullet.end(3) if bullet[3] else bullet.end()].expandtabs(4))
            rest = content[bullet.end() :]
            if rest.strip():
                self._hold("item", line, column + bullet.end())
            return
        if self.pending and self.pending.kind == "item":
            self._grow(line)
            return
        if _LINK_DEFINITION.match(content) and self.pending is None:
            return
        yield from self.flush(next_line=content.strip())
        self._hold("paragraph", line, column + indent)

    def _only_looks_like_a_bullet(self, bullet: re.Match[str], content: str) -> bool:
        """Say whether a number or an empty bullet only goes on with a paragraph (as in CommonMark)."""
        if not (self.pending and self.pending.kind == "paragraph"):
            return False
        return (bullet[2] is not None and int(bullet[2]) != 1) or not content[bullet.end() :].strip()

    def _starts_code_or_html(self, content: str, depth: int) -> bool:
        fence = _FENCE.match(content)
        if fence and not (fence[1][0] == "`" and "`" in fence[2]):
            self.fence, self.fence_depth = (fence[1][0], len(fence[1])), depth
            return True
        stripped = content.lstrip()
        if stripped.startswith("<!--"):
            if "-->" not in stripped:
                self.until = re.compile("-->")
                return True
            return stripped.rstrip().endswith("-->") and stripped.count("<!--") == 1
        if raw := _RAW_HTML.match(content):
            if f"</{raw[1].lower()}" not in content.lower():
                self.until = re.compile(f"</{raw[1]}", re.IGNORECASE)
            return True
        return bool(_TAG_ONLY.match(content))

    def _enter(self, level: int, title: str) -> None:
        title = re.sub(r"<!--.*?-->", "", title).strip()
        self.headings = [entry for entry in self.headings if entry[0] < level]
        self.headings.append((level, title))
        self.content_indent = 0

    def _hold(self, kind: str, line: Line, column: int) -> None:
        part = line.text[column:].rstrip()
        segment = Segment(0, line.number, column, line.text)
        heading = " / ".join(title for _, title in self.headings if title) or None
        self.pending = _Pending(kind, line.number, [segment], [part], len(part), heading)

    def _grow(self, line: Line) -> None:
        """Add a line to the pending list item. Its text stays a plain slice of the source."""
        pending = self.pending
        assert pending is not None
        part = line.text.rstrip()
        pending.segments.append(Segment(pending.size + 1, line.number, 0, line.text))
        pending.parts.append(part)
        pending.size += len(part) + 1

    def flush(self, next_line: str | None = None) -> Iterator[Event]:
        """Yield what is pending as an item."""
        pending, self.pending = self.pending, None
        if pending is None:
            return
        if pending.size > LONGEST_ITEM:
            yield Unreadable(pending.start, f"the list item is longer than {LONGEST_ITEM // 1024} KiB")
            return
        text = "\n".join(pending.parts)
        role = self.words.role_of_text(text, [title for _, title in self.headings])
        yield self._item(
            text, pending.segments, role, pending.heading, next_line if pending.kind == "paragraph" else None
        )

    def _item(
        self, text: str, segments: list[Segment], role: Role, heading: str | None, next_line: str | None
    ) -> Item:
        context = self.defaults
        if heading or next_line:
            context = Context(
                due=context.due,
                focus=context.focus,
                relevance=context.relevance,
                heading=heading,
                next_sentence=next_line,
                today=context.today,
                start=context.start,
                end=context.end,
            )
        line = segments[0].line
        checked = masked(text) if "<!--" in text else None
        return Item(
            line, line, text, tuple(segments), context, role, find_comments(text, line), checked=checked
        )

    def _row(self, line: Line, column: int) -> Iterator[Event]:
        yield from self._cells(line.text, line.number, column, header=False)

    def _cells(self, source: str, number: int, column: int, *, header: bool) -> Iterator[Event]:
        assert self.table is not None
        heading = " / ".join(title for _, title in self.headings if title) or None
        # Comments in a row are said before its cells, because they hold for all of them.
        yield from find_comments(source, number)
        checked = masked(source) if "<!--" in source else source
        for cell in self.table.row(checked, column, self.defaults, heading, header=header):
            yield Item(
                number,
                number,
                source[cell.start : cell.end],
                (Segment(0, number, cell.start, source),),
                cell.context,
                cell.role,
                checked=checked[cell.start : cell.end],
            )


def masked(text: str) -> str:
    """Return `text` with every HTML comment blanked, equally long."""
    return re.sub(r"<!--.*?-->", lambda match: re.sub(r"[^\n]", " ", match[0]), text, flags=re.DOTALL)


def read_markdown(
    lines: Iterable[Line | Unreadable], defaults: Context | None = None, language: str = "en"
) -> Iterator[Event]:
    """Yield the items of a Markdown document, in order, with the headings above each as context."""
    reader = _Reader(DocumentWords(language), defaults or Context())
    for line in _without_front_matter(iter(lines)):
        if isinstance(line, Unreadable):
            yield line
        else:
            yield from reader.read(line)
    yield from reader.flush()


def _without_front_matter(lines: Iterator[Line | Unreadable]) -> Iterator[Line | Unreadable]:
    """Yield the lines after the front matter. An opening mark that is never closed is a rule."""
    first = next(lines, None)
    if first is None:
        return
    held = [first]
    if isinstance(first, Line) and first.text.rstrip() in {"---", "+++"}:
        closing = {"---": {"---", "..."}, "+++": {"+++"}}[first.text.rstrip()]
        for line in lines:
            if isinstance(line, Line) and line.text.rstrip() in closing:
                held = [entry for entry in held if isinstance(entry, Unreadable)]
                break
            held.append(line)
            if len(held) > _FRONT_MATTER_LINES:
                break
    yield from held
    yield from lines
