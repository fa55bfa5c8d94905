"""In which forms a known person turns up in a text: parts, nicknames, joined and spelled without accents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from coach_assist.assistant.privacy.folding import fold
from coach_assist.checker.lexicon import languages, lexicon

_FOLDER = Path(__file__).parent
_TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "herr", "frau", "hr", "fr",
    "mme", "mlle", "m", "sr", "sra", "ing", "dipl", "mag", "jr", "sen", "ii", "iii",
})  # fmt: skip
_PARTICLES = frozenset({
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "du", "la", "le", "las",
    "los", "el",
    "al", "bin", "ibn", "ben", "bint", "abu", "y", "e", "zu", "zur", "zum", "und", "and", "ter", "ten", "op",
    "af", "av",
})  # fmt: skip
UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
"""A letter of a script that puts no spaces between words."""
_SPLIT = re.compile(r"[\s.,/@_()\"-]+")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "ae", "Ö": "oe", "Ü": "ue"}
)
_SHORTEST = 2
_LONGEST = 200


class NameForm(NamedTuple):
    """One form, folded. `capital`: it is a word as well and counts only where it has a capital letter."""

    text: str
    capital: bool


def forms_of(name: str) -> tuple[NameForm, ...]:
    """Return the forms of one name, the longest first; () where it holds no letter.

    Of a name with several parts: the whole, each part but titles and particles, neighbours joined (as in
    user names), the first initial with the last part, nicknames, and spellings without umlauts.
    """
    spellings = {fold(name[:_LONGEST]), fold(name[:_LONGEST].translate(_UMLAUTS))}
    found: set[str] = set()
    for spelling in spellings:
        found.update(_forms(spelling))
    return tuple(
        NameForm(form, _is_word(form)) for form in sorted(found, key=lambda form: (-len(form), form))
    )


def _forms(folded: str) -> Iterator[str]:
    words = [word.strip("'") for word in _SPLIT.split(folded)]
    words = [word for word in words if word and word not in _TITLES]
    if not any(letter.isalpha() for letter in folded) or not words:
        return
    yield " ".join(words)
    local, at, _ = folded.partition("@")
    if at and local:  # an address: all of it, and what stands before the @
        yield "".join(folded.split())
        words = [word for word in _SPLIT.split(local) if word]
    parts = [
        word
        for word in words
        if word not in _PARTICLES and (len(word) >= _SHORTEST or re.search(UNSPACED, word))
    ]
    for part in parts:
        if not any(letter.isalpha() for letter in part):
            continue
        yield part
        if "'" in part:
            yield part.replace("'", "")
            yield from (piece for piece in part.split("'") if len(piece) > _SHORTEST)
        yield from nicknames(part)
        if part.isascii() and len(part) > 4:
            yield re.sub("([aou])e", r"\1", part)  # Mueller is Müller to others
    for first, second in pairwise(parts):
        yield first + second
        yield f"{first} {second}"
    if len(parts) > 1:
        first, last = parts[0], parts[-1]
        for joined in (first[0] + last, first + last[0], first + last, last + first):
            if not _is_word(joined) and len(joined) > 4:
                yield joined


@cache
def _groups() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for line in (_FOLDER / "nicknames.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            same = {fold(word) for word in line.split()}
            for word in same:
                groups.setdefault(word, set()).update(same)
    return {word: frozenset(same) for word, same in groups.items()}


def nicknames(first: str) -> frozenset[str]:
    """Return the short and long forms of a folded first name, itself among them; empty for an unknown one."""
    return _groups().get(first, frozenset())


@cache
def _words() -> frozenset[str]:
    lines = (_FOLDER / "word_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _is_word(form: str) -> bool:
    """Whether a form is an ordinary word too ("will", "may"), so that only a capital tells the name."""
    if not form.isascii():
        return False
    if " " in form:
        return all(_is_word(word) for word in form.split(" "))
    return form in _words() or any(lexicon(language).look_up(form)[0] for language in languages())
