"""Applying fixes to files: every edit is placed in the source, the file is replaced as one."""

from __future__ import annotations

import io
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from coach_assist.checker.assess import Checked
from coach_assist.checker.inputs.decoding import decoded
from coach_assist.checker.inputs.items import Item, Unreadable
from coach_assist.checker.reports import Edit
from coach_assist.errors import Refused
from coach_assist.flows.check import CheckOptions, check_stream

ROUNDS = 10
"""One fix can make room for another; after so many rounds what is left is left."""


class Fixed(NamedTuple):
    """A source after its fixes."""

    data: bytes
    made: int
    """How many fixes were applied."""


class _Placed(NamedTuple):
    """An edit in the source: code points `start` to `end` of one line."""

    line: int
    start: int
    end: int
    text: str


def fixed(data: bytes, name: str, options: CheckOptions, *, unsafe: bool) -> Fixed:
    """Return `data` with the fixes made: the safe ones, or with `unsafe` all.

    Units of a JSON plan are never changed here: a plan changes by proposals. Lines that cannot be read
    stay as they are.
    """
    options = options._replace(jobs=1)
    count = 0
    for _ in range(ROUNDS):
        edits: list[_Placed] = []
        made = 0
        for result in check_stream(io.BytesIO(data), name, options):
            if isinstance(result, Checked):
                placed, number = _edits(result, unsafe)
                edits += placed
                made += number
        if not edits:
            break
        changed = _applied(data, edits)
        if changed == data:
            break
        data, count = changed, count + made
    return Fixed(data, count)


def _edits(checked: Checked, unsafe: bool) -> tuple[list[_Placed], int]:
    """Return the edits of the item's fixes that do not clash, and how many fixes they are."""
    if checked.item.from_plan:
        return [], 0
    chosen: list[Edit] = []
    placed: list[_Placed] = []
    count = 0
    for finding in checked.findings:
        fix = finding.fix
        if fix is None or not fix.edits or not (fix.safe or unsafe):
            continue
        if any(_clash(edit, other) for edit in fix.edits for other in chosen):
            continue
        places = [_place(checked.item, edit) for edit in fix.edits]
        if all(places):
            chosen += fix.edits
            placed += [place for place in places if place]
            count += 1
    return placed, count


def _clash(one: Edit, other: Edit) -> bool:
    """Say whether two edits overlap, or insert at the same place."""
    if one.start == one.end and other.start == other.end:
        return one.start == other.start
    return one.start < other.end and other.start < one.end


def _place(item: Item, edit: Edit) -> _Placed | None:
    """Return where an edit stands in the source; None for one that goes over a line's end."""
    line, start = item.place(edit.start)
    last_line, end = item.end_place(edit.start, edit.end)
    if last_line != line:
        return None
    text = edit.text
    if item.segment(edit.start).escaped:
        text = json.dumps(text, ensure_ascii=False)[1:-1]
    return _Placed(line, start, end, text)


def _applied(data: bytes, edits: list[_Placed]) -> bytes:
    by_line: dict[int, list[_Placed]] = {}
    for edit in edits:
        by_line.setdefault(edit.line, []).append(edit)
    pieces = []
    for number, raw in enumerate(io.BytesIO(data), start=1):
        if number in by_line:
            mark = b"\xef\xbb\xbf" if number == 1 and raw.startswith(b"\xef\xbb\xbf") else b""
            body = raw.removeprefix(mark)
            line = decoded(number, body)
            if not isinstance(line, Unreadable):
                text = line.text
                line_end = body[len(text.encode()) :]
                for edit in sorted(by_line[number], key=lambda edit: (edit.start, edit.end), reverse=True):
                    text = text[: edit.start] + edit.text + text[edit.end :]
                raw = mark + text.encode("utf-8", "replace") + line_end
        pieces.append(raw)
    return b"".join(pieces)


def difference(before: bytes, after: bytes, name: str) -> Iterator[str]:
    """Yield the lines of a unified diff of a source before and after its fixes."""
    import difflib

    old = before.decode("utf-8", "replace").split("\n")
    new = after.decode("utf-8", "replace").split("\n")
    yield from difflib.unified_diff(old, new, name, name, lineterm="")


def replace_file(name: str, data: bytes) -> None:
    """Replace the content of a file as one: at any moment it is whole, the old or the new.

    The mode is kept; behind a symbolic link the file itself is replaced. Raises Refused in words where
    the folder or the file cannot be written.
    """
    target = Path(name).resolve()
    temporary: Path | None = None
    try:
        if not os.access(target, os.W_OK):
            raise PermissionError(13, "the file is read-only")
        handle, path = tempfile.mkstemp(prefix=".coach-assist-", dir=target.parent)
        temporary = Path(path)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise Refused(
            f"{name} cannot be written: {error.strerror or error}",
            kept="The file is as it was.",
            next_step="Make it writable, or use --diff to see the fixes.",
        ) from None
