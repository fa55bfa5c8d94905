"""What works on this machine: Python, packages, model, memory, disk, terminal, workspace."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from coach_assist.errors import CoachError
from coach_assist.flows.model import ModelState, memory_words, model_state
from coach_assist.workspace.settings import Settings, load_settings
from coach_assist.workspace.settings_file import settings_path
from coach_assist.workspace.store import Workspace

Level = Literal["ok", "warning", "problem"]
Area = Literal["program", "model", "workspace"]

NEEDED = ("openai", "instructor", "pydantic", "textual", "cryptography", "click")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: "problem" means that something does not work, "warning" that it may not."""

    area: Area
    name: str
    level: Level
    words: str
    next_step: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the check for `doctor --json`."""
        return {
            "area": self.area,
            "name": self.name,
            "level": self.level,
            "words": self.words,
            "next_step": self.next_step,
        }


def examine(*, verify: bool = False, root: Path | None = None) -> tuple[Check, ...]:
    """Look at everything that the program needs; nothing is sent, downloaded or repaired.

    `verify` also reads the whole model file; `root` is the workspace (None: the default one).
    """
    workspace = Workspace(root).root
    return (*_program(), *_model(verify), *_workspace(workspace), _terminal())


def _program() -> Iterator[Check]:
    release = platform.python_version()
    yield Check("program", "python", "ok", f"{release} at {sys.executable}")
    missing = []
    found = []
    for name in NEEDED:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        yield Check(
            "program",
            "packages",
            "problem",
            f"missing: {', '.join(missing)}",
            "Install coach-assist again: its packages come with it.",
        )
    else:
        yield Check("program", "packages", "ok", ", ".join(found))


def _model(verify: bool) -> Iterator[Check]:
    try:
        settings = load_settings()
    except CoachError as error:
        yield Check("workspace", "settings", "problem", str(error), f"Correct {settings_path()}")
        settings = Settings()
    state = model_state(settings, verify=verify)
    level: Level = "ok" if state.kind in {"ready", "remote", "none"} else "problem"
    yield Check("model", "model", level, f"{state.words} ({state.place})", state.next_step)
    if state.kind in {"remote", "none"}:
        return
    yield _package()
    yield _memory(state)
    if state.must_download and state.free is not None:
        needed = state.size - state.have + 150_000_000
        enough = state.free >= needed
        yield Check(
            "model",
            "disk",
            "ok" if enough else "problem",
            f"{state.free / 1e9:.1f} GB free, {needed / 1e9:.1f} GB needed for the download",
            "" if enough else "Make room, or set COACH_ASSIST_HOME to a folder on another disk.",
        )


def _package() -> Check:
    try:
        return Check("model", "server", "ok", f"xllamacpp {version('xllamacpp')}")
    except PackageNotFoundError:
        from coach_assist.local_model.server import INSTALL_STEP

        return Check("model", "server", "problem", "xllamacpp is not installed", INSTALL_STEP)


def _memory(state: ModelState) -> Check:
    enough, words = memory_words(state.size)
    if enough is None:
        return Check("model", "memory", "warning", words)
    step = "" if enough else "Close other programs, or set model.path to a smaller GGUF."
    return Check("model", "memory", "ok" if enough else "problem", words, step)


def _workspace(root: Path) -> Iterator[Check]:
    step = "Set COACH_ASSIST_HOME to a folder that you can write in."
    # A workspace that is not there yet is made at its first use: then its parent must let it.
    place = next(path for path in (root, *root.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=place) as probe:
            probe.write(b"x")
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        yield Check("workspace", "workspace", "problem", f"{root} cannot be written ({error.strerror})", step)
        return
    free = shutil.disk_usage(place).free
    roomy = free > 50_000_000
    yield Check(
        "workspace",
        "workspace",
        "ok" if roomy else "problem",
        f"{root} can be written, {free / 1e9:.1f} GB free",
        "" if roomy else "Make room on this disk.",
    )


def _terminal() -> Check:
    size = shutil.get_terminal_size()
    name = os.environ.get("TERM", "")
    if not sys.stdout.isatty():
        return Check("program", "terminal", "ok", "the output goes to a file or a pipe")
    words = f"{name or 'unnamed'}, {size.columns}×{size.lines}, {locale.getpreferredencoding(False)}"
    if name in {"", "dumb"} or "utf" not in locale.getpreferredencoding(False).lower():
        return Check(
            "program", "terminal", "warning", words, "The line prompts (interview, decide) work here."
        )
    if size.columns < 60 or size.lines < 20:
        return Check("program", "terminal", "warning", words, "The full-screen app wants at least 60×20.")
    return Check("program", "terminal", "ok", words)
