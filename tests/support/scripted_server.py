"""A server on loopback that plays what a test wrote: every way in which a model can fail."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Part = bytes | float
"""What is written, or seconds to wait before going on."""


@dataclass
class Script:
    """One answer: status line, headers, parts; `cut` ends the connection without ending the answer."""

    parts: Sequence[Part] = ()
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "text/event-stream"})
    cut: bool = False


@dataclass
class Received:
    """One request as the server saw it."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the client closed the connection while its answer was being written."""


Behaviour = Callable[[Received], Script]
"""Decides by the request what is played."""


class ScriptedServer:
    """Plays its scripts in order, one a request; the last one again and again."""

    def __init__(self, scripts: Sequence[Script | Behaviour]) -> None:
        self.scripts = list(scripts)
        self.received: list[Received] = []
        self.url = ""
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> ScriptedServer:
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/v1"
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._server is not None
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()
        await asyncio.sleep(0)
        await self._server.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._play(reader, writer)
        finally:
            self._open.discard(writer)
            writer.close()

    async def _play(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:])
            if name
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        received = Received(head[0].split(" ")[1], headers, json.loads(body) if body else {})
        self.received.append(received)
        script = self.scripts[min(len(self.received), len(self.scripts)) - 1]
        if not isinstance(script, Script):
            script = script(received)
        writer.write(f"HTTP/1.1 {script.status} Scripted\r\n".encode())
        for name, value in {**script.headers, "transfer-encoding": "chunked", "connection": "close"}.items():
            writer.write(f"{name}: {value}\r\n".encode())
        writer.write(b"\r\n")
        closed = asyncio.ensure_future(reader.read(1))
        try:
            for part in script.parts:
                if isinstance(part, bytes):
                    writer.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
                    await writer.drain()
                else:
                    await asyncio.wait([closed], timeout=part)
                if closed.done():
                    received.gone.set()
                    return
            if script.cut:
                writer.transport.abort()
                return
            writer.write(b"0\r\n\r\n")
            await writer.drain()
        finally:
            closed.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await closed


def event(data: object) -> bytes:
    """Return one server-sent event; a string goes as it is, all else as JSON."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return f"data: {text}\n\n".encode()


def chunk(content: str | None = None, *, finish: str | None = None, **delta: str) -> bytes:
    """Return one chunk of a streamed completion."""
    piece = {**delta} if content is None else {**delta, "content": content}
    return event(
        {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "scripted",
            "choices": [{"index": 0, "delta": piece, "finish_reason": finish}],
        }
    )


def usage(prompt: int = 10, completion: int = 5, cached: int | None = 4) -> bytes:
    """Return the chunk in which a server reports its tokens."""
    counts: dict[str, Any] = {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
    }
    if cached is not None:
        counts["prompt_tokens_details"] = {"cached_tokens": cached}
    return event(
        {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "scripted",
            "choices": [],
            "usage": counts,
        }
    )


DONE = event("[DONE]")


def streamed(text: str, *, finish: str = "stop", size: int = 3) -> list[Part]:
    """Return the events of a whole answer in pieces of `size` characters."""
    pieces = [chunk(text[start : start + size]) for start in range(0, len(text), size)]
    return [*pieces, chunk(finish=finish), usage(), DONE]


def whole(text: str, *, finish: str = "stop", prompt: int = 10, completion: int = 5) -> Script:
    """Return an answer that is not streamed."""
    body = {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}],
        "usage": {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
            "prompt_tokens_details": {"cached_tokens": 2},
        },
    }
    return Script([json.dumps(body).encode()], headers={"content-type": "application/json"})


def problem(status: int, error: dict[str, Any] | str, **headers: str) -> Script:
    """Return an HTTP error with a JSON body, or with a text body that is not JSON."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if isinstance(error, str):
        return Script([error.encode()], status, {"content-type": "text/html", **named})
    return Script(
        [json.dumps({"error": error}).encode()], status, {"content-type": "application/json", **named}
    )


class Naps:
    """Stands in for sleeping between tries and notes how long each sleep would have been (seconds)."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
