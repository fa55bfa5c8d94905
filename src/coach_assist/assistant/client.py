"""The openai client as this program uses it: it repeats nothing, follows nothing, tells nothing extra."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from coach_assist.assistant.endpoint import Endpoint
from coach_assist.assistant.retry import TRIES

SENT_HEADERS = frozenset(
    {
        "accept",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "transfer-encoding",
        "user-agent",
    }
)
"""Headers that leave: nothing that tells the operating system, the Python or other settings."""

_LOGGERS = ("openai", "httpx2", "httpcore2", "instructor")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a call in seconds: the whole of it, between two events, to connect; and HTTP tries."""

    total: float = 600.0
    stall: float = 180.0
    connect: float = 5.0
    tries: int = TRIES


def make_client(endpoint: Endpoint, limits: Limits, transport: Any = None) -> Any:
    """Return an openai client that retries nothing, follows no redirect and sends SENT_HEADERS only.

    The embedded server is reached directly, whatever proxy the environment names. `transport` takes the
    place of the network (an httpx2 transport): what it is handed is what would have left.
    """
    import httpx2
    import openai

    for name in _LOGGERS:
        # Their own logging would print requests to the terminal, whatever OPENAI_LOG says.
        logging.getLogger(name).setLevel(logging.CRITICAL)

    async def only_needed_headers(request: httpx2.Request) -> None:
        for header in list(request.headers):
            if header.lower() not in SENT_HEADERS:
                del request.headers[header]
        request.headers["authorization"] = f"Bearer {endpoint.api_key}"
        request.headers["user-agent"] = "coach-assist"

    timeout = httpx2.Timeout(connect=limits.connect, read=limits.stall, write=30.0, pool=limits.stall)
    http_client = httpx2.AsyncClient(
        transport=transport,
        timeout=timeout,
        follow_redirects=False,
        trust_env=endpoint.remote,
        event_hooks={"request": [only_needed_headers]},
    )
    return openai.AsyncOpenAI(
        base_url=endpoint.base_url,
        api_key=endpoint.api_key,
        max_retries=0,
        timeout=timeout,
        http_client=http_client,
    )


def warm_imports() -> None:
    """Import the model client, which takes seconds; call it in a thread while something else waits."""
    import instructor
    import openai  # noqa: F401

    _ = instructor.patch
