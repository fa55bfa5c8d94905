"""A history as text: one header line, then one event a line, parents first. The form in which it travels.

    {"bundle":"coach-assist","events":N,"heads":[…],"plan":"…","v":1}
    {"body":…,"core":{…},"id":"…","salt":"…","sig":"…"}
    …

Every line is canonical JSON and ends with one line feed; the events stand in the one order that their
set has. So one history has exactly one text, and a changed, dropped, doubled or moved line shows. The
header is not signed: it tells a file that was cut off from a whole one, and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from pydantic import JsonValue

from coach_assist.agreement.canonical import NotCanonical, decode, encode
from coach_assist.agreement.events import MAX_LINE_BYTES, Record, from_line, to_line
from coach_assist.agreement.faults import Damaged, Fault, FaultCode, NewerVersion
from coach_assist.agreement.history import History

BUNDLE = "coach-assist"
BUNDLE_FORMAT = 1
HEADER_FIELDS = frozenset({"bundle", "events", "heads", "plan", "v"})
MAX_BUNDLE_BYTES = 256 * 1024 * 1024


def to_lines(history: History, *, withheld: frozenset[str] = frozenset()) -> bytes:
    """Return a history as text; the bodies of the events in `withheld` are left out."""
    header = encode(
        {
            "bundle": BUNDLE,
            "events": len(history.events),
            "heads": cast("list[JsonValue]", sorted(history.heads)),
            "plan": history.plan,
            "v": BUNDLE_FORMAT,
        },
        limit=MAX_LINE_BYTES,
    )
    events = (
        to_line(event.record.without_body() if event.id in withheld else event.record)
        for event in history.in_order()
    )
    return b"".join(line + b"\n" for line in (header, *events))


def from_lines(data: bytes, *, remembered: Iterable[str] = (), partial: bool = False) -> History:
    """Read and verify a history from its text.

    `remembered` and `partial` are those of History.extended. Raises Damaged, naming the event where its
    id can be read and the line where not, or NewerVersion.
    """
    if len(data) > MAX_BUNDLE_BYTES:
        raise _damaged("unreadable", "it is larger than 256 MiB", "the file")
    *lines, rest = data.split(b"\n")
    if rest or not lines:
        raise _damaged(
            "unreadable", "it does not end with a line end: it was cut off", f"line {len(lines) + 1}"
        )
    header = _header(lines[0])
    records: list[Record] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines[1:], start=2):
        try:
            records.append(from_line(line))
        except NotCanonical as error:
            faults.append(Fault("unreadable", str(error), None, f"line {number}"))
    if faults:
        raise Damaged(tuple(faults), source="This file")
    try:
        history = History().extended(records, remembered=remembered, partial=partial, first_line=2)
    except Damaged as error:
        raise Damaged(error.faults, source="This file") from None
    _compare(history, header, records)
    return history


def _header(line: bytes) -> dict[str, JsonValue]:
    try:
        header = decode(line, limit=MAX_LINE_BYTES)
    except NotCanonical as error:
        raise _damaged("unreadable", f"the first line is {error}", "line 1") from None
    if not isinstance(header, dict) or header.get("bundle") != BUNDLE:
        raise _damaged("unreadable", "it is no signed plan of coach-assist", "line 1")
    version = header.get("v")
    if type(version) is int and version > BUNDLE_FORMAT:
        raise NewerVersion(f"the file has format {version}", "a version that reads that format")
    if header.keys() != HEADER_FIELDS or type(version) is not int or version != BUNDLE_FORMAT:
        raise _damaged("unreadable", "the first line has other fields than a header", "line 1")
    return header


def _compare(history: History, header: dict[str, JsonValue], records: list[Record]) -> None:
    """Check that the lines are the history's one text, and that the header speaks of the same history."""
    if len(history.events) != len(records):
        places = {one.id: number for number, one in enumerate(records)}
        doubled = next(one.id for number, one in enumerate(records) if places[one.id] != number)
        raise _damaged("changed", "it stands twice", None, doubled)
    for record, event in zip(records, history.in_order(), strict=True):
        if record.id != event.id:
            raise _damaged("changed", "it stands in another place than its own", None, record.id)
    if header["plan"] != history.plan:
        raise _damaged("other-plan", "the first line names another plan", "line 1")
    if header["events"] != len(records) or header["heads"] != sorted(history.heads):
        raise _damaged(
            "lost-tail", "the first line speaks of other events: some are missing or added", "line 1"
        )


def _damaged(code: FaultCode, words: str, place: str | None, event: str | None = None) -> Damaged:
    return Damaged((Fault(code, words, event, place or ""),), source="This file")
