"""Specially protected data about a person in a text, marked and said in words; the rule is L702.

Source of the categories: GDPR Article 9; family, money and criminal offences are as private and are
marked too. Nothing here blocks: people decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from coach_assist.checker import check_text
from coach_assist.checker.free_text import FreeText
from coach_assist.checker.lexicon import BIT, languages
from coach_assist.checker.sentence import TEXT_LIMIT, Sentence
from coach_assist.checker.settings import Settings

RULE = "L702"
_BIT = BIT["special_category"]

CATEGORY_WORDS = {
    "health": "health",
    "belief": "religion or belief",
    "union": "trade union membership",
    "politics": "political opinions",
    "sexuality": "sex life or sexual orientation",
    "origin": "ethnic origin",
    "genetics": "genetic data",
    "biometrics": "biometric data",
    "family": "family matters",
    "money": "private money matters",
    "offences": "criminal offences",
}
"""Category → how it is called in a sentence."""


class SpecialSpan(NamedTuple):
    """Words in a text (code points `start` to `end`) and the category that they tell of."""

    start: int
    end: int
    words: str
    category: str

    @property
    def message(self) -> str:
        """What the words tell of, for a person."""
        about = CATEGORY_WORDS.get(self.category, "a private matter")
        return f"“{self.words}” tells of {about}"


def special_spans(text: str) -> tuple[SpecialSpan, ...]:
    """Return the words of `text` that tell specially protected things of a person, in their order.

    In every language that the checker has word lists for. In a sentence that the rule L702 flags, all
    such words are marked. Never fails on any text.
    """
    found: dict[tuple[int, int], SpecialSpan] = {}
    for offset in range(0, max(len(text), 1), TEXT_LIMIT):
        part = text[offset : offset + TEXT_LIMIT]
        for language in languages():
            for span in _in_language(part, language):
                start, end = span.start + offset, span.end + offset
                found.setdefault((start, end), span._replace(start=start, end=end))
    return tuple(found[place] for place in sorted(found))


def _in_language(text: str, language: str) -> Iterable[SpecialSpan]:
    settings = Settings(language=language, select=(RULE,))
    flagged = [finding.start for finding in check_text(text, settings)]
    if not flagged:
        return
    free = FreeText(text, settings)
    for first, last in free.sentences:
        start, end = free.s.offsets(first, last)
        if not any(start <= place < end for place in flagged):
            continue
        for one, after in free.s.spans(_BIT):
            if first <= one < last:
                begin, stop = free.s.offsets(one, after)
                yield SpecialSpan(begin, stop, text[begin:stop], _category(free.s, one, after))


def _category(s: Sentence, first: int, last: int) -> str:
    for hit in s.by_first.get(first, ()):
        if hit.last == last and hit.tags & _BIT and hit.value:
            return hit.value
    return s.lexicon.value(s.tokens[first], _BIT)


def marked(text: str, spans: Sequence[SpecialSpan]) -> str:
    """Return `text` with the words of `spans` between double stars, which need no colour."""
    parts, place = [], 0
    for span in spans:
        if span.start >= place:
            parts += [text[place : span.start], "**", text[span.start : span.end], "**"]
            place = span.end
    return "".join([*parts, text[place:]])


def guard_words(spans: Sequence[SpecialSpan]) -> str:
    """Return what to say about marked words: what they tell of, and why to think twice."""
    told = dict.fromkeys(span.message for span in spans)
    return (
        f"{'; '.join(told)}. The law protects such data about a person, and a plan rarely needs it: "
        "often what follows from it for the work is enough (“works mornings until June”). You decide."
    )
