"""Is this file a model at all: the quick look that each start takes at its weights."""

from __future__ import annotations

import struct
from pathlib import Path

from coach_assist.errors import ModelError

_MAGIC = b"GGUF"
_VERSIONS = range(2, 10)
_PULL = "Run: coach-assist model pull"


def check_gguf(path: Path) -> None:
    """Raise ModelError with words where `path` is no readable GGUF file.

    Reads the header alone: magic, version, counts. Source: the GGUF specification of the ggml project.
    """
    try:
        with path.open("rb") as file:
            header = file.read(24)
    except FileNotFoundError as error:
        raise ModelError(f"There are no model weights at {path}.", next_step=_PULL) from error
    except OSError as error:
        raise ModelError(f"The model weights at {path} cannot be read ({error.strerror}).") from error
    if len(header) < 24 or header[:4] != _MAGIC:
        raise ModelError(
            f"{path} is not a GGUF model file.",
            next_step="Name a GGUF file in its place, or take the setting out to use the embedded model.",
        )
    version, tensors, _ = struct.unpack("<IQQ", header[4:])
    if version not in _VERSIONS or not 0 < tensors < 1_000_000:
        raise ModelError(f"The model file {path} is damaged or of an unknown version.", next_step=_PULL)
