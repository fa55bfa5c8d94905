"""Drafting while a person answers: each section is asked for as soon as its answers exist.

The next request is found by drafting from the answers so far with what the model has said already: the
first request that has no answer is the next one. A later answer that changes what a section rests on
leads to another request, so the section is drafted anew; the stale request is cancelled at once, since
the embedded model has one slot. When nothing is to be asked, the model reads what the coming request
begins with. Drafting from all answers then finds (nearly) everything answered.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from coach_assist.assistant.brief import brief_of
from coach_assist.assistant.calls import CallRecord
from coach_assist.assistant.drafting import Drafter, DraftEvent
from coach_assist.assistant.provider import Provider
from coach_assist.assistant.remembering import Memory, Remembering, Request, Unanswered
from coach_assist.errors import CoachError
from coach_assist.flows.ai_record import CallKeeper
from coach_assist.interview.answers import Answer, Answers
from coach_assist.interview.questions import all_questions
from coach_assist.interview.session import Session
from coach_assist.workspace.plan_file import PlanFile

_ALWAYS = frozenset({"team_member", "manager", "start", "end", "development_area"})
_STATE = _ALWAYS | {"current_state", "strengths", "situation", "behaviour", "impact", "goal"}
_GOALS = _STATE | {"measure", "vision", "why", "obstacle", "activities"}
_ACTIVITIES = _GOALS | {"first_step", "support", "cadence"}
READS = {"state": _STATE, "goal": _GOALS, "activities": _ACTIVITIES}
"""The questions that must have been asked before a section is drafted; those not on the path count."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """The next request that the answers so far lead to. `ready`: its section's answers all exist."""

    section: str
    request: Request
    ready: bool


def answers_so_far(answers: Mapping[str, Answer], today: date) -> Answers:
    """Return joint answers that may be incomplete, blank ones left out."""
    given = {
        question: value
        for question, value in answers.items()
        if (value.strip() if isinstance(value, str) else value)
    }
    return Answers(joint=given, by={}, today=today)


def passed_in(session: Session) -> frozenset[str]:
    """Return the questions that were answered or skipped, and those that this path does not ask.

    One whose follow-up is being asked has not been passed: its answer will often still grow.
    """
    path = {question.id for question in session.questions}
    asked = {question.id for question in all_questions()} - path | set(session.answers)
    open_one = session.question.id if session.probing is not None and session.question else ""
    return frozenset(asked - {open_one})


async def look_ahead(
    answers: Answers,
    passed: Collection[str],
    provider: Provider,
    memory: Memory,
    calls: list[tuple[str, CallRecord]] | None = None,
) -> Ahead | None:
    """Return the next request, None where there is none (or nothing can be said yet). Asks nothing.

    `passed` holds the questions that were answered or skipped, or that are not asked at all. `calls`
    takes the answered calls that it came by, each with its section.
    """
    if not answers.goals or "development_area" not in answers.joint:
        return None
    latest = ""

    def heard(event: DraftEvent) -> None:
        nonlocal latest
        if event.kind == "section_started":
            latest = event.section
        if event.call is not None and calls is not None:
            calls.append((event.section, event.call))

    drafter = Drafter(brief_of(answers), Remembering(provider, memory, ahead=True), heard)
    try:
        await drafter.run()
    except Unanswered as unanswered:
        return Ahead(latest, unanswered.request, READS[latest.split(":")[0]] <= set(passed))
    return None


class LiveCalls(CallKeeper):
    """Keeps each call once: one that was answered ahead is not kept again when the draft uses it."""

    def __init__(self, plan: PlanFile, place: str) -> None:
        super().__init__(plan, place)
        self._kept: dict[CallRecord, str] = {}

    def called(self, section: str, call: CallRecord | None, *, failed: str = "") -> None:
        if call is not None and call in self._kept:
            self._calls[section] = self._kept[call]
            return
        super().called(section, call, failed=failed)
        if call is not None:
            self._kept[call] = self._calls[section]


class LiveDraft:
    """Drafts one plan with `provider` while its answers come. Use it inside a running event loop.

    `on_words` hears what is being done ("" for nothing); `on_call` hears of each answered call once,
    with its section, whether or not its answer is used in the end. Failures are silent here: drafting
    from all answers meets them again, and says them. A remote endpoint is never asked ahead (`take`
    does nothing then): a person decides when something leaves the machine.
    """

    def __init__(
        self,
        provider: Provider,
        *,
        on_words: Callable[[str], None] | None = None,
        on_call: Callable[[str, CallRecord], None] | None = None,
    ) -> None:
        self._inner = provider
        self._memory = Memory()
        self._say = on_words or (lambda words: None)
        self._on_call = on_call or (lambda section, call: None)
        self._now: tuple[Answers, frozenset[str]] | None = None
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._given_up: set[str] = set()
        self._warmed = ""
        self._told: set[CallRecord] = set()
        self.provider: Provider = Remembering(provider, self._memory, on_own=self.rest)
        """For drafting from all answers: what was answered is there at once, what is under way is joined."""

    @property
    def inner(self) -> Provider:
        """The provider that is asked."""
        return self._inner

    def take(self, answers: Answers, passed: Collection[str]) -> None:
        """Take the answers as they are now; a request that they no longer lead to is cancelled."""
        if self._inner.endpoint.remote:
            return
        self._now = (answers, frozenset(passed))
        self._changed.set()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._serve(), name="draft while answers come")

    def rest(self) -> None:
        """Ask nothing more ahead. A request that somebody else waits for goes on."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._say("")

    async def close(self) -> None:
        """Stop, and wait until it has."""
        task = self._task
        self.rest()
        if task is not None:
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _serve(self) -> None:
        while True:
            self._changed.clear()
            ahead = await self._next()
            if ahead is None or ahead.request.key in self._given_up:
                self._say("")
                await self._changed.wait()
            elif ahead.ready:
                self._say(f"{_words(ahead.section)} is being drafted while you answer.")
                await self._unless_stale(ahead, self._ask(ahead.request))
            elif ahead.request.key != self._warmed:
                self._say("")
                self._warmed = ahead.request.key
                await self._unless_stale(ahead, self._warm(ahead.request))
            else:
                await self._changed.wait()

    async def _unless_stale(self, ahead: Ahead, work: asyncio.Task[None]) -> None:
        """Wait for `work`, and cancel it as soon as the answers lead to another request."""
        try:
            while not work.done():
                news = asyncio.create_task(self._changed.wait())
                await asyncio.wait({work, news}, return_when=asyncio.FIRST_COMPLETED)
                news.cancel()
                if self._changed.is_set() and not work.done():
                    self._changed.clear()
                    now = await self._next()
                    if now is None or (now.request.key, now.ready) != (ahead.request.key, ahead.ready):
                        return
        finally:
            if not work.done():
                work.cancel()
            with contextlib.suppress(asyncio.CancelledError, CoachError):
                await work

    def _ask(self, request: Request) -> asyncio.Task[None]:
        async def ask() -> None:
            try:
                await self._memory.take(request)
            except CoachError:
                self._given_up.add(request.key)

        return asyncio.create_task(ask())

    def _warm(self, request: Request) -> asyncio.Task[None]:
        async def warm() -> None:
            await self._inner.warm(request.messages)

        return asyncio.create_task(warm())

    async def _next(self) -> Ahead | None:
        if self._now is None:
            return None
        calls: list[tuple[str, CallRecord]] = []
        answers, passed = self._now
        ahead = await look_ahead(answers, passed, self._inner, self._memory, calls)
        for section, call in calls:
            if call not in self._told:
                self._told.add(call)
                self._on_call(section, call)
        return ahead


def _words(section: str) -> str:
    name, _, number = section.partition(":")
    if name == "goal":
        return f"Goal {int(number) + 1}"
    return {"state": "Where things stand", "activities": "An activity"}.get(name, name.capitalize())
