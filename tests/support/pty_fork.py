"""A session at a pseudo-terminal whose command runs in a fork of the tests: no new Python has to start."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import select
import signal
import sys
import time
from typing import Never

from pty_session import Session

from coach_assist.cli.main import main


class ForkedSession(Session):
    """As Session, for the many commands of a capture."""

    def __init__(self, *args: str) -> None:
        sys.stdout.flush()
        self.child, self._master = pty.fork()
        if self.child == 0:
            _run(list(args))
        self.raw = b""
        self._read = 0

    def give_up(self) -> int:
        """Press Ctrl-C at a prompt, again where it came before the prompt was ready; return the exit code."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                os.write(self._master, b"\x03")
            if self._closed(5):
                break
        return self.end(1)

    def _closed(self, seconds: float) -> bool:
        """Read for so long; say whether the other side has ended meanwhile."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([self._master], [], [], left)
            if ready and not self._more(0):
                return True
        return False

    def end(self, seconds: float = 30) -> int:
        """Read until the command ends and return its exit code; fail where it waits for more instead."""
        until = time.monotonic() + seconds
        while self._more(max(until - time.monotonic(), 0.01)):
            pass
        if time.monotonic() >= until:
            os.kill(self.child, signal.SIGKILL)
        _, status = os.waitpid(self.child, 0)
        with contextlib.suppress(OSError):
            os.close(self._master)
        assert not os.WIFSIGNALED(status), f"it did not end by itself; so far:\n{self.seen}"
        return os.waitstatus_to_exitcode(status)


def _run(args: list[str]) -> Never:
    code = 70
    try:
        sys.stdin = io.TextIOWrapper(os.fdopen(0, "rb"), encoding="utf-8")
        sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb"), encoding="utf-8", line_buffering=True)
        sys.stderr = io.TextIOWrapper(os.fdopen(2, "wb"), encoding="utf-8", line_buffering=True)
        main(args)
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 0
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}".encode())
    finally:
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
