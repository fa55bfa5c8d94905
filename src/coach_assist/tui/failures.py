"""From any exception to words: the one place that decides what a person reads when work failed."""

from __future__ import annotations

from coach_assist.errors import CoachError


def in_words(error: BaseException) -> CoachError:
    """Return `error` as an error with words. Unforeseen ones are named by type, never by their text.

    The text of an unforeseen exception can hold answers of people or a key; its type can't.
    """
    if isinstance(error, CoachError):
        return error
    if isinstance(error, OSError) and error.strerror:
        return CoachError(
            f"The machine refused to read or write: {error.strerror}.",
            kept="What was saved before this is unchanged.",
            next_step="Check that the disk has room and that the folder can be written, then try again.",
        )
    return CoachError(
        f"Something unforeseen happened ({type(error).__name__}).",
        kept="What was saved before this is unchanged.",
        next_step="Try again. If it stays, `coach-assist doctor` says what works on this machine.",
    )
