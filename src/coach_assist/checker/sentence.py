"""A text read once: its tokens with their tags, its phrases, and the questions that rules ask of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from coach_assist.checker.lexicon import BIT, Hit, Lexicon, lexicon
from coach_assist.checker.tokens import BREAK, MARK, WORD, Token, tokenise

_IDIOM = BIT["idioms"]
_SENTENCE_END = frozenset(".!?")
TEXT_LIMIT = 100_000
"""Longer texts are read up to here; a goal is a sentence or a few."""


class Sentence:
    """Tokens and phrases of one text. Built once for each check; rules only read it."""

    __slots__ = ("all_capitals", "by_first", "hits", "lexicon", "seen", "starts", "text", "tokens")

    def __init__(self, text: str, language: str = "en") -> None:
        self.text = text
        self.lexicon: Lexicon = lexicon(language)
        self.tokens: list[Token] = tokenise(text[:TEXT_LIMIT])
        self.hits: list[Hit] = self.lexicon.tag(self.tokens)
        self.seen = 0
        self.by_first: dict[int, list[Hit]] = {}
        tokens = self.tokens
        for hit in self.hits:
            if hit.tags & _IDIOM:
                for token in tokens[hit.first : hit.last]:
                    token.tags &= _KEPT_IN_IDIOM
            self.by_first.setdefault(hit.first, []).append(hit)
            self.seen |= hit.tags
        self.starts: list[int] = [token.tags for token in tokens]
        """For each place the bits of its word and of every phrase that begins there."""
        for first, hits in self.by_first.items():
            for hit in hits:
                self.starts[first] |= hit.tags
        for token in tokens:
            self.seen |= token.tags
        words = [token.raw for token in tokens[1:] if token.kind == WORD and len(token.raw) > 3]
        self.all_capitals = len(words) > 2 and all(word[0].isupper() for word in words)
        """Whether it is written as a Heading With Capitals, so that a capital does not mean a name."""

    def has(self, bits: int) -> bool:
        """Say whether any word or phrase carries one of `bits`."""
        return bool(self.seen & bits)

    def spans(self, bits: int) -> Iterator[tuple[int, int]]:
        """Yield (first, last) of every word or phrase with one of `bits`, in order, longest at each place."""
        if not self.seen & bits:
            return
        done = -1
        for place, begins in enumerate(self.starts):
            if begins & bits and place >= done:
                done = self.phrase(place, bits) or place + 1
                yield place, done

    def phrase(self, place: int, bits: int) -> int:
        """Return the end of the longest phrase with one of `bits` that begins at `place`, else 0."""
        best = 0
        for hit in self.by_first.get(place, ()):
            if hit.tags & bits and hit.last > best:
                best = hit.last
        return best

    def at(self, place: int, bits: int) -> int:
        """Return the end of the word or phrase with `bits` at `place` (the longest), else 0."""
        if not (0 <= place < len(self.tokens) and self.starts[place] & bits):
            return 0
        return self.phrase(place, bits) or (place + 1 if self.tokens[place].tags & bits else 0)

    def before(self, place: int, bits: int) -> bool:
        """Say whether a word or phrase with `bits` ends exactly before `place`."""
        if place <= 0:
            return False
        if self.tokens[place - 1].tags & bits:
            return True
        return any(
            hit.last == place and hit.tags & bits
            for first in range(max(place - 6, 0), place)
            for hit in self.by_first.get(first, ())
        )

    def low(self, place: int) -> str:
        """Return the lower-case token at `place`, or "" outside the text."""
        return self.tokens[place].low if 0 <= place < len(self.tokens) else ""

    def tags(self, place: int) -> int:
        """Return the bits of the token at `place`, or 0 outside the text."""
        return self.tokens[place].tags if 0 <= place < len(self.tokens) else 0

    def offsets(self, first: int, last: int) -> tuple[int, int]:
        """Return the code points of tokens `first` to `last` (exclusive); of the whole text for none."""
        if not 0 <= first < last <= len(self.tokens):
            return 0, len(self.text)
        return self.tokens[first].start, self.tokens[last - 1].end

    def ends_here(self, place: int) -> bool:
        """Say whether a sentence, a line or the text ends before the token at `place`."""
        if place >= len(self.tokens):
            return True
        token = self.tokens[place]
        return token.kind == BREAK or (token.kind == MARK and token.raw in _SENTENCE_END)

    def whole(self) -> tuple[int, int]:
        """Return the code points of the text without the blanks and marks around it."""
        words = [token for token in self.tokens if token.kind not in {MARK, BREAK}]
        return (words[0].start, words[-1].end) if words else (0, len(self.text))


@lru_cache(maxsize=2)
def read_sentence(text: str, language: str) -> Sentence:
    """Return `text` read once; rules on goals and rules on any text share the reading of the last two."""
    return Sentence(text, language)


_TIME_BITS = 0
for _kind in (
    "months", "weekdays", "units", "number_words", "quarters", "halves", "by_words", "within_words",
    "in_words",
    "next_words", "this_words", "last_words", "stop_words", "determiners",
):  # fmt: skip
    _TIME_BITS |= BIT[_kind]
_KEPT_IN_IDIOM = _TIME_BITS
