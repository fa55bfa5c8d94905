"""Reviewing many files: several at a time, in file order, resumed where an interruption ended it."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

from pydantic import ValidationError

from coach_assist import __version__
from coach_assist.errors import CoachError, Refused, UsageError
from coach_assist.exchange.readers.guards import read_bytes
from coach_assist.flows.review import ReviewOptions, review_file, review_opened
from coach_assist.flows.review_bundle import is_sealed
from coach_assist.flows.review_output import Fault, FileEntry
from coach_assist.platform_calls import create_private

_HEADER = {"format": "coach-assist review state", "version": 1}
_LARGEST_STATE = 256 * 1024 * 1024
Opener = Callable[[bytes], bytes]
"""Opens what is sealed and returns the signed text in it. Raises CoachError where it can't."""
ENDED = "reading it ended the process that read it (out of memory, or a fault of a library)"


class ReviewState:
    """A small file (0600) that holds the reviews so far: one JSON line a file, appended as each is done.

    It holds texts of the plans, as the report does. A review is taken from it only where the file's bytes,
    the options and the version of this program are the same.
    """

    def __init__(self, path: Path, mark: str) -> None:
        """Open or make the state. Raises UsageError for a file that is something else, Refused on faults."""
        self.path = path
        self.mark = f"{__version__}|{mark}"
        self.known: dict[str, FileEntry] = {}
        try:
            if path.exists():
                self._read()
            else:
                create_private(path, (json.dumps(_HEADER) + "\n").encode())
        except OSError as error:
            raise Refused(f"{path} cannot be written: {error.strerror or error}") from None

    def _read(self) -> None:
        if path_size(self.path) > _LARGEST_STATE:
            raise UsageError(f"{self.path} is too large for the state of a review")
        lines = self.path.read_bytes().split(b"\n")
        try:
            header = json.loads(lines[0])
        except ValueError:
            header = None
        if header != _HEADER:
            raise UsageError(
                f"{self.path} is there, and is not the state of a review",
                kept="It was not touched.",
                next_step="Name another file with --state.",
            )
        for line in lines[1:]:
            try:
                data = json.loads(line)
                self.known[str(data["key"])] = FileEntry.model_validate(data["entry"])
            except (ValueError, KeyError, TypeError, ValidationError):
                continue  # a line that an interruption left half written, or of another version

    def key(self, digest: str) -> str:
        """Return the key under which the review of a file with this digest is kept."""
        return hashlib.sha256(f"{self.mark}|{digest}".encode()).hexdigest()

    def find(self, path: Path) -> FileEntry | None:
        """Return the review of this file as it is now, if one was kept."""
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        except OSError:
            return None
        kept = self.known.get(self.key(digest))
        return None if kept is None else kept.model_copy(update={"file": str(path)})

    def keep(self, entry: FileEntry) -> None:
        """Append a review that is done. Raises Refused where the disk does not take it."""
        if entry.review is None:
            return
        key = self.key(entry.review.digest)
        line = json.dumps({"key": key, "entry": entry.model_dump(mode="json")}) + "\n"
        try:
            with self.path.open("ab") as stream:
                # A half line before it is closed first, so that it spoils nothing but itself.
                stream.write(b"\n" + line.encode() if self._torn() else line.encode())
                stream.flush()
        except OSError as error:
            raise Refused(f"{self.path} cannot be written: {error.strerror or error}") from None
        self.known[key] = entry

    def _torn(self) -> bool:
        with self.path.open("rb") as stream:
            stream.seek(-1, 2)
            return stream.read(1) != b"\n"

    def remove(self) -> None:
        """Delete the file: the report is written."""
        self.path.unlink(missing_ok=True)


def path_size(path: Path) -> int:
    """Return the size of a file in bytes."""
    return path.stat().st_size


def sealed_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return those files that are sealed to somebody's keys; what cannot be read is left out."""
    found = []
    for path in paths:
        with suppress(OSError):
            if path.is_file():
                with path.open("rb") as stream:
                    if is_sealed(stream.read(64)):
                        found.append(path)
    return tuple(found)


def review_files(
    paths: Sequence[Path],
    options: ReviewOptions,
    *,
    jobs: int = 1,
    state: ReviewState | None = None,
    open_sealed: Opener | None = None,
) -> Iterator[FileEntry]:
    """Yield the review of each file by rules, in the order of `paths`; `jobs` are worked at together.

    A file that ends its process becomes an entry that says so, and takes no other with it. `open_sealed`
    opens sealed files, here, so that no key goes to another process; None: they are not read.
    """
    waiting: deque[tuple[Path, FileEntry | Future[FileEntry] | None]] = deque()
    kept = {path: state.find(path) if state else None for path in dict.fromkeys(paths)}
    todo = [path for path in kept if kept[path] is None]
    if open_sealed is not None:
        for path in sealed_files(todo):
            kept[path] = _done(_opened(path, options, open_sealed), state, new=True)
    if jobs <= 1 or len(todo) < 2:
        for path in paths:
            entry = kept[path] or review_file(path, options)
            yield _done(entry, state, new=kept[path] is None)
            kept[path] = entry
        return
    with ProcessPoolExecutor(min(jobs, len(todo)), mp_context=get_context("spawn")) as pool:
        for path in paths:
            work: FileEntry | Future[FileEntry] | None = kept[path]
            if work is None:
                with suppress(BrokenProcessPool):  # then it is worked at alone, below
                    work = pool.submit(review_file, path, options)
            waiting.append((path, work))
        while waiting:
            path, work = waiting.popleft()
            if isinstance(work, FileEntry):
                yield work
                continue
            done: FileEntry | None = None
            if work is not None:
                with suppress(BrokenProcessPool):
                    done = work.result()
            yield _done(done or _alone(path, options), state, new=True)


def _opened(path: Path, options: ReviewOptions, open_sealed: Opener) -> FileEntry:
    """Open a sealed file and review what is in it. What keeps it from being read is said in the entry."""
    try:
        data = read_bytes(path)
        lines = open_sealed(data)
    except CoachError as error:
        return FileEntry(
            file=str(path), review=None, fault=Fault(what=error.what.rstrip("."), next_step=error.next_step)
        )
    return review_opened(lines, str(path), hashlib.sha256(data).hexdigest(), options)


def _alone(path: Path, options: ReviewOptions) -> FileEntry:
    """Review one file in a process of its own, after another one broke the pool."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(review_file, path, options).result()
        except BrokenProcessPool:
            return FileEntry(
                file=str(path), review=None, fault=Fault(what=ENDED, next_step="Save it as text.")
            )


def _done(entry: FileEntry, state: ReviewState | None, *, new: bool) -> FileEntry:
    if state is not None and new:
        state.keep(entry)
    return entry
