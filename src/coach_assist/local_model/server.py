"""The embedded server: starts the process that holds the model, and ends it."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import sys
import tempfile
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from coach_assist.errors import ModelError
from coach_assist.local_model.gguf import check_gguf
from coach_assist.local_model.memory import OVERHEAD, available_memory
from coach_assist.platform_calls import usable_cores

CONTEXT = 8192
"""Tokens of context: the longest prompt with two worked examples, a re-ask and the answer fit twice."""

ALIAS = "embedded"
"""The model's name on the wire, so that no file path enters answers or recorded exchanges."""

INSTALL_STEP = 'Install it with: pip install "coach-assist[local]"'


@dataclass(frozen=True, slots=True)
class Running:
    """A server that is ready: address for an OpenAI client (…/v1), its key, alias and context in tokens."""

    base_url: str
    api_key: str = field(repr=False)
    model: str
    context: int


class LocalServer:
    """The embedded model in a child process on loopback, on a free port, with a key of its own.

    The child ends by itself when this process ends, however it ends: its standard input is a pipe of
    which only this process holds the other end.
    """

    def __init__(self, weights: Path, *, context: int = CONTEXT, threads: int | None = None) -> None:
        self.weights = weights
        self.context = context
        self.threads = threads or usable_cores()
        self._process: asyncio.subprocess.Process | None = None
        self._log: IO[bytes] | None = None
        self._running: Running | None = None

    @property
    def running(self) -> Running | None:
        """The server's address and key, or None while it does not run (not started, or it died)."""
        alive = self._process is not None and self._process.returncode is None
        return self._running if alive else None

    @property
    def pid(self) -> int | None:
        """The child's process id while there is one."""
        return None if self._process is None else self._process.pid

    async def start(self, *, seconds: float = 180.0) -> Running:
        """Start the child, wait until the model is loaded, and return where it answers.

        Returns at once if it runs already. Raises ModelError for weights that are missing or no GGUF,
        for a missing package, too little memory, a child that ends or takes more than `seconds`.
        """
        if self.running is not None:
            return self.running
        await self.stop()
        check_gguf(self.weights)
        check_installed()
        check_memory(self.weights.stat().st_size)
        key = secrets.token_urlsafe(32)
        order = {
            "path": str(self.weights),
            "alias": ALIAS,
            "key": key,
            "context": self.context,
            "threads": self.threads,
        }
        # What the loader prints must not reach the terminal; it is read where the start fails.
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by stop()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # a file called json.py in the user's folder is not ours
            "-m",
            "coach_assist.local_model.child",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,  # the terminal's Ctrl-C and hang-up are for the app
        )
        try:
            async with asyncio.timeout(seconds):
                said = await self._ask(order)
        except TimeoutError as error:
            await self.stop()
            raise ModelError(
                f"The embedded model was not ready after {seconds:.0f} seconds.",
                next_step="Close other programs and try again.",
            ) from error
        except BaseException:
            await self.stop()
            raise
        if "address" not in said:
            words = await self._why(said)
            await self.stop()
            raise words
        self._running = Running(said["address"].rstrip("/") + "/v1", key, ALIAS, self.context)
        return self._running

    async def _ask(self, order: dict[str, object]) -> dict[str, str]:
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(json.dumps(order).encode() + b"\n")
            await process.stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            return {}
        while line := await process.stdout.readline():
            try:
                said = json.loads(line)
            except ValueError:
                continue
            if isinstance(said, dict):
                return {str(key): str(value) for key, value in said.items()}
        return {}

    async def _why(self, said: dict[str, str]) -> ModelError:
        if said.get("error") == "not installed":
            return not_installed()
        assert self._process is not None
        code = self._process.returncode if said else await self._process.wait()
        printed = self._last_words()
        if code is not None and code < 0 and not said:
            what = "The embedded model was ended while loading, most likely for lack of memory."
            return ModelError(what, next_step="Close other programs and try again.")
        detail = f" It said: {printed}" if printed else ""
        return ModelError(
            "The embedded model could not be started: the weights may be damaged, or no port could be opened."
            + detail,
            next_step="Run: coach-assist model status --verify",
        )

    def _last_words(self) -> str:
        if self._log is None:
            return ""
        self._log.seek(max(self._log.seek(0, os.SEEK_END) - 300, 0))
        return " ".join(self._log.read().decode("utf-8", "replace").split())

    async def stop(self, *, seconds: float = 5.0) -> None:
        """Close the lifeline and wait for the child to end; after `seconds` it is killed.

        Close the clients first: the server waits for requests in flight.
        """
        process, self._process, self._running = self._process, None, None
        if process is not None:
            if process.stdin is not None:
                process.stdin.close()
            try:
                async with asyncio.timeout(seconds):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()
            # Reading to the end lets the event loop close the pipe before it ends itself.
            if process.stdout is not None:
                await process.stdout.read()
        if self._log is not None:
            self._log.close()
            self._log = None


def check_installed() -> None:
    """Raise ModelError where the package that runs the model is not installed."""
    if find_spec("xllamacpp") is None:
        raise not_installed()


def not_installed() -> ModelError:
    """The words for a missing extra `local`."""
    return ModelError(
        "The package that runs the embedded model (xllamacpp) is not installed or does not fit this machine.",
        next_step=INSTALL_STEP,
    )


def check_memory(weights: int, available: int | None = None) -> None:
    """Raise ModelError where `available` bytes (default: measured) cannot hold weights and server."""
    free = available_memory() if available is None else available
    needed = weights + OVERHEAD
    if free is not None and free < needed:
        raise ModelError(
            f"There is too little free memory for the embedded model: it needs {needed / 1e9:.1f} GB, "
            f"{free / 1e9:.1f} GB are free.",
            next_step="Close other programs, or set model.path to a smaller GGUF.",
        )
