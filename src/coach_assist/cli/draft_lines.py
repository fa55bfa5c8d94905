"""Drafts as lines of text, for a terminal and for a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coach_assist.shown import safe_text

if TYPE_CHECKING:
    from coach_assist.assistant.drafted import DraftedUnit
    from coach_assist.flows.draft import DraftResult

VERDICT_WORDS = {"met": "met", "unmet": "not stated yet", "unknown": "unknown"}
_NAMES = {"S": "specific", "M": "measurable", "A": "achievable", "R": "relevant", "T": "time-bound"}


def verdict_line(verdicts: dict[str, str]) -> str:
    """Return "specific: met; measurable: not stated yet; …"."""
    return "; ".join(f"{_NAMES[letter]}: {VERDICT_WORDS[verdict]}" for letter, verdict in verdicts.items())


def draft_lines(result: DraftResult) -> Iterator[str]:
    """Yield the drafts: each unit with its fields, what is only suggested, and what the checker says."""
    for unit in result.units:
        yield from unit_lines(unit)
        yield ""
    if result.findings:
        yield "The whole plan"
        yield from (f"  {finding.code} {finding.message}" for finding in result.findings)
        yield ""
    tokens = sum(call.completion_tokens or 0 for call in result.calls)
    cost = f"{len(result.calls)} model calls, {tokens} tokens, {result.seconds:.0f} s"
    yield f"{len(result.units)} drafts, {cost}"


def unit_lines(unit: DraftedUnit) -> Iterator[str]:
    """Yield one drafted unit."""
    from coach_assist.flows.unit_fields import KIND_WORDS, fields_of

    draft = unit.draft
    origin = {"model": "drafted by the model", "own_words": "in your own words"}.get(
        draft.origin, draft.origin
    )
    yield f"{KIND_WORDS[draft.kind].capitalize()} ({origin})"
    for label, text in fields_of(draft.kind, draft.value):
        yield f"  {label}: {safe_text(text, one_line=True)}"
    if unit.verdicts:
        yield f"  {verdict_line(unit.verdicts)}"
    for one in draft.suggested:
        words = f"{safe_text(one.text, one_line=True)} ({safe_text(one.question, one_line=True)})"
        yield f"  Suggested, in no answer: {words}"
    for finding in unit.findings:
        yield f"  {finding.code} {finding.message}"
