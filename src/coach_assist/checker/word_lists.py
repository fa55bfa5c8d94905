"""Reading the word lists of a language from their files, and joining them into the tables of a lexicon."""

from __future__ import annotations

import os
from collections.abc import Iterator

from coach_assist.checker.lexicon import BIT, KINDS
from coach_assist.checker.tokens import tokenise
from coach_assist.checker.word_tables import FOLDER, Entry, Tables


class _Lists:
    """The tables while the lists are read into them."""

    def __init__(self) -> None:
        self.exact: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        self.nouns: dict[str, int] = {}
        self.values: dict[tuple[str, int], str] = {}
        self.phrases: dict[str, dict[str, list[Entry]]] = {}

    def load(self, path: str, bit: int) -> None:
        """Read one list: every entry gets `bit`."""
        words = self.exact
        for line in _read(path):
            if _is_comment(line):
                if line.startswith("# match:"):
                    words = self.nouns if line.endswith("noun") else self.stems
                continue
            entry, _, value = line.partition(" = ")
            parts = [token.low for token in tokenise(entry)]
            if len(parts) == 1:
                words[parts[0]] = words.get(parts[0], 0) | bit
                if value:
                    self.values[parts[0], bit] = value
                continue
            self._add_phrase(tuple(parts), bit, value)
            if "-" in parts:  # what has hyphens is also written without them
                spaced = tuple(part for part in parts if part != "-")
                if len(spaced) > 1:
                    self._add_phrase(spaced, bit, value)

    def _add_phrase(self, parts: tuple[str, ...], bit: int, value: str) -> None:
        entries = self.phrases.setdefault(parts[0], {}).setdefault(parts[1], [])
        for place, (known, bits, old) in enumerate(entries):
            if known == parts and (old == value or not value or not old):
                entries[place] = (parts, bits | bit, old or value)
                return
        entries.append((parts, bit, value))


def read_lists(language: str) -> Tables:
    """Return the joined tables of a language. Raises OSError where it has no folder."""
    folder = os.path.join(FOLDER, language)  # noqa: PTH118
    present = set(os.listdir(folder))  # noqa: PTH208
    lists = _Lists()
    for kind in KINDS:
        if f"{kind}.txt" in present:
            lists.load(os.path.join(folder, f"{kind}.txt"), BIT[kind])  # noqa: PTH118
    suffixes: list[tuple[str, str, bool]] = []
    capital_nouns = False
    for line in _entries(os.path.join(folder, "suffixes.txt")):  # noqa: PTH118
        if line == "! capital nouns":
            capital_nouns = True
            continue
        ending, _, replacement = line.removeprefix("+").partition(" ")
        suffixes.append((ending, replacement.strip(), line.startswith("+")))
    endings: list[tuple[str, int]] = []
    if "noun_endings.txt" in present:
        for line in _entries(os.path.join(folder, "noun_endings.txt")):  # noqa: PTH118
            ending, _, kind = line.partition(" = ")
            endings.append((ending, BIT[kind]))
    phrases = {
        first: {
            second: sorted(entries, key=lambda entry: -len(entry[0])) for second, entries in seconds.items()
        }
        for first, seconds in lists.phrases.items()
    }
    return (
        lists.exact, lists.stems, lists.nouns, lists.values, phrases, suffixes, endings,
        capital_nouns,
    )  # fmt: skip


def _read(path: str) -> Iterator[str]:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        for raw in file:
            if line := raw.strip():
                yield line


def _entries(path: str) -> Iterator[str]:
    return (line for line in _read(path) if not _is_comment(line))


def _is_comment(line: str) -> bool:
    return line[0] == "#" and line[1:2] in {" ", ""}
