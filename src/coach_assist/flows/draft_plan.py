"""One round of drafting a plan: asked of the model, each unit in its drawer before anybody hears of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING

from pydantic import JsonValue

from coach_assist.flows.ai_record import CallKeeper
from coach_assist.flows.blind import both_sets, is_blind, with_sources
from coach_assist.flows.opportunity import with_opportunity
from coach_assist.flows.plan_privacy import admit
from coach_assist.flows.rewrite_begin import with_rewrite
from coach_assist.plan.units import SINGLE_KINDS, UnitKind
from coach_assist.workspace.store import PlanFile

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider
    from coach_assist.flows.draft import DraftEvent, DraftResult

_BY_HAND = {"person", "import"}
"""Origins that a new round of drafting leaves alone."""


async def draft_plan(
    plan: PlanFile,
    *,
    provider: Provider | None,
    on_event: Callable[[DraftEvent], None],
    today: date | None = None,
    calls: CallKeeper | None = None,
) -> DraftResult:
    """Draft the plan from its answers; each unit is in the drawer before `on_event` hears that it is ready.

    `provider` None: in the person's own words. Drafts of an earlier round that nobody touched by hand are
    replaced kind by kind, as the first new unit of a kind comes; those written or changed by hand stay.
    Cancelling keeps what had come, and the earlier drafts of what had not. `calls` keeps the record of the
    calls (None: a keeper of this round). Raises AnswersError where answers are missing, Refused where
    nothing can be written.
    """
    from coach_assist.flows.draft import draft_answers
    from coach_assist.flows.interview import read_answers

    answers = read_answers(plan, today=today)
    admit(provider, plan)
    by_hand = {draft.kind for draft in plan.drafts.of_plan() if draft.origin in _BY_HAND}
    earlier: dict[UnitKind, list[str]] = {}
    for draft in plan.drafts.of_plan():
        if draft.origin not in _BY_HAND:
            earlier.setdefault(draft.kind, []).append(draft.id)
    calls = calls or CallKeeper(plan, provider.endpoint.place if provider else "")
    keeper = _Keeper(plan, by_hand, earlier, on_event, calls)
    try:
        result = await draft_answers(
            answers,
            provider=provider,
            today=today or answers.today,
            on_event=keeper.hear,
            adapt=lambda unit: with_rewrite(plan, answers, with_opportunity(plan, unit)),
        )
    except BaseException:
        keeper.keep_partial()
        keeper.keep_stopped()
        raise
    for kind in list(earlier):
        keeper.replace(kind)
    plan.partials.delete("joint")
    return result


class _Keeper:
    """Writes what comes down before anybody hears of it: finished units and calls at once, the text of
    the section that is being written about once a second (each write waits for the disk)."""

    EVERY = 1.0

    def __init__(
        self,
        plan: PlanFile,
        by_hand: set[UnitKind],
        earlier: dict[UnitKind, list[str]],
        tell: Callable[[DraftEvent], None],
        calls: CallKeeper,
    ) -> None:
        self._calls = calls
        self._sources = both_sets(plan)[2] if is_blind(plan) else {}
        self._asked = ""
        self._earlier = earlier
        self._plan = plan
        self._by_hand = by_hand
        self._tell = tell
        self._partial: tuple[str, dict[str, JsonValue]] | None = None
        self._kept_at = 0.0

    def hear(self, event: DraftEvent) -> None:
        """Keep one event, then pass it on."""
        if event.kind == "unit_ready" and event.unit is not None:
            draft = event.unit.draft
            if not (draft.kind in SINGLE_KINDS and draft.kind in self._by_hand):
                self._plan.drafts.put("joint", with_sources(draft, self._sources))
                self.replace(draft.kind)
            self._calls.made(event.unit.section, draft.id, draft.kind, draft.origin)
        elif event.kind == "section_started":
            self._asked = event.section
        elif event.kind == "delta":
            self._partial = (event.section, dict(event.data))
            if monotonic() - self._kept_at > self.EVERY:
                self.keep_partial()
        if event.call is not None:
            self._partial = None
        if event.call is not None or event.kind == "section_failed":
            self._asked = ""
            self._calls.called(event.section, event.call, failed=str(event.data.get("what", "")))
        self._tell(event)

    def replace(self, kind: UnitKind) -> None:
        """Delete the drafts of an earlier round of this kind: new ones stand in their place."""
        for draft_id in self._earlier.pop(kind, []):
            self._plan.drafts.delete(draft_id)

    def keep_stopped(self) -> None:
        """Note a call that was stopped before its answer was whole."""
        if self._asked:
            self._calls.called(self._asked, None, failed="Stopped before the answer was whole.")

    def keep_partial(self) -> None:
        """Write down the text of the section that is being written."""
        if self._partial is not None:
            section, data = self._partial
            self._kept_at = monotonic()
            self._plan.partials.put("joint", section, data)
