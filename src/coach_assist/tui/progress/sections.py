"""The sections of the progress page, as content. Every word is about the plan; colour says nothing alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from coach_assist.tui.text import joined, plain, stacked

if TYPE_CHECKING:
    from coach_assist.flows.progress import GoalProgress, ProgressView, PromiseView

_MARKS = {"kept": "✓", "overdue": "!", "not_needed": "–"}
"""Signs of a promise's state; the words stand beside them."""


def sections(view: ProgressView, width: int) -> Iterator[Content]:
    """Yield the page from its top, for lines of `width` cells."""
    yield _heading(view, width)
    for number, goal in enumerate(view.goals, start=1):
        yield _goal(number, goal, view.today, width)
    yield _promises("What was promised", view.promises, "Nothing was promised yet.")
    if view.milestones:
        yield _promises("Milestones", view.milestones, "")
    yield _talks(view)
    if view.stalls:
        yield _questions(view)
    yield _timeline(view, width)


def _heading(view: ProgressView, width: int) -> Content:
    from coach_assist.flows.progress_chart import bar_line

    return stacked(
        [
            plain(view.title, "bold"),
            plain(f"{view.start} to {view.end} · {_time(view)}", "$foreground-muted"),
            plain(bar_line(view, min(width, 60)), "$primary"),
        ]
    )


def _time(view: ProgressView) -> str:
    left = (view.end - view.today).days
    if view.closed:
        return "closed"
    if view.today < view.start:
        return f"begins in {(view.start - view.today).days} days"
    if left < 0:
        return "its end has passed; the closing talk is next"
    return f"{left} days left"


def _goal(number: int, goal: GoalProgress, today: date, width: int) -> Content:
    from coach_assist.flows.progress_chart import chart_lines

    rows = [
        joined((f"Goal {number}  ", "bold $primary"), (goal.statement, "bold")),
        joined((f"{goal.status}, due {goal.due}", "$foreground-muted"), f"  ·  {_standing(goal)}"),
    ]
    if goal.status_reason:
        rows.append(plain(f"Reason: {goal.status_reason}", "$foreground-muted"))
    if not goal.measured:
        rows += [
            joined((f"{one.day}  ", "$foreground-muted"), one.words or "", _seen(one.evidence))
            for one in goal.readings
        ]
    rows += [plain(line, "$foreground-muted") for line in chart_lines(goal, today, min(width, 76))]
    return stacked(rows)


def _seen(evidence: str | None) -> tuple[str, str]:
    return (f"  seen in: {evidence}" if evidence else "", "$foreground-muted")


def _standing(goal: GoalProgress) -> str:
    """Return in words how the goal's metric stands."""
    if goal.metric is None:
        return "no metric is agreed"
    unit = f" {goal.measure}" if goal.measure else ""
    way = ""
    if goal.target is not None:
        start = f"{goal.baseline:f} → " if goal.baseline is not None else ""
        way = f" ({start}{goal.target:f}{unit})"
    if goal.actual is None:
        return f"{goal.metric}{way}: {goal.standing_words if not goal.readings else 'told in words'}"
    expected = f", expected today {goal.expected:f}" if goal.expected is not None else ""
    return f"{goal.metric}{way}: {goal.actual.value:f} on {goal.actual.day}{expected}; {goal.standing_words}"


def _promises(title: str, promises: tuple[PromiseView, ...], none: str) -> Content:
    rows = [plain(title, "bold $primary")]
    if not promises:
        rows.append(plain(none, "$foreground-muted"))
    for one in promises:
        who = f"{one.who}: " if one.who else ""
        due = f"due {one.due}, " if one.due else ""
        mark = _MARKS.get(one.state, "·")
        rows.append(
            joined(
                (f"{mark} ", "$accent" if one.state == "overdue" else "$foreground-muted"),
                f"{who}{one.what}",
                (f"  {due}{one.state_words}", "$foreground-muted"),
            )
        )
    return stacked(rows)


def _talks(view: ProgressView) -> Content:
    so_far = sum(day <= view.today for day in view.planned)
    planned = f", {so_far} planned so far" if view.planned else ""
    rows = [
        plain("Check-ins", "bold $primary"),
        plain(f"{len(view.held)} held{planned}. " + _next(view)),
    ]
    if view.summaries:
        rows.append(plain("Summaries of notes (M):", "$foreground-muted"))
        rows += [joined("· ", line) for line in view.summaries]
    if view.talk:
        rows.append(plain("To talk about:", "$foreground-muted"))
        rows += [joined("· ", item) for item in view.talk]
    return stacked(rows)


def _next(view: ProgressView) -> str:
    return f"The next one is on {view.next_check_in}." if view.next_check_in else "None is planned."


def _questions(view: ProgressView) -> Content:
    rows = [plain("Questions for the two of you", "bold $primary")]
    for one in view.stalls:
        rows += [
            joined((f"{one.about_words}: ", "$foreground-muted"), one.question),
            plain(f"You might {', or '.join(one.adjustments)}.", "$foreground-muted"),
        ]
    return stacked(rows)


def _timeline(view: ProgressView, width: int) -> Content:
    from coach_assist.flows.progress_chart import timeline_lines

    lines = timeline_lines(view, min(width, 96))
    days = [plain(line, "bold" if "--- today" in line else "") for line in lines]
    return stacked([plain("Timeline", "bold $primary"), *days])
