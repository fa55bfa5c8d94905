"""What can go wrong, said so that a person can go on.

Every error that reaches a user is a `CoachError`: what happened, what is kept, what to do next,
and the exit code of the command line (see docs/exit-codes.md).
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    FINDINGS = 1
    """`check` found something at or above --fail-on."""
    USAGE = 2
    """Wrong use, or input that cannot be read."""
    MODEL = 3
    """There is no model, or it failed; the partial result was printed."""
    REFUSED = 4
    """Locked, read-only, damaged, or written by a newer version."""
    INTERRUPTED = 130


class CoachError(Exception):
    """An error with words for a person.

    `what` happened, what is `kept`, and the `next_step`: each a plain sentence, the last two may be
    empty. Texts from outside that are quoted in it still pass the display function when shown.
    """

    exit_code: ExitCode = ExitCode.USAGE

    def __init__(self, what: str, *, kept: str = "", next_step: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.kept = kept
        self.next_step = next_step

    def __str__(self) -> str:
        return "\n".join(part for part in (self.what, self.kept, self.next_step) if part)


class UsageError(CoachError):
    """The command was used wrongly, or its input cannot be read (exit code 2)."""

    exit_code = ExitCode.USAGE


class ModelError(CoachError):
    """There is no model, or it failed (exit code 3)."""

    exit_code = ExitCode.MODEL


class Refused(CoachError):
    """Something is locked, read-only, damaged or newer than this version (exit code 4)."""

    exit_code = ExitCode.REFUSED
