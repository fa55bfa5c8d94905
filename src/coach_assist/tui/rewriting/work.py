"""Goals being rewritten one after another: what came of each so far, and the record of the calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from textual.message import Message

if TYPE_CHECKING:
    from pathlib import Path

    from coach_assist.assistant.provider import Provider
    from coach_assist.flows.draft import DraftEvent
    from coach_assist.flows.loose_record import LooseKeeper
    from coach_assist.flows.rewrite import RewriteResult

State = Literal["waiting", "at work", "done", "stopped"]
_LAST = frozenset({"unreachable", "timeout", "auth", "forbidden", "not_found", "rate_limited", "no_model"})
"""Failures after which the model is not asked about the goals that are left."""


@dataclass
class Goal:
    """One goal: its text and where it stands."""

    text: str
    state: State = "waiting"
    result: RewriteResult | None = None


@dataclass
class GoalCame(Message):
    """What came of one goal. `number` counts from 0."""

    number: int


@dataclass
class GoalEvent(Message):
    """A piece of the answer about one goal."""

    number: int
    event: DraftEvent


class Rewriting:
    """The goals of one visit. One request at a time, so that Escape frees the model's one slot at once."""

    def __init__(self, goals: list[str], root: Path, today: date | None = None) -> None:
        self.goals = [Goal(text) for text in goals]
        self.today = today or date.today()
        self.place = ""
        self._root = root
        self._keeper: LooseKeeper | None = None

    async def run(
        self,
        numbers: list[int],
        provider: Provider | None,
        tell: Callable[[Message], object],
        *,
        alternatives: Literal[1, 2] = 1,
    ) -> None:
        """Rewrite these goals; `tell` hears of each. `provider` None: the old texts, gaps marked by rules.

        Cancelling keeps what came, and says of the rest that it was stopped. Raises Refused where a call
        could not be recorded; then the model was not asked.
        """
        from coach_assist.flows.loose_record import PRINTED
        from coach_assist.flows.rewrite import rewrite_goal

        if provider is not None and self._keeper is None:
            from coach_assist.flows.loose_record import LooseKeeper

            self.place = provider.endpoint.place
            self._keeper = LooseKeeper(self._root, self.place)
            self._keeper.ready()
        for number in numbers:
            self.goals[number].state = "waiting"
        try:
            for number in numbers:
                goal = self.goals[number]
                goal.state = "at work"
                tell(GoalCame(number))

                def heard(event: DraftEvent, number: int = number) -> None:
                    if self._keeper is not None:
                        self._keeper.hear(event, _section(number))
                    tell(GoalEvent(number, event))

                result = await rewrite_goal(
                    goal.text, provider=provider, today=self.today, alternatives=alternatives, on_event=heard
                )
                if provider is not None and self._keeper is not None:
                    self._keeper.became(_section(number), "goal", PRINTED, f"goal-{number + 1}")
                goal.result, goal.state = result, "done"
                tell(GoalCame(number))
                if result.failed is not None and getattr(result.failed, "kind", "") in _LAST:
                    provider = None
        finally:
            for number in numbers:
                if self.goals[number].state in {"waiting", "at work"}:
                    self.goals[number].state = "done" if self.goals[number].result else "stopped"
                    tell(GoalCame(number))

    def became(self, number: int, what: str) -> None:
        """Note in the record what became of a goal's rewrite; nothing where no model made it."""
        if self._keeper is not None:
            self._keeper.became(_section(number), "goal", what, f"goal-{number + 1}")

    def close(self) -> None:
        """Close the record; a call that was stopped is kept as stopped."""
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None

    def stopped(self) -> None:
        """Keep the call that was stopped as stopped."""
        if self._keeper is not None:
            self._keeper.stopped()


def _section(number: int) -> str:
    return f"rewrite:{number}"
