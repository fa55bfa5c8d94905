"""The life of the child process that holds the model: it starts, says where it is, and never stays behind."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from stand_in import stand_in_weights

from coach_assist.errors import ModelError
from coach_assist.local_model import server as server_module
from coach_assist.local_model.memory import OVERHEAD, available_memory
from coach_assist.local_model.server import LocalServer, check_memory

APP = """
import asyncio, sys
from pathlib import Path
from coach_assist.local_model.server import LocalServer

async def main():
    server = LocalServer(Path(sys.argv[1]))
    starting = asyncio.ensure_future(server.start())
    while server.pid is None:
        await asyncio.sleep(0.01)
    print(server.pid, flush=True)
    await starting
    print("ready", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


def lives(pid: int) -> bool:
    """Whether a process still runs (a zombie does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


async def ends(pid: int, seconds: float = 20.0) -> bool:
    async with asyncio.timeout(seconds):
        while lives(pid):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return True


async def app(weights: Path) -> tuple[asyncio.subprocess.Process, int]:
    """Start an app that uses the embedded server; return it and the child's process id."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        APP,
        str(weights),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    return process, int(await process.stdout.readline())


async def test_it_starts_answers_and_ends(stand_in: Path) -> None:
    server = LocalServer(stand_in_weights(stand_in))
    running = await server.start()
    pid = server.pid
    assert running.base_url.startswith("http://127.0.0.1:") and running.base_url.endswith("/v1")
    assert await server.start() is running, "a second start changes nothing"
    await server.stop()
    assert pid is not None and await ends(pid)
    assert server.running is None and server.pid is None


async def test_only_its_key_opens_it_and_the_key_is_nowhere_to_be_read(stand_in: Path) -> None:
    server = LocalServer(stand_in_weights(stand_in))
    running = await server.start()
    request = urllib.request.Request(running.base_url, b"{}", {"authorization": "Bearer guess"})
    with pytest.raises(urllib.error.HTTPError, match="401"):
        await asyncio.to_thread(urllib.request.urlopen, request)
    assert len(running.api_key) >= 32 and running.api_key not in repr(running)
    for name in ("cmdline", "environ"):
        shown = await asyncio.to_thread(Path(f"/proc/{server.pid}/{name}").read_bytes)
        assert shown and running.api_key.encode() not in shown
    await server.stop()
    other = await server.start()
    assert other.api_key != running.api_key
    await server.stop()


async def test_a_killed_app_leaves_nothing_behind(stand_in: Path) -> None:
    process, child = await app(stand_in_weights(stand_in))
    assert process.stdout is not None and await process.stdout.readline() == b"ready\n"
    assert lives(child)
    process.kill()
    assert await ends(child)
    await process.communicate()


async def test_an_app_killed_while_the_model_loads_leaves_nothing_behind(stand_in: Path) -> None:
    process, child = await app(stand_in_weights(stand_in, "slow"))
    process.kill()
    assert await ends(child)
    await process.communicate()


async def test_the_terminals_signals_do_not_reach_the_child(stand_in: Path) -> None:
    server = LocalServer(stand_in_weights(stand_in))
    await server.start()
    assert server.pid is not None and os.getsid(server.pid) != os.getsid(0)
    os.kill(server.pid, signal.SIGINT)
    await asyncio.sleep(0.3)
    assert server.running is not None
    await server.stop()


async def test_what_the_loader_prints_does_not_tear_the_screen(stand_in: Path) -> None:
    process, _ = await app(stand_in_weights(stand_in))
    assert process.stdout is not None and await process.stdout.readline() == b"ready\n"
    process.terminate()
    _, printed = await process.communicate()
    assert b"noise" not in printed


async def test_a_server_that_died_is_seen_and_started_again(stand_in: Path) -> None:
    server = LocalServer(stand_in_weights(stand_in))
    first = await server.start()
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    async with asyncio.timeout(20):
        while server.running is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    second = await server.start()
    assert second.api_key != first.api_key and server.running is second
    await server.stop()


async def test_cancelling_a_start_ends_the_child(stand_in: Path) -> None:
    server = LocalServer(stand_in_weights(stand_in, "slow"))
    task = asyncio.ensure_future(server.start())
    async with asyncio.timeout(20):
        while server.pid is None:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    pid = server.pid
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await ends(pid)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("refused", "could not be started.*weights may be damaged, or no port"),
        ("killed", "ended while loading, most likely for lack of memory"),
        ("missing", "not installed or does not fit"),
    ],
)
async def test_a_start_that_fails_says_why(stand_in: Path, command: str, words: str) -> None:
    server = LocalServer(stand_in_weights(stand_in, command))
    with pytest.raises(ModelError, match=words) as caught:
        await server.start()
    assert caught.value.next_step and server.pid is None


async def test_a_start_that_takes_too_long_is_given_up(stand_in: Path) -> None:
    server = LocalServer(stand_in_weights(stand_in, "slow"))
    with pytest.raises(ModelError, match="not ready after 1 seconds"):
        await server.start(seconds=1)
    assert server.pid is None


async def test_a_missing_package_is_said_with_how_to_install_it(
    stand_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="not installed") as caught:
        await LocalServer(stand_in_weights(stand_in)).start()
    assert 'pip install "coach-assist[local]"' in caught.value.next_step


async def test_too_little_memory_is_said_before_loading(
    stand_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "available_memory", lambda: 300_000_000)
    with pytest.raises(ModelError, match=r"needs 1\.3 GB, 0\.3 GB are free"):
        await LocalServer(stand_in_weights(stand_in)).start()


async def test_weights_that_are_no_model_are_said_before_loading(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model weights"):
        await LocalServer(tmp_path / "nothing.gguf").start()


def test_memory_at_the_edge() -> None:
    check_memory(1000, 1000 + OVERHEAD)
    with pytest.raises(ModelError):
        check_memory(1000, 999 + OVERHEAD)


def test_memory_is_the_smaller_of_system_and_container(tmp_path: Path) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal: 9000 kB\nMemAvailable:    8000 kB\n", encoding="ascii")
    group = tmp_path / "group"
    assert available_memory(meminfo, group) == 8000 * 1024
    group.mkdir()
    (group / "memory.max").write_text("5000000\n", encoding="ascii")
    (group / "memory.current").write_text("4000000\n", encoding="ascii")
    (group / "memory.stat").write_text("anon 1\ninactive_file 500000\n", encoding="ascii")
    assert available_memory(meminfo, group) == 1_500_000
    (group / "memory.max").write_text("max\n", encoding="ascii")
    assert available_memory(meminfo, group) == 8000 * 1024
    assert available_memory(tmp_path / "nothing", tmp_path / "nothing") is None
    meminfo.write_text("something else", encoding="ascii")
    assert available_memory(meminfo, tmp_path / "nothing") is None
