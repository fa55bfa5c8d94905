"""Runs something as a user who may read the workspace and not write it (root writes anywhere)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coach_assist.workspace.store import Workspace


@contextmanager
def read_only_home(tmp_path: Path) -> Iterator[Path]:
    """A folder for a workspace that a user without rights can reach; `seal` it once it is filled."""
    base = Path("/var/tmp") if os.geteuid() == 0 else tmp_path
    home = base / f"coach-assist-read-only-{os.getpid()}-follow"
    try:
        yield home
    finally:
        for path in (home, *home.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
        shutil.rmtree(home)


def seal(home: Path) -> None:
    """Take the right to write away from everything in `home`."""
    for path in sorted(home.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    home.chmod(0o555)


def said_without_rights(home: Path, act: Callable[[Workspace], str]) -> str:
    """Run `act` in a child that gave up its rights; return what it says, or its error in words."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            said = act(Workspace(home))
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said
