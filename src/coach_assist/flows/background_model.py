"""A model that warms up while somebody answers in lines, in a thread of its own until it is closed."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from concurrent.futures import TimeoutError as Late
from pathlib import Path
from typing import TYPE_CHECKING

from coach_assist.errors import CoachError
from coach_assist.flows.ai_record import CallKeeper
from coach_assist.flows.interview import Interview
from coach_assist.flows.probe import Prober
from coach_assist.interview.session import Session

if TYPE_CHECKING:
    from coach_assist.assistant.calls import CallRecord
    from coach_assist.flows.model_session import ModelSession

_STOPPING = 20.0
_GRACE = 2.0


class BackgroundModel:
    """Starts the embedded model, if it is there, and asks it for follow-ups. Failures are silent.

    Nothing is downloaded, and no remote endpoint is asked: where there is no model, the rules ask.
    """

    def __init__(self, root: Path, *, seconds: float = 3.0) -> None:
        """`root` is the workspace's folder; `seconds` is how long a follow-up may take."""
        self._root = root
        self._seconds = seconds
        self._prober = Prober(seconds)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._session: ModelSession | None = None
        self._stop: asyncio.Event | None = None
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="warm the model", daemon=True)

    def start(self) -> None:
        """Begin to load the model; returns at once."""
        self._thread.start()

    def better_probe(self, interview: Interview) -> str:
        """Return a better follow-up to the answer that is being asked about, "" where none comes at once."""
        session, plan, loop = interview.session, interview.plan, self._loop
        if self._session is None or loop is None or plan is None or session.probing is None:
            return ""
        kept: list[tuple[CallRecord | None, str]] = []
        asking = asyncio.run_coroutine_threadsafe(self._better(session, kept), loop)
        try:
            better, place = asking.result(self._seconds + _GRACE)
        except (Late, CoachError):
            asking.cancel()
            return ""
        keeper = CallKeeper(plan, place)
        for call, failed in kept:  # here, since a plan's file belongs to the thread that opened it
            keeper.called("probe", call, failed=failed)
        return better

    def close(self) -> None:
        """End the model. Returns when it has ended."""
        self._closed.set()
        if self._thread.is_alive() and self._loop is not None and self._stop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has just ended
                self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(_STOPPING)

    async def _better(self, session: Session, kept: list[tuple[CallRecord | None, str]]) -> tuple[str, str]:
        provider = self._session.warm if self._session is not None else None
        if provider is None or session.question is None or session.probing is None:
            return "", ""

        def keep(call: CallRecord | None, failed: str) -> None:
            kept.append((call, failed))

        better = await self._prober.better(
            provider, session.question, session.value, session.probing, keep=keep
        )
        return better, provider.endpoint.place

    def _run(self) -> None:
        with contextlib.suppress(CoachError):
            asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        from coach_assist.flows.draft import prefixes
        from coach_assist.flows.model import model_state
        from coach_assist.flows.model_session import ModelSession

        if model_state().kind != "ready" or self._closed.is_set():
            return
        async with ModelSession(self._root) as session:
            session.start_in_background(prefixes())
            self._session = session
            await self._stop.wait()
            self._session = None
