"""X: rules about suppressions. They are found where files are read, so these functions find nothing alone."""

from __future__ import annotations

from collections.abc import Iterator

from coach_assist.checker.registry import Spot, register


@register("X901", "unused-suppression", "warning", scope="housekeeping")
def unused(suppressions: object) -> Iterator[Spot]:
    """A suppression that suppresses nothing.

    Flags: an ignore comment for a code that has no finding on its line.
    Why: it would hide the next real one.
    Source: ruff RUF100, the same idea for code.
    Good: Improve quality <!-- coach: ignore[S101] agreed with HR -->
    Good: Improve quality <!-- coach: ignore[S101, M201] see the appendix -->
    Good: Improve quality <!-- coach: ignore[S] agreed -->
    Bad: Answer 9 of 10 calls by 30 June <!-- coach: ignore[M201] old -->
    Bad: Pass the exam by 30 June 2027 <!-- coach: ignore[T501] old -->
    Bad: Wash 20 vans by Friday <!-- coach: ignore[S101] old -->
    """
    yield from ()


@register("X902", "unknown-code", "warning", scope="housekeeping")
def unknown(suppressions: object) -> Iterator[Spot]:
    """A suppression of a code that does not exist.

    Flags: an ignore comment with a code that no rule has.
    Why: a slip of the pen; it suppresses nothing.
    Source: ruff, warnings on unknown codes.
    Good: Improve quality <!-- coach: ignore[S101] -->
    Good: Improve quality <!-- coach: ignore[S] -->
    Good: Improve quality <!-- coach: ignore[M201] -->
    Bad: Improve quality <!-- coach: ignore[S999] -->
    Bad: Improve quality <!-- coach: ignore[Q101] -->
    Bad: Improve quality <!-- coach: ignore[MEASURE] -->
    """
    yield from ()
