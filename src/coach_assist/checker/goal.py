"""A goal taken apart once: its main verb, the object of it, its numbers, its times and its context."""

from __future__ import annotations

from datetime import date

from coach_assist.checker.deadlines import TimeFacts, time_facts
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.quantities import Measure, Quantities, quantities
from coach_assist.checker.reports import Context, Verdict
from coach_assist.checker.sentence import Sentence
from coach_assist.checker.settings import Settings
from coach_assist.checker.tokens import BREAK, MARK, NUMBER, WORD

VERB_KINDS = (
    "change_verbs", "finish_verbs", "make_verbs", "act_verbs", "vague_verbs", "mind_verbs", "keep_verbs",
    "reach_verbs", "be_verbs", "aspire_verbs",
)  # fmt: skip
VERB = 0
for _kind in VERB_KINDS:
    VERB |= BIT[_kind]
_MODAL, _STOP, _DETERMINER, _AND = BIT["modal_verbs"], BIT["stop_words"], BIT["determiners"], BIT["and_words"]
_NOUN = (

    BIT["abstract_nouns"] | BIT["artefact_nouns"] | BIT["thing_nouns"] | BIT["metric_nouns"]
    | BIT["people_nouns"]
    | BIT["generic_objects"] | BIT["empty_nouns"] | BIT["broad_topics"]
)  # fmt: skip
_BOUNDARY = (
    BIT["purpose_words"] | BIT["means_words"] | BIT["by_words"] | BIT["while_words"] | BIT["relative_words"]
    | BIT["compare_words"]
)  # fmt: skip
_BREAKERS = frozenset(
    {",", ";", ":", "(", ")", "[", "]", "|", "\u2013", "\u2014", "<", ">", "=", "\u2192", "/", ".", "!", "?"}
)
_PREPOSITION, _BEFORE_OBJECT = BIT["prepositions"], BIT["object_prepositions"]
_LONGEST_PHRASE = 40


class Judgement:
    """What is thought of one criterion: verdict, the code of the rule that explains it, the evidence."""

    __slots__ = ("cause", "first", "last", "reason", "verdict")

    def __init__(
        self, verdict: Verdict, reason: str, first: int = -1, last: int = -1, cause: str = ""
    ) -> None:
        self.verdict = verdict
        self.reason = reason
        self.first = first
        self.last = last
        self.cause = cause


class Goal:
    """Everything that rules and verdicts ask about one goal."""

    __slots__ = (
        "anchor", "context", "guessed_verb", "head",
        "judgements", "object_first", "object_last", "quantities",
        "s", "settings", "text", "time", "verb", "verb_bits", "verb_last",
    )  # fmt: skip

    def __init__(self, text: str, context: Context, settings: Settings) -> None:
        self.text = text
        self.context = context
        self.settings = settings
        self.anchor: date | None = context.start or context.today
        self.s = Sentence(text, settings.language)
        self.time: TimeFacts = time_facts(self.s, self.anchor, settings)
        self.quantities: Quantities = quantities(self.s, self.time.claimed)
        self.judgements: dict[str, Judgement] = {}
        self.verb = -1
        self.verb_last = -1
        self.guessed_verb = False
        """Whether the verb is in no list and only its place makes it one."""
        self.verb_bits = 0
        self.object_first = self.object_last = self.head = -1
        self._find_verb()
        self._find_object()

    # ---- the main verb

    def _find_verb(self) -> None:
        loose = -1
        s = self.s
        for place, token in enumerate(s.tokens):
            if token.kind != WORD or place in self.time.claimed:
                continue
            bits = self._verb_bits(place)
            if not bits:
                continue
            if self._verb_position(place):
                if bits == BIT["be_verbs"] and self._better_verb_follows(place):
                    continue
                if bits == BIT["be_verbs"] and token.tags & _MODAL and (closing := self._closing_verb(place)):
                    self._take(closing, self._verb_bits(closing))
                    return
                self._take(place, bits)
                return
            if (loose < 0 or not self._verb_bits(loose) & ~BIT["be_verbs"]) and not token.tags & _NOUN:
                loose = place
        if loose >= 0:
            self._take(loose, self._verb_bits(loose))
        elif self._unknown_imperative():
            self._take(0, BIT["act_verbs"])
            self.guessed_verb = True

    def _unknown_imperative(self) -> bool:
        """A first word that no list knows, before an article or a number, is most likely an imperative."""
        tokens = self.s.tokens
        if len(tokens) < 3 or tokens[0].kind != WORD or tokens[0].tags or tokens[0].low.endswith("ing"):
            return False
        following = tokens[1]
        return following.kind == NUMBER or bool(
            following.tags & (_DETERMINER | BIT["universals"] | BIT["number_words"] | BIT["possessives"])
        )

    def _verb_bits(self, place: int) -> int:
        """Bits of the verb at `place`: those of its longest phrase, else the word's own."""
        s = self.s
        last = s.phrase(place, VERB)
        if last:
            bits = 0
            for hit in s.by_first.get(place, ()):
                if hit.last == last:
                    bits |= hit.tags & VERB
            return bits
        return s.tokens[place].tags & VERB

    def _take(self, place: int, bits: int) -> None:
        self.verb = place
        self.verb_last = self.s.phrase(place, VERB) or place + 1
        self.verb_bits = bits

    def _verb_position(self, place: int) -> bool:
        """Whether a verb can stand here: first, after a comma, "to", "will", "and", a name's "will"."""
        if place == 0:
            return not self._noun_phrase_start(place)
        s = self.s
        previous = s.tokens[place - 1]
        if place - 1 in self.time.claimed or previous.kind in {MARK, BREAK, NUMBER}:
            return previous.raw not in {"-", "/", "%"} and not (previous.kind == NUMBER and place > 2)
        return (
            bool(previous.tags & (_MODAL | _AND))
            or previous.low in {"to", "i", "we", "zu", "i'll", "we'll", "i'd", "we'd"}
            or previous.low.endswith("ly")
        )

    def _noun_phrase_start(self, place: int) -> bool:
        """Whether a first word that could be a verb begins a noun phrase ("Support ticket volume < 5")."""
        s = self.s
        token = s.tokens[place]
        if not token.tags & _NOUN or s.phrase(place, VERB):
            return False
        following = s.tokens[place + 1] if len(s.tokens) > place + 1 else None
        if following is None:
            return True
        if following.tags & BIT["metric_nouns"] and s.low(place + 2) in {
            "<",
            ">",
            "\u2264",
            "\u2265",
            "=",
            "of",
            "at",
            "above",
            "below",
            "under",
        }:
            return True
        return following.low in {"of", "<", ">", "\u2264", "\u2265", "=", "is", "for"} or (
            following.kind == NUMBER
            and not token.tags
            & (BIT["finish_verbs"] | BIT["act_verbs"] | BIT["make_verbs"] | BIT["change_verbs"])
        )

    def _verb_bits_at(self, place: int) -> int:
        return self._verb_bits(place) if place < len(self.s.tokens) else 0

    def _closing_verb(self, place: int) -> int:
        """The infinitive that closes the clause of a modal ("Ich werde die Liste veröffentlichen"), or 0."""
        last = place
        while not self.s.ends_here(last + 1):
            last += 1
        return last if self._verb_bits(last) & ~BIT["be_verbs"] else 0

    def _better_verb_follows(self, place: int) -> bool:
        """After a mere "be" or "have", a later verb says more ("I want to have finished…")."""
        return any(
            self._verb_bits(later) & ~(BIT["be_verbs"] | BIT["mind_verbs"]) and self._verb_position(later)
            for later in range(place + 1, min(place + 3, len(self.s.tokens)))
            if self.s.tokens[later].kind == WORD
        )

    # ---- its object

    def _find_object(self) -> None:
        """The noun phrase after the verb (or from the start, without a verb) and its last noun, the head."""
        first = self.verb_last if self.verb >= 0 else 0
        self.object_first, self.object_last, self.head = self.noun_phrase(first)
        for _ in range(4):  # "plan, run and write up three interviews": the verbs share the object
            last = self.object_last
            shared = self.s.tags(last) & _AND or self.s.low(last) == ","
            if self.head >= 0 or self.verb < 0 or not shared or last + 1 >= len(self.s.tokens):
                break
            after = last + 2 if self.s.tags(last + 1) & _AND else last + 1
            after = (self.s.at(after, VERB) if self._verb_bits_at(after) else 0) or after
            self.object_first, self.object_last, self.head = self.noun_phrase(after)
        if self.head < 0 and self.verb > 0 and self.s.ends_here(self.verb_last):
            first = 0  # the verb closes the sentence, as in German: the object stands before it
            point = self.time.point
            while first < self.verb:
                tags = self.s.tags(first)
                if point and point.first == first and point.last <= self.verb:
                    first = point.last
                elif (
                    first in self.time.claimed
                    or tags & (BIT["by_words"] | _MODAL | BIT["person_words"])
                    or (tags & _STOP and not tags & (_DETERMINER | _BEFORE_OBJECT))
                ):
                    first += 1
                else:
                    break
            phrase = self.noun_phrase(first)
            if phrase[2] >= self.verb:
                self.verb_is_in(phrase)
            else:
                self.object_first, self.object_last, self.head = phrase

    def verb_is_in(self, phrase: tuple[int, int, int]) -> None:
        """Take the phrase before a closing verb without that verb."""
        first, last, _ = phrase
        last = min(last, self.verb)
        empty = _STOP | BIT["horizon_phrases"] | BIT["degree_words"] | BIT["comparatives"]
        heads = [
            p for p in range(first, last) if self.s.tokens[p].kind == WORD and not self.s.tags(p) & empty
        ]
        self.object_first, self.object_last, self.head = first, last, heads[-1] if heads else -1

    def noun_phrase(self, first: int) -> tuple[int, int, int]:
        """Return (first, last, head) of the noun phrase at `first`; head is -1 where there is none."""
        s = self.s
        tokens = s.tokens
        last = first
        head = -1
        limit = min(len(tokens), first + _LONGEST_PHRASE)
        while last < limit:
            token = tokens[last]
            if token.kind == BREAK or (last in self.time.claimed and not self._adjectival(last)):
                break
            if token.tags & BIT["every_words"] and last + 1 in self.time.claimed:
                break
            if token.kind == MARK:
                if token.raw in _BREAKERS and not (token.raw == "," and self._adjective_list(last)):
                    break
                last += 1
                continue
            if (
                token.tags & _PREPOSITION
                and not self._hyphened(last)
                and (last > first or not token.tags & _BEFORE_OBJECT)
            ):
                break
            if last > first and s.at(last, _BOUNDARY) and not self._hyphened(last):
                break
            if (
                token.kind == WORD
                and not token.tags & (_STOP | BIT["determiners"] | BIT["degree_words"])
                and not token.low.endswith("ly")
            ):
                head = last
            last += 1
        return first, last, head

    def _hyphened(self, place: int) -> bool:
        """Whether the word is part of a hyphenated one ("on-call", "sign-off")."""
        return self.s.low(place + 1) == "-" or self.s.low(place - 1) == "-"

    def _adjectival(self, place: int) -> bool:
        """Whether the date at `place` only describes the noun after it ("the Q2 results")."""
        point = self.time.point
        if point and point.first <= place < point.last:
            return False
        last = place
        while last in self.time.claimed:
            last += 1
        return (
            last < len(self.s.tokens)
            and self.s.tokens[last].kind == WORD
            and not self.s.tags(last) & _PREPOSITION
        )

    def _adjective_list(self, place: int) -> bool:
        """A comma between adjectives ("a predictable, scalable engine") does not end the phrase."""
        quality = BIT["praise_words"] | BIT["trait_words"]
        return bool(self.s.tags(place - 1) & quality and not self.s.tags(place + 1) & BIT["and_words"])

    # ---- questions

    @property
    def targets(self) -> list[Measure]:
        """The measures that a goal can be held to: no baseline, and no "the two new apprentices"."""
        counting = self.verb < 0 or self.verb_bits & (
            BIT["finish_verbs"] | BIT["change_verbs"] | BIT["reach_verbs"]
        )
        if counting:
            return self.quantities.targets
        return [measure for measure in self.quantities.targets if not self._only_names(measure)]

    def _only_names(self, measure: Measure) -> bool:
        """Whether a count only says which ones are meant ("the two new apprentices")."""
        before = self.s.tags(measure.first - 1) if measure.first else 0
        return measure.kind == "count" and bool(before & _DETERMINER) and not before & BIT["universals"]

    def verb_is(self, *kinds: str) -> bool:
        """Whether the main verb is in one of the lexicons `kinds`."""
        return any(self.verb_bits & BIT[kind] for kind in kinds)

    def any_tag(self, first: int, last: int, bits: int) -> bool:
        """Whether a token or phrase from `first` to `last` carries one of `bits`."""
        return any(self.s.at(place, bits) for place in range(max(first, 0), min(last, len(self.s.tokens))))

    def words(self, first: int, last: int) -> str:
        """Return the text of tokens `first` to `last`, as given."""
        if first < 0 or last <= first:
            return ""
        start, end = self.s.offsets(first, last)
        return self.text[start:end]

    @property
    def statement(self) -> tuple[int, int]:
        """Tokens of verb and object, for marking a vague direction."""
        first = self.verb if self.verb >= 0 else 0
        last = max(self.object_last, self.verb_last, first + 1)
        while last > first + 1 and self.s.tokens[last - 1].kind != WORD:
            last -= 1
        return first, min(last, len(self.s.tokens))
