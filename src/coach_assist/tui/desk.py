"""The app's one model: asked about once, fetched if wished, started while the person answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual.message import Message

from coach_assist.errors import CoachError
from coach_assist.flows.probe import Prober

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Outgoing, Provider
    from coach_assist.flows.ai_record import CallKeeper
    from coach_assist.flows.interview import Interview
    from coach_assist.flows.live_draft import LiveCalls, LiveDraft
    from coach_assist.flows.model import ModelState
    from coach_assist.flows.model_session import ModelSession
    from coach_assist.tui.app import CoachApp


class DeskSaid(Message):
    """The words about the model changed; screens that show them read `desk.words`."""


class ModelDesk:
    """Holds the model session for as long as the app runs. Nothing is loaded before `prepare`."""

    def __init__(self, app: CoachApp) -> None:
        self._app = app
        self._session: ModelSession | None = None
        self._asked = False
        self._fetched = ""
        self._live: tuple[str, LiveDraft, LiveCalls] | None = None
        self._prober = Prober()
        self.words = ""
        """What is to be said about the model now; "" where there is nothing to say."""

    async def state(self) -> ModelState:
        """Look how the model is, in a thread."""

        def look() -> ModelState:
            from coach_assist.flows.model import model_state

            return model_state()

        return await asyncio.to_thread(look)

    @property
    def declined(self) -> bool:
        """Say whether the person chose to go on without a model."""
        return self._asked and self._session is None

    async def prepare(self, *, again: bool = False) -> None:
        """Start the model in the background; ask once, with size and place, before anything downloads.

        `again` asks once more. To be awaited inside a worker, since it may ask. Without a model it says
        so, and all else works.
        """
        state = await self.state()
        if state.must_download:
            if self._asked and not (again and self.declined):
                return
            self._asked = True
            from coach_assist.flows.model import download_words
            from coach_assist.tui.widgets.question_card import QuestionCard

            chosen = await self._app.push_screen_wait(
                QuestionCard(
                    "Fetch the model while you answer?",
                    f"{download_words(state)}\nIt runs on this machine; your answers stay here. "
                    "Without it, your own words become the draft.",
                    [
                        ("fetch", "Fetch it now", "in the background"),
                        ("without", "Without a model", "you can fetch it later"),
                    ],
                )
            )
            if chosen != "fetch":
                self._say("No model: your own words become the draft.")
                return
            await self._open(may_pull=True)
        elif state.kind in {"ready", "remote"}:
            await self._open(may_pull=False)
        else:
            self._say(state.words)
            return
        assert self._session is not None
        self._session.start_in_background(await asyncio.to_thread(_prefixes))

    @property
    def fetching(self) -> bool:
        """Say whether the model is being downloaded."""
        return bool(self._fetched)

    async def stop_fetching(self) -> None:
        """Stop the download. What has come is kept, and the next one goes on from there."""
        if not self.fetching:
            return
        had, self._fetched = self._fetched, ""
        await self.close()
        self._say(f"Stopped at {had}, which is kept. Your own words become the draft.")

    async def provider(self) -> Provider:
        """Return the model, started where needed. Raises CoachError in words where there is none."""
        if self._session is None:
            await self._open(may_pull=False)
        assert self._session is not None
        return await self._session.provider()

    async def provider_or_why(self) -> tuple[Provider | None, CoachError | None]:
        """Return the model, or None and why there is none, after asking once more about a download."""
        try:
            await self.prepare(again=True)
            return await self.provider(), None
        except CoachError as error:
            return None, error

    async def draft_ahead(self, interview: Interview) -> None:
        """Draft while the person answers: take the answers as they are now.

        Does nothing where no model is at hand; drafting from all answers says why.
        """
        plan = interview.plan
        if self._session is None or plan is None:
            return
        if self._live is None or self._live[0] != plan.id:
            try:
                provider = await self.provider()
            except CoachError:
                return
            from coach_assist.flows.live_draft import LiveCalls, LiveDraft
            from coach_assist.flows.plan_privacy import admit

            await self.rest()
            admit(provider, plan)
            calls = LiveCalls(plan, provider.endpoint.place)
            self._live = (plan.id, LiveDraft(provider, on_words=self._say, on_call=calls.called), calls)
        from coach_assist.flows.live_draft import answers_so_far, passed_in

        session = interview.session
        self._live[1].take(answers_so_far(session.answers, session.today), passed_in(session))

    async def better_probe(self, interview: Interview) -> str:
        """Return a better follow-up to the answer that is being asked about, "" where none comes at once.

        Only a model that runs already and has nothing else to do is asked.
        """
        session, plan = interview.session, interview.plan
        if self._session is None or plan is None or session.question is None or session.probing is None:
            return ""
        provider = self._session.warm
        if provider is None:
            return ""
        from coach_assist.flows.ai_record import CallKeeper

        keeper = CallKeeper(plan, provider.endpoint.place)
        return await self._prober.better(
            provider,
            session.question,
            session.value,
            session.probing,
            keep=lambda call, failed: keeper.called("probe", call, failed=failed),
        )

    async def drafting_provider(self, plan_id: str) -> tuple[Provider, CallKeeper | None]:
        """Return the model for drafting a plan, and what keeps its calls (None: nothing was asked ahead).

        What was drafted while the person answered is there at once. Raises as `provider` does.
        """
        provider = await self.provider()
        if self._live is not None and self._live[0] == plan_id and self._live[1].inner is provider:
            return self._live[1].provider, self._live[2]
        return provider, None

    async def rest(self) -> None:
        """Draft nothing ahead any more."""
        if self._live is not None:
            live, self._live = self._live[1], None
            await live.close()

    async def close(self) -> None:
        """Close connections and end the model's process."""
        await self.rest()
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def _open(self, *, may_pull: bool) -> None:
        def make() -> ModelSession:
            from coach_assist.flows.model_session import ModelSession

            return ModelSession(
                self._app.workspace.root,
                confirm=self._confirm,
                may_pull=may_pull,
                on_progress=self._progress,
                on_state=self._state,
            )

        if self._session is None:
            await asyncio.to_thread(_import_model)
            self._session = make()
        elif may_pull:
            self._session.may_pull = True

    async def _confirm(self, outgoing: Outgoing) -> bool:
        """Show a person everything that would leave this machine, and return what they say."""
        from coach_assist.tui.consent import ConsentScreen

        agreed: bool | None = await self._app.push_screen_wait(ConsentScreen(outgoing))
        return agreed is True

    def _progress(self, progress: Any) -> None:
        self._fetched = "" if progress.phase == "done" else f"{progress.done / 1e6:,.0f} MB"
        self._say(progress_words(progress))

    def _state(self, words: str) -> None:
        self._fetched = self._fetched if "download" in words else ""
        self._say("" if "ready" in words else f"{words[:1].upper()}{words[1:]} …")

    def _say(self, words: str) -> None:
        if words != self.words:
            self.words = words
            self._app.post_message(DeskSaid())


def progress_words(progress: Any) -> str:
    """Return one line on a download."""
    if progress.phase == "verifying":
        return "Fetching the model: all of it is here and is being checked. Go on answering."
    done, total = progress.done / 1e6, progress.total / 1e6
    return f"Fetching the model: {done:,.0f} of {total:,.0f} MB. Go on answering; F8 stops it."


def _prefixes() -> list[list[dict[str, str]]]:
    """Return what the first requests begin with, so that the model has read it before it is asked."""
    from coach_assist.flows.draft import prefixes

    return prefixes()


def _import_model() -> None:
    import coach_assist.flows.model_session  # noqa: F401  (heavy; in a thread so that typing stays smooth)
