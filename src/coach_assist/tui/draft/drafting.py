"""Drafting with the model, or in the person's own words: asked, streamed, stopped; what came is kept."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import OptionList, Static

from coach_assist.errors import CoachError
from coach_assist.tui.draft.by_hand import ByHand
from coach_assist.tui.draft.cards import live_lines
from coach_assist.tui.draft.messages import (
    DraftCancelled,
    DraftDelta,
    DraftFailed,
    DraftReady,
    DraftRequested,
)
from coach_assist.tui.failures import in_words
from coach_assist.tui.text import plain, stacked
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.progress_line import ProgressLine, section_words

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider
    from coach_assist.flows.ai_record import CallKeeper
    from coach_assist.flows.plan_drafts import DraftView


class Drafting(ByHand):
    """The half of the draft screen that waits for the model."""

    def __init__(self, plan_id: str) -> None:
        super().__init__(plan_id)
        self._tokens: dict[str, int] = {}
        self._live_section = ""

    @abstractmethod
    def show(self, drafts: tuple[DraftView, ...], select: str | None = None) -> None:
        """Render the view models, the bar on `select`."""

    @abstractmethod
    def show_chosen(self) -> None:
        """Show the draft under the bar."""

    @property
    def drafting(self) -> bool:
        """Say whether a draft is being made."""
        return any(worker.group == "draft" and worker.is_running for worker in self.workers)

    @property
    def writes_itself(self) -> bool:
        return self.drafting

    def action_draft(self) -> None:
        """Ask the model for a draft."""
        self.post_message(DraftRequested(own_words=False))

    def action_own_words(self) -> None:
        """Take the answers over word for word."""
        self.post_message(DraftRequested(own_words=True))

    @on(DraftRequested)
    def _requested(self, message: DraftRequested) -> None:
        self.query_one(ProgressLine).begin()
        self._tokens.clear()
        self.begin(lambda: self._draft(own_words=message.own_words), "draft", "drafting the plan")
        self.refresh_bindings()

    async def _draft(self, *, own_words: bool) -> None:
        from coach_assist.flows.draft_plan import draft_plan

        try:
            provider, calls = (None, None) if own_words else await self._provider()
            result = await draft_plan(
                self.plan,
                provider=provider,
                on_event=lambda event: self._came(DraftDelta(event)),
                calls=calls,
            )
        except asyncio.CancelledError:
            self.post_message(DraftCancelled())
            raise
        except (CoachError, OSError) as error:
            self.post_message(DraftFailed(in_words(error)))
            return
        self.post_message(DraftReady(result))

    async def _provider(self) -> tuple[Provider, CallKeeper | None]:
        await self.coach.desk.prepare(again=True)
        return await self.coach.desk.drafting_provider(self.plan_id)

    def _came(self, message: DraftDelta) -> None:
        self.post_message(message)

    @on(DraftDelta)
    def _delta(self, message: DraftDelta) -> None:
        event, line = message.event, self.query_one(ProgressLine)
        if event.kind == "section_started":
            self._live_section = event.section
            line.now(event.section)
        elif event.kind == "usage":
            tokens = event.data.get("tokens")
            if isinstance(tokens, int):
                self._tokens[event.section] = tokens
                line.count(sum(self._tokens.values()))
        elif event.kind == "delta":
            heading = plain(section_words(event.section).capitalize(), "bold $primary")
            live = self.query_one("#live", Static)
            live.update(stacked([heading, live_lines(event.section, event.data)]))
            live.add_class("-shown")
        elif event.kind == "unit_ready":
            self.reread(str(event.data.get("id")))
        elif event.kind == "section_failed":
            self._tell_later = str(event.data.get("what", ""))

    def reread(self, select: str | None = None) -> None:
        from coach_assist.flows.plan_drafts import drafts_of

        live = self.query_one("#live", Static)
        live.update("")
        live.remove_class("-shown")
        try:
            self.show(drafts_of(self.plan), select)
        except CoachError as error:
            self.tell(error)
        self.remember_state()

    @on(DraftReady)
    def _ready(self, message: DraftReady) -> None:
        self._ended()
        if message.result.failed is not None:
            error = message.result.failed
            self.query_one(Notice).say(
                error.what,
                "Your answers are kept; what the model could not do stands in your own words.",
                error.next_step,
            )

    @on(DraftFailed)
    def _failed(self, message: DraftFailed) -> None:
        self._ended()
        error = message.error
        kept = error.kept or "Your answers are kept, and so is every draft that came."
        step = "\n".join(
            part for part in (error.next_step, "Or press O: your own words become the draft.") if part
        )
        self.query_one(Notice).say(error.what, kept, step)

    @on(DraftCancelled)
    def _cancelled(self) -> None:
        self._ended()
        self.query_one(Notice).say(
            "Stopped. What had come is kept.", "", "D drafts again; O fills the rest with your own words."
        )

    def _ended(self) -> None:
        self.query_one(ProgressLine).end()
        self.reread()  # which also remembers the file as it is now
        listing = self.query_one("#drafts", OptionList)
        if self.drafts and listing.highlighted != 0:
            listing.highlighted = 0
        self.show_chosen()

    def failed(self, group: str, error: CoachError) -> None:
        if group == "draft":
            self.post_message(DraftFailed(error))
        else:
            super().failed(group, error)
