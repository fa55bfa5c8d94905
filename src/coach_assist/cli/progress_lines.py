"""`coach-assist progress` as plain lines of at most 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from coach_assist.flows.progress import GoalProgress, ProgressView, PromiseView
from coach_assist.flows.progress_chart import bar_line, chart_lines, timeline_lines
from coach_assist.plan.units import PARTIES
from coach_assist.shown import safe_text

WIDTH = 78


def progress_lines(view: ProgressView, *, charts: bool = True) -> Iterator[str]:
    """Yield the page; without `charts` everything is said in words (for a screen reader)."""
    if view.demo:
        yield "DEMO: a sample pair; nobody agreed to this plan."
    yield from _wrapped(_line(view.title))
    yield _line(" and ".join(view.names[party] for party in reversed(PARTIES)))
    yield f"{view.start} to {view.end}; {_time(view)}"
    if charts:
        yield bar_line(view, WIDTH)
    yield ""
    yield from _goals(view, charts=charts)
    yield from _promises(view)
    yield from _check_ins(view)
    if view.summaries:
        yield ""
        yield "Summaries of notes"
        for line in view.summaries:
            yield from _wrapped(f"- {_line(line)}", "  ")
    if view.talk:
        yield ""
        yield "To talk about"
        for item in view.talk:
            yield from _wrapped(f"- {_line(item)}", "  ")
    if view.stalls:
        yield ""
        yield "Questions for the two of you"
        for one in view.stalls:
            yield from _wrapped(f"- {_line(one.about_words)}", "  ")
            yield from _wrapped(f"  {_line(one.question)}", "  ")
            yield from _wrapped(f"  You might: {'; '.join(one.adjustments)}.", "  ")
        yield from _wrapped(
            f"To change the plan: coach-assist adapt {view.id[:8]} --as manager (or team-member)"
        )
    if charts:
        yield ""
        yield "Timeline"
        yield from timeline_lines(view, WIDTH)


def _time(view: ProgressView) -> str:
    if view.closed:
        return "the plan is closed."
    if view.today < view.start:
        return f"it begins in {(view.start - view.today).days} days."
    if view.today > view.end:
        return "its end has passed; the closing talk is next."
    return f"{(view.end - view.today).days} days left."


def _goals(view: ProgressView, *, charts: bool) -> Iterator[str]:
    yield f"Goals: {len(view.goals)}"
    for number, goal in enumerate(view.goals, start=1):
        yield from _wrapped(f"{number}. {_line(goal.statement)}", "   ")
        status = f"Status: {goal.status}, due {goal.due}."
        if goal.status_reason:
            status += f" Reason: {_line(goal.status_reason)}"
        yield from _wrapped(f"   {status}", "   ")
        yield from _wrapped(f"   {_line(measure_words(goal))}", "   ")
        if len(goal.readings) > 1 or not goal.measured:
            for one in goal.readings:
                yield from _wrapped(f"   - {_line(_reading(one.day.isoformat(), one))}", "     ")
        if charts:
            for line in chart_lines(goal, view.today, WIDTH - 3):
                yield f"   {line}"
        yield ""


def measure_words(goal: GoalProgress) -> str:
    """Return one sentence on how a goal's metric stands; texts as stored."""
    if goal.metric is None:
        return "No metric is agreed."
    measure = f" {goal.measure}" if goal.measure else ""
    way = ""
    if goal.baseline is not None and goal.target is not None:
        way = f", from {goal.baseline:f} to {goal.target:f}{measure}"
    elif goal.target is not None:
        way = f", target {goal.target:f}{measure}"
    if goal.actual is None:
        newest = goal.readings[-1] if goal.readings else None
        said = f" Last seen {newest.day}: {newest.words}" if newest and newest.words else " No value yet."
        return f"{goal.metric}{way}.{said}"
    expected = f", expected today {goal.expected:f}" if goal.expected is not None else ""
    share = f"; {goal.share}% of the way" if goal.share is not None else ""
    return (
        f"{goal.metric}{way}: {goal.actual.value:f} on {goal.actual.day}{expected}; "
        f"{goal.standing_words}{share}."
    )


def _reading(day: str, one: object) -> str:
    value, words, evidence = (getattr(one, name) for name in ("value", "words", "evidence"))
    said = ", ".join(part for part in (f"{value:f}" if value is not None else "", words or "") if part)
    return f"{day}: {said}" + (f" (seen in: {evidence})" if evidence else "")


def _promises(view: ProgressView) -> Iterator[str]:
    yield f"Promises, activities and next steps: {len(view.promises)}"
    for one in view.promises:
        yield from _promise(one)
    if view.milestones:
        yield ""
        yield f"Milestones: {len(view.milestones)}"
        for one in view.milestones:
            yield from _promise(one)


def _promise(one: PromiseView) -> Iterator[str]:
    who = f"{one.who}: " if one.who else ""
    due = f", due {one.due}" if one.due else ""
    yield from _wrapped(f"- {_line(f'{who}{one.what}')} ({one.kind_words}{due}): {one.state_words}", "  ")


def _check_ins(view: ProgressView) -> Iterator[str]:
    yield ""
    so_far = sum(day <= view.today for day in view.planned)
    planned = f", planned so far: {so_far}" if view.planned else ""
    yield f"Check-ins held: {len(view.held)}{planned}."
    if view.next_check_in is not None:
        yield f"Next check-in: {view.next_check_in}."


def _wrapped(text: str, indent: str = "") -> Iterator[str]:
    yield from textwrap.wrap(
        text, WIDTH, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True
    ) or [""]


def _line(text: str) -> str:
    return safe_text(text, one_line=True)
