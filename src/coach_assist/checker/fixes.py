"""Building fixes and applying them. A fix never invents a number, a name or a date: it inserts `[target]`."""

from __future__ import annotations

from collections.abc import Iterable

from coach_assist.checker.reports import Edit, Finding, Fix

_TAIL = " \t\r\n.!?*_)\"'\u201d\u2019"


def end_of_goal(text: str) -> int:
    """Return the place before the closing full stop, emphasis and blanks of a text."""
    place = len(text)
    while place > 0 and text[place - 1] in _TAIL:
        place -= 1
    while place < len(text) and text[place] == ")":
        place += 1
    return place


def insert(place: int, words: str, message: str) -> Fix:
    """Return a fix that inserts `words` at `place`."""
    return Fix(message, (Edit(place, place, words),), safe=False)


def replace(start: int, end: int, words: str, message: str) -> Fix:
    """Return a fix that puts `words` in place of `start` to `end`."""
    return Fix(message, (Edit(start, end, words),), safe=False)


def remove(text: str, start: int, end: int, message: str) -> Fix:
    """Return a safe fix that removes `start` to `end` and the blank that would be left over."""
    if end < len(text) and text[end] == " " and (start == 0 or text[start - 1] in " \n"):
        end += 1
    elif start > 0 and text[start - 1] == " ":
        start -= 1
    edits = [Edit(start, end, "")]
    if start == 0 and end < len(text) and text[end].islower() and text[:1].isupper():
        edits.append(Edit(end, end + 1, text[end].upper()))
    return Fix(message, tuple(edits), safe=True)


def apply_fixes(text: str, findings: Iterable[Finding], *, unsafe: bool = False) -> str:
    """Return `text` with the fixes of `findings` applied: the safe ones, or with `unsafe` all of them.

    Where two fixes touch the same place the first one wins. Applying the fixes of the result again
    changes nothing: a placeholder that stands in the text raises no fix of its own.
    """
    taken: list[Edit] = []
    for finding in findings:
        if finding.fix is None or not (finding.fix.safe or unsafe):
            continue
        if any(_overlap(edit, other) for edit in finding.fix.edits for other in taken):
            continue
        taken.extend(finding.fix.edits)
    order = {id(edit): number for number, edit in enumerate(taken)}
    for edit in sorted(taken, key=lambda edit: (edit.start, edit.end, order[id(edit)]), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _overlap(one: Edit, other: Edit) -> bool:
    if one.start == one.end == other.start == other.end:
        return False
    return (one.start < other.end and other.start < one.end) or (one.start, one.end) == (
        other.start,
        other.end,
    )
