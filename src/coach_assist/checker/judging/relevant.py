"""R: is the purpose or the link stated? Mostly it lies in the plan around the goal: then unknown."""

from __future__ import annotations

from coach_assist.checker.goal import Goal, Judgement
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.sentence import Sentence
from coach_assist.checker.tokens import WORD

_PURPOSE, _BUSINESS, _EMPTY, _STOP = (
    BIT["purpose_words"], BIT["business_objects"], BIT["empty_purposes"], BIT["stop_words"]
)  # fmt: skip
_TOPICS = BIT["topics"]
_HELPING = BIT["vague_verbs"] | BIT["modal_verbs"]


def judge_relevant(goal: Goal) -> Judgement:
    """Return the judgement of R: from the text, else from the fields and the plan around it."""
    empty = empty_purpose(goal)
    if empty:
        return empty
    if circular := circular_purpose(goal):
        return circular
    if keywords := keyword_list(goal):
        return keywords
    if span := stated_purpose(goal.s, goal.verb_last, goal):
        return Judgement("met", "the purpose is stated", *span)
    if span := parent_objective(goal):
        return Judgement("met", "the aim that it serves is stated", *span)
    context = goal.context
    if context.relevance and content_words(Sentence(context.relevance, goal.settings.language)):
        relevance = Sentence(context.relevance, goal.settings.language)
        if _only_empty(relevance):
            return Judgement("unmet", "the purpose in the field beside it says nothing", cause="R402")
        return Judgement("met", "the field beside it says why")
    if context.next_sentence:
        following = Sentence(context.next_sentence, goal.settings.language)
        if stated_purpose(following, 0, None, alone=True):
            return Judgement("met", "the next sentence says why")
    for around in (context.focus, context.heading):
        match = focus_match(goal, around)
        if match is True:
            return Judgement("met", "it serves the area that it stands under")
        if match is False and around is context.focus:
            return Judgement(
                "unmet", "it does not serve the development area that it stands under", cause="R405"
            )
    return Judgement("unknown", "the sentence does not say what it is for", cause="R401")


def stated_purpose(s: Sentence, after: int, goal: Goal | None, alone: bool = False) -> tuple[int, int] | None:
    """Return the purpose clause that names what it serves, or None."""
    helping = bool(goal is not None and goal.verb_bits & BIT["vague_verbs"] and not goal.targets)
    for place, end in s.spans(_PURPOSE):
        if place < max(after, 0) or (not alone and place <= after and end - place < 2):
            continue
        if end - place == 1 and s.tags(place) & BIT["double_purpose_words"] and not _clause(s, end):
            continue
        infinitive = s.tags(place) & BIT["infinitive_marks"] and end - place > 1
        if infinitive and (helping or s.tags(place - 1) & _HELPING or place - after < 1):
            continue
        if goal is not None and goal.time.claimed and end in goal.time.claimed:
            continue
        reach = [p for p in range(end, min(end + 12, len(s.tokens))) if s.tokens[p].kind == WORD]
        own = [p for p in reach if s.tags(p) & _BUSINESS]
        if own:
            return place, own[-1] + 1
        if s.at(place, BIT["strong_purposes"]) and len([p for p in reach if _content(s, p)]) >= 2:
            return place, reach[-1] + 1
    return None


def parent_objective(goal: Goal) -> tuple[int, int] | None:
    """A broad aim in one sentence and the measured goal that serves it in a later one."""
    s = goal.s
    close = next((p for p in range(len(s.tokens)) if s.tokens[p].raw == "." and p + 3 < len(s.tokens)), 0)
    if not close or not goal.targets or goal.targets[0].first < close or close < 4:
        return None
    return (
        (0, close)
        if goal.verb_is("change_verbs", "vague_verbs", "aspire_verbs") and goal.verb < close
        else None
    )


def _clause(s: Sentence, place: int) -> bool:
    """Whether a clause (with a subject), not a date or a span, follows."""
    return bool(s.tags(place) & BIT["clause_openers"])


def empty_purpose(goal: Goal) -> Judgement | None:
    """R402: "in order to improve" and nothing after it."""
    s = goal.s
    for place, end in s.spans(_PURPOSE):
        if place <= goal.verb:
            continue
        while s.tags(end) & BIT["purpose_subjects"]:
            end += 1
        last = s.at(end, _EMPTY)
        if s.phrase(place, _EMPTY) >= end:
            last = s.phrase(place, _EMPTY)
        if last and s.ends_here(last) and end - place > 1:
            return Judgement("unmet", "the purpose says nothing", place, last, "R402")
        if last and end - place > 1 and s.low(last) in {",", ";", ")"}:
            return Judgement("unmet", "the purpose says nothing", place, last, "R402")
    return None


def circular_purpose(goal: Goal) -> Judgement | None:
    """R403: the purpose repeats the goal ("learn SQL so that I know SQL")."""
    s = goal.s
    purposes = [(place, end) for place, end in s.spans(_PURPOSE) if place > goal.verb and end - place >= 2]
    for place, end in purposes[:3]:
        before = {_stem(s.tokens[p].lemma) for p in range(goal.verb, place) if _content(s, p)}
        after = {
            _stem(s.tokens[p].lemma)
            for p in range(end, len(s.tokens))
            if _content(s, p)
            and p not in goal.time.claimed
            and not s.tags(p) & (BIT["mind_verbs"] | BIT["be_verbs"])
        }
        if after and before and after <= before:
            return Judgement("unmet", "the purpose repeats the goal", place, len(s.tokens), "R403")
    return None


def keyword_list(goal: Goal) -> Judgement | None:
    """R404: company words in a row instead of a link ("support the branch, the guests")."""
    s = goal.s
    if goal.targets or goal.time.end:
        return None
    keywords = [p for p in range(len(s.tokens)) if s.tags(p) & _BUSINESS]
    words = [p for p, token in enumerate(s.tokens) if token.kind == WORD and not token.tags & _STOP]
    joined = [p for p in keywords if s.tags(p - 1) & BIT["and_words"] or s.low(p - 1) == ","]
    serving = goal.verb_bits & BIT["vague_verbs"]
    if (
        len(keywords) >= 2
        and joined
        and serving
        and len(words) - len(keywords) <= 2
        and s.tags(goal.verb) & BIT["serving_verbs"]
    ):
        return Judgement(
            "unmet", "company words in a row, without a link", keywords[0], keywords[-1] + 1, "R404"
        )
    if len(keywords) >= 4 and len(joined) >= 3 and len(words) - len(keywords) <= 3:
        return Judgement(
            "unmet", "company words in a row, without a link", keywords[0], keywords[-1] + 1, "R404"
        )
    return None


def _stem(word: str) -> str:
    return word[:6]


def _content(s: Sentence, place: int) -> bool:
    token = s.tokens[place]
    return token.kind == WORD and not token.tags & _STOP


def content_words(s: Sentence) -> set[str]:
    """Return the lemmas of the words that carry meaning."""
    return {token.lemma for place, token in enumerate(s.tokens) if _content(s, place)}


def _only_empty(s: Sentence) -> bool:
    return (
        not any(s.tags(p) & _BUSINESS for p in range(len(s.tokens)))
        and any(True for _ in s.spans(_EMPTY))
        and len(content_words(s)) <= 2
    )


def topics_of(s: Sentence) -> set[str]:
    """Return the development topics that a text speaks of (delegation, presenting, data …)."""
    found = set()
    for hit in s.hits:
        if hit.tags & _TOPICS and hit.value:
            found.add(hit.value)
    for token in s.tokens:
        if token.tags & _TOPICS and (value := s.lexicon.value(token, _TOPICS)):
            found.add(value)
    return found


def focus_match(goal: Goal, around: str | None) -> bool | None:
    """True where goal and area share a topic or a word, False where both have topics and share none,
    else None."""
    if not around or not around.strip():
        return None
    area = Sentence(around[:2000], goal.settings.language)
    if stems(goal.s) & stems(area):
        return True
    mine, theirs = topics_of(goal.s), topics_of(area)
    if mine & theirs:
        return True
    if mine and theirs and len(theirs) == 1:
        return False
    return None


def stems(s: Sentence) -> set[str]:
    """Return the first letters of the content words: enough to match "delegate" and "delegation"."""
    return {
        _stem(token.lemma)
        for place, token in enumerate(s.tokens)
        if _content(s, place) and len(token.lemma) > 3
    }
