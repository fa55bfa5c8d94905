"""S of what somebody is to be or to know: a trait is no goal, a named role or learning that shows is one."""

from __future__ import annotations

from coach_assist.checker.goal import Goal, Judgement
from coach_assist.checker.judging.objects import is_artefact, object_quality
from coach_assist.checker.lexicon import BIT

_PRAISE, _COMPARATIVE, _TRAIT = BIT["praise_words"], BIT["comparatives"], BIT["trait_words"]
_ARTEFACT, _THING, _ABSTRACT, _EMPTY, _TOPIC = (
    BIT["artefact_nouns"], BIT["thing_nouns"], BIT["abstract_nouns"], BIT["empty_nouns"], BIT["broad_topics"]
)  # fmt: skip
_ROLE, _SCOPE = BIT["role_nouns"], BIT["scope_nouns"]
_DETERMINER, _UNIVERSAL = BIT["determiners"], BIT["universals"]


def being(goal: Goal, first: int, last: int) -> Judgement | None:
    """be/become/feel: a trait is no goal, a named role with its field is one."""
    s = goal.s
    if goal.any_tag(goal.verb, len(s.tokens), _ROLE) and _role_is_scoped(goal):
        return Judgement("met", "a concrete role", first, last)
    trait = goal.any_tag(goal.verb, goal.verb_last + 2, _TRAIT) and not goal.any_tag(
        goal.verb_last, goal.verb_last + 3, BIT["demonstration_words"]
    )
    if goal.verb_bits & BIT["mind_verbs"] and not trait and demonstrated(goal):
        return Judgement("met", "learning that can be shown", first, last)
    if s.tags(0) & _UNIVERSAL and goal.verb > 0 and is_artefact(goal):
        return Judgement("met", "a state of the whole set that can be seen", first, last)
    if (
        goal.any_tag(goal.verb_last, len(s.tokens), _TRAIT | _COMPARATIVE)
        and goal.verb_bits & BIT["be_verbs"]
    ):
        return Judgement("unmet", "a trait, not a behaviour", first, last, "S102")
    if goal.verb_bits & BIT["be_verbs"] and not goal.verb_bits & BIT["mind_verbs"]:
        if object_quality(goal) == "concrete" and goal.verb_bits & BIT["reach_verbs"]:
            return Judgement("met", "a concrete result", first, last)
        return Judgement("unmet", "a state, not an action", first, last, "S102")
    return None


def _role_is_scoped(goal: Goal) -> bool:
    """A role counts where a field is named: "deputy for the payroll run", "certified in first aid"."""
    s = goal.s
    for place, end in s.spans(_ROLE):
        if place < goal.verb:
            continue
        field = s.tags(end + 1) & (_DETERMINER | _ARTEFACT | _THING | _TOPIC)
        praised = goal.any_tag(goal.verb_last, place + 1, _PRAISE | _COMPARATIVE)
        if s.tags(end) & BIT["field_prepositions"] and field and not praised:
            return True
        if place <= goal.verb_last + 1 and s.tags(place) & BIT["outcome_phrases"]:
            return True
    return False


def demonstrated(goal: Goal) -> bool:
    """Whether learning is followed by what shows it: "learn enough Polish to take orders by phone"."""
    s = goal.s
    for place, end in s.spans(BIT["demonstration_words"]):
        if end > goal.verb_last and end < len(s.tokens) and not s.tags(place - 1) & BIT["how_words"]:
            shown, _, head = goal.noun_phrase(end)
            if goal.any_tag(shown, head, _PRAISE | _COMPARATIVE):
                continue  # "to write better reports" is as vague as "write better reports"
            if head >= 0 and not s.tags(head) & (_ABSTRACT | _EMPTY) | (s.tags(head) & (_ARTEFACT | _THING)):
                return True
    return any(
        place > goal.verb
        and goal.any_tag(place, min(end + 6, len(s.tokens)), BIT["outcome_phrases"] | _SCOPE)
        for place, end in s.spans(BIT["finish_verbs"])
    )
