"""A free text of a plan (a note, a strength, a commitment), cut into sentences, for the B and L rules."""

from __future__ import annotations

from collections.abc import Iterator

from coach_assist.checker.lexicon import BIT
from coach_assist.checker.sentence import Sentence, read_sentence
from coach_assist.checker.settings import Settings
from coach_assist.checker.tokens import BREAK, MARK, WORD

Span = tuple[int, int]
_JUDGE, _BE, _PERSON, _PEOPLE = BIT["judgements"], BIT["be_verbs"], BIT["person_words"], BIT["people_nouns"]
_ABSOLUTE, _BLAME = BIT["person_absolutes"], BIT["ability_negations"]
_IMPRESSION, _NOT = BIT["impression_words"], BIT["not_words"]


class FreeText:
    """Sentences of a text and who is spoken of in them. Spans are token places."""

    __slots__ = ("s", "sentences", "settings", "text")

    def __init__(self, text: str, settings: Settings) -> None:
        self.text = text
        self.settings = settings
        self.s: Sentence = read_sentence(text, settings.language)
        self.sentences: list[Span] = list(self._cut())

    def _cut(self) -> Iterator[Span]:
        tokens = self.s.tokens
        first = 0
        for place, token in enumerate(tokens):
            if token.kind == BREAK or (token.kind == MARK and token.raw in ".!?;|"):
                if place > first:
                    yield first, place
                first = place + 1
        if len(tokens) > first:
            yield first, len(tokens)

    def near(self, sentence: Span, bits: int) -> bool:
        """Whether a word or phrase with `bits` stands in this sentence or the one after it."""
        first, last = sentence
        following = last + 1
        while following < min(len(self.s.tokens), last + 60) and not self.s.ends_here(following):
            following += 1
        return any(self.s.at(p, bits) for p in range(first, following))

    def _person_before(self, first: int, place: int, reach: int) -> bool:
        """Whether a person is spoken of within `reach` tokens before `place` (not the writer)."""
        for back in range(place - 1, max(place - 1 - reach, first - 1), -1):
            token = self.s.tokens[back]
            if token.tags & BIT["impersonal_words"]:
                return False
            if token.tags & (_PERSON | _PEOPLE) and token.kind == WORD:
                return True
            if self._name(back):
                return True
        return False

    def _name(self, place: int) -> bool:
        """A capitalised word that no list knows: most likely a person's name."""
        token = self.s.tokens[place]
        return token.kind == WORD and token.raw[0].isupper() and not token.raw.isupper() and not token.tags

    def judgements(self, within: Span | None = None) -> Iterator[Span]:
        """Yield judgements said of a person: "he is lazy", "a lazy colleague", "comes across as cold"."""
        if not self.s.has(_JUDGE):
            return
        for first, last in [within] if within else self.sentences:
            for place in range(first, last):
                end = self.s.at(place, _JUDGE)
                if not end or end > last:
                    continue
                if self._attributed(first, place) or (
                    end < last and self.s.tags(end) & _PEOPLE and self._plain(place)
                ):
                    yield place, end

    def _plain(self, place: int) -> bool:
        return not self.s.tags(place) & BIT["thing_judgements"]

    def _attributed(self, first: int, place: int) -> bool:
        """Whether "<person> is/was/seems … " stands right before the word at `place`."""
        for back in range(place - 1, max(place - 5, first - 1), -1):
            token = self.s.tokens[back]
            if token.kind == MARK and token.raw not in {"-", "'", "\u2019", ","}:
                return False
            if token.tags & _BE or token.tags & _IMPRESSION or token.low in {"'re", "'s"}:
                negated = any(self.s.tags(p) & _NOT for p in range(back, place))
                return not negated and self._person_before(first, back, 4)
            if token.low.endswith(("'s", "\u2019s", "'re", "\u2019re")) and token.tags & _PERSON:
                return True
        return False

    def told_of_a_person(self, first: int, place: int) -> bool:
        """Whether the word at `place` is told of somebody: "she is …", "he has …", "my …", "Ana's …"."""
        tokens = self.s.tokens
        for back in range(place - 1, max(place - 4, first - 1), -1):
            token = tokens[back]
            if token.kind == MARK and token.raw not in {"-", "'", "\u2019"}:
                return False
            if token.tags & BIT["own_words"] or (token.low.endswith("'s") and token.raw[0].isupper()):
                return place - back <= 2
            if token.tags & _BE:
                subject = range(max(back - 3, first), back)
                return any(tokens[p].tags & (_PERSON | BIT["self_words"]) or self._name(p) for p in subject)
            if token.low in {"i'm", "i've", "she's", "he's", "they're"}:
                return True
        return False

    def said_of_a_person(self, bits: int, within: Span | None = None) -> Iterator[Span]:
        """Yield words and phrases of `bits` whose subject is another person, not the writer."""
        if not self.s.has(bits):
            return
        for first, last in [within] if within else self.sentences:
            for place in range(first, last):
                end = self.s.at(place, bits)
                if end and end <= last and self._person_before(first, place, 4):
                    yield place, end

    def absolutes(self, within: Span | None = None) -> Iterator[Span]:
        """Yield "is always late", "never listens": a blamed behaviour, said of another person."""
        if not self.s.has(_ABSOLUTE):
            return
        for first, last in [within] if within else self.sentences:
            for place in range(first, last):
                end = self.s.at(place, _ABSOLUTE)
                if not end or end >= last or not self._person_before(first, place, 3):
                    continue
                for after in range(end, min(end + 2, last)):
                    if self.s.tags(after) & _BLAME:
                        yield place, after + 1
                        break
