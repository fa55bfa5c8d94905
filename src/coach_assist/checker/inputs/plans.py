"""JSON plans: {"units": [{"id", "kind", "value", "ignore"}, …]}, or a list of goals as objects.

The goals and every other free text of a plan are items, so that each finding has a place; the plan
rules then see the whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from coach_assist.checker.inputs.items import Event, Item, Line, PlanDocument, Role, Segment, Unreadable
from coach_assist.checker.inputs.json_places import Path, string_places
from coach_assist.checker.inputs.jsonl import load_json, object_item
from coach_assist.checker.reports import Context

LONGEST_DOCUMENT = 64 * 1024 * 1024
"""Characters of the largest JSON document that is read; beyond it, JSON Lines stream."""

_NO_PROSE = frozenset({
    "id", "gap", "goal", "kind", "plan_kind", "activity_kind", "source", "second_party", "every", "weekday",
    "direction", "baseline", "target", "unit", "due", "date", "start", "end", "collector", "owner",
    "who", "readers",
})  # fmt: skip
"""Fields of unit values that hold an id, a choice, a number, a date or a name."""


def read_document(lines: Iterable[Line | Unreadable], defaults: Context | None = None) -> Iterator[Event]:
    """Read one JSON document and yield its plan, or its goals.

    A document is a plan ({"units": […]}), one goal ({"text", …}), or a list of goals, each an object
    with a "text" or a plain string.
    """
    parts: list[str] = []
    size = 0
    for line in lines:
        if isinstance(line, Unreadable):
            yield line
            return
        size += len(line.text) + 1
        if size > LONGEST_DOCUMENT:
            yield Unreadable(line.number, f"larger than {LONGEST_DOCUMENT // 2**20} MiB; use JSON Lines")
            return
        parts.append(line.text)
    source = "\n".join(parts)
    if not source.strip():
        return
    try:
        data = load_json(source)
    except ValueError as error:
        message = str(error)
        found = message.partition("at line ")[2].partition(",")[0]
        yield Unreadable(int(found) if found.isdigit() else 1, message)
        return
    if isinstance(data, dict) and isinstance(data.get("units"), list):
        yield plan_document(data, source, 1)
    elif isinstance(data, dict) and "text" in data:
        yield from _goals([data], source, (), defaults)
    elif isinstance(data, list):
        yield from _goals(data, source, (0,), defaults)
    else:
        yield Unreadable(1, 'neither a plan {"units": […]} nor a goal {"text": …} nor a list of goals')


class _Places:
    """Source lines and the places of strings in them."""

    def __init__(self, source: str, first_line: int) -> None:
        self.quotes = string_places(source)
        self.lines = source.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.first_line = first_line

    def segment(self, path: Path) -> Segment:
        """Return where the string at `path` stands; the top of the source if it is not there."""
        index = self.quotes.get(path, 0)
        row = bisect_right(self.starts, index) - 1
        return Segment(0, self.first_line + row, index - self.starts[row], self.lines[row], escaped=True)


def _goals(
    entries: list[object], source: str, prefix: tuple[int, ...], defaults: Context | None
) -> Iterator[Event]:
    places = _Places(source, 1)
    for index, entry in enumerate(entries):
        here: Path = (index,) if prefix else ()
        data: dict[str, object] | None = {"text": entry} if isinstance(entry, str) else None
        if isinstance(entry, dict):
            data = entry
        segment = places.segment(here if isinstance(entry, str) else (*here, "text"))
        if data is None:
            yield Unreadable(segment.line, f'entry {index + 1} is neither a goal {{"text": …}} nor a string')
            continue
        try:
            item = object_item(data, segment.line, segment.source, defaults, segment.column)
        except ValueError as error:
            yield Unreadable(segment.line, f"entry {index + 1}: {error}")
            continue
        yield item


def plan_document(data: dict[str, object], source: str, line: int) -> PlanDocument | Unreadable:
    """Return a parsed plan with the free texts of its units as items, each with its place in `source`."""
    units = data["units"]
    assert isinstance(units, list)
    places = _Places(source, line)
    items: dict[str, Item] = {}
    ignored: dict[str, tuple[str, ...]] = {}
    for index, unit in enumerate(units):
        if isinstance(unit, dict) and unit.get("value", unit) is None:
            continue  # an open unit of a partly agreed plan: nothing to check yet
        fault = _fault(unit)
        if fault:
            return Unreadable(line, f"units[{index}] {fault}")
        name, kind = unit["id"], unit["kind"]
        codes = tuple(code.strip().upper() for code in unit.get("ignore") or ())
        ignored[name] = codes
        for path, text in sorted(_texts(unit["value"], ()), key=lambda entry: entry[0] != ("statement",)):
            is_goal = kind == "goal" and path == ("statement",)
            key = ".".join((name, *map(str, path)))
            segment = places.segment(("units", index, "value", *path))
            role: Role = "goal" if is_goal else "text"
            name_of_item = name if is_goal else key
            items[key] = Item(name_of_item, segment.line, text, (segment,), role=role, from_plan=True)
    return PlanDocument(data, line, items, ignored)


def _fault(unit: object) -> str:
    """Return what keeps an entry of "units" from being read, or ""."""
    if not isinstance(unit, dict):
        return "is not an object"
    for name, kind in (("id", str), ("kind", str), ("value", dict)):
        if not isinstance(unit.get(name), kind):
            return f'lacks "{name}"' if name not in unit else f'has a "{name}" of the wrong type'
    codes = unit.get("ignore")
    if codes is not None and not (isinstance(codes, list) and all(isinstance(code, str) for code in codes)):
        return 'has an "ignore" that is not a list of codes'
    return ""


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NO_PROSE:
                yield from _texts(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))
