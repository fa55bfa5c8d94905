"""M: does the text say how one can tell that the goal was reached?"""

from __future__ import annotations

from coach_assist.checker.goal import Goal, Judgement
from coach_assist.checker.judging.objects import (
    ensured,
    is_artefact,
    is_plural,
    object_quality,
    proper_noun,
)
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.tokens import WORD
from coach_assist.checker.verbs import DOING, verb_bits

_ARTEFACT, _THING, _GENERIC, _ABSTRACT, _PEOPLE, _EMPTY = (
    BIT["artefact_nouns"], BIT["thing_nouns"], BIT["generic_objects"], BIT["abstract_nouns"],
    BIT["people_nouns"],
    BIT["empty_nouns"],
)  # fmt: skip
_UNIVERSAL, _DETERMINER, _METRIC = BIT["universals"], BIT["determiners"], BIT["metric_nouns"]
_PRAISE, _COMPARATIVE = BIT["praise_words"], BIT["comparatives"]
_FINISHING = BIT["finish_verbs"]
_DIRECTION = BIT["change_verbs"] | BIT["keep_verbs"] | BIT["mind_verbs"] | BIT["vague_verbs"]
_MASS = BIT["mass_nouns"]


def judge_measurable(goal: Goal) -> Judgement:
    """Return the judgement of M, with the code of the rule that explains an unmet one."""
    if goal.targets:
        target = goal.targets[0]
        return Judgement("met", "a value is named", target.first, target.last)
    if goal.context.metric and any(letter.isdigit() for letter in goal.context.metric):
        return Judgement("met", "the metric field names a value")
    if numeric := _unfilled(goal):
        return Judgement("unmet", "the value is still a placeholder", *numeric, "M205")
    outcome = _outcome(goal)
    if outcome:
        return Judgement("met", "a result that somebody outside can confirm", *outcome)
    whole = ensured(goal) or _whole_set(goal)
    if whole:
        return Judgement("met", "the whole of a set is named", *whole)
    return _unmet(goal)


def _unfilled(goal: Goal) -> tuple[int, int] | None:
    """A number still to be filled in ("## visits"), or None."""
    return next((span for span in goal.quantities.placeholders if goal.s.low(span[0]) == "#"), None)


def _unmet(goal: Goal) -> Judgement:
    s = goal.s
    first, last = goal.statement
    if goal.quantities.placeholders:
        return Judgement(
            "unmet", "the value is still a placeholder", *goal.quantities.placeholders[0], "M205"
        )
    if span := next(s.spans(BIT["vague_counts"]), None):
        return Judgement("unmet", "a vague amount that cannot be counted", *span, "M203")
    if span := next((span for span in s.spans(BIT["degree_words"]) if span[0] != goal.verb), None):
        return Judgement("unmet", "a degree that nobody can check", *span, "M202")
    if goal.verb_is("keep_verbs"):
        return Judgement("unmet", "what is kept has no threshold", first, last, "M207")
    if goal.quantities.baselines:
        return Judgement(
            "unmet", "where things stand is named, but not where they should get to", first, last, "M201"
        )
    return Judgement("unmet", "nothing says how one can tell that it was reached", first, last, "M201")


def _outcome(goal: Goal) -> tuple[int, int] | None:
    """A deliverable, an exam, an approval: done or not done, and another person can tell."""
    s = goal.s
    bits = goal.verb_bits
    specific = goal.judgements.get("S")
    if specific and specific.cause in {"S102", "S105"}:
        return None
    quality = object_quality(goal) if goal.verb >= 0 else "vague"
    for place, last in s.spans(BIT["outcome_phrases"]):
        if place == goal.verb and quality != "concrete" and last - place == 1:
            continue
        if goal.object_first <= place < goal.head and last - place == 1:
            continue  # "a profitable company": an adjective, no result
        if not bits & ~(BIT["be_verbs"] | BIT["mind_verbs"]) and quality != "concrete" and goal.verb >= 0:
            continue
        aside = place >= goal.object_last and not bits & DOING and bits & _DIRECTION
        if last - place == 1 and aside:
            continue  # "reduce the gaps … in degree completion" tells no result
        if quality == "concrete" or last - place > 1 or bits & (_FINISHING | BIT["reach_verbs"]):
            return place, last
    if bits & _FINISHING and not bits & BIT["vague_verbs"] and _countable(goal, quality):
        return goal.statement
    thing = goal.head >= 0 and s.tags(goal.head) & (_ARTEFACT | _THING)
    if (
        (
            bits & BIT["reach_verbs"]
            and not bits & (BIT["vague_verbs"] | BIT["change_verbs"])
            and thing
            and quality == "concrete"
        )
        and _bounded(goal)
        and not is_plural(goal, goal.head)
    ):
        return goal.statement
    if (
        (
            bits & BIT["act_verbs"]
            and not bits & BIT["vague_verbs"]
            and thing
            and goal.time.end
            and not goal.time.cadence
        )
        and quality == "concrete"
        and _bounded(goal)
        and not is_plural(goal, goal.head)
    ):
        return goal.statement
    if later := _later_result(goal):
        return later
    artefact = goal.head >= 0 and s.tags(goal.head) & _ARTEFACT
    if bits & BIT["make_verbs"] and (artefact or not bits & BIT["vague_verbs"]) and _is_result(goal, quality):
        return goal.statement
    return None


def _later_result(goal: Goal) -> tuple[int, int] | None:
    """A later action of a list that ends ("explore the archive and write a summary")."""
    s = goal.s
    for place in range(goal.verb_last + 1, len(s.tokens)):
        if not (s.tags(place - 1) & BIT["and_words"] or s.low(place - 1) in {",", ";"}):
            continue
        bits = verb_bits(s, place)
        if not bits & (_FINISHING | BIT["make_verbs"]) or bits & (BIT["vague_verbs"] | BIT["change_verbs"]):
            continue
        if s.low(place).endswith(("ing", "ed")) or s.tags(place) & (_ARTEFACT | _ABSTRACT | _METRIC | _THING):
            continue
        _first, last, head = goal.noun_phrase(s.at(place, DOING))
        if head >= 0 and s.tags(head) & _ARTEFACT and not is_plural(goal, head):
            return place, last
    for place, end in s.spans(BIT["means_words"]):
        if place <= goal.verb or not s.tags(end) & _FINISHING or not s.low(end).endswith("ing"):
            continue
        first, last, head = goal.noun_phrase(s.at(end, DOING))
        course = head >= 0 and s.tags(head) & (_ARTEFACT | _GENERIC) and not is_plural(goal, head)
        if course and s.tags(first) & _DETERMINER:
            return end, last  # "by completing the welding course"
    return None


def _bounded(goal: Goal) -> bool:
    """Whether the object is one thing or a known set: an article, a possessive, a name."""
    s = goal.s
    first = goal.object_first
    if s.tags(first) & (_DETERMINER | _UNIVERSAL):
        return True
    after = range(goal.object_last, min(goal.object_last + 6, len(s.tokens)))
    if any(s.tags(place) & _UNIVERSAL and place not in goal.time.claimed for place in after):
        return True
    return proper_noun(goal, first, goal.object_last)


def _countable(goal: Goal, quality: str) -> bool:
    """Whether the object of a finishing verb ends: "the audit", "mobile app", but not "user research"."""
    s = goal.s
    if goal.head < 0:
        return False
    tags = s.tags(goal.head)
    if quality == "concrete":
        if s.tags(goal.head) & _MASS and s.low(goal.head + 1) != "of":
            return False
        if not is_plural(goal, goal.head):
            return True
        if s.at(goal.verb, BIT["session_verbs"]):
            whole = range(goal.object_first, min(goal.object_last + 6, len(s.tokens)))
            return any(s.tags(place) & _UNIVERSAL and place not in goal.time.claimed for place in whole)
        known = tags & (_ARTEFACT | _THING | _PEOPLE | _METRIC | _GENERIC)
        return _bounded(goal) and bool(known or proper_noun(goal, goal.object_first, goal.object_last))
    if (
        tags & _GENERIC
        and not is_plural(goal, goal.head)
        and not goal.any_tag(goal.object_first, goal.head + 1, _PRAISE | _COMPARATIVE)
    ):
        return goal.head > goal.object_first and not s.tags(goal.head) & _MASS
    return False


def _is_result(goal: Goal, quality: str) -> bool:
    s = goal.s
    if goal.head < 0 or quality != "concrete" or (s.tags(goal.head) & _MASS and s.low(goal.head + 1) != "of"):
        return False
    tags = s.tags(goal.head)
    if goal.any_tag(goal.object_first, goal.head, _COMPARATIVE | BIT["vague_counts"]):
        return False  # "add more guides": how many more?
    if s.at(goal.verb, BIT["recording_verbs"]):
        return True
    if tags & _GENERIC and not tags & _ARTEFACT and is_plural(goal, goal.head) and not _bounded(goal):
        return False  # "develop new programmes": which, and how many?
    return bool(tags & (_ARTEFACT | _GENERIC)) or (_bounded(goal) and not is_plural(goal, goal.head))


def _whole_set(goal: Goal) -> tuple[int, int] | None:
    """All of a set, by an observable action: "file every claim before noon"."""
    s = goal.s
    if s.tags(0) & _UNIVERSAL and goal.verb > 0 and goal.verb_bits & BIT["be_verbs"] and is_artefact(goal):
        return 0, goal.object_last
    doing = _FINISHING | BIT["act_verbs"] | BIT["reach_verbs"] | BIT["make_verbs"] | BIT["keep_verbs"]
    if not goal.verb_bits & doing or (
        goal.verb_bits & BIT["vague_verbs"] and not goal.verb_bits & _FINISHING
    ):
        return None
    if goal.verb_bits & BIT["be_verbs"] and not goal.verb_bits & BIT["reach_verbs"]:
        return None
    making = goal.verb_bits & BIT["make_verbs"] and not goal.verb_bits & _FINISHING
    for place in range(goal.verb_last, min(goal.verb_last + 6, len(s.tokens))):
        if (
            s.at(goal.verb, BIT["supply_verbs"])
            and place < goal.object_first
            and s.tags(goal.head) & _ABSTRACT
        ):
            continue  # "provide all students with experiences"
        if s.tags(place) & _UNIVERSAL and place not in goal.time.claimed:
            _, last, head = goal.noun_phrase(place)
            if making and head >= 0 and s.tags(head) & _PEOPLE and not s.tags(head) & _ARTEFACT:
                return None  # "prepare all students" has no end
            if (
                head > place
                and s.tokens[head].kind == WORD
                and not s.tags(head) & BIT["units"]
                and (head > place + 1 or not s.tags(head) & _EMPTY)
            ):
                named = s.tags(head) & _GENERIC and head - place > 1
                if (
                    s.tags(head) & (_ABSTRACT | _GENERIC)
                    and not named
                    and not s.tags(head) & (_ARTEFACT | _THING | _METRIC | _PEOPLE)
                ):
                    return None
                return place, last
    return None
