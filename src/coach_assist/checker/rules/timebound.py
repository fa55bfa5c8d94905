"""T: rules about by when."""

from __future__ import annotations

from collections.abc import Iterator

from coach_assist.checker.fixes import end_of_goal, insert, replace
from coach_assist.checker.goal import Goal
from coach_assist.checker.registry import Spot, register
from coach_assist.checker.reports import Fix


def _caused(goal: Goal, code: str) -> bool:
    return goal.judgements["T"].cause == code


def _dated(goal: Goal, words: str) -> Fix | None:
    """A fix that adds a date placeholder, unless one stands there already."""
    if "[date]" in goal.text or "[Datum]" in goal.text:
        return None
    return insert(end_of_goal(goal.text), words, "name the end point")


def _span(goal: Goal) -> tuple[int, int]:
    judgement = goal.judgements["T"]
    return goal.s.offsets(judgement.first, judgement.last) if judgement.first >= 0 else goal.s.whole()


@register("T501", "no-end-point", "error", explains=True)
def no_end(goal: Goal) -> Iterator[Spot]:
    """No end point.

    Flags: a goal with no date, period or datable event, and no due-date field beside it.
    Why: what has no end is never late, and never done.
    Source: Doran 1981 ("specify when"); Berkeley HR.
    Good: Pass the exam by 30 June
    Good: Close five deals this quarter
    Good: Present the results at our next review
    Good: Pass the exam @ {"due": "2027-06-30"}
    Bad: Pass the exam
    Bad: Write the handover checklist
    Bad: Close five deals
    """
    if _caused(goal, "T501"):
        yield Spot(*_span(goal), "no end point: by when?", _dated(goal, " by [date]"))


@register("T502", "cadence-not-deadline", "error", explains=True)
def cadence(goal: Goal) -> Iterator[Spot]:
    """A rhythm instead of an end.

    Flags: weekly, every Monday, twice a month, with no date until when.
    Why: a rhythm says how often, not until when; the plan needs a day to look back.
    Source: Berkeley HR ("when the goal should be completed"). MIT HR accepts "how often": a setting decides.
    Good: Lead the handover every Tuesday until 15 October
    Good: Publish the monthly report for the first time by 5 May
    Good: Call two customers a week for the next three months
    Bad: Send a stock list every Thursday
    Bad: Meet my mentor twice a month
    Bad: Review the stock list weekly
    """
    if _caused(goal, "T502"):
        yield Spot(*_span(goal), "how often, but not until when", _dated(goal, " until [date]"))


@register("T503", "vague-horizon", "warning", explains=True)
def horizon(goal: Goal) -> Iterator[Spot]:
    """A horizon that never arrives.

    Flags: soon, going forward, as soon as possible, in the long term, ongoing.
    Why: nobody can be reminded of "soon".
    Source: INCOSE R7; UCOP's guide separates ongoing goals, which need a review date.
    Good: Finish the manual by the end of May
    Good: Answer the survey within ten days
    Good: Take over the rota from June, handed over completely by 1 August
    Bad: Finish the manual soon
    Bad: Reduce the backlog going forward
    Bad: Take on more responsibility in the near future
    """
    if _caused(goal, "T503"):
        start, end = _span(goal)
        fix = None if "[date]" in goal.text else replace(start, end, "by [date]", "name the end point")
        yield Spot(start, end, "a horizon that never arrives: which day?", fix)


@register("T504", "start-only", "warning", explains=True)
def start_only(goal: Goal) -> Iterator[Spot]:
    """A start without an end.

    Flags: from January, starting on Monday, with no end.
    Why: it says when it begins, not when it is done.
    Source: Berkeley HR.
    Good: Use the new till system from May to the end of July
    Good: Take over the rota by 1 May
    Good: Starting in May, reach 20 calls a week by the end of July
    Bad: Start using the new till system from May
    Bad: Starting on Monday, take over the rota
    Bad: Lead the weekly review from March
    """
    if _caused(goal, "T504"):
        yield Spot(*_span(goal), "a start without an end: until when?", _dated(goal, " until [date]"))


@register("T505", "date-has-passed", "error", explains=True)
def passed(goal: Goal) -> Iterator[Spot]:
    """A date that has passed.

    Flags: an end point before the plan's start, or before `today` if that is given. The clock is never read.
    Why: probably a copy of last year's goal.
    Source: UC performance goal guide ("not copied from last year").
    Good: Paint the hall by 30 June 2027 @ {"today": "2027-03-01"}
    Good: Paint the hall by 30 June 2020
    Good: Paint the hall by 30 June @ {"today": "2027-03-01"}
    Bad: Paint the hall by 30 June 2026 @ {"today": "2027-03-01"}
    Bad: Repair the roof by 2027-01-15 @ {"start": "2027-02-01"}
    Bad: Repair the roof @ {"today": "2027-02-01", "due": "2027-01-15"}
    """
    if _caused(goal, "T505"):
        yield Spot(*_span(goal), goal.judgements["T"].reason)


@register("T506", "impossible-date", "error")
def impossible(goal: Goal) -> Iterator[Spot]:
    """A date that does not exist.

    Flags: 31 February, 30/02/2027, week 54.
    Why: a slip of the pen; the day that was meant must be asked for.
    Source: ISO 8601 and the Gregorian calendar.
    Good: Repair the roof by 28 February 2027
    Good: Repair the roof by 29 February 2028
    Good: Repair the roof by 31 March
    Bad: Repair the roof by 31 February 2027
    Bad: Repair the roof by 29 February 2027
    Bad: Repair the roof by June 31
    """
    point = goal.time.impossible
    if point:
        start, end = goal.s.offsets(point.first, point.last)
        fix = None if "[date]" in goal.text else replace(start, end, "[date]", "name the day that was meant")
        yield Spot(start, end, "there is no such date", fix)


@register("T507", "ambiguous-date", "note")
def ambiguous(goal: Goal) -> Iterator[Spot]:
    """A date with two readings.

    Flags: 3/4/2027, which is April for some and March for others.
    Why: two parties may sign two different days.
    Source: ISO 8601 exists for this reason.
    Good: Close the books by 2027-04-03
    Good: Close the books by 13/4/2027
    Good: Close the books by 3 April 2027
    Bad: Close the books by 3/4/2027
    Bad: Finish the tests by 05/06/2027
    Bad: Send the offer before 1/2/27
    """
    deadline = goal.time.end
    if deadline and deadline.ambiguous:
        read = deadline.date.isoformat() if deadline.date else "unknown"
        yield Spot(deadline.start, deadline.end, f"two readings: taken as {read}; write the month in letters")


@register("T508", "service-level-not-deadline", "note")
def service_level(goal: Goal) -> Iterator[Spot]:
    """A standard for each case instead of an end.

    Flags: within 4 hours, within one business day, where each case has that time.
    Why: it is a measure (and counts for M), but it does not say by when the standard holds.
    Source: service-level practice; own trap list.
    Good: Answer every letter within 4 days by 31 May
    Good: Finish the manual within 90 days
    Good: Reach the new response time within three months
    Bad: Return missed calls within 4 hours
    Bad: Answer complaints within one business day
    Bad: Resolve every ticket within 2 days
    """
    if goal.time.service and goal.judgements["T"].verdict == "unmet":
        fix = _dated(goal, " by [date]") if _caused(goal, "T508") else None
        yield Spot(
            *goal.s.offsets(*goal.time.service), "a standard for each case: from when on should it hold?", fix
        )


@register("T509", "event-without-date", "note")
def undated_event(goal: Goal) -> Iterator[Spot]:
    """An event without a date.

    Flags: by my next review, before go-live, where neither the sentence nor the plan dates it.
    Why: it counts as an end point, but a reminder needs the day.
    Source: own; T counts events that the plan dates.
    Good: Present my findings by 12 May
    Good: Present my sketches by my next review @ {"due": "2027-05-12"}
    Good: Present my findings this quarter
    Bad: Present my sketches by my next review
    Bad: Finish the checklist before go-live
    Bad: Close the open points before the end of my trial period
    """
    deadline = goal.time.end
    if deadline and deadline.kind == "event" and deadline.date is None and goal.context.due is None:
        yield Spot(deadline.start, deadline.end, "on which day is this?")
