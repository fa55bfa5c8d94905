"""Noun phrases, and the object of the main verb: what is done is done to its head."""

from __future__ import annotations

from coach_assist.checker.lexicon import BIT
from coach_assist.checker.sentence import Sentence
from coach_assist.checker.time_reading import TimeFacts
from coach_assist.checker.tokens import BREAK, MARK, NUMBER, WORD
from coach_assist.checker.verbs import NOUN, VERB, MainVerb, verb_bits

Phrase = tuple[int, int, int]
"""(first, last, head) of a noun phrase in token places; head is -1 where there is no noun."""
_STOP, _DETERMINER, _AND, _DEGREE = (
    BIT["stop_words"], BIT["determiners"], BIT["and_words"], BIT["degree_words"]
)  # fmt: skip
_PREPOSITION, _BEFORE_OBJECT = BIT["prepositions"], BIT["object_prepositions"]
_BOUNDARY = (
    BIT["purpose_words"] | BIT["means_words"] | BIT["by_words"] | BIT["while_words"] | BIT["relative_words"]
    | BIT["compare_words"]
)  # fmt: skip
_NO_HEAD = _STOP | _DETERMINER | _DEGREE | BIT["place_adverbs"]
_BREAKERS = frozenset(
    {",", ";", ":", "(", ")", "[", "]", "|", "\u2013", "\u2014", "<", ">", "=", "\u2192", "/", ".", "!", "?"}
)
_LONGEST_PHRASE = 40


def noun_phrase(s: Sentence, time: TimeFacts, first: int) -> Phrase:
    """Return the noun phrase at `first`; "leadership and budget skills" is one, with the head "skills"."""
    phrase = _simple_phrase(s, time, first)
    _, last, head = phrase
    if head < 0 or not s.tags(last) & _AND or _singled_out(s, first, last, head):
        return phrase
    after, end, second = _simple_phrase(s, time, last + 1)
    if second <= after or s.tokens[after].kind != WORD:
        return phrase
    if s.tags(after) & (VERB | _NO_HEAD) and not s.tags(after) & NOUN:
        return phrase
    shared = s.tags(second) & (BIT["abstract_nouns"] | BIT["generic_objects"])
    many = shared and s.low(second).endswith("s")
    return (first, end, second) if many or (shared and not s.tags(head) & shared) else phrase


def _singled_out(s: Sentence, first: int, last: int, head: int) -> bool:
    """Whether the phrase stands by itself: an article, a number or a plural makes it whole."""
    if s.low(head).endswith("s") or last != head + 1:
        return True
    return any(s.tags(p) & _DETERMINER or s.tokens[p].kind == NUMBER for p in range(max(first, 0), last))


def _simple_phrase(s: Sentence, time: TimeFacts, first: int) -> Phrase:
    tokens = s.tokens
    last = first
    head = -1
    limit = min(len(tokens), first + _LONGEST_PHRASE)
    while last < limit:
        token = tokens[last]
        if token.kind == BREAK or (last in time.claimed and not _adjectival(s, time, last)):
            break
        if token.tags & BIT["every_words"] and last + 1 in time.claimed:
            break
        if token.kind == MARK:
            if token.raw in _BREAKERS and not (token.raw == "," and _adjective_list(s, last)):
                break
            last += 1
            continue
        if (
            token.tags & _PREPOSITION
            and not _hyphened(s, last)
            and (last > first or not token.tags & _BEFORE_OBJECT)
        ):
            break
        if last > first and s.at(last, _BOUNDARY) and not _hyphened(s, last):
            break
        if head >= 0 and _describes_before(s, last):
            break
        if token.kind == WORD and _can_be_head(s, last):
            head = last
        last += 1
    return first, last, head


def _can_be_head(s: Sentence, place: int) -> bool:
    tags = s.tags(place)
    return (not tags & _NO_HEAD or bool(tags & NOUN)) and not s.low(place).endswith("ly")


def _describes_before(s: Sentence, place: int) -> bool:
    """Whether a participle describes the noun before it ("courses tailored to nurses")."""
    low = s.low(place)
    closes = s.tags(place + 1) & _PREPOSITION and not s.tags(place + 1) & _AND
    return low.endswith("ed") and bool(closes) and s.tokens[place - 1].kind == WORD


def _hyphened(s: Sentence, place: int) -> bool:
    """Whether the word is part of a hyphenated one ("on-call", "sign-off")."""
    return s.low(place + 1) == "-" or s.low(place - 1) == "-"


def _adjectival(s: Sentence, time: TimeFacts, place: int) -> bool:
    """Whether the date at `place` only describes the noun after it ("the Q2 results")."""
    point = time.point
    if point and point.first <= place < point.last:
        return False
    last = place
    while last in time.claimed:
        last += 1
    return last < len(s.tokens) and s.tokens[last].kind == WORD and not s.tags(last) & _PREPOSITION


def _adjective_list(s: Sentence, place: int) -> bool:
    """A comma between adjectives ("a predictable, scalable engine") does not end the phrase."""
    quality = BIT["praise_words"] | BIT["trait_words"]
    return bool(s.tags(place - 1) & quality and not s.tags(place + 1) & _AND)


def main_object(s: Sentence, time: TimeFacts, verb: MainVerb) -> Phrase:
    """Return the noun phrase after the verb (before it in a passive; from the start without a verb)."""
    if verb.passive:
        return _before(s, time, verb)
    phrase = noun_phrase(s, time, verb.last if verb.first >= 0 else 0)
    supplied = verb.first >= 0 and s.at(verb.first, BIT["supply_verbs"]) and s.low(phrase[1]) == "with"
    if supplied and phrase[2] >= 0 and s.tags(phrase[2]) & BIT["people_nouns"]:
        phrase = noun_phrase(s, time, phrase[1] + 1)  # "equip all drivers with tablets"
    for _ in range(4):  # "plan, host and sum up two tastings": the verbs share the object
        last = phrase[1]
        shared = s.tags(last) & _AND or s.low(last) == ","
        between = any(s.tokens[p].kind == WORD for p in range(phrase[0], last))
        if phrase[2] >= 0 or verb.first < 0 or not shared or between or last + 1 >= len(s.tokens):
            break
        after = last + 2 if s.tags(last + 1) & _AND else last + 1
        after = (s.at(after, VERB) if verb_bits(s, after) else 0) or after
        phrase = noun_phrase(s, time, after)
    if phrase[2] < 0 and verb.first > 0 and s.ends_here(verb.last):
        return _before(s, time, verb)  # the verb closes the sentence, as in German
    return phrase


def _before(s: Sentence, time: TimeFacts, verb: MainVerb) -> Phrase:
    """Return the phrase before the verb, past dates and subjects."""
    first = 0
    point = time.point
    while first < verb.first:
        tags = s.tags(first)
        if point and point.first == first and point.last <= verb.first:
            first = point.last
        elif (
            first in time.claimed
            or tags & (BIT["by_words"] | BIT["modal_verbs"] | BIT["person_words"])
            or (tags & _STOP and not tags & (_DETERMINER | _BEFORE_OBJECT))
        ):
            first += 1
        else:
            break
    phrase = noun_phrase(s, time, first)
    return _without_verb(s, phrase, verb.first)


def _without_verb(s: Sentence, phrase: Phrase, verb: int) -> Phrase:
    """Return the phrase without the verb that closes it."""
    first, last, _ = phrase
    last = min(last, verb)
    empty = _NO_HEAD | BIT["horizon_phrases"] | BIT["comparatives"] | BIT["be_verbs"] | BIT["modal_verbs"]
    heads = [
        p
        for p in range(first, last)
        if s.tokens[p].kind == WORD and not s.tags(p) & empty and (not s.tags(p) & VERB or s.tags(p) & NOUN)
    ]
    return first, last, heads[-1] if heads else -1
