"""Calls that only POSIX systems have: private files and folders, file locks, and what a child needs.

Everything of this kind stands here and nowhere else, so that another platform has one file to port.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def private_folder(folder: Path) -> Path:
    """Make `folder` and its missing parents, readable by the owner only (0700), and return it.

    An existing folder is kept; its own rights are narrowed to 0700 where this user may do so.
    Raises OSError where it cannot be made.
    """
    missing = [folder, *folder.parents]
    for path in reversed(missing):
        if not path.exists():
            with contextlib.suppress(FileExistsError):
                path.mkdir(PRIVATE_FOLDER)
    if folder.stat().st_mode & 0o077:
        with contextlib.suppress(OSError):
            folder.chmod(PRIVATE_FOLDER)
    return folder


def create_private(path: Path, data: bytes) -> None:
    """Write a new file that only the owner may read (0600), synced to disk before this returns.

    Raises FileExistsError where `path` exists (nothing is overwritten), OSError on any other fault;
    a half-written file is removed.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def replace_private(path: Path, data: bytes) -> None:
    """Write `data` to `path` (0600) so that a crash leaves the old file or the new one, never half.

    Raises OSError; the old file is then still there, and no leftovers are.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable (a new or renamed file survives a power cut)."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def exclusive_lock(path: Path) -> Iterator[None]:
    """Hold the lock file `path` for the block; another process waits until it is free.

    The lock ends with the process, however it ends. Raises OSError where the file cannot be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def keep_new_files_private() -> None:
    """Give every file that this process makes from now on to its owner alone (umask 077)."""
    os.umask(0o077)


@contextlib.contextmanager
def try_lock(path: Path) -> Iterator[bool]:
    """Hold the lock file `path` for the block if it is free; the value says whether it was.

    The lock ends with the process, however it ends. Raises OSError where the file cannot be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def usable_cores() -> int:
    """Return how many processor cores this process may use, at least one."""
    if hasattr(os, "sched_getaffinity"):
        return max(len(os.sched_getaffinity(0)), 1)
    return os.cpu_count() or 1


def limit_memory(limit: int) -> None:
    """Let this process take at most `limit` bytes of address space from now on."""
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
