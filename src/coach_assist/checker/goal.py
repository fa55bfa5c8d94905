"""A goal taken apart once: its main verb, the object of it, its numbers, its times and its context."""

from __future__ import annotations

from datetime import date

from coach_assist.checker.deadlines import time_facts
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.measures import Measure, Quantities
from coach_assist.checker.noun_phrases import Phrase, main_object, noun_phrase
from coach_assist.checker.quantities import quantities
from coach_assist.checker.reports import Context, Verdict
from coach_assist.checker.sentence import Sentence, read_sentence
from coach_assist.checker.settings import Settings
from coach_assist.checker.time_reading import TimeFacts
from coach_assist.checker.tokens import WORD
from coach_assist.checker.verbs import VERB, MainVerb, main_verb, verb_position

_DETERMINER = BIT["determiners"]
__all__ = ["VERB", "Goal", "Judgement"]


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
        "judgements", "object_first", "object_last", "passive", "quantities",
        "s", "settings", "targets", "text", "time", "verb", "verb_bits", "verb_last",
    )  # fmt: skip

    def __init__(self, text: str, context: Context, settings: Settings) -> None:
        self.text = text
        self.context = context
        self.settings = settings
        self.anchor: date | None = context.start or context.today
        self.s: Sentence = read_sentence(text, settings.language)
        self.time: TimeFacts = time_facts(self.s, self.anchor, settings)
        self.quantities: Quantities = quantities(self.s, self.time.claimed)
        self.judgements: dict[str, Judgement] = {}
        verb: MainVerb = main_verb(self.s, self.time)
        self.verb, self.verb_last, self.verb_bits, self.guessed_verb, self.passive = verb
        self.object_first, self.object_last, self.head = main_object(self.s, self.time, verb)
        self.targets: list[Measure] = self._held_to()

    # ---- questions

    def noun_phrase(self, first: int) -> Phrase:
        """Return (first, last, head) of the noun phrase at `first`; head is -1 where there is none."""
        return noun_phrase(self.s, self.time, first)

    def verb_stands_at(self, place: int) -> bool:
        """Whether a verb can stand at `place`."""
        return verb_position(self.s, self.time, place)

    def _held_to(self) -> list[Measure]:
        """The measures that a goal can be held to: no baseline, and no "the two new apprentices"."""
        counting = BIT["finish_verbs"] | BIT["change_verbs"] | BIT["reach_verbs"]
        if self.verb < 0 or self.verb_bits & counting:
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
