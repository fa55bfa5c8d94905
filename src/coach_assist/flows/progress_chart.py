"""A goal's values as a chart in plain characters, and a plan's days as a timeline. No colour, 80 columns.

Both are lines of text: the screen and the command line show the same ones. Whoever cannot see a chart
loses nothing: the values are in the words beside it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from coach_assist.flows.progress import GoalProgress, ProgressView
from coach_assist.plan.progress import not_held
from coach_assist.shown import shortened

HEIGHT = 7
"""Rows of a chart."""
VALUE, LINE, BOTH, TODAY = "o", ".", "@", "^"


def chart_lines(goal: GoalProgress, today: date, width: int = 76) -> tuple[str, ...]:
    """Return the chart of a goal in lines of at most `width` characters; none where it has no numbers."""
    values = [one.value for one in goal.measured] + [value for _, value in goal.line]
    if not values or (len(goal.measured) == 0 and len(goal.line) < 2):
        return ()
    low, high = min(values), max(values)
    if low == high:
        low, high = low - 1, high + 1
    labels = [f"{value:f}" for value in _levels(low, high)]
    margin = max(len(label) for label in labels)
    columns = max(width - margin - 3, 10)
    last = max([goal.due, *(one.day for one in goal.measured)])
    first = min([goal.start, *(one.day for one in goal.measured)])
    grid = [[" "] * columns for _ in range(HEIGHT)]

    def put(day: date, value: Decimal, sign: str) -> None:
        column = _place(day, first, last, columns)
        row = HEIGHT - 1 - round(float((value - low) / (high - low)) * (HEIGHT - 1))
        there = grid[row][column]
        grid[row][column] = BOTH if {there, sign} == {VALUE, LINE} else sign

    for column in range(0, columns, 2):
        day = first + (last - first) * column / max(columns - 1, 1)
        if goal.line:
            put(day, _on_line(goal, day), LINE)
    for one in goal.measured:
        put(one.day, one.value, VALUE)
    rows = [
        f"{labels[number]:>{margin}} |{''.join(row).rstrip()}".rstrip() for number, row in enumerate(grid)
    ]
    rows.append(f"{'':>{margin}} +{_axis(first, last, today, columns)}")
    rows.append(f"{'':>{margin}}  {_days(first, last, today, columns)}".rstrip())
    signs = [f"{VALUE} value"] if goal.measured else []
    signs += [f"{LINE} expected"] if goal.line else []
    if any(BOTH in row for row in grid):
        signs.append(f"{BOTH} both")
    if first <= today <= last:
        signs.append(f"{TODAY} today")
    return (*rows, f"{'':>{margin}}  {', '.join(signs)}")


def bar_line(view: ProgressView, width: int = 76) -> str:
    """Return how much of the plan's time has gone, as a bar and in words."""
    total = max((view.end - view.start).days, 1)
    gone = min(max((view.today - view.start).days, 0), total)
    words = f" day {gone} of {total}"
    cells = max(min(width, 76) - len(words) - 2, 4)
    filled = round(cells * gone / total)
    return f"[{'#' * filled}{'-' * (cells - filled)}]{words}"


def timeline_lines(view: ProgressView, width: int = 76) -> tuple[str, ...]:
    """Return the plan's days in order, one a line; what is done is marked x, today stands between them."""
    entries: list[tuple[date, int, str]] = [(view.start, 0, "--- start of the plan")]
    entries += [(day, 1, "[x] check-in held") for day in view.held]
    entries += [
        (day, 1, "[ ] check-in" if day >= view.today else "[ ] check-in (none held)")
        for day in not_held(view.planned, view.held)
    ]
    for one in (*view.promises, *view.milestones):
        if one.due is not None:
            mark = "x" if one.state == "kept" else "-" if one.state == "not_needed" else " "
            state = "" if one.state in ("kept", "open") else f" ({one.state_words})"
            entries.append((one.due, 2, f"[{mark}] {one.kind_words}{state}: {one.what}"))
    for goal in view.goals:
        mark = "x" if goal.status == "done" or goal.standing == "reached" else " "
        entries.append((goal.due, 3, f"[{mark}] goal due: {goal.statement}"))
    entries.append((view.end, 5, "--- end of the plan, closing talk"))
    entries.append((view.today, 4, "--- today ---"))
    entries.sort(key=lambda entry: entry[:2])
    return tuple(shortened(f"{day.isoformat()} {text}", width) for day, _, text in entries)


def _levels(low: Decimal, high: Decimal) -> list[Decimal]:
    """Return what each row stands for, from the top, rounded so that the labels stay short."""
    steps = [high - (high - low) * row / (HEIGHT - 1) for row in range(HEIGHT)]
    places = 0 if high - low >= HEIGHT - 1 else 1 if high - low >= 1 else 2
    return [step.quantize(Decimal(1).scaleb(-places)) for step in steps]


def _on_line(goal: GoalProgress, day: date) -> Decimal:
    (start, low), (end, high) = goal.line[0], goal.line[-1]
    days = max((end - start).days, 1)
    gone = min(max((day - start).days, 0), days)
    return low + (high - low) * gone / days


def _place(day: date, first: date, last: date, columns: int) -> int:
    days = max((last - first).days, 1)
    return min(max(round((day - first).days / days * (columns - 1)), 0), columns - 1)


def _axis(first: date, last: date, today: date, columns: int) -> str:
    """Return the line under the chart, with a ^ under today."""
    line = ["-"] * columns
    if first <= today <= last:
        line[_place(today, first, last, columns)] = TODAY
    return "".join(line)


def _days(first: date, last: date, today: date, columns: int) -> str:
    """Return the first and the last day, and the word today where there is room for it."""
    line = [" "] * columns
    line[:10] = first.isoformat()
    line[-10:] = last.isoformat()
    if first <= today <= last:
        place = min(max(_place(today, first, last, columns) - 2, 0), columns - 5)
        if all(sign == " " for sign in line[max(place - 1, 0) : place + 6]):
            line[place : place + 5] = "today"
    return "".join(line)
