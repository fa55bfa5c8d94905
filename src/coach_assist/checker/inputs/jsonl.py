"""JSON Lines: one object a line, {"id", "text", "context", "ignore"}; a whole plan on a line also goes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from coach_assist.checker.inputs.items import Event, Item, Line, Segment, Unreadable
from coach_assist.checker.reports import Context


def read_jsonl(lines: Iterable[Line | Unreadable], defaults: Context | None = None) -> Iterator[Event]:
    """Yield each line's object as an item; `defaults` hold what its context leaves open.

    Members other than "id", "text", "context" and "ignore" are let be, so that labelled data can be
    checked as they are. A line that is no such object becomes an `Unreadable`.
    """
    for line in lines:
        if isinstance(line, Unreadable):
            yield line
        elif line.text and not line.text.isspace():
            yield _item(line, defaults)


def load_json(text: str) -> object:
    """Parse JSON text. Raises ValueError with words and the place, also for nesting that is too deep."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if "\n" in text else f"column {error.colno}"
        raise ValueError(f"not valid JSON at {where}: {error.msg}") from None
    except RecursionError:
        raise ValueError("not readable: the JSON is nested too deeply") from None
    except ValueError:
        raise ValueError("not readable: the JSON holds a number with too many digits") from None


def _item(line: Line, defaults: Context | None) -> Event:
    try:
        data = load_json(line.text)
    except ValueError as error:
        return Unreadable(line.number, str(error))
    if not isinstance(data, dict):
        return Unreadable(line.number, 'not an object with a "text"')
    if "text" not in data and isinstance(data.get("units"), list):
        from coach_assist.checker.inputs.plans import plan_document

        return plan_document(data, line.text, line.number)
    try:
        return object_item(data, line.number, line.text, defaults)
    except ValueError as error:
        return Unreadable(line.number, str(error))


def object_item(
    data: dict[str, object], line: int, source: str, defaults: Context | None, quote: int = -1
) -> Item:
    """Return {"id", "text", "context", "ignore"} as an item.

    `quote` is the index of the text's opening quote in `source`; -1: sought when a place is asked for.
    Raises ValueError in words where a member is missing or of the wrong type.
    """
    text = data.get("text")
    if not isinstance(text, str):
        raise ValueError('"text" is missing' if text is None else '"text" must be a string')
    given = data.get("id")
    if given is not None and (isinstance(given, bool) or not isinstance(given, str | int)):
        raise ValueError('"id" must be a string or a whole number')
    return Item(
        line if given is None else given,
        line,
        text,
        (Segment(0, line, quote, source, escaped=True),),
        context=_context(data.get("context"), defaults),
        ignored=_codes(data.get("ignore")),
    )


def _codes(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise ValueError('"ignore" must be a list of codes')
    return tuple(code.strip().upper() for code in value if code.strip())


def _context(value: object, defaults: Context | None) -> Context | None:
    if value is None or value == {}:
        return defaults
    if not isinstance(value, dict):
        raise ValueError('"context" must be an object')
    own = Context.from_json(value)
    return own if defaults is None else merged(own, defaults)


def merged(own: Context, defaults: Context) -> Context:
    """Return `own` with what it leaves open taken from `defaults`."""
    values: dict[str, date | str | None] = {}
    for name in Context._fields:
        value = getattr(own, name)
        values[name] = getattr(defaults, name) if value is None else value
    return Context(**values)  # type: ignore[arg-type]
