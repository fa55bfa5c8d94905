"""A: are means, support or a limited scope stated? Mostly they are not in the sentence: then unknown."""

from __future__ import annotations

from coach_assist.checker.goal import VERB, Goal, Judgement
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.tokens import NUMBER, WORD, number_value

_MEANS, _SUPPORT, _HEDGE, _ABSOLUTE, _JUDGED = (
    BIT["means_words"], BIT["support_words"], BIT["hedges"], BIT["absolutes"], BIT["judged_nouns"]
)  # fmt: skip
_EXTREME, _EVERY_ONE, _NONE = BIT["extreme_words"], BIT["every_one_words"], BIT["none_words"]
_MINE = BIT["first_person_words"]
_DETERMINER, _UNIVERSAL, _UNIT = BIT["determiners"], BIT["universals"], BIT["units"]


def judge_achievable(goal: Goal) -> Judgement:
    """Return the judgement of A; unmet only where the text itself shows a doubt."""
    doubt = _doubt(goal)
    if doubt:
        return doubt
    if goal.context.achievable and goal.context.achievable.strip():
        return Judgement("met", "the field beside it says what makes it achievable")
    if means := _means(goal):
        return Judgement("met", "the means are stated", *means)
    if support := next(goal.s.spans(_SUPPORT), None):
        return Judgement("met", "support or a limited scope is stated", *support)
    if scope := finite_set(goal) or _own_rate(goal) or _effort_fits(goal):
        return Judgement("met", "the scope is limited", *scope)
    return Judgement("unknown", "the sentence does not say what makes it achievable")


def _doubt(goal: Goal) -> Judgement | None:
    for check in (
        absolute_on_open_set,
        outside_control,
        overload,
        effort_exceeds_time,
        implausible_jump,
        hedged,
    ):
        if found := check(goal):
            return found
    return None


def _means(goal: Goal) -> tuple[int, int] | None:
    """Means: "by" with a verb, "through", "using", "with support from" a thing; no date, no number."""
    s = goal.s
    for place, end in s.spans(_MEANS):
        if (
            place <= max(goal.verb, 0)
            or end >= len(s.tokens)
            or place in goal.time.claimed
            or end in goal.time.claimed
        ):
            continue
        token = s.tokens[end]
        if (token.kind == NUMBER and end - place < 2) or token.kind not in {WORD, NUMBER}:
            continue
        plain = end - place == 1 and s.tags(place) & BIT["plain_means_words"]
        if plain and not (token.low.endswith("ing") or (token.tags & VERB and token.lemma != token.low)):
            continue
        _first, last, head = goal.noun_phrase(end)
        if head < 0 and not token.low.endswith("ing"):
            continue
        if head >= 0 and s.tags(head) & BIT["effort_nouns"]:
            continue
        return place, max(last, end + 1)
    return None


def finite_set(goal: Goal) -> tuple[int, int] | None:
    """A whole that is counted: "all four workshops", "both audits"; or "my mandatory training"."""
    s = goal.s
    if goal.verb < 0:
        return None
    for place, last in s.spans(_UNIVERSAL):
        if place < goal.verb:
            continue
        after = last
        if s.tags(place) & BIT["both_words"]:
            return place, after
        while s.tags(after) & _DETERMINER or s.low(after) in {"of", "%"}:
            after += 1
        if (
            (
                s.tags(after) & BIT["number_words"]
                or (after < len(s.tokens) and s.tokens[after].kind == NUMBER and after > last - 1)
            )
            and s.low(last) != "%"
            and s.tokens[place].kind == WORD
        ):
            return place, after + 1
        if s.tags(after - 1) & _MINE and after < len(s.tokens):
            return place, after + 1
    for measure in goal.targets:
        if measure.kind == "percent" and measure.value == 100:
            after = measure.last
            while s.low(after) in {"of", "the"}:
                after += 1
            if s.tags(after) & _MINE or s.tags(after) & BIT["number_words"]:
                return measure.first, after + 1
    return None


def _own_rate(goal: Goal) -> tuple[int, int] | None:
    """A small number of one's own actions in each period: "ring 8 small shops a week"."""
    if not goal.verb_bits & (BIT["act_verbs"] | BIT["finish_verbs"]) or not goal.time.cadence:
        return None
    counts = [m for m in goal.targets if m.kind in {"count", "duration"} and m.value <= 30]
    if counts and counts[0].first >= goal.verb:
        return counts[0].first, counts[0].last
    return None


def _hours_named(goal: Goal) -> tuple[int, float] | None:
    """Return (place, hours) of a stated effort: "the 40-hour course", "200 hours of training"."""
    s = goal.s
    for place, token in enumerate(s.tokens):
        if token.kind != NUMBER:
            continue
        unit = place + 2 if s.low(place + 1) == "-" else place + 1
        if unit < len(s.tokens) and s.tags(unit) & _UNIT and s.lexicon.value(s.tokens[unit], _UNIT) == "hour":
            return place, number_value(token.raw)
    return None


def _effort_fits(goal: Goal) -> tuple[int, int] | None:
    """A course of stated length with an end point that leaves time for it."""
    named = _hours_named(goal)
    if not named or not goal.time.end or goal.time.cadence or goal.s.low(named[0] + 1) != "-":
        return None
    return named[0], named[0] + 3


def absolute_on_open_set(goal: Goal) -> Judgement | None:
    """A301: "never", "always", "100 %" on what other people judge or on a set without end."""
    s = goal.s
    if finite_set(goal):
        return None
    for measure in goal.targets:
        if measure.kind == "percent" and measure.value >= 100 and not measure.baseline:
            near = range(measure.last, min(measure.last + 5, len(s.tokens)))
            back = range(max(measure.first - 4, goal.verb_last, 0), measure.first)
            if any(s.tags(p) & BIT["judged_nouns"] for p in [*near, *back]) and not goal.verb_is(
                "change_verbs"
            ):
                return Judgement(
                    "unmet", "an absolute that depends on others", measure.first, measure.last, "A301"
                )
    for place, last in s.spans(_ABSOLUTE):
        token = s.tokens[place]
        if token.kind == NUMBER or place in goal.time.claimed or s.low(last) in {"-"}:
            continue
        reach = range(last, min(last + 6, len(s.tokens)))
        always = token.tags & BIT["always_words"]
        judged = any(s.tags(p) & _JUDGED for p in reach if s.tokens[p].kind == WORD)
        if always or (judged and token.tags & (_EXTREME | _EVERY_ONE | _NONE) and _open(goal, last)):
            return Judgement("unmet", "an absolute on a set without end", place, last, "A301")
    return None


def _open(goal: Goal, place: int) -> bool:
    """Whether nothing bounds the set: no end point, no number, no possessive right after."""
    s = goal.s
    if goal.time.end or s.tags(place) & (BIT["possessives"] | BIT["number_words"]):
        return False
    verb = goal.verb_bits
    return bool(
        (
            bool(
                verb
                & (
                    BIT["change_verbs"]
                    | BIT["reach_verbs"]
                    | BIT["be_verbs"]
                    | BIT["make_verbs"]
                    | BIT["aspire_verbs"]
                )
            )
            and not (verb & (BIT["act_verbs"] | BIT["keep_verbs"]))
            and s.has(BIT["absolutes"])
            and s.tags(place - 1) & _EXTREME
        )
        or (s.tags(place - 1) & _EVERY_ONE and bool(verb & (BIT["aspire_verbs"] | BIT["vague_verbs"])))
        or (
            s.tags(place - 1) & _NONE
            and bool(s.tags(place) & BIT["fault_nouns"])
            and bool(verb & (BIT["make_verbs"] | BIT["aspire_verbs"]))
        )
    )


def outside_control(goal: Goal) -> Judgement | None:
    """A302: the result is decided by somebody else, or is a leap that no plan can promise."""
    s = goal.s
    for place, last in s.spans(BIT["outside_control"]):
        if place >= max(goal.verb, 0):
            return Judgement("unmet", "somebody else decides this", place, last, "A302")
    return None


def overload(goal: Goal) -> Judgement | None:
    """A303: more than a person can do at once: five or more goals in one, or all alone within days."""
    s = goal.s
    alone = next(s.spans(BIT["alone_words"]), None)
    if alone and (goal.time.end or goal.time.cadence) and _days(goal) <= 31:
        return Judgement("unmet", "a large piece of work for one person in a short time", *alone, "A303")
    verbs = [
        p
        for p, t in enumerate(s.tokens)
        if t.tags & VERB and goal.verb_stands_at(p) and p not in goal.time.claimed
    ]
    distinct = {s.tokens[p].lemma for p in verbs}
    if len(distinct) >= 6 and len(s.tokens) < 60:
        return Judgement("unmet", "too many undertakings in one goal", verbs[0], verbs[-1] + 1, "A303")
    return None


def _days(goal: Goal) -> float:
    """Return the days until the end point as far as the text says, a large number where it does not."""
    point = goal.time.point
    if point is None:
        return 10_000
    if point.day and goal.anchor:
        return (point.day - goal.anchor).days
    s = goal.s
    for place in range(point.first, point.last):
        if s.tags(place) & _UNIT:
            unit = s.lexicon.value(s.tokens[place], _UNIT)
            size = {
                "day": 1,
                "week": 7,
                "fortnight": 14,
                "month": 31,
                "quarter": 92,
                "half": 183,
                "year": 366,
                "sprint": 14,
            }
            if unit in size:
                count = 1.0
                for back in range(point.first, place):
                    if s.tokens[back].kind == NUMBER:
                        count = number_value(s.tokens[back].raw)
                    elif s.tags(back) & BIT["number_words"]:
                        count = float(s.lexicon.value(s.tokens[back], BIT["number_words"]) or 1)
                return count * size[unit]
    return {"weekday": 7, "week": 7}.get(point.kind, 10_000)


def effort_exceeds_time(goal: Goal) -> Judgement | None:
    """A304: the stated effort needs more hours than the time allows (10 hours a day)."""
    named = _hours_named(goal)
    if not named or goal.time.cadence or not goal.time.end:
        return None
    place, hours = named
    days = _days(goal)
    if hours > days * 10:
        return Judgement("unmet", f"{hours:g} hours do not fit into the time", place, place + 2, "A304")
    return None


def implausible_jump(goal: Goal) -> Judgement | None:
    """A305: five times the baseline or more, a tenfold, or doubling within a week or two."""
    for target in goal.targets[:20]:
        for base in goal.quantities.baselines[:20]:
            if (
                base.kind in {target.kind, "count"}
                and base.value > 0
                and base.number < target.number
                and goal.verb_is("change_verbs", "reach_verbs")
            ):
                ratio = target.value / base.value
                limit = 5.0 if _days(goal) > 92 else 4.0
                if ratio >= limit and target.kind != "percent" and base.value >= 2:
                    return Judgement(
                        "unmet", f"{ratio:g} times the baseline", base.first, target.last, "A305"
                    )
        if target.kind == "times" and target.value >= 5:
            return Judgement("unmet", "five times as much or more", target.first, target.last, "A305")
        if target.kind == "percent" and target.value >= 400 and goal.verb_is("change_verbs"):
            return Judgement("unmet", "five times as much or more", target.first, target.last, "A305")
        if target.kind in {"fraction", "times"} and goal.time.end and _days(goal) <= 14:
            return Judgement("unmet", "a doubling within days", target.first, target.last, "A305")
    return None


def hedged(goal: Goal) -> Judgement | None:
    """A306: the writer has not decided yet ("try to", "if time permits")."""
    spans = goal.s.spans(_HEDGE)
    span = next((span for span in spans if not goal.s.tags(span[0] - 1) & _UNIVERSAL or not span[0]), None)
    return Judgement("unmet", "a hedge instead of a commitment", *span, "A306") if span else None
