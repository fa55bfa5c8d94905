"""The object of a goal's verb: a concrete thing, a field that could mean anything, or nothing."""

from __future__ import annotations

from coach_assist.checker.goal import Goal
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.tokens import NUMBER, WORD
from coach_assist.checker.verbs import verb_bits

_PRAISE, _COMPARATIVE, _TRAIT = BIT["praise_words"], BIT["comparatives"], BIT["trait_words"]
_ARTEFACT, _THING, _ABSTRACT, _GENERIC, _EMPTY, _PEOPLE, _METRIC, _TOPIC = (
    BIT["artefact_nouns"], BIT["thing_nouns"], BIT["abstract_nouns"], BIT["generic_objects"],
    BIT["empty_nouns"],
    BIT["people_nouns"], BIT["metric_nouns"], BIT["broad_topics"],
)  # fmt: skip
_VAGUE_COUNT, _DEGREE = BIT["vague_counts"], BIT["degree_words"]
_DETERMINER, _STOP, _UNIVERSAL = BIT["determiners"], BIT["stop_words"], BIT["universals"]
_DOING = BIT["finish_verbs"] | BIT["make_verbs"] | BIT["act_verbs"]
_NOUN = _ARTEFACT | _THING | _ABSTRACT | _GENERIC | _EMPTY | _PEOPLE | _METRIC | _TOPIC


def is_artefact(goal: Goal) -> bool:
    """Whether the object is a thing; "keep the kits complete" has its thing before the adjective."""
    head = goal.head
    if head < 0:
        return False
    if not goal.s.tags(head) & _NOUN and head - 1 >= goal.object_first:
        head -= 1
    concrete = goal.s.tags(head) & (_ARTEFACT | _THING) or _phrase_over(
        goal, goal.object_first, head, _ARTEFACT | _THING
    )
    generic = goal.s.tags(head) & _GENERIC and not specific_modifiers(goal, goal.object_first, head)
    return bool(concrete) and not generic


def _phrase_over(goal: Goal, first: int, head: int, bits: int) -> bool:
    """Whether a phrase with `bits` covers the head."""
    by_first = goal.s.by_first
    return any(
        hit.first <= head < hit.last and hit.tags & bits
        for place in range(max(first, 0), head + 1)
        for hit in by_first.get(place, ())
    )


def specific_modifiers(goal: Goal, first: int, head: int) -> int:
    """Count the words before the head that narrow it down."""
    s = goal.s
    count = 0
    for place in range(max(first, 0), head):
        token = s.tokens[place]
        if token.kind == NUMBER or (
            token.kind == WORD
            and not token.tags & BIT["empty_modifiers"]
            and not token.tags
            & (_DETERMINER | _STOP | _PRAISE | _COMPARATIVE | _VAGUE_COUNT | _DEGREE | _UNIVERSAL | _GENERIC)
        ):
            count += 1
    return count


def proper_noun(goal: Goal, first: int, last: int) -> bool:
    """Whether a name or an acronym stands between `first` and `last` (a sentence's first word aside)."""
    if goal.s.lexicon.capital_nouns:
        return any(
            goal.s.tokens[place].raw.isupper() and len(goal.s.tokens[place].raw) > 1
            for place in range(max(first, 0), min(last, len(goal.s.tokens)))
        )
    if goal.s.all_capitals:
        return False
    for place in range(max(first, 1), min(last, len(goal.s.tokens))):
        token = goal.s.tokens[place]
        if token.kind != WORD or place in goal.time.claimed or goal.s.ends_here(place - 1):
            continue
        if (
            token.raw[0].isupper()
            and not token.tags & (_TOPIC | _ABSTRACT | _PEOPLE)
            and token.low not in {"i", "i'm"}
        ):
            return True
    return False


def object_quality(goal: Goal) -> str:
    """Return "concrete", "vague" or "empty" for the object of the main verb."""
    s = goal.s
    first, last, head = goal.object_first, goal.object_last, goal.head
    if head < 0:
        if s.tags(first) & _EMPTY:
            return "empty"
        if s.tags(first) & (_COMPARATIVE | _DEGREE):
            return "vague"
        onward = last < len(s.tokens) and s.tags(last) & (BIT["object_prepositions"] | BIT["and_words"])
        if onward and last + 1 != goal.verb:
            first, last, head = goal.noun_phrase(last + 1)
        if head < 0:
            return "vague"
    tags = s.tags(head)
    if tags & BIT["units"] and not tags & _ARTEFACT:
        return "vague"
    if tags & BIT["mass_nouns"] and head == first:
        return "vague"  # "write code"
    modifiers = specific_modifiers(goal, first, head)
    narrowed = narrowing(goal, last)
    given = (
        goal.verb_bits & (BIT["finish_verbs"] | BIT["act_verbs"]) and not goal.verb_bits & BIT["vague_verbs"]
    )
    if narrowed == 3 and given and not goal.verb_bits & BIT["make_verbs"]:
        return "concrete"  # "provide training to all drivers"
    recorded = goal.s.at(goal.verb, BIT["recording_verbs"]) and not goal.verb_bits & BIT["vague_verbs"]
    vague_word = goal.any_tag(first, head + 1, _PRAISE | _COMPARATIVE)
    named = proper_noun(goal, first, last)
    if goal.any_tag(first, head + 1, _VAGUE_COUNT) and not named:
        return "vague"
    whole = goal.any_tag(first, head, _UNIVERSAL) and head - first > 1 and goal.verb_bits & _DOING
    if tags & _EMPTY and not whole and not modifiers and not tags & (_ARTEFACT | _THING):
        return "empty"
    if tags & (_PRAISE | _COMPARATIVE | _TRAIT) and not tags & (_ARTEFACT | _THING | _PEOPLE) and not named:
        return "vague"
    phrase_artefact = _phrase_over(goal, first, head, _ARTEFACT)
    if not phrase_artefact and _phrase_over(goal, first, head, _ABSTRACT):
        tags = tags & ~(_ARTEFACT | _THING) | _ABSTRACT  # a "growth engine" is no engine
        modifiers = 0
    if goal.s.low(head).endswith("ing") and not tags and not modifiers:
        return "vague"
    if tags & _GENERIC and not phrase_artefact:
        modifiers -= sum(1 for place in range(max(first, 0), head) if s.tags(place) & _PEOPLE)
        if _no_set(goal, first, head) and narrowed < 2 and modifiers < 2 and not tags & (_ARTEFACT | _THING):
            modifiers = 0  # "new marketing strategies", "support services": any of them
        return (
            "concrete"
            if named
            or (not vague_word and (modifiers or (narrowed and _definite(goal, first))))
            or (tags & _ARTEFACT and narrowed >= 2 and not _no_set(goal, first, head))
            else "vague"
        )
    if tags & (_ARTEFACT | _THING) or phrase_artefact:
        if vague_word and (not (tags & _ARTEFACT or phrase_artefact) or _no_set(goal, first, head)):
            return "vague"
        return "vague" if _bare_plural(goal, first, head) and narrowed < 2 and not named else "concrete"
    if named and not vague_word:
        return "concrete"
    if tags & _PEOPLE:
        if vague_word or (tags & _ABSTRACT and not modifiers and not narrowed):
            return "vague"
        return "concrete" if modifiers or narrowed or _definite(goal, first) else "vague"
    if recorded and narrowed >= 2:
        return "concrete"
    if tags & _ABSTRACT:
        return (
            "concrete"
            if (recorded or not vague_word)
            and (modifiers or (recorded and _definite(goal, first)))
            and (recorded or narrowed >= 2 or (narrowed and _definite(goal, first)))
            else "vague"
        )
    if tags & _TOPIC and not modifiers:
        return "concrete" if narrowed else "vague"
    return "vague" if vague_word else "concrete"


def is_plural(goal: Goal, place: int) -> bool:
    """Whether the noun at `place` is a plural, as far as its ending tells."""
    low = goal.s.low(place)
    return low.endswith("s") and not low.endswith(("ss", "us", "is"))


def _bare_plural(goal: Goal, first: int, head: int) -> bool:
    """A plural without article, number or a word that narrows it down ("regular updates", "team events")."""
    s = goal.s
    if not is_plural(goal, head) or _definite(goal, first):
        return False
    covering = [
        hit.first for p in range(max(first, 0), head + 1) for hit in s.by_first.get(p, ()) if hit.last > head
    ]
    head = min(covering, default=head)
    return not any(
        s.tokens[p].kind == NUMBER
        or (
            s.tokens[p].kind == WORD
            and not s.tags(p) & BIT["empty_modifiers"]
            and not s.tags(p)
            & (_PRAISE | _COMPARATIVE | _VAGUE_COUNT | _DEGREE | _GENERIC | _PEOPLE | BIT["cadence_words"])
        )
        for p in range(first, head)
    )


def ensured(goal: Goal) -> tuple[int, int] | None:
    """What is made true of a whole set ("make sure all new starters take the safety test"), or None."""
    s = goal.s
    for place, last in s.spans(BIT["ensure_words"]):
        if place > max(goal.verb, 0) + 1 or not s.tags(last) & _UNIVERSAL:
            continue
        for later in range(last + 2, min(last + 10, len(s.tokens))):
            if not verb_bits(s, later) & (_DOING | BIT["reach_verbs"]) or s.tags(later) & (
                _ARTEFACT | _THING
            ):
                continue
            first, end, head = goal.noun_phrase(s.at(later, _DOING) or later + 1)
            if head >= 0 and (s.tags(head) & (_ARTEFACT | _THING) or proper_noun(goal, first, end)):
                return place, end
    return None


def _no_set(goal: Goal, first: int, head: int) -> bool:
    """A plural that says neither which ones nor how many ("breakthrough deals")."""
    counted = any(goal.s.tokens[place].kind == NUMBER for place in range(max(first, 0), head))
    return is_plural(goal, head) and not counted and not _definite(goal, first)


def _definite(goal: Goal, first: int) -> bool:
    """Whether the phrase begins with an article, a possessive or a universal."""
    return bool(goal.s.tags(first) & (_DETERMINER | _UNIVERSAL))


def narrowing(goal: Goal, last: int) -> int:
    """3 where a preposition with a whole set of people narrows the object, 2 with a concrete noun, 1 with
    any noun, else 0."""
    s = goal.s
    for _ in range(4):  # past "and GitHub", "effectively"
        if s.tags(last) & BIT["and_words"]:
            last = goal.noun_phrase(last + 1)[1]
        elif s.low(last).endswith("ly") or s.tags(last) & _DEGREE:
            last += 1
    if not s.tags(last) & BIT["narrowing_words"]:
        return 0
    first, end, head = goal.noun_phrase(last + 1)
    if head < 0:
        return 0
    if s.tags(first) & _UNIVERSAL and s.tags(head) & _PEOPLE:
        return 3
    if s.tags(head) & (_ARTEFACT | _THING) or proper_noun(goal, first, end) or s.tags(first) & _UNIVERSAL:
        return 2
    return 2 if s.tags(first) & _DETERMINER and specific_modifiers(goal, first, head) else 1
