"""For people: the source line with the words underlined, the code, what is missing, and the fix."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TextIO

from coach_assist.checker.assess import Checked
from coach_assist.checker.inputs.items import Item, Unreadable
from coach_assist.checker.outputs.tally import Tally
from coach_assist.checker.outputs.width import columns, reads_right_to_left
from coach_assist.checker.reports import Edit, Finding, Fix
from coach_assist.shown import safe_text

AROUND = 60
"""Code points shown before and after the first marked word of a long line."""
NAMED_FAULTS = 20
"""Unreadable lines named one by one in a source; the others are counted."""
_COLOURS = {"error": "31", "warning": "33", "note": "36", "code": "1", "faint": "2"}


class TextWriter:
    """Prints findings as a compiler does, safe for any terminal and readable without colour."""

    def __init__(self, out: TextIO, *, colour: bool, explain: bool) -> None:
        self._out = out
        self._colour = colour
        self._explain = explain
        self._name = ""
        self._faults = 0
        self._explained: set[str] = set()

    def begin(self, name: str) -> None:
        self._name = "stdin" if name == "-" else shown_line(name)
        self._faults = 0

    def pip(self, signs: tuple[str, ...]) -> None:
        said = ", ".join(f"“{shown_line(sign)}”" for sign in signs[:3])
        self._out.write(
            f"{self._name}: this reads as a performance improvement plan or a disciplinary paper ({said}), "
            "not as a coaching plan.\n  Such a paper judges past work and has its own rules; "
            "the findings below take it as a coaching plan all the same.\n\n"
        )

    def checked(self, checked: Checked) -> None:
        for finding in checked.findings:
            self._finding(checked.item, finding)

    def unreadable(self, fault: Unreadable) -> None:
        self._faults += 1
        if self._faults <= NAMED_FAULTS:
            self._out.write(f"{self._name}:{fault.line}: cannot be read: {shown_line(fault.error)}\n")

    def end(self) -> None:
        if self._faults > NAMED_FAULTS:
            self._out.write(f"{self._name}: {self._faults - NAMED_FAULTS:,} more lines cannot be read\n")

    def finish(self, tally: Tally) -> None:
        """Nothing: the summary is talk, and goes to stderr."""

    def _finding(self, item: Item, finding: Finding) -> None:
        line, column = item.place(finding.start)
        level = self._paint(finding.level, finding.level)
        code = self._paint("code", finding.code)
        place = f"{self._name}:{line}:{column + 1}"
        if isinstance(item.id, str):
            place += f" ({shown_line(item.id)})"
        self._out.write(f"{place}: {level} {code} {shown_line(finding.message)}\n")
        gutter = f"{line:>5} │ "
        if item.text:
            shown, marks = excerpt(item, finding.start, finding.end)
            self._out.write(f"{self._paint('faint', gutter)}{shown}\n")
            if marks:
                self._out.write(f"{self._paint('faint', '      │ ')}{self._paint(finding.level, marks)}\n")
        if finding.fix:
            option = "--fix does it" if finding.fix.safe else "--unsafe-fixes does it"
            # A plan changes by proposals only, so no option changes its file.
            said = f"fix: {shown_line(finding.fix.message)}{'' if item.from_plan else f' ({option})'}"
            after = preview(item.text, finding.fix)
            self._out.write(f"{self._paint('faint', '      │ ')}{said}{f': {after}' if after else ''}\n")
        if self._explain and finding.code not in self._explained:
            self._explained.add(finding.code)
            for text in _why(finding.code):
                self._out.write(f"{self._paint('faint', '      │ ')}{shown_line(text)}\n")
        self._out.write("\n")

    def _paint(self, kind: str, text: str) -> str:
        return f"\x1b[{_COLOURS[kind]}m{text}\x1b[0m" if self._colour else text


@cache
def _why(code: str) -> tuple[str, ...]:
    from coach_assist.checker.registry import rule

    found = rule(code)
    return (found.what, f"why: {found.why}") if found else ()


@lru_cache(maxsize=256)
def shown_line(text: str) -> str:
    """Return `text` safe and on one line, its line ends visible, tabs as four blanks."""
    if text.isascii() and text.isprintable():
        return text
    return safe_text(text).replace("\n", "↵").replace("\t", "    ")


def excerpt(item: Item, start: int, end: int) -> tuple[str, str]:
    """Return the shown source line of code points `start` to `end`, and the marks to put under it.

    A JSON string is shown decoded. Marks end with the line. Under right-to-left text, which a terminal
    reorders, no mark can be right: there the words are quoted instead.
    """
    segment = item.segment(start)
    if segment.escaped:
        left = item.text.rfind("\n", 0, start) + 1
        right = item.text.find("\n", start)
        source = item.text[left : right if right >= 0 else len(item.text)]
        first = start - left
    else:
        source = segment.source
        first = segment.column + start - segment.offset
    last = min(max(first + end - start, first), len(source))
    cut_left = max(0, first - AROUND) if len(source) > 2 * AROUND else 0
    cut_right = min(len(source), max(last, first) + AROUND) if len(source) > 2 * AROUND else len(source)
    if last - first > 3 * AROUND:
        cut_right = first + 3 * AROUND
        last = cut_right
    before, after = "…" if cut_left else "", "…" if cut_right < len(source) else ""
    shown = before + shown_line(source[cut_left:cut_right]).rstrip() + after
    if reads_right_to_left(shown):
        words = shown_line(source[first:last])
        return shown, f"here: “{words}”" if words else ""
    if start == end == 0:
        return shown, ""  # about the whole, such as a unit that lacks something
    lead = columns(before + shown_line(source[cut_left:first]))
    upto = columns(before + shown_line(source[cut_left:last]))
    return shown, " " * lead + "^" * max(upto - lead, 1)


def preview(text: str, fix: Fix) -> str:
    """Return what the fix makes of the words around it, short and safe; "" where it only removes."""
    if not fix.edits:
        return ""
    first, last = fix.edits[0], fix.edits[-1]
    left, right = max(0, first.start - 20), min(len(text), last.end + 20)
    changed = applied(text[left:right], [Edit(e.start - left, e.end - left, e.text) for e in fix.edits])
    if len(changed) > 3 * AROUND:
        return ""
    return f"{'…' if left else ''}{shown_line(changed).strip()}{'…' if right < len(text) else ''}"


def applied(text: str, edits: list[Edit]) -> str:
    """Return `text` with non-overlapping edits made."""
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
