"""S: would two colleagues agree on what is to be done or achieved?"""

from __future__ import annotations

from coach_assist.checker.goal import VERB, Goal, Judgement
from coach_assist.checker.judging.objects import (
    ensured,
    is_artefact,
    narrowing,
    object_quality,
    proper_noun,
    specific_modifiers,
)
from coach_assist.checker.judging.states import being, demonstrated
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.tokens import WORD

_PRAISE, _COMPARATIVE, _JARGON = BIT["praise_words"], BIT["comparatives"], BIT["jargon"]
_ARTEFACT, _THING, _ABSTRACT, _GENERIC, _EMPTY, _PEOPLE, _METRIC, _TOPIC = (
    BIT["artefact_nouns"], BIT["thing_nouns"], BIT["abstract_nouns"], BIT["generic_objects"],
    BIT["empty_nouns"],
    BIT["people_nouns"], BIT["metric_nouns"], BIT["broad_topics"],
)  # fmt: skip
_SCOPE = BIT["scope_nouns"]
_DETERMINER, _STOP, _UNIVERSAL = BIT["determiners"], BIT["stop_words"], BIT["universals"]
_DOING = BIT["finish_verbs"] | BIT["make_verbs"] | BIT["act_verbs"]
_NOUN = _ARTEFACT | _THING | _ABSTRACT | _GENERIC | _EMPTY | _PEOPLE | _METRIC | _TOPIC


_EMPTY_COUNTS = BIT["uncounted_objects"]


def judge_specific(goal: Goal) -> Judgement:
    """Return the judgement of S, with the code of the rule that explains an unmet one."""
    s = goal.s
    first, last = goal.statement
    if not s.tokens or all(token.kind != WORD for token in s.tokens):
        return Judgement("unmet", "there are no words that say what is to be done", cause="S106")
    if goal.verb_is("vague_verbs", "change_verbs") and len(goal.targets) == 1:
        late = _list_of_goals(goal)
        vague = goal.verb_is("vague_verbs") or object_quality(goal) != "concrete"
        if late and goal.targets[0].first > goal.object_last and vague:
            return Judgement("unmet", "three goals or more in one", *late, "S104")
    if goal.targets and not _measures_nothing(goal):
        target = goal.targets[0]
        return Judgement("met", "a named thing is moved to a value", target.first, target.last)
    if _is_jargon(goal):
        return Judgement("unmet", "jargon instead of an action", first, last, "S105")
    if goal.verb < 0:
        return _without_verb(goal)
    if goal.targets:
        return Judgement(
            "unmet",
            "the number belongs to nothing that two colleagues would count alike",
            first,
            last,
            "S106",
        )
    if span := _list_of_goals(goal):
        return Judgement("unmet", "three goals or more in one", *span, "S104")
    if span := ensured(goal):
        return Judgement("met", "what is to be true of the whole set", *span)
    judgement = _by_verb(goal, first, last)
    if judgement.verdict == "unmet" and judgement.cause in {"S101", "S103", "S107"}:
        if means := _concrete_means(goal):
            return Judgement("met", "the means say what will be done", *means)
        if second := _second_action(goal):
            return Judgement("met", "an observable action on a concrete object", *second)
    return judgement


def _by_verb(goal: Goal, first: int, last: int) -> Judgement:
    bits = goal.verb_bits
    s = goal.s
    quality = object_quality(goal)
    doing = bits & _DOING
    if s.tags(goal.verb_last) & BIT["reflexives"]:
        return Judgement("unmet", "a trait, not a behaviour", first, last, "S102")
    if bits & (BIT["be_verbs"] | BIT["mind_verbs"]) and not doing & ~BIT["act_verbs"]:
        judgement = being(goal, first, last)
        if judgement:
            return judgement
    if bits & BIT["aspire_verbs"] and quality != "concrete":
        return Judgement("unmet", "an aspiration, not an action", first, last, "S101")
    if bits & BIT["mind_verbs"] and not doing:
        if demonstrated(goal):
            return Judgement("met", "learning that can be shown", first, last)
        studied = s.tags(goal.verb) & BIT["study_verbs"] and quality == "concrete"
        if goal.any_tag(goal.verb_last, len(s.tokens), _TOPIC) or studied:
            return Judgement(
                "unmet", "a topic is named, but not how much of it or what for", first, last, "S107"
            )
        return Judgement("unmet", "a state of mind that nobody can observe", first, last, "S103")
    if quality == "empty":
        return Judgement("unmet", "the object stands for nothing in particular", first, last, "S106")
    if goal.verb_last - goal.verb > 1 and goal.any_tag(goal.verb, goal.verb + 1, BIT["outcome_phrases"]):
        return Judgement("met", "a result that somebody outside can confirm", first, last)
    if goal.guessed_verb and not _known_result(goal):
        return Judgement("unmet", "the object could mean anything", first, last, "S101")
    if doing and not bits & BIT["change_verbs"]:
        if (
            bits & BIT["make_verbs"]
            and not bits & (BIT["finish_verbs"] | BIT["act_verbs"])
            and _of_people(goal)
        ):
            quality = "vague"
        if bits & BIT["vague_verbs"] and bits & BIT["make_verbs"] and not s.tags(goal.head) & _ARTEFACT:
            quality = "vague"
        if quality == "concrete" and not (bits & BIT["vague_verbs"] and not is_artefact(goal)):
            return Judgement("met", "an observable action on a concrete object", first, last)
        return Judgement("unmet", "the object could mean anything", first, last, "S101")
    if bits & BIT["keep_verbs"] and is_artefact(goal) and quality == "concrete":
        return Judgement("met", "a concrete thing to keep", first, last)
    if (
        bits & BIT["reach_verbs"]
        and quality == "concrete"
        and _known_result(goal)
        and not bits & (BIT["change_verbs"] | BIT["vague_verbs"])
    ):
        return Judgement("met", "a concrete result", first, last)
    if bits & BIT["change_verbs"] and doing and quality == "concrete" and is_artefact(goal):
        return Judgement("met", "an observable action on a concrete object", first, last)
    return Judgement("unmet", "a direction without saying what exactly changes", first, last, "S101")


def _known_result(goal: Goal) -> bool:
    """Whether what is reached can be told: a thing, people, a name, a whole set, a metric with its mark."""
    s = goal.s
    first, last, head = goal.object_first, goal.object_last, goal.head
    if is_artefact(goal) or _of_people(goal) or proper_noun(goal, first, last):
        return True
    if s.tags(head) & _SCOPE and narrowing(goal, last) >= 2:
        return True
    if goal.any_tag(goal.verb_last, last, _UNIVERSAL):
        return True
    return head >= 0 and bool(s.tags(head) & _METRIC) and s.has(BIT["outcome_phrases"])


def _list_of_goals(goal: Goal) -> tuple[int, int] | None:
    """Three coordinated actions, each with an object of its own ("improve x, finish y and mentor Z")."""
    s = goal.s
    found: list[int] = []
    if sum(1 for bits in s.starts if bits & VERB) < 3:
        return None
    place = 0
    while place < len(s.tokens) and len(found) < 3 and not s.ends_here(place):
        bits = s.tags(place)
        starts = place == goal.verb or s.low(place - 1) == "," or s.tags(place - 1) & BIT["and_words"]
        if (
            bits & VERB
            and starts
            and not bits & (_ARTEFACT | _ABSTRACT | _METRIC)
            and not s.low(place).endswith("ing")
        ):
            _, _last, head = goal.noun_phrase(s.phrase(place, VERB) or place + 1)
            if head >= 0:
                found.append(place)
        place += 1
    return (found[0], place) if len(found) >= 3 else None


def _of_people(goal: Goal) -> bool:
    return (
        goal.head >= 0 and bool(goal.s.tags(goal.head) & _PEOPLE) and not goal.s.tags(goal.head) & _ARTEFACT
    )


def _second_action(goal: Goal) -> tuple[int, int] | None:
    """A later coordinated action on an artefact ("understand the needs and write the brief")."""
    s = goal.s
    for place in range(goal.verb_last + 1, len(s.tokens)):
        if not (s.tags(place - 1) & BIT["and_words"] or s.low(place - 1) in {"/", ",", ";", "."}):
            continue
        bits = s.tags(place)
        if not bits & (BIT["finish_verbs"] | BIT["make_verbs"]) or bits & (
            BIT["vague_verbs"] | BIT["change_verbs"]
        ):
            continue
        if s.low(place).endswith(("ing", "ed")) or bits & (_ARTEFACT | _ABSTRACT | _METRIC | _THING):
            continue
        _first, last, head = goal.noun_phrase(s.at(place, _DOING))
        if head >= 0 and s.tags(head) & _ARTEFACT and not s.tags(head) & _GENERIC:
            return place, last
    return None


def _measures_nothing(goal: Goal) -> bool:
    """A number does not help where what it counts is nothing in particular, or a trait in per cent."""
    s = goal.s
    for place, token in enumerate(s.tokens):
        if token.tags & _EMPTY_COUNTS and place not in goal.time.claimed and not s.tags(place - 1) & _METRIC:
            named = s.tokens[place - 1].kind == WORD and not s.tags(place - 1) & (_STOP | _DETERMINER)
            if not named or token.tags & _GENERIC:
                return True
    target = goal.targets[0]
    if target.kind in {"percent", "fraction"} and not s.has(_METRIC | _PEOPLE | _THING | _ARTEFACT):
        return (
            goal.verb_bits & BIT["change_verbs"] > 0
            and goal.head >= 0
            and bool(s.tags(goal.head) & _ABSTRACT)
        )
    if target.kind == "none" and all(measure.kind == "none" for measure in goal.targets):
        praised = goal.any_tag(goal.verb_last, goal.object_last, _PRAISE) and not is_artefact(goal)
        return praised and s.low(target.first - 1) != "("
    return False


def _is_jargon(goal: Goal) -> bool:
    """Jargon decides only where nothing concrete stands beside it."""
    s = goal.s
    if not s.has(_JARGON):
        return False
    covered = any(first <= goal.head < last for first, last in s.spans(_JARGON) if last - first > 1)
    return covered or not (goal.verb_bits & _DOING and is_artefact(goal))


def _concrete_means(goal: Goal) -> tuple[int, int] | None:
    """The means where they name an action on a concrete thing ("by containerising the core services")."""
    s = goal.s
    for place, end in s.spans(BIT["means_words"]):
        if place <= goal.verb or end >= len(s.tokens) or place in goal.time.claimed:
            continue
        verb = s.at(end, _DOING)
        if not verb or (s.tags(end) & BIT["change_verbs"] and not s.tags(end) & BIT["finish_verbs"]):
            continue
        first, last, head = goal.noun_phrase(verb)
        if head < 0 or goal.any_tag(first, head + 1, _PRAISE | _COMPARATIVE):
            continue
        if (
            s.tags(head) & (_ARTEFACT | _THING)
            or proper_noun(goal, first, last)
            or s.tags(first) & _UNIVERSAL
            or (s.tags(first) & _DETERMINER and not s.tags(head) & (_NOUN | _METRIC))
            or (
                s.tags(first) & _DETERMINER
                and s.tags(head) & _GENERIC
                and specific_modifiers(goal, first, head)
            )
        ):
            return place, last
    return None


def _without_verb(goal: Goal) -> Judgement:
    """A goal without a verb: "Guide for the night shift" names a result, "better teamwork" none."""
    s = goal.s
    last = len(s.tokens)
    if (
        goal.head >= 0
        and object_quality(goal) == "concrete"
        and (s.tags(goal.head) & (_ARTEFACT | _THING) and not s.tags(goal.head) & (_GENERIC | _ABSTRACT))
    ):
        return Judgement("met", "a concrete result is named", goal.object_first, goal.object_last)
    return Judgement("unmet", "no verb says what is to be done", 0, last, "S101")
