"""The weights on disk: what a quick look sees, what the digest sees, and what stays after removal."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from coach_assist.errors import ModelError
from coach_assist.local_model.gguf import check_gguf
from coach_assist.local_model.pull import pull
from coach_assist.local_model.weights import Weights

from .conftest import DATA, Index


def test_nothing_there(weights: Weights) -> None:
    assert weights.state() == "missing" and weights.have == 0
    with pytest.raises(ModelError, match="not there yet") as caught:
        weights.check()
    assert "model pull" in caught.value.next_step


def test_partly_there(weights: Weights) -> None:
    weights.folder.mkdir()
    weights.partial.write_bytes(DATA[:5000])
    assert weights.state() == "partial"
    with pytest.raises(ModelError, match="only partly there"):
        weights.check()


async def test_a_changed_byte_is_seen_at_the_next_start(weights: Weights, index: Index) -> None:
    await pull(weights, fetch=index.fetch)
    weights.check()
    wrong = bytearray(DATA)
    wrong[7000] ^= 1
    weights.path.write_bytes(wrong)
    with pytest.raises(ModelError, match="altered or damaged"):
        weights.check()


async def test_verify_sees_what_the_quick_look_cannot(weights: Weights, index: Index) -> None:
    await pull(weights, fetch=index.fetch)
    times = weights.path.stat()
    wrong = bytearray(DATA)
    wrong[7000] ^= 1
    weights.path.write_bytes(wrong)
    os.utime(weights.path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert weights.state() == "ready"
    with pytest.raises(ModelError, match="altered or damaged"):
        weights.verify()


async def test_a_right_file_that_was_only_touched_or_copied_in_is_taken(
    weights: Weights, index: Index
) -> None:
    weights.folder.mkdir()
    weights.path.write_bytes(DATA)
    assert weights.state() == "altered"
    weights.check()
    assert weights.state() == "ready"
    read: list[int] = []
    weights.verify(read.append)
    assert read[-1] == len(DATA)


async def test_a_broken_stamp_only_costs_a_second_look(weights: Weights, index: Index) -> None:
    await pull(weights, fetch=index.fetch)
    for text in ("", "{", "[]", '{"size": 1}'):
        weights.stamp.write_text(text, encoding="utf-8")
        assert weights.state() == "altered"
        weights.check()
        assert weights.state() == "ready"


async def test_remove_frees_all_of_it(weights: Weights, index: Index) -> None:
    await pull(weights, fetch=index.fetch)
    weights.partial.write_bytes(b"x" * 100)
    assert weights.remove() >= len(DATA) + 100
    assert {path.name for path in weights.folder.iterdir()} == {"small.gguf.lock"}
    assert weights.state() == "missing" and weights.remove() == 0


def test_removing_from_nowhere_makes_no_folder(weights: Weights) -> None:
    assert weights.remove() == 0 and not weights.folder.exists()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "not a GGUF"),
        (b"GGUF", "not a GGUF"),
        (b"#!/bin/sh\n" * 9, "not a GGUF"),
        (b"GGUF" + bytes(40), "damaged"),
    ],
)
def test_what_is_no_model_file(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=word):
        check_gguf(path)


def test_a_folder_and_a_missing_file_are_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        check_gguf(tmp_path)
    with pytest.raises(ModelError, match="no model weights"):
        check_gguf(tmp_path / "nothing.gguf")
