"""Words for an optional package that is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from coach_assist.errors import UsageError


@contextmanager
def needs_extra(extra: str, package: str) -> Iterator[None]:
    """Turn a failing import in the block into a UsageError that says how to install `extra`."""
    try:
        yield
    except ImportError:
        raise UsageError(
            f"this format needs the package {package}, which is not installed",
            next_step=f'Install it: pip install "coach-assist[{extra}]"',
        ) from None
