"""The joined word lists of a language: what a lexicon looks words up in, and its form in a file.

Reading some hundred and thirty lists costs fifteen milliseconds at every start; the joined form costs three.
It is made by scripts/join_word_lists.py and used only while the lists have the size that it was made from.
"""

from __future__ import annotations

import os

FOLDER = os.path.join(os.path.dirname(__file__), "lexicons")  # noqa: PTH118, PTH120 - pathlib costs start-up time
Entry = tuple[tuple[str, ...], int, str]
"""A phrase: its words, its bits, and the value that it carries (or "")."""
Tables = tuple[
    dict[str, int],
    dict[str, int],
    dict[str, int],
    dict[tuple[str, int], str],
    dict[str, dict[str, list[Entry]]],
    list[tuple[str, str, bool]],
    list[tuple[str, int]],
    bool,
]
"""The lists of a language joined: words as they stand, verbs and nouns by their base form, values; phrases
by their first and second word, the longest first; inflection; noun endings; whether nouns have capitals."""


def joined_path(language: str) -> str:
    """Return the path of a language's joined form."""
    return os.path.join(FOLDER, "_joined", f"{language}.txt")  # noqa: PTH118


def size_of_lists(language: str) -> str:
    """Return the number and the bytes of a language's lists, by which its joined form is known as current."""
    sizes = [entry.stat().st_size for entry in os.scandir(os.path.join(FOLDER, language))]  # noqa: PTH118
    return f"{len(sizes)} {sum(sizes)}"


def joined_tables(language: str) -> Tables | None:
    """Return the tables from the joined form, or None where there is none or the lists have changed."""
    try:
        with open(joined_path(language), encoding="utf-8") as file:  # noqa: PTH123
            lines = file.read().split("\n")
        if lines[0] != size_of_lists(language):
            return None
    except OSError:
        return None
    return _read(lines)


def join(language: str, tables: Tables) -> str:
    """Return the joined form of `tables` as text: its lists, each in lines of its own."""
    exact, stems, nouns, values, phrases, suffixes, endings, capital_nouns = tables
    entries = [entry for seconds in phrases.values() for group in seconds.values() for entry in group]
    known = sorted(
        {*exact.values(), *stems.values(), *nouns.values(), *(bit for _, bit in values)}
        | {bits for _, bits, _ in entries}
        | {bit for _, bit in endings}
    )
    number = {bits: place for place, bits in enumerate(known)}
    lines = [size_of_lists(language), " ".join(f"{bits:x}" for bits in known)]
    for words in (exact, stems, nouns):
        lines += [" ".join(words), " ".join(str(number[bits]) for bits in words.values())]
    lines.append(str(int(capital_nouns)))
    for group in (
        [f"{word} {number[bit]} {value}" for (word, bit), value in values.items()],
        [f"{ending}|{replacement}|{int(noun)}" for ending, replacement, noun in suffixes],
        [f"{ending} {number[bit]}" for ending, bit in endings],
        [f"{number[bits]}|{value}|{' '.join(parts)}" for parts, bits, value in entries],
    ):
        lines += [str(len(group)), *group]
    return "\n".join(lines) + "\n"


def _read(lines: list[str]) -> Tables:
    """Return the tables of a joined form; the inverse of `join`."""
    known = [int(bits, 16) for bits in lines[1].split(" ")]
    words = [
        dict(
            zip(lines[at].split(" "), [known[int(place)] for place in lines[at + 1].split(" ")], strict=True)
        )
        if lines[at]
        else {}
        for at in (2, 4, 6)
    ]
    at = 9
    groups = []
    for _ in range(4):
        count = int(lines[at])
        groups.append(lines[at + 1 : at + 1 + count])
        at += count + 1
    values: dict[tuple[str, int], str] = {}
    for line in groups[0]:
        word, place, value = line.split(" ", 2)
        values[word, known[int(place)]] = value
    suffixes = [(ending, new, noun == "1") for ending, new, noun in (line.split("|") for line in groups[1])]
    endings = [(ending, known[int(place)]) for ending, place in (line.split(" ") for line in groups[2])]
    phrases: dict[str, dict[str, list[Entry]]] = {}
    for line in groups[3]:
        place, value, text = line.split("|", 2)
        parts = tuple(text.split(" "))
        entry = (parts, known[int(place)], value)
        phrases.setdefault(parts[0], {}).setdefault(parts[1], []).append(entry)
    return words[0], words[1], words[2], values, phrases, suffixes, endings, lines[8] == "1"
