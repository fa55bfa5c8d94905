"""A page as Markdown. Every text in it is inert: no markup, tag, link or image of its own."""

from __future__ import annotations

from collections.abc import Iterator

from coach_assist.exchange.inert import markdown_line, markdown_text
from coach_assist.exchange.page import Blank, Block, Details, Entry, Labelled, Page, Section, Signature, Text

LINE = "\\_" * 24


def page_markdown(page: Page) -> str:
    """Return the page as Markdown."""
    parts = [f"# {markdown_line(page.title)}"]
    parts.append("\n>\n".join(f"> {markdown_line(line)}" for line in page.notice))
    parts.append(
        "\\\n".join(f"**{markdown_line(role)}:** {markdown_line(name)}" for role, name in page.people)
    )
    for number, section in enumerate(page.sections, start=1):
        lead = f"{number}. " if page.numbered else ""
        parts.append(f"## {lead}{markdown_line(section.title)}")
        parts += _section(section)
    parts.append(f"---\n\n{markdown_line(page.foot)}\n\n{markdown_line(page.confidential)}.")
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> Iterator[str]:
    number = 0
    points: list[str] = []
    for block in section.blocks:
        if isinstance(block, Entry) and block.mark != "number":
            points.append(_entry(block, "- ☐ " if block.mark == "box" else "- "))
            continue
        if isinstance(block, Details):
            points.append(_block(block))
            continue
        if points:
            yield "\n".join(points)
            points = []
        if isinstance(block, Entry):
            number += 1
            yield _entry(block, f"{number}. ")
        else:
            yield _block(block)
    if points:
        yield "\n".join(points)


def _entry(entry: Entry, lead: str) -> str:
    indent = " " * (len(lead) if entry.mark == "number" else 2)
    lines = [lead + markdown_text(entry.text, indent)]
    lines += [f"{indent}{_labelled(field, indent + '  ')}" for field in entry.details]
    return "\n".join(lines)


def _labelled(field: Labelled, indent: str = "  ") -> str:
    label, text = field
    return f"- **{markdown_line(label)}:** {markdown_text(text, indent)}"


def _block(block: Block) -> str:
    match block:
        case Text(text=text):
            return markdown_text(text)
        case Details(fields=fields):
            return "\n".join(_labelled(field) for field in fields)
        case Blank(label=label, lines=lines):
            return "\n\n".join([f"{markdown_line(label)}: {LINE}", *([LINE] * (lines - 1))])
        case Signature(name=name, role=role, signed=signed, words=words):
            return "\n\n".join(
                (
                    f"**{markdown_line(name)}** ({markdown_line(role)})",
                    f"{markdown_line(signed)} Key: {markdown_line(words)}",
                    f"Signature: {LINE} Date: {LINE}",
                )
            )
        case Entry():
            return _entry(block, "- ")
