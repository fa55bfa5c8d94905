"""The embedded model's weights: how they are, fetching them, removing them."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from coach_assist.errors import ModelError, Refused, UsageError
from coach_assist.local_model.gguf import check_gguf
from coach_assist.local_model.memory import OVERHEAD, available_memory
from coach_assist.local_model.parts import EMBEDDED
from coach_assist.local_model.pull import Progress, pull
from coach_assist.local_model.weights import Weights
from coach_assist.offline import is_offline
from coach_assist.workspace.settings import Settings, load_settings

MODEL_VARIABLE = "COACH_ASSIST_MODEL"
"""Environment variable: path of a GGUF file to use in place of downloaded weights."""

Kind = Literal["ready", "missing", "partial", "altered", "unusable", "no_extra", "remote", "none"]


@dataclass(frozen=True, slots=True)
class ModelState:
    """How the model is. `kind` says which; `words` says it to a person, `next_step` what to do.

    "ready": drafting can start; "missing", "partial", "altered": weights to fetch, `size` bytes of
    which `have` are there, into `place`, whose disk has `free` bytes; "unusable": a file named by the
    user is no model; "no_extra": the package that runs it is not installed; "remote" and "none": the
    settings say so.
    """

    kind: Kind
    title: str
    place: Path
    size: int
    have: int
    free: int | None
    words: str
    next_step: str = ""
    own_file: bool = False
    """Whether the weights are a file that the user named, which is never fetched or removed."""

    @property
    def must_download(self) -> bool:
        """Whether first use downloads, which is said before with size and place."""
        return self.kind in {"missing", "partial", "altered"}

    def to_json(self) -> dict[str, Any]:
        """Return the state for `model status --json`; sizes in bytes."""
        return {
            "state": self.kind,
            "model": self.title,
            "path": str(self.place),
            "size": self.size,
            "have": self.have,
            "free": self.free,
            "own_file": self.own_file,
            "words": self.words,
            "next_step": self.next_step,
        }


def weights_folder(environment: Mapping[str, str] | None = None) -> Path:
    """Return the folder of downloaded weights: models/ beside the plans, also for throw-away workspaces."""
    home = (os.environ if environment is None else environment).get("COACH_ASSIST_HOME")
    if home:
        return Path(home).expanduser() / "models"
    from platformdirs import user_data_path

    return user_data_path("coach-assist", appauthor=False) / "models"


def own_file(settings: Settings, environment: Mapping[str, str] | None = None) -> Path | None:
    """Return the GGUF file that the user named, by environment or settings, or None."""
    named = (os.environ if environment is None else environment).get(MODEL_VARIABLE) or settings.model.path
    return Path(named).expanduser() if named else None


def model_state(settings: Settings | None = None, *, verify: bool = False) -> ModelState:
    """Say how the model is, by a quick look; with `verify` the whole file is read and compared.

    A quick look at weights whose time of change differs says "altered". Raises UsageError for settings
    that cannot be read.
    """
    settings = load_settings() if settings is None else settings
    weights = Weights(weights_folder())
    title, size = EMBEDDED.title, EMBEDDED.size
    if settings.model.provider == "remote":
        words = f"Drafts come from the remote model {settings.model.name or '(no name set)'}."
        return ModelState("remote", settings.model.name or "", weights.path, 0, 0, None, words)
    if settings.model.provider == "none":
        words = "The settings say that no model is used (model.provider)."
        return ModelState("none", "", weights.path, 0, 0, None, words)
    named = own_file(settings)
    free = _free_space(weights.folder)
    if named is not None:
        return _own_state(named, free)
    kind, words, step = _judged(weights, verify)
    if kind == "ready" and find_spec("xllamacpp") is None:
        kind, words, step = _no_extra()
    return ModelState(kind, title, weights.path, size, weights.have, free, words, step)


def _judged(weights: Weights, verify: bool) -> tuple[Kind, str, str]:
    total = f"{weights.pinned.size / 1e9:.1f} GB"
    step = "Fetch them with: coach-assist model pull"
    state = weights.state()
    if state == "missing":
        return "missing", f"The model's weights ({total}) are not downloaded yet.", step
    if state == "partial":
        return "partial", f"{weights.have / 1e6:.0f} MB of the model's weights ({total}) are there.", step
    if verify or state == "altered":
        try:
            weights.verify()
        except ModelError as error:
            return "altered", error.what, error.next_step
        return "ready", f"The model's weights ({total}) are whole: their digest is the pinned one.", ""
    return "ready", f"The model's weights ({total}) are there.", ""


def _no_extra() -> tuple[Kind, str, str]:
    from coach_assist.local_model.server import not_installed

    error = not_installed()
    return "no_extra", error.what, error.next_step


def _own_state(path: Path, free: int | None) -> ModelState:
    size = path.stat().st_size if path.is_file() else 0
    kind: Kind = "ready"
    words, step = "The model is a file that you named.", ""
    try:
        check_gguf(path)
    except ModelError as error:
        kind, words, step = "unusable", error.what, error.next_step
        if not path.is_file():
            step = f"Correct model.path or {MODEL_VARIABLE}, or take it out to use the embedded model."
    if kind == "ready" and find_spec("xllamacpp") is None:
        kind, words, step = _no_extra()
    return ModelState(kind, path.name, path, size, size, free, words, step, own_file=True)


def _free_space(folder: Path) -> int | None:
    for place in (folder, *folder.parents):
        if place.is_dir():
            return shutil.disk_usage(place).free
    return None


def download_words(state: ModelState) -> str:
    """Say before a download what comes, how large it is and where it goes."""
    left = (state.size - state.have) / 1e9
    return (
        f"The model {state.title} is downloaded once: {left:.1f} GB, to {state.place.parent}. "
        "Remove it with: coach-assist model remove"
    )


async def pull_model(
    on_progress: Callable[[Progress], None] | None = None, settings: Settings | None = None
) -> Path:
    """Download what is missing of the weights, verified, and return the file (a named file: as it is).

    Cancelling keeps the parts that had come. Raises ModelError and Refused with words.
    """
    settings = load_settings() if settings is None else settings
    named = own_file(settings)
    if named is not None:
        await asyncio.to_thread(check_gguf, named)
        return named
    if is_offline():
        raise Refused(
            "This is offline, so the model's weights are not fetched.",
            kept="The parts that had come are kept.",
            next_step="Leave --offline (COACH_ASSIST_OFFLINE) away for this once.",
        )
    return await pull(Weights(weights_folder()), on_progress)


def remove_model(settings: Settings | None = None) -> int:
    """Delete the downloaded weights and return the bytes that became free.

    Raises UsageError where the model is a file that the user named: it stays.
    """
    settings = load_settings() if settings is None else settings
    named = own_file(settings)
    weights = Weights(weights_folder())
    freed = weights.remove()
    if not freed and named is not None:
        raise UsageError(
            f"The model is a file that you named, {named}; it is not removed.",
            next_step=f"Delete it yourself, and take {MODEL_VARIABLE} or model.path out.",
        )
    return freed


def memory_words(size: int) -> tuple[bool | None, str]:
    """Say whether the memory that is free now holds weights of `size` bytes (None: cannot be told)."""
    free = available_memory()
    if free is None:
        return None, "free memory cannot be told on this system"
    needed = size + OVERHEAD
    return free >= needed, f"{free / 1e9:.1f} GB free, {needed / 1e9:.1f} GB needed by the model"
