"""Grounding: which numbers, dates, names and tools of a text are in no answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from coach_assist.assistant.lexicon import word_list
from coach_assist.assistant.numbers import numbers_in
from coach_assist.assistant.words import content_stems, stem, words_of

Kind = Literal["number", "date", "name"]

_ISO = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_MONTHS = word_list("months")
_WEEKDAYS = word_list("weekdays")
_TOOLS = word_list("tools")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s+|\n\s*|[\"“„(]\s*)$")
_WORDS_TOO = frozenset(["teams", "word", "excel", "notion", "slack", "outlook"])
"""Tools whose names are words as well: only with a capital are they names, and in German not even then."""
_COMMON_CAPITALS = frozenset(["I", "A", "SMART", "KPI", "HR", "OK", "PDF", "ID", "AM", "PM"])


@dataclass(frozen=True, slots=True)
class Invention:
    """Something in a text that is in no answer."""

    kind: Kind
    text: str


class Grounds:
    """What the answers hold. `extra` is text that counts as known as well (dates set by code)."""

    def __init__(self, everything: str, *, german: bool = False) -> None:
        self._numbers = {found.value for found in numbers_in(everything)}
        self._text = everything.lower()
        self._words = {word.lower() for word in words_of(everything)}
        self._words |= {part for word in self._words for part in re.split(r"['’-]", word)}
        self._stems = {stem(word) for word in self._words}
        self._content = content_stems(everything)
        self._german = german

    def has_date(self, day: date) -> bool:
        """Say whether an ISO date stands in the answers."""
        return day.isoformat() in self._text

    def has_number(self, text: str) -> bool:
        """Say whether every number of `text` stands in the answers."""
        return all(found.value in self._numbers for found in numbers_in(text))

    def inventions(self, text: str) -> list[Invention]:
        """Return the numbers, dates, names and tools of `text` that are in no answer, in order."""
        found = [Invention("date", match[0]) for match in _ISO.finditer(text) if match[0] not in self._text]
        found += [
            Invention("number", text[number.start : number.end])
            for number in numbers_in(text)
            if number.value not in self._numbers
            and text[number.start : number.end].lower() not in ("one", "eins", "once")
        ]
        for match in re.finditer(r"[^\W\d_][\w'’-]*", text):
            word = match[0]
            if self._is_invented_name(word, text[: match.start()]):
                kind: Kind = "date" if word.lower() in (*_MONTHS, *_WEEKDAYS) else "name"
                found.append(Invention(kind, word))
        return found

    def share(self, text: str) -> float:
        """Return the share of the content words of `text` that the answers hold (1 where it has none)."""
        own = content_stems(text)
        return len(own & self._content) / len(own) if own else 1.0

    def knows(self, text: str) -> bool:
        """Say whether `text` stands in the answers, whatever its case and white space."""
        return " ".join(text.lower().split()) in " ".join(self._text.split())

    def _is_invented_name(self, word: str, before: str) -> bool:
        lower = word.lower()
        base = re.sub(r"['’]s?$", "", lower)
        if base in self._words or stem(base) in self._stems:
            return False
        plain = base in _WORDS_TOO and (word[0].islower() or self._german)
        if (base in _TOOLS and not plain) or (
            base in (*_MONTHS, *_WEEKDAYS) and base not in ("may", "march", "mai")
        ):
            return True
        if not word[0].isupper() or word in _COMMON_CAPITALS:
            return False
        odd = any(letter.isupper() for letter in word[1:])
        if self._german:
            # German writes every noun with a capital: only odd ones can be told to be names.
            return odd and len(word) > 1
        return odd or _SENTENCE_START.search(before) is None
