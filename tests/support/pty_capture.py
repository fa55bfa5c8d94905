"""Runs a program at a pseudo-terminal of a given size and keeps every byte that it sends there."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence


def captured(arguments: Sequence[str], *, width: int, height: int, seconds: float = 900) -> tuple[int, bytes]:
    """Run Python with `arguments`; return its exit code and all bytes that came. Fails if it never ends."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
    environment = {one: said for one, said in os.environ.items() if one not in ("COLUMNS", "LINES")}
    process = subprocess.Popen(
        [sys.executable, *arguments], stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
        env=environment,
    )  # fmt: skip
    os.close(slave)
    raw, until = b"", time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            ready, _, _ = select.select([master], [], [], 1)
            if not ready:
                continue
            with contextlib.suppress(OSError):  # the other side has closed
                data = os.read(master, 1 << 16)
                raw += data
                if data:
                    continue
            return process.wait(timeout=60), raw
        raise AssertionError(f"it did not end within {seconds} seconds; last came {raw[-2000:]!r}")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(master)
