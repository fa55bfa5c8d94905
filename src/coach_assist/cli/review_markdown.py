"""The report of a review as Markdown: what was read is shown and does nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach_assist.cli.review_lines import entry_lines, table_rows
from coach_assist.exchange.inert import markdown_line
from coach_assist.flows.review_output import FileEntry

NOTE = (
    "This report judges sentences against rules. It rates, ranks and compares no person. "
    "It holds texts of the plans: whoever may not read the plans may not read it."
)


def report_markdown(entries: Sequence[FileEntry]) -> str:
    """Return the whole report: a table where there are several files, then each file in the order given."""
    return "\n".join(_lines(entries)) + "\n"


def _lines(entries: Sequence[FileEntry]) -> Iterator[str]:
    yield "# Review of plans" if len(entries) > 1 else "# Review of a plan"
    yield ""
    yield NOTE
    if len(entries) > 1:
        yield ""
        yield "| File | Reads as | Parts missing | Findings by code |"
        yield "| --- | --- | --- | --- |"
        for row in table_rows(entries):
            yield "| " + " | ".join(markdown_line(cell) for cell in row) + " |"
    for entry in entries:
        yield ""
        first, *rest = entry_lines(entry)
        yield f"## {markdown_line(first)}"
        yield ""
        yield from _block(rest)


def _block(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        words = line.strip()
        if not words:
            yield ""
        elif line.startswith("  "):
            yield f"- {markdown_line(words.removeprefix('- '))}"
        else:
            yield f"**{markdown_line(words)}**"
            yield ""
