"""Recognising a performance improvement plan (PIP) or a disciplinary document by its wording.

Such a document has another purpose; it must not be turned into a coaching plan silently.
"""

from __future__ import annotations

from collections.abc import Iterator

from coach_assist.checker.lexicon import BIT
from coach_assist.checker.sentence import Sentence

_PIP = BIT["pip_phrases"]
_ENOUGH = 5
_TITLE_TOKENS = 40


def weighty_phrases(s: Sentence, at_least: int = 1) -> Iterator[tuple[int, int, int]]:
    """Yield (first, last, weight) of each such phrase that is not negated ("this is not a PIP")."""
    for first, last in s.spans(_PIP):
        weight = 1
        for hit in s.by_first.get(first, ()):
            if hit.last == last and hit.tags & _PIP and hit.value:
                weight = int(hit.value)
        if last == first + 1:
            weight = int(s.lexicon.value(s.tokens[first], _PIP) or 1)
        if weight < at_least:
            continue
        if any(s.tags(back) & BIT["not_words"] for back in range(max(first - 4, 0), first)):
            continue
        yield first, last, weight


def recognise_pip(text: str, language: str = "en") -> tuple[str, ...]:
    """Return the phrases by which `text` is recognised as a PIP or disciplinary document; empty: it is none.

    A heavy phrase in the first lines (the title) decides; else the weights of different phrases together.
    """
    s = Sentence(text, language)
    seen: dict[str, int] = {}
    title = False
    for first, last, weight in weighty_phrases(s):
        words = " ".join(token.low for token in s.tokens[first:last])
        seen[words] = max(weight, seen.get(words, 0))
        title = title or (weight >= 3 and first < _TITLE_TOKENS)
    if (title or sum(seen.values()) >= _ENOUGH) and (title or max(seen.values()) >= 2):
        return tuple(sorted(seen, key=lambda words: (-seen[words], words)))
    return ()
