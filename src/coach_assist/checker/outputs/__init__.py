"""How results are printed: text, json, jsonl, sarif, github and junit, each a writer that streams.

A writer gets `begin(name)`, then what is found in that source, then `end()`, for each source in turn,
and `finish(tally)` last. Nothing is kept that grows with the number of items.
"""

from __future__ import annotations

from typing import Protocol, TextIO

from coach_assist.checker.assess import Checked
from coach_assist.checker.inputs.items import Unreadable
from coach_assist.checker.outputs.tally import Tally

FORMATS = ("text", "json", "jsonl", "sarif", "github", "junit")


class Writer(Protocol):
    """What prints results in one format."""

    def begin(self, name: str) -> None:
        """A source begins; `name` is its path as given, "-" for standard input."""

    def pip(self, signs: tuple[str, ...]) -> None:
        """The source reads as a performance improvement plan."""

    def checked(self, checked: Checked) -> None:
        """One item."""

    def unreadable(self, fault: Unreadable) -> None:
        """A line, or the whole source, could not be read."""

    def end(self) -> None:
        """The source ends."""

    def finish(self, tally: Tally) -> None:
        """Nothing more comes."""


def writer(name: str, out: TextIO, *, colour: bool = False, explain: bool = False) -> Writer:
    """Return the writer of the format `name` onto `out`; only what it needs is imported."""
    if name == "text":
        from coach_assist.checker.outputs.text import TextWriter

        return TextWriter(out, colour=colour, explain=explain)
    if name == "jsonl":
        from coach_assist.checker.outputs.jsonl import JsonLinesWriter

        return JsonLinesWriter(out)
    if name == "json":
        from coach_assist.checker.outputs.jsonl import JsonWriter

        return JsonWriter(out)
    if name == "sarif":
        from coach_assist.checker.outputs.sarif import SarifWriter

        return SarifWriter(out)
    if name == "github":
        from coach_assist.checker.outputs.github import GithubWriter

        return GithubWriter(out)
    from coach_assist.checker.outputs.junit import JunitWriter

    return JunitWriter(out)
