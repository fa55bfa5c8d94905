"""The main verb of a goal: where it stands and which lists know it."""

from __future__ import annotations

from typing import NamedTuple

from coach_assist.checker.lexicon import BIT
from coach_assist.checker.sentence import Sentence
from coach_assist.checker.time_reading import TimeFacts
from coach_assist.checker.tokens import BREAK, MARK, NUMBER, WORD

VERB_KINDS = (
    "change_verbs", "finish_verbs", "make_verbs", "act_verbs", "vague_verbs", "mind_verbs", "keep_verbs",
    "reach_verbs", "be_verbs", "aspire_verbs",
)  # fmt: skip
VERB = 0
for _kind in VERB_KINDS:
    VERB |= BIT[_kind]
NOUN = (
    BIT["abstract_nouns"] | BIT["artefact_nouns"] | BIT["thing_nouns"] | BIT["metric_nouns"]
    | BIT["people_nouns"] | BIT["generic_objects"] | BIT["empty_nouns"] | BIT["broad_topics"]
)  # fmt: skip
DOING = BIT["finish_verbs"] | BIT["make_verbs"] | BIT["act_verbs"]
_BE, _MODAL, _AND, _STOP = BIT["be_verbs"], BIT["modal_verbs"], BIT["and_words"], BIT["stop_words"]
_DIRECTION = BIT["change_verbs"] | BIT["vague_verbs"] | BIT["mind_verbs"] | BIT["keep_verbs"]
_AFTER_A_NOUN = frozenset({"of", "<", ">", "\u2264", "\u2265", "=", "is", "for"})
_BEFORE_A_LIMIT = frozenset({"<", ">", "\u2264", "\u2265", "=", "of", "at", "above", "below", "under"})


class MainVerb(NamedTuple):
    """Tokens `first` to `last` (exclusive) of the verb, -1 for none, and the bits of its lists."""

    first: int
    last: int
    bits: int
    guessed: bool = False
    """Whether the verb is in no list and only its place makes it one."""
    passive: bool = False
    """Whether its object stands before it ("the guide is published")."""


def verb_bits(s: Sentence, place: int) -> int:
    """Return the bits of the verb at `place`: those of its longest phrase, else the word's own."""
    last = s.phrase(place, VERB)
    if not last:
        return s.tags(place) & VERB
    bits = 0
    for hit in s.by_first.get(place, ()):
        if hit.last == last:
            bits |= hit.tags & VERB
    return bits


def main_verb(s: Sentence, time: TimeFacts) -> MainVerb:
    """Return the main verb: the first word that can be one where a verb can stand, else a guess."""
    loose = -1
    for place, token in enumerate(s.tokens):
        if token.kind != WORD or place in time.claimed or not (bits := verb_bits(s, place)):
            continue
        if verb_position(s, time, place):
            if bits == _BE:
                if _better_verb_follows(s, time, place):
                    continue
                if token.tags & _MODAL and (closing := _closing_verb(s, place)):
                    return _verb(s, closing, verb_bits(s, closing))
            return _said_better(s, _verb(s, place, bits))
        if (loose < 0 or not verb_bits(s, loose) & ~_BE) and not token.tags & NOUN:
            loose = place
    if passive := _passive(s, time):
        return passive
    if loose >= 0:
        return _verb(s, loose, verb_bits(s, loose))
    if _unknown_imperative(s):
        return MainVerb(0, 1, BIT["act_verbs"], guessed=True)
    return MainVerb(-1, -1, 0)


def _verb(s: Sentence, place: int, bits: int) -> MainVerb:
    return MainVerb(place, s.phrase(place, VERB) or place + 1, bits)


def _said_better(s: Sentence, verb: MainVerb) -> MainVerb:
    """Return the verb that says what is done: "continue to publish", "refine and document"."""
    if s.at(verb.first, BIT["continue_verbs"]):
        after = verb.last + 1 if s.tags(verb.last) & BIT["to_words"] else verb.last
        bits = verb_bits(s, after)
        marked = after > verb.last or s.tags(verb.last - 1) & BIT["to_words"]
        if bits & ~_BE and (marked or s.low(after).endswith("ing")):
            return _verb(s, after, bits | verb.bits & BIT["keep_verbs"])
    if s.tags(verb.last) & _AND and verb.bits & _DIRECTION and not verb.bits & DOING:
        bits = verb_bits(s, verb.last + 1)
        if bits & DOING and not bits & _DIRECTION:
            return _verb(s, verb.last + 1, bits)
    return verb


def _passive(s: Sentence, time: TimeFacts) -> MainVerb | None:
    """A participle after a noun: "the guide is published", "style guide rolled out to all shops"."""
    for place in range(1, len(s.tokens)):
        token = s.tokens[place]
        if token.kind != WORD or place in time.claimed or token.lemma == token.low:
            continue
        if not token.low.endswith(("ed", "en", "t")) or not (bits := verb_bits(s, place)) & DOING:
            continue
        before = place - 1
        while before > 0 and (s.low(before).endswith("ly") or s.tags(before) & (_BE | _MODAL)):
            before -= 1
        bare = before == place - 1
        closes = (
            s.ends_here(place + 1) or s.tags(place + 1) & BIT["prepositions"] or place + 1 in time.claimed
        )
        if s.tokens[before].kind == WORD and not s.tags(before) & _STOP and (not bare or closes):
            return _verb(s, place, bits)._replace(passive=True)
    return None


def _unknown_imperative(s: Sentence) -> bool:
    """A first word that no list knows, before an article or a number, is most likely an imperative."""
    tokens = s.tokens
    if len(tokens) < 3 or tokens[0].kind != WORD or tokens[0].tags or tokens[0].low.endswith("ing"):
        return False
    determining = BIT["determiners"] | BIT["universals"] | BIT["number_words"] | BIT["possessives"]
    return tokens[1].kind == NUMBER or bool(tokens[1].tags & determining)


def verb_position(s: Sentence, time: TimeFacts, place: int) -> bool:
    """Say whether a verb can stand here: first, after a comma, "to", "will", "and", a name's "will"."""
    if place == 0:
        return not _noun_phrase_start(s, place)
    previous = s.tokens[place - 1]
    if place - 1 in time.claimed or previous.kind in {MARK, BREAK, NUMBER}:
        return previous.raw not in {"-", "/", "%"} and not (previous.kind == NUMBER and place > 2)
    return bool(previous.tags & (_MODAL | _AND | BIT["subject_words"])) or previous.low.endswith("ly")


def _noun_phrase_start(s: Sentence, place: int) -> bool:
    """Whether a first word that could be a verb begins a noun phrase ("Support ticket volume < 5")."""
    token = s.tokens[place]
    if not token.tags & NOUN or s.phrase(place, VERB):
        return False
    following = s.tokens[place + 1] if len(s.tokens) > place + 1 else None
    if following is None:
        return True
    if following.tags & BIT["metric_nouns"] and s.low(place + 2) in _BEFORE_A_LIMIT:
        return True
    return following.low in _AFTER_A_NOUN or (
        following.kind == NUMBER and not token.tags & (DOING | BIT["change_verbs"])
    )


def _closing_verb(s: Sentence, place: int) -> int:
    """The infinitive that closes the clause of a modal ("Ich werde die Liste veröffentlichen"), or 0."""
    last = place
    while not s.ends_here(last + 1):
        last += 1
    return last if verb_bits(s, last) & ~_BE else 0


def _better_verb_follows(s: Sentence, time: TimeFacts, place: int) -> bool:
    """After a mere "be" or "have", a later verb says more ("I want to have finished…")."""
    return any(
        verb_bits(s, later) & ~(_BE | BIT["mind_verbs"]) and verb_position(s, time, later)
        for later in range(place + 1, min(place + 3, len(s.tokens)))
        if s.tokens[later].kind == WORD
    )
