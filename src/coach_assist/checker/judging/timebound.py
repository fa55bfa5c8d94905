"""T: does the text, or the field beside it, say by when?"""

from __future__ import annotations

from coach_assist.checker.goal import Goal, Judgement
from coach_assist.checker.reports import Deadline


def judge_timebound(goal: Goal) -> Judgement:
    """Return the judgement of T, with the code of the rule that explains an unmet one."""
    time, context = goal.time, goal.context
    if time.end and time.point:
        day = time.end.date
        place = (time.point.first, time.point.last)
        first_day = context.start or context.today
        if day and first_day and day < first_day:
            return Judgement("unmet", f"{day.isoformat()} has passed", *place, "T505")
        return Judgement("met", "an end point is named", *place)
    if context.due:
        first_day = context.start or context.today
        if first_day and context.due < first_day:
            return Judgement("unmet", f"the due date {context.due.isoformat()} has passed", cause="T505")
        return Judgement("met", "the due-date field names the end")
    if time.impossible:
        return Judgement(
            "unmet", "there is no such date", time.impossible.first, time.impossible.last, "T506"
        )
    if time.start_only:
        return Judgement("unmet", "a start without an end", *time.start_only, "T504")
    if time.cadence:
        if goal.settings.cadence_counts_as_deadline:
            return Judgement("met", "a rhythm is named, which the settings accept", *time.cadence)
        return Judgement("unmet", "a rhythm, not an end", *time.cadence, "T502")
    if time.horizon:
        return Judgement("unmet", "a horizon that never arrives", *time.horizon, "T503")
    if time.service:
        return Judgement("unmet", "a standard for each case, not an end", *time.service, "T508")
    return Judgement("unmet", "no end point is named", cause="T501")


def deadline_of(goal: Goal) -> Deadline | None:
    """Return the deadline in the text, else the one of the due-date field (kind `field`), else None."""
    if goal.time.end:
        return goal.time.end
    if goal.context.due:
        return Deadline("field", goal.context.due, 0, 0)
    return None
