"""A summary as lines of text, for a terminal and for a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from coach_assist.flows.summary_words import duration, progress_line, ranges
from coach_assist.shown import safe_text, shortened

if TYPE_CHECKING:
    from coach_assist.assistant.notes.items import Item
    from coach_assist.flows.summarise import SummaryResult

__all__ = ["duration", "item_lines", "method_line", "progress_line", "ranges", "summary_lines"]

HEADINGS = {
    "progress": "Progress",
    "achievement": "Achievements",
    "obstacle": "Obstacles",
    "feedback": "Feedback",
    "decision": "Decisions",
    "action": "Next actions",
    "question": "Open questions",
    "adjustment": "Suggested adjustments",
}
QUOTE_WIDTH = 160
"""Characters of a quoted line that are shown; --json holds it whole."""


def summary_lines(result: SummaryResult) -> Iterator[str]:
    """Yield the summary by kind, progress by goal, each item with its lines; then what it leaves out."""
    yield method_line(result)
    for kind, heading in HEADINGS.items():
        items = [item for item in result.items if item.kind == kind]
        if not items:
            continue
        yield ""
        yield heading
        if kind == "progress":
            items.sort(key=lambda item: item.goal or "")
            for goal, group in groupby(items, key=lambda item: item.goal):
                if goal:
                    yield f"  Goal: {safe_text(goal, one_line=True)}"
                for item in group:
                    yield from item_lines(item)
        else:
            for item in items:
                yield from item_lines(item)
    yield ""
    if result.dropped:
        yield f"Dropped: {result.dropped} items of the model that the notes do not bear out."
    if result.withheld:
        yield "Left out on purpose (health, mood, private life, other people); add what you want to keep:"
        for reason in dict.fromkeys(reason for _, reason in result.withheld):
            yield f"  {reason}: lines {ranges(line for line, why in result.withheld if why == reason)}"
    if result.uncovered:
        yield f"In no item: lines {ranges(result.uncovered)}"


def method_line(result: SummaryResult) -> str:
    """Say how the summary was made."""
    if result.method == "rules":
        return "Extract by rules (no model): dates, actions, numbers and the lines they stand in."
    seconds = sum(call.seconds for call in result.calls)
    tokens = sum(call.completion_tokens or 0 for call in result.calls)
    calls = f"{len(result.calls)} calls, {tokens} tokens, {seconds:.0f} s"
    return f"Summary by the model: {len(result.items)} items, {calls}."


def item_lines(item: Item) -> Iterator[str]:
    """Yield one item: its text with owner, due date and goal, and the lines that it quotes."""
    notes = [f"owner: {item.owner}"] if item.owner else []
    notes += [f"due: {item.due.isoformat()}"] if item.due else []
    notes += [f"goal: {item.goal}"] if item.goal and item.kind != "progress" else []
    after = f" ({'; '.join(notes)})" if notes else ""
    yield f"  - {safe_text(item.text + after, one_line=True)}"
    for line in item.lines:
        yield f"      {line.number}: {shortened(line.given, QUOTE_WIDTH)}"
