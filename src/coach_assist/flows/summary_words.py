"""Words on a summary that both front ends use: how far it is, how long it takes, which lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from coach_assist.errors import UsageError

if TYPE_CHECKING:
    from coach_assist.flows.summarise import Progress


MOST_LINES = 1_000_000


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers in order as "1-3, 7, 9-10"."""
    spans: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def line_numbers(written: str) -> frozenset[int]:
    """Return the numbers in "4,9-11"; none for "". Raises UsageError for anything else."""
    found: set[int] = set()
    for part in (part.strip() for part in written.split(",") if part.strip()):
        first, dash, last = part.partition("-")
        try:
            start, end = int(first), int(last if dash else first)
        except ValueError:
            start, end = 1, 0
        if not 0 < start <= end <= MOST_LINES:
            raise UsageError(
                f"“{part}” is no line number.",
                next_step='Name lines by number, as the summary does: --add "4,9-11".',
            )
        found.update(range(start, end + 1))
    return frozenset(found)


def progress_line(progress: Progress) -> str:
    """Say how far a summary has come and how long it will still take."""
    if progress.piece == 0:
        measured = ", measured on this machine" if progress.measured else ""
        return f"{progress.pieces} pieces to read; about {duration(progress.left)}{measured}."
    so_far = f"piece {progress.piece} of {progress.pieces}, {progress.items} items"
    if progress.piece == progress.pieces:
        return f"{so_far}, done in {duration(progress.seconds)}."
    return f"{so_far}; about {duration(progress.left)} left"


def duration(seconds: float) -> str:
    """Return seconds as words of one unit: "40 seconds", "3 minutes", "1.5 hours"."""
    if seconds < 90:
        return f"{max(round(seconds), 1)} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"
