"""A vague goal becomes a SMART one, as a draft beside the old text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from coach_assist.assistant.calls import CallRecord, Delta
from coach_assist.assistant.drafting import DraftEvent
from coach_assist.assistant.provider import Provider
from coach_assist.assistant.rewriting import Rewrite, rewrite_text
from coach_assist.errors import ModelError, UsageError

__all__ = ["LONGEST_GOAL", "Rewrite", "RewriteResult", "rewrite_goal"]

LONGEST_GOAL = 4000
"""Characters of a goal that can be rewritten: as long as a goal's statement may be."""


@dataclass(frozen=True, slots=True)
class RewriteResult:
    """The original, its rewrites (never none), the calls, and what the model could not do."""

    original: str
    rewrites: tuple[Rewrite, ...]
    calls: tuple[CallRecord, ...]
    failed: ModelError | None = None
    already_smart: bool = False
    """The goal is specific, measurable and time-bound as it is; the one rewrite is the goal itself."""

    def to_json(self) -> dict[str, Any]:
        """Return the object of schemas/rewrite.schema.json."""
        return {
            "original": self.original,
            "rewrites": [one.to_json() for one in self.rewrites],
            "calls": [call.to_json() for call in self.calls],
        }


async def rewrite_goal(
    text: str,
    *,
    provider: Provider | None,
    today: date,
    due: date | None = None,
    names: tuple[str, str] | None = None,
    alternatives: Literal[1, 2] = 1,
    on_event: Callable[[DraftEvent], None] | None = None,
) -> RewriteResult:
    """Rewrite one goal; `on_event` hears of the section "rewrite" as when drafting.

    `provider` None, a failure of the model (said in `failed`) and an answer that stays unusable give the
    old text with its gaps marked (`Rewrite.by_rules`). Raises UsageError for a text that is empty or too
    long.
    """
    if not text.strip():
        raise UsageError(
            "There is no goal to rewrite.", next_step="Give a goal as text, or a file with --file."
        )
    if len(text) > LONGEST_GOAL:
        raise UsageError(
            f"A goal of {len(text):,} characters is too long: at most {LONGEST_GOAL:,} are taken."
        )

    if provider is not None:
        provider.know(names or ())

    def tell(event: DraftEvent) -> None:
        if on_event is not None:
            on_event(event)

    def heard(delta: Delta) -> None:
        tell(DraftEvent("delta", "rewrite", delta.partial if isinstance(delta.partial, dict) else {}))
        tell(DraftEvent("usage", "rewrite", {"tokens": delta.tokens, "seconds": delta.seconds}))

    if provider is not None:
        tell(DraftEvent("section_started", "rewrite"))
    done = await rewrite_text(
        text, provider=provider, today=today, due=due, names=names, alternatives=alternatives, on_delta=heard
    )
    calls = (done.call,) if done.call is not None else ()
    if done.failed is not None:
        told = {"what": done.failed.what, "next_step": done.failed.next_step}
        tell(DraftEvent("section_failed", "rewrite", told, call=done.call))
    elif provider is not None:
        tell(DraftEvent("section_done", "rewrite", call=done.call))
    return RewriteResult(text, done.rewrites, calls, done.failed, done.already_smart)
