"""A pseudo-terminal around a command: what a person types, and every byte that comes back."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Sequence

PATIENCE = 20.0


class Terminal:
    """`coach-assist ARGUMENTS` in a terminal of its own."""

    def __init__(self, arguments: Sequence[str], environ: dict[str, str] | None = None) -> None:
        leader, follower = pty.openpty()
        self._leader = leader
        self.output = b""
        self._seen = 0
        self.process = subprocess.Popen(
            [sys.executable, "-m", "coach_assist", *arguments],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            start_new_session=True,
            env={**os.environ, **(environ or {})},
            # Its own controlling terminal, so that Ctrl-C reaches it as a signal.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(follower)

    def expect(self, words: str) -> None:
        """Wait until `words` have come since the last expectation."""
        end = time.monotonic() + PATIENCE
        while words.encode() not in self.output[self._seen :]:
            assert time.monotonic() < end, f"{words!r} did not come; this did:\n{self.text[-2000:]}"
            assert self._read(0.2) or self.process.poll() is None, (
                f"ended before {words!r}:\n{self.text[-2000:]}"
            )
        self._seen = self.output.index(words.encode(), self._seen) + len(words.encode())

    def type(self, line: str) -> None:
        """Type a line and press Enter."""
        os.write(self._leader, line.encode() + b"\n")

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        os.write(self._leader, b"\x03")

    def kill(self) -> None:
        """End the process as `kill -9` does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def wait(self) -> int:
        """Read to the end and return the exit code."""
        end = time.monotonic() + PATIENCE
        while self._read(0.2) or self.process.poll() is None:
            assert time.monotonic() < end, f"it did not end:\n{self.text[-2000:]}"
        os.close(self._leader)
        return self.process.wait()

    @property
    def text(self) -> str:
        return self.output.decode("utf-8", "replace").replace("\r\n", "\n")

    def _read(self, seconds: float) -> bool:
        if not select.select([self._leader], [], [], seconds)[0]:
            return False
        try:
            piece = os.read(self._leader, 65536)
        except OSError:  # the other end is closed
            return False
        self.output += piece
        return bool(piece)
