"""JSON Lines (one object an item, nothing else) and one JSON document with the same objects by file."""

from __future__ import annotations

import json
from typing import TextIO

from coach_assist.checker.assess import Checked
from coach_assist.checker.inputs.items import Unreadable
from coach_assist.checker.outputs.tally import Tally

# ASCII only: no control, bidirectional or lone surrogate character of a text reaches a terminal or
# an encoder raw, and every JSON reader gives the text back exactly.
_dumps = json.JSONEncoder(ensure_ascii=True).encode


class JsonLinesWriter:
    """Prints exactly one object an item, in order; a line that cannot be read gives {line, error}."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def begin(self, name: str) -> None:
        """Nothing: lines of several files follow one another."""

    def pip(self, signs: tuple[str, ...]) -> None:
        """Nothing: L701 findings carry it."""

    def checked(self, checked: Checked) -> None:
        self._out.write(_dumps(checked.to_json()) + "\n")

    def unreadable(self, fault: Unreadable) -> None:
        self._out.write(_dumps({"line": fault.line, "error": fault.error}) + "\n")

    def end(self) -> None:
        """Nothing."""

    def finish(self, tally: Tally) -> None:
        """Nothing."""


class JsonWriter:
    """Prints {"version", "files": [{"file", "items", "pip_signs"}], "summary"}."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._files = 0
        self._items = 0
        self._signs: tuple[str, ...] = ()

    def begin(self, name: str) -> None:
        self._out.write('{"version": 1, "files": [' if not self._files else ",")
        self._files += 1
        self._items, self._signs = 0, ()
        self._out.write(f'\n{{"file": {_dumps(name)}, "items": [')

    def pip(self, signs: tuple[str, ...]) -> None:
        self._signs = signs

    def checked(self, checked: Checked) -> None:
        self._out.write((",\n" if self._items else "\n") + _dumps(checked.to_json()))
        self._items += 1

    def unreadable(self, fault: Unreadable) -> None:
        # Faults stand among the items, as in JSON Lines: a list of its own would have to be held.
        self._out.write((",\n" if self._items else "\n") + _dumps({"line": fault.line, "error": fault.error}))
        self._items += 1

    def end(self) -> None:
        self._out.write(f'], "pip_signs": {_dumps(list(self._signs))}}}')

    def finish(self, tally: Tally) -> None:
        if not self._files:
            self._out.write('{"version": 1, "files": [')
        summary = {
            "items": tally.items,
            "flagged": tally.flagged,
            "unreadable": tally.unreadable,
            "levels": tally.levels,
            "codes": dict(sorted(tally.codes.items())),
        }
        self._out.write(f'\n], "summary": {_dumps(summary)}}}\n')
