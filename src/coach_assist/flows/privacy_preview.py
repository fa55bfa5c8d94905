"""What would be sent: the bytes of every request about a plan, made in earnest and handed to nobody.

The requests come from the same code as real ones, down to the HTTP client; only the network is missing.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coach_assist.assistant.client import Limits, make_client
from coach_assist.assistant.endpoint import Endpoint, remote_endpoint
from coach_assist.assistant.profile import Profile
from coach_assist.assistant.provider import Outgoing, Provider
from coach_assist.errors import UsageError
from coach_assist.flows.consent import KnownEndpoints
from coach_assist.flows.draft import DraftEvent, draft_answers
from coach_assist.flows.interview import read_answers
from coach_assist.flows.opportunity import with_opportunity
from coach_assist.flows.plan_privacy import known_names
from coach_assist.flows.record_words import section_words
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.settings import load_settings
from coach_assist.workspace.store import Workspace

NOWHERE = Endpoint("https://remote.model/v1", "none", "remote-model", remote=True)
"""Where the preview pretends to send to while no remote model is set."""
FIRST_ONLY = (
    "The first request of each part of the draft. Those that follow repeat them with what the model "
    "answered; rewriting a goal sends that goal, a summary the notes."
)


@dataclass(frozen=True, slots=True)
class PreviewedRequest:
    """One request. `body` is what HTTP would carry, byte for byte; `messages` the texts in it."""

    section: str
    body: bytes
    messages: tuple[tuple[str, str], ...]
    """(role, text) in their order."""

    @property
    def words(self) -> str:
        """What it is for, for a person."""
        return section_words(self.section)


@dataclass(frozen=True, slots=True)
class SendingPreview:
    """All requests that drafting this plan would send to a remote model."""

    host: str
    model: str
    is_set: bool
    """Whether the settings name this endpoint; else it stands for any."""
    requests: tuple[PreviewedRequest, ...]


async def would_be_sent(workspace: Workspace, plan: PlanFile, *, today: date | None = None) -> SendingPreview:
    """Return what would leave for a remote model if this plan were drafted now. Nothing is sent.

    Raises AnswersError where answers are missing, Refused where a known name would be left in a request.
    """
    answers = read_answers(plan, today=today)
    endpoint, profile, is_set = _endpoint(workspace)
    sections: list[str] = []
    caught = _Caught(sections)

    async def gate(outgoing: Outgoing) -> None:
        """Let everything pass: it goes nowhere."""

    client = await asyncio.to_thread(make_client, endpoint, Limits(tries=1), caught.transport())
    provider = Provider(endpoint, limits=Limits(tries=1), gate=gate, profile=profile, client=client)
    provider.know(_names(workspace, plan))

    def heard(event: DraftEvent) -> None:
        if event.kind == "section_started":
            sections.append(event.section)

    try:
        await draft_answers(
            answers,
            provider=provider,
            today=today,
            on_event=heard,
            adapt=lambda unit: with_opportunity(plan, unit),
        )
    finally:
        await provider.close()
    return SendingPreview(endpoint.host, endpoint.model, is_set, tuple(caught.requests))


class _Caught:
    """Keeps the bodies of requests in place of sending them; each is answered with a plain refusal."""

    def __init__(self, sections: Sequence[str]) -> None:
        self.requests: list[PreviewedRequest] = []
        self._sections = sections

    def transport(self) -> Any:
        import httpx2

        async def keep(request: Any) -> Any:
            body = await request.aread()
            told = json.loads(body).get("messages", ())
            messages = tuple((str(one["role"]), str(one["content"])) for one in told)
            section = self._sections[-1] if self._sections else ""
            self.requests.append(PreviewedRequest(section, bytes(body), messages))
            return httpx2.Response(400, json={"error": {"message": "a preview"}})

        return httpx2.MockTransport(keep)


def _endpoint(workspace: Workspace) -> tuple[Endpoint, Profile, bool]:
    settings = load_settings().model
    try:
        found = remote_endpoint(os.environ, base_url=settings.base_url or "", model=settings.name or "")
    except UsageError:
        return NOWHERE, Profile(), False
    return found, KnownEndpoints(workspace.root).profile(found) or Profile(), True


def _names(workspace: Workspace, plan: PlanFile) -> tuple[str, ...]:
    """Return whom the model session would replace: who is known in this plan, and every plan's parties."""
    from coach_assist.flows.plans import plans

    others = [name for one in plans(workspace) for name in (one.team_member, one.manager) if name.strip()]
    return (*known_names(plan), *others)
