"""From a proposal's view to the card that shows it, and to its line in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from coach_assist.shown import shortened
from coach_assist.tui.draft.cards import KIND_WORDS, as_ideas, noticed
from coach_assist.tui.text import joined
from coach_assist.tui.widgets.unit_card import Card, CardField, Noticed, as_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach_assist.flows.show import ProposalView
    from coach_assist.plan.units import Party

DECIDED = {"accept": "✓", "decline": "✗", "withdraw": "↶"}
DECIDED_WORDS = {"accept": "accepted", "decline": "declined", "withdraw": "withdrawn"}


def proposal_card(view: ProposalView, names: Mapping[Party, str]) -> Card:
    """Return the card of a proposal: whole text, suggestions, verdicts, the change to what is agreed."""
    report = view.check.report
    spans: dict[str, list[tuple[int, int]]] = {}
    found: list[Noticed] = []
    for name, finding in view.check.findings:
        text = view.value.get(name)
        if isinstance(text, str):
            spans.setdefault(text, []).append((finding.start, finding.end))
            found += noticed(text, [finding])
    fields = tuple(CardField(label, text, tuple(spans.get(text, ()))) for label, text in view.fields)
    if view.check.hidden_characters:
        found.append(
            Noticed("hidden", "", "This text holds characters that can't be seen; a mark stands for each.")
        )
    before = view.base_fields if view.base_fields is not None else view.countered_fields
    said = [f"{view.origin_words}, put forward by {view.by_name}", *_said(view, names)]
    if view.counters is not None:
        said.insert(1, f"a counter to what {view.countered_by or 'the other'} put forward")
    return Card(
        kind=view.kind_words,
        note=" · ".join(said),
        fields=fields or as_fields(view.base_fields or ()),
        ideas=as_ideas(view.suggested),
        verdicts=report.verdicts if report else {},
        reasons=report.reasons if report else {},
        noticed=tuple(found),
        before=None if before is None or view.removal else as_fields(before),
        removal=view.removal,
        said=tuple(CardField(f"{one.by_name}\n{one.at[:10]}", one.text) for one in view.comments),
    )


def _said(view: ProposalView, names: Mapping[Party, str]) -> list[str]:
    """Return what the parties decided, with the reason where one was given."""
    said = []
    for party, decision in view.decisions.items():
        reason = view.reasons.get(party)
        if decision is None and reason:
            said.append(f"because: {reason}")
        elif decision is not None:
            said.append(f"{names[party]} {DECIDED_WORDS[decision]}" + (f": {reason}" if reason else ""))
    said += [f"{names[party]} wants to talk about it" for party in sorted(view.talk)]
    return said


def proposal_line(view: ProposalView, party: Party | None, width: int) -> Content:
    """Return a proposal's line: ● waits for me, ✓ ✗ ↶ what I decided, … for the other."""
    own = view.decisions.get(party) if party else None
    sign = "…" if party and party in view.talk else (DECIDED[own] if own else ("●" if party else " "))
    style = "$primary" if sign == "●" else "$foreground-muted"
    words = ("− " if view.removal else "") + view.headline
    return joined(
        (f"{sign} ", style),
        (KIND_WORDS[view.kind].ljust(9), "$foreground-muted"),
        " ",
        shortened(words, max(width - 13, 8)),
    )
