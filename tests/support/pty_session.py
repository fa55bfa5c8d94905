"""Runs a command at a pseudo-terminal and answers its prompts, as a person (or a screen reader) would."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import subprocess
import sys
import time


class Session:
    """One command at a terminal. `seen` is all that it has written so far, as text."""

    def __init__(self, *args: str, env: dict[str, str] | None = None) -> None:
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "coach_assist", *args], stdin=slave, stdout=slave, stderr=slave,
            env={**os.environ, **(env or {})}, start_new_session=True, close_fds=True,
            preexec_fn=lambda: _own_terminal(),
        )  # fmt: skip
        os.close(slave)
        self.raw = b""
        self._read = 0

    @property
    def seen(self) -> str:
        return self.raw.decode("utf-8", "replace").replace("\r\n", "\n")

    def wait_for(self, text: str, seconds: float = 60) -> str:
        """Wait until `text` has come since the last wait, and return what came."""
        until = time.monotonic() + seconds
        while True:
            fresh = self.seen[self._read :]
            if text in fresh:
                end = fresh.index(text) + len(text)
                self._read += end
                return fresh[:end]
            if time.monotonic() > until or not self._more(until - time.monotonic()):
                raise AssertionError(f"{text!r} did not come; so far:\n{self.seen}")

    def answer(self, prompt: str, line: str) -> str:
        """Wait for a prompt, then type a line; return what was shown before the prompt."""
        shown = self.wait_for(prompt)
        self.type(line + "\n")
        return shown

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def end(self, seconds: float = 60) -> int:
        """Read until the command ends and return its exit code."""
        until = time.monotonic() + seconds
        while self._more(max(until - time.monotonic(), 0.01)):
            pass
        code = self.process.wait(timeout=60)
        with contextlib.suppress(OSError):
            os.close(self._master)
        return code

    def _more(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], max(seconds, 0))
        if not ready:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the other side has closed
            return False
        self.raw += data
        return bool(data)


def _own_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
