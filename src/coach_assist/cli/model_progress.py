"""How a download shows itself: one line rewritten in a terminal, a line every tenth elsewhere."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from coach_assist.local_model.pull import Progress

WORDS = {
    "waiting": "another process is downloading",
    "downloading": "downloading",
    "verifying": "verifying",
    "done": "done",
}


def progress_words(progress: Progress) -> str:
    """Return the progress as a line: phase, part, megabytes and percent."""
    part = f" part {progress.part} of {progress.parts}," if progress.part else ""
    share = 100 * progress.done // max(progress.total, 1)
    size = f"{progress.done / 1e6:.0f} of {progress.total / 1e6:.0f} MB"
    return f"{WORDS[progress.phase]}:{part} {size} ({share} %)"


class ProgressLine:
    """Writes progress to `stream`; without a terminal it writes no control characters.

    Each tenth, and each change of phase, is a line of its own there, so that a log or a screen reader
    hears little.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._terminal = stream.isatty()
        self._last: tuple[str, int] | None = None
        self._width = 0

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._width:
            self._stream.write("\n")
            self._stream.flush()

    def show(self, progress: Progress) -> None:
        """Show one step of a download."""
        words = progress_words(progress)
        tenth = (progress.phase, 10 * progress.done // max(progress.total, 1))
        if self._terminal:
            self._stream.write("\r" + words.ljust(self._width))
            self._width = len(words)
        elif tenth != self._last:
            self._stream.write(words + "\n")
        self._last = tenth
        self._stream.flush()
