"""The weights on disk: where they lie, whether they are whole and unaltered, and how they go."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coach_assist.errors import ModelError, Refused
from coach_assist.local_model.gguf import check_gguf
from coach_assist.local_model.parts import EMBEDDED, Pinned
from coach_assist.platform_calls import replace_private, try_lock

State = Literal["ready", "missing", "partial", "altered"]
BLOCK = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Weights:
    """The pinned model file in `folder`, beside the files that belong to it."""

    folder: Path
    pinned: Pinned = EMBEDDED

    @property
    def path(self) -> Path:
        """The finished file; it exists only after its digest was found right."""
        return self.folder / self.pinned.filename

    @property
    def partial(self) -> Path:
        """What has come so far: whole pieces, in order."""
        return self.folder / (self.pinned.filename + ".part")

    @property
    def work(self) -> Path:
        """Where one package lies while it is fetched."""
        return self.folder / (self.pinned.filename + ".work")

    @property
    def lock(self) -> Path:
        """Held by the one process that downloads or removes."""
        return self.folder / (self.pinned.filename + ".lock")

    @property
    def stamp(self) -> Path:
        """Size and time of change that the file had when its digest was found right."""
        return self.folder / (self.pinned.filename + ".json")

    @property
    def have(self) -> int:
        """Bytes that are there: of the whole file, or of whole pieces so far."""
        if self.path.is_file():
            return self.path.stat().st_size
        return self.partial.stat().st_size if self.partial.is_file() else 0

    def state(self) -> State:
        """Say how the weights are by a quick look, without reading the file.

        "altered" means that size or time of change differ from when the digest was found right;
        `verify` then says for sure.
        """
        if not self.path.is_file():
            return "partial" if self.partial.is_file() else "missing"
        return "ready" if self._stamped() == self._mark() else "altered"

    def check(self) -> None:
        """Raise ModelError where the weights cannot be used; the look that each start takes.

        Only where the quick look says "altered" is the whole file read.
        """
        state = self.state()
        if state == "missing":
            raise ModelError(
                "The model's weights are not there yet.", next_step="Run: coach-assist model pull"
            )
        if state == "partial":
            raise ModelError(
                f"The model's weights are only partly there: {self.have / 1e6:.0f} of "
                f"{self.pinned.size / 1e6:.0f} MB.",
                next_step="Go on with: coach-assist model pull",
            )
        if state == "altered":
            self.verify()
        check_gguf(self.path)

    def verify(self, on_bytes: Callable[[int], None] | None = None) -> None:
        """Read the whole file and raise ModelError where its digest is not the pinned one.

        `on_bytes` hears how many bytes were read. A right digest is stamped, so that the next quick
        look trusts the file.
        """
        mark = self._mark()
        if mark["size"] == self.pinned.size and digest(self.path, on_bytes) == self.pinned.sha256:
            self.write_stamp(mark)
            return
        raise ModelError(
            f"The model's weights at {self.path} are altered or damaged: their digest is not the pinned one.",
            kept="Nothing of them was used.",
            next_step="Fetch them again with: coach-assist model pull",
        )

    def write_stamp(self, mark: dict[str, object] | None = None) -> None:
        """Note that the digest of the file as it is now (`mark`: as it was) was found right."""
        with contextlib.suppress(OSError):  # a read-only folder: then each start reads the whole file
            replace_private(self.stamp, json.dumps(mark or self._mark()).encode())

    def remove(self) -> int:
        """Delete the weights and all that belongs to them; return the bytes that became free.

        Raises Refused while another process downloads them or where they cannot be deleted.
        """
        if not self.folder.is_dir():
            return 0
        freed = 0
        try:
            with try_lock(self.lock) as free:
                if not free:
                    raise Refused(
                        "The model's weights are being downloaded by another process.",
                        next_step="Stop that first, then run this again.",
                    )
                for path in (self.path, self.partial, self.stamp):
                    if path.is_file():
                        freed += path.stat().st_size
                        path.unlink()
                shutil.rmtree(self.work, ignore_errors=True)
        except OSError as error:
            raise Refused(f"The model's weights cannot be deleted ({error.strerror}).") from error
        return freed

    def _mark(self) -> dict[str, object]:
        status = self.path.stat()
        return {"sha256": self.pinned.sha256, "size": status.st_size, "changed": status.st_mtime_ns}

    def _stamped(self) -> object:
        try:
            return json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None


def digest(path: Path, on_bytes: Callable[[int], None] | None = None) -> str:
    """Return the SHA-256 of a file in hex; `on_bytes` hears how many bytes were read so far."""
    found = hashlib.sha256()
    read = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
            read += len(block)
            if on_bytes is not None:
                on_bytes(read)
    return found.hexdigest()
