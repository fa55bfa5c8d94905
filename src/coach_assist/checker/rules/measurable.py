"""M: rules about how one can tell."""

from __future__ import annotations

from collections.abc import Iterator

from coach_assist.checker.fixes import end_of_goal, insert, remove, replace
from coach_assist.checker.goal import Goal
from coach_assist.checker.lexicon import BIT
from coach_assist.checker.registry import Spot, register
from coach_assist.checker.reports import Edit, Fix


def _caused(goal: Goal, code: str) -> bool:
    return goal.judgements["M"].cause == code


def _span(goal: Goal) -> tuple[int, int]:
    judgement = goal.judgements["M"]
    return goal.s.offsets(judgement.first, judgement.last) if judgement.first >= 0 else goal.s.whole()


def _measure_place(goal: Goal) -> int:
    """Where a measure goes: after the object, before the end point; else at the end."""
    point = goal.time.point
    if point and point.first > goal.verb:
        return goal.s.tokens[point.first - 1].end if point.first else 0
    return end_of_goal(goal.text)


@register("M201", "no-measure", "error", explains=True)
def no_measure(goal: Goal) -> Iterator[Spot]:
    """Nothing says how one can tell.

    Flags: a goal with no value and no result that somebody outside can confirm.
    Why: without a measure the check-in turns into an argument about impressions.
    Source: Doran 1981 ("quantify or at least suggest an indicator"); Berkeley HR; VCU HR (a yes/no result is
    a measure too).
    Good: Answer 90 % of the tickets on the first day
    Good: Pass the forklift test
    Good: Publish the price list on the intranet
    Good: Hand in the audit report with no corrections
    Bad: Improve the onboarding
    Bad: Get better at planning
    Bad: Strengthen the cooperation with the warehouse
    """
    if _caused(goal, "M201"):
        fix = None
        if "[" not in goal.text:
            words = " to [target]" if goal.verb_is("change_verbs") else " [how you will measure it]"
            fix = insert(_measure_place(goal), words, "say how one can tell that it was reached")
        yield Spot(*_span(goal), "nothing says how one can tell that this was reached", fix)


@register("M202", "degree-adverb", "error", explains=True)
def degree(goal: Goal) -> Iterator[Spot]:
    """A degree instead of a measure.

    Flags: significantly, a lot, as much as possible, to a minimum, where no value stands.
    Why: what is "significant" to one is nothing to the other.
    Source: INCOSE R7 (vague terms); Wiegers, ambiguous terms.
    Good: Cut the queue at the till from 9 to 5 minutes
    Good: Raise sales significantly, by 8 %
    Good: Halve the number of returns
    Bad: Reduce complaints significantly
    Bad: Cut waste as much as possible
    Bad: Substantially increase the number of donors
    """
    if _caused(goal, "M202"):
        start, end = _span(goal)
        fix = None
        if "[" not in goal.text:
            tail = end_of_goal(goal.text)
            if end >= tail:
                fix = replace(start, end, "by [target]", "name the amount")
            else:
                edits = (*remove(goal.text, start, end, "").edits, Edit(tail, tail, " by [target]"))
                fix = Fix("name the amount", edits, safe=False)
        yield Spot(start, end, "a degree that nobody can check: how much?", fix)


@register("M203", "vague-quantity", "error", explains=True)
def vague_quantity(goal: Goal) -> Iterator[Spot]:
    """A quantity that counts nothing.

    Flags: a few, several, a couple of, many, where no other value stands.
    Why: it cannot be counted, so it cannot be reached.
    Source: INCOSE R7 (some, several, many, a few).
    Good: Visit three suppliers
    Good: Write two articles for the customer magazine
    Good: Coach several teams, at least four
    Bad: Visit a few suppliers
    Bad: Hold several workshops
    Bad: Talk to many customers
    """
    if _caused(goal, "M203"):
        start, end = _span(goal)
        fix = None if "[" in goal.text else replace(start, end, "[number]", "name the number")
        yield Spot(start, end, "how many?", fix)


@register("M204", "number-is-a-name", "note")
def number_name(goal: Goal) -> Iterator[Spot]:
    """A number that is only a name.

    Flags: a version, a level, a rank or an idiom (Android 15, Level 3, top 5) in a goal without a measure.
    Why: it explains why this number did not count as a measure.
    Source: own list of traps; open checkers take any number for a measure.
    Good: Answer calls on line 7 within 30 seconds
    Good: Move 40 tablets to Android 15
    Good: Read 12 case files
    Bad: Get used to Android 15
    Bad: Concentrate on our top 5 clients
    Bad: Improve quality on line 4
    """
    if goal.judgements["M"].verdict == "unmet":
        for first, last in goal.quantities.names:
            yield Spot(*goal.s.offsets(first, last), "this number is a name, not a measure")


@register("M205", "placeholder-left-in", "error")
def placeholder(goal: Goal) -> Iterator[Spot]:
    """A placeholder that was left in.

    Flags: X %, [target], TBD, ___ .
    Why: the goal still waits for its value.
    Source: own; what this checker's own fixes insert is found again by this rule.
    Good: Raise the renewal rate to 80 %
    Good: Cut X-ray waiting time to 20 minutes
    Good: Agree the budget for plan B
    Bad: Raise donations by X %
    Bad: Cut the waiting time to [target]
    Bad: Train TBD nurses on the new pump
    """
    for first, last in goal.quantities.placeholders:
        yield Spot(*goal.s.offsets(first, last), "a placeholder: the value is still missing")


@register("M206", "change-without-baseline", "note")
def no_baseline(goal: Goal) -> Iterator[Spot]:
    """A change without saying from where.

    Flags: "by 10 %", "double", where neither the sentence nor the metric field names today's value.
    Why: nobody can tell later whether it is 10 % more than what.
    Source: CSULB ("increased by how much, over what period?"); OKR guides (baseline and target).
    Good: Raise the renewal rate from 70 % to 80 %
    Good: Increase orders by 10 % (currently 240 a month)
    Good: Write four articles
    Bad: Increase orders by 10 %
    Bad: Double the number of volunteers
    Bad: Reduce scrap by a third of a tonne, by 12 %
    """
    if not goal.targets or goal.quantities.baselines or not goal.verb_is("change_verbs"):
        return
    if goal.context.metric or (goal.s.has(BIT["last_words"] & ~BIT["by_words"]) and _names_period(goal)):
        return
    target = goal.targets[0]
    relative = target.kind in {"fraction", "times"} or goal.s.low(target.first - 1) in {"by", "um"}
    if relative:
        yield Spot(*goal.s.offsets(target.first, target.last), "from where? name today's value")


def _names_period(goal: Goal) -> bool:
    words = {
        "baseline",
        "versus",
        "vs",
        "compared",
        "relative",
        "last",
        "previous",
        "than",
        "gegen\u00fcber",
        "verglichen",
    }
    return any(token.low in words for token in goal.s.tokens)


@register("M207", "maintain-without-threshold", "error", explains=True)
def no_threshold(goal: Goal) -> Iterator[Spot]:
    """Keeping something without a threshold.

    Flags: maintain, keep, sustain, with no value below or above which it would be lost.
    Why: one can only notice a loss against a line.
    Source: MIT HR (the weak example "keep … up-to-date" and its strong form).
    Good: Keep the return rate below 3 %
    Good: Maintain a stock of at least 40 units
    Good: Keep all first-aid kits complete
    Bad: Maintain quality
    Bad: Keep up the good relationship with suppliers
    Bad: Sustain the high standards of the kitchen
    """
    if _caused(goal, "M207"):
        fix = None if "[" in goal.text else insert(_measure_place(goal), " at [target]", "name the threshold")
        yield Spot(*_span(goal), "at which level? name the line it must not cross", fix)


@register("M208", "activity-not-outcome", "note")
def activity(goal: Goal) -> Iterator[Spot]:
    """A count of activities, not a result.

    Flags: hours spent or meetings held as the only measure.
    Why: the count can be reached without anything getting better; a result beside it helps.
    Source: UNM HR ("actual outputs or results, not activities").
    Good: Close 12 renewals
    Good: Raise the pass rate to 90 %
    Good: Write the stock report in under 2 hours
    Bad: Attend 8 supplier meetings
    Bad: Read for 30 minutes a day
    Bad: Hold 6 team meetings
    """
    if goal.targets and goal.verb >= 0 and len(goal.targets) == 1:
        target = goal.targets[0]
        if (
            goal.s.tokens[goal.verb].tags & BIT["effort_verbs"]
            and target.kind in {"count", "duration"}
            and target.first >= goal.verb
        ):
            yield Spot(
                *goal.s.offsets(target.first, target.last),
                "this counts the activity: what should come of it?",
            )
