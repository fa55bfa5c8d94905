"""A: rules about what makes a goal doubtful. They warn; they never say that a person cannot do it."""

from __future__ import annotations

from collections.abc import Iterator

from coach_assist.checker.fixes import remove
from coach_assist.checker.goal import Goal
from coach_assist.checker.registry import Spot, register


def _caused(goal: Goal, code: str) -> Iterator[tuple[int, int]]:
    judgement = goal.judgements["A"]
    if judgement.cause == code:
        yield goal.s.offsets(judgement.first, judgement.last) if judgement.first >= 0 else goal.s.whole()


@register("A301", "absolute-on-open-set", "warning", explains=True)
def absolute(goal: Goal) -> Iterator[Spot]:
    """An absolute on a set without end.

    Flags: never, always, 100 % of something that others judge. Finite sets ("all five depots", "100 % of
    my mandatory training") are fine.
    Why: one exception on day two breaks the goal and the will to go on.
    Source: Locke and Latham 2002 (a goal must stay attainable); UNM HR.
    Good: Visit all five depots
    Good: Complete 100 % of my mandatory training
    Good: Make every effort to return keys the same evening
    Good: Call 8 small suppliers a month
    Bad: Reach 100 % guest satisfaction
    Bad: Never miss a call
    Bad: Always be on time
    """
    for start, end in _caused(goal, "A301"):
        yield Spot(start, end, "an absolute on a set without end: which rate would be good?")


@register("A302", "outside-control", "warning", explains=True)
def outside(goal: Goal) -> Iterator[Spot]:
    """A result that other people decide.

    Flags: get promoted, win the award, make everyone like the tool, become head of a company.
    Why: a goal should rest on what one does; the decision of others can be the hope behind it.
    Source: UNM HR ("within the employee's control and influence").
    Good: Hand in the application for the team lead role by 1 May
    Good: Present the tool to the six branch managers
    Good: Complete the leadership course
    Bad: Get promoted to director
    Bad: Win the employee of the month award
    Bad: Make everyone use the new form
    """
    for start, end in _caused(goal, "A302"):
        yield Spot(start, end, "other people decide this: what is your own part?")


@register("A303", "overload", "warning", explains=True)
def overloaded(goal: Goal) -> Iterator[Spot]:
    """Too much at once.

    Flags: six or more undertakings in one goal, or a large one alone within a month.
    Why: overload turns every check-in into an excuse.
    Source: Locke and Latham 2002 on complexity; UC guide (few goals).
    Good: Rewrite the pump manual with Ana before July
    Good: Prepare, host and sum up two tastings
    Good: Rewrite the import module this quarter
    Bad: Single-handedly renovate the whole kitchen this month
    Bad: Rebuild the whole website alone by Friday
    Bad: Hire five nurses, train the team, write the manual, redesign the ward, run the audit, publish it
    """
    for start, end in _caused(goal, "A303"):
        yield Spot(start, end, "a lot at once: what is the first part, and who helps?")


@register("A304", "effort-exceeds-time", "warning", explains=True)
def effort(goal: Goal) -> Iterator[Spot]:
    """More hours than the time allows.

    Flags: a stated effort of more than ten hours for each day until the end point.
    Why: arithmetic.
    Source: own; ten hours a day is the most that many working-time laws allow.
    Good: Do the 30-hour welding course before June
    Good: Spend 200 hours on practice within six months
    Good: Finish the 6-hour module this week
    Bad: Complete the 100-hour course within 5 days
    Bad: Complete 400 hours of training this month
    Bad: Finish the 80-hour certification in one week
    """
    for start, end in _caused(goal, "A304"):
        yield Spot(start, end, goal.judgements["A"].reason)


@register("A305", "implausible-jump", "warning", explains=True)
def jump(goal: Goal) -> Iterator[Spot]:
    """A jump that is hard to believe.

    Flags: five times the baseline or more (four times within a quarter), tenfold, doubling within two weeks.
    Why: a step on the way makes a better goal.
    Source: own threshold; Locke and Latham 2002 (difficult, yet attainable).
    Good: Raise the renewals from 40 to 55 a month
    Good: Double the number of donors within a year
    Good: Raise the pass rate from 10 % to 60 %
    Bad: Go from 20 to 180 orders a day in one week
    Bad: Increase newsletter subscribers from 200 to 5,000 this month
    Bad: Grow orders 10x
    """
    for start, end in _caused(goal, "A305"):
        yield Spot(start, end, f"{goal.judgements['A'].reason}: what is a step on the way?")


@register("A306", "hedged-commitment", "warning", explains=True)
def hedge(goal: Goal) -> Iterator[Spot]:
    """A hedge instead of a commitment.

    Flags: try to, hope to, if time permits, maybe.
    Why: a goal that is only tried cannot be missed, and not reached either.
    Source: INCOSE R8 (escape clauses); Locke and Latham 2002 (commitment).
    Good: Hand in the draft by 3 May
    Good: Hold one feedback talk a month
    Good: If a client cancels, call the next one on the list
    Bad: Try to finish the draft by May
    Bad: Write the manual if time permits
    Bad: Maybe take the welding course
    """
    for start, end in _caused(goal, "A306"):
        yield Spot(
            start,
            end,
            "a hedge: decide, or make the goal smaller",
            remove(goal.text, start, end, "drop the hedge"),
        )
