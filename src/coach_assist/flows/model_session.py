"""A model in use: started while the person answers, warmed, started anew where it died, and ended."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from coach_assist.assistant.client import warm_imports
from coach_assist.assistant.endpoint import Endpoint, remote_endpoint
from coach_assist.assistant.provider import Message, Provider
from coach_assist.errors import CoachError, ModelError, Refused
from coach_assist.flows.consent import Confirm, KnownEndpoints, gate
from coach_assist.flows.model import model_state, own_file, pull_model, weights_folder
from coach_assist.flows.policy import policy
from coach_assist.local_model.pull import Progress
from coach_assist.local_model.server import LocalServer
from coach_assist.local_model.weights import Weights
from coach_assist.offline import is_offline
from coach_assist.workspace.settings import Settings, load_settings


class ModelSession:
    """One model for as long as an app or a command runs.

    `async with ModelSession(...) as model`, then `provider = await model.provider()` as often as
    needed: the first call starts it, a later one starts it anew where it died. Nothing is loaded
    before. `remote` is the flag --remote, `send_to` the flag --send-to; `confirm` shows a person what
    leaves (None where nobody can be asked); `root` is the workspace that keeps consents. Before anything
    goes to a remote endpoint, names are replaced: those of every plan in the workspace, `names`, and those
    that the provider's `know` is told; `send_special` lets protected data go without asking.

    `may_pull`: whether missing weights are downloaded without further asking; `on_progress` hears of
    it, `on_state` hears words ("starting the model", "ready") for a status line.
    """

    def __init__(
        self,
        root: Path,
        *,
        settings: Settings | None = None,
        remote: bool = False,
        send_to: str | None = None,
        confirm: Confirm | None = None,
        send_special: bool = False,
        names: Sequence[str] = (),
        may_pull: bool = False,
        on_progress: Callable[[Progress], None] | None = None,
        on_state: Callable[[str], None] | None = None,
    ) -> None:
        self.settings = load_settings() if settings is None else settings
        self.remote = remote or self.settings.model.provider == "remote"
        self.may_pull = may_pull
        self._root = root
        self._send_to = send_to
        self._confirm = confirm
        self._send_special = send_special
        self._names = tuple(names)
        self._on_progress = on_progress
        self._say = on_state or (lambda words: None)
        self._provider: Provider | None = None
        self._server: LocalServer | None = None
        self._starting = asyncio.Lock()
        self._background: asyncio.Task[None] | None = None

    async def __aenter__(self) -> ModelSession:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def start_in_background(self, prefixes: Sequence[Sequence[Message]] = ()) -> None:
        """Begin to load the model (and, if allowed, to download it) while the person does other things.

        Each of `prefixes`, messages that later requests begin with, is then evaluated once. Failures
        are not raised here: the next `provider()` meets them again.
        """
        if self._background is None:
            self._background = asyncio.create_task(self._prepare(prefixes), name="prepare the model")

    async def provider(self) -> Provider:
        """Return a provider whose model answers, starting it where needed.

        Raises ModelError where there is none (settings, package, weights, memory), UsageError where the
        remote endpoint is not described.
        """
        async with self._starting:
            if self._provider is None:
                self._provider = self._remote_provider() if self.remote else await self._embedded_provider()
            elif self._server is not None:
                await self._alive()
            return self._provider

    @property
    def warm(self) -> Provider | None:
        """The provider, if its model runs and has read what it was given to read; else None, at once."""
        if self._provider is None or (self._background is not None and not self._background.done()):
            return None
        if self._server is not None and self._server.running is None:
            return None
        return self._provider

    async def close(self) -> None:
        """Close connections, then end the embedded server."""
        if self._background is not None:
            self._background.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._background
            self._background = None
        if self._provider is not None:
            await self._provider.close()
            self._provider = None
        if self._server is not None:
            await self._server.stop()
            self._server = None

    async def _prepare(self, prefixes: Sequence[Sequence[Message]]) -> None:
        with contextlib.suppress(CoachError):
            if self.remote:
                await asyncio.to_thread(warm_imports)
                return
            provider = await self.provider()
            await asyncio.to_thread(warm_imports)
            for prefix in prefixes:
                await provider.warm(prefix)

    def _remote_provider(self) -> Provider:
        settings = self.settings.model
        endpoint = remote_endpoint(os.environ, base_url=settings.base_url or "", model=settings.name or "")
        policy().refuse_endpoint(endpoint.host)
        if is_offline() and not endpoint.loopback:
            raise Refused(
                f"This is offline, so the remote model at {endpoint.host} is not asked.",
                kept="Nothing was sent.",
                next_step="Use the embedded model, or leave --offline (COACH_ASSIST_OFFLINE) away.",
            )
        known = KnownEndpoints(self._root)
        provider = Provider(
            endpoint,
            gate=gate(
                self._root,
                endpoint,
                send_to=self._send_to,
                confirm=self._confirm,
                send_special=self._send_special,
            ),
            profile=known.profile(endpoint),
            on_profile=lambda profile: known.keep_profile(endpoint, profile),
            on_unknown=lambda _: self._say("the answer names somebody who is in no text: shown as [name]"),
        )
        provider.add_names((*self._names, *_names_in(self._root)))
        return provider

    async def _embedded_provider(self) -> Provider:
        if self.settings.model.provider == "none":
            raise ModelError(
                "The settings say that no model is used.",
                next_step="Set it with: coach-assist config set model.provider embedded",
            )
        self._server = LocalServer(await self._weights())
        try:
            endpoint = await self._alive()
        except BaseException:
            await self._server.stop()
            self._server = None
            raise
        return Provider(endpoint, revive=self._revive)

    async def _weights(self) -> Path:
        named = own_file(self.settings)
        if named is not None:
            return named
        state = await asyncio.to_thread(model_state, self.settings)
        if state.kind == "no_extra":
            raise ModelError(state.words, next_step=state.next_step)
        if state.must_download and self.may_pull:
            self._say("downloading the model")
            return await pull_model(self._on_progress, self.settings)
        weights = Weights(weights_folder())
        await asyncio.to_thread(weights.check)
        return weights.path

    async def _alive(self) -> Endpoint:
        assert self._server is not None
        running = self._server.running
        if running is None:
            self._say("starting the model")
            running = await self._server.start()
            self._say("the model is ready")
        return Endpoint(running.base_url, running.api_key, running.model, context=running.context)

    async def _revive(self) -> Endpoint:
        async with self._starting:
            return await self._alive()


def _names_in(root: Path) -> list[str]:
    """Return the parties of every plan in the workspace: a text about one plan may name those of another."""
    from coach_assist.flows.plans import plans
    from coach_assist.workspace.store import Workspace

    return [name for one in plans(Workspace(root)) for name in (one.team_member, one.manager) if name.strip()]
