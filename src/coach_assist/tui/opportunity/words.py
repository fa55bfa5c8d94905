"""What was written before the plan, as one content: for its writer, and for the team member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from coach_assist.tui.text import joined, plain, stacked

if TYPE_CHECKING:
    from coach_assist.flows.opportunity import OpportunityView


def view_content(view: OpportunityView) -> Content:
    """Return the kind, every text under its label, and what is to be said where it reads like a warning."""
    from coach_assist.flows.opportunity_words import PIP_CHOICE, PIP_WORDS

    rows = [joined(("Kind of plan  ", "bold"), view.kind_words)]
    rows += [joined((f"{label}  ", "bold"), text) for label, text in view.entries]
    if view.pip_signs:
        rows.append(plain(f"{PIP_WORDS} (Found: {', '.join(view.pip_signs)}.)", "$accent"))
        rows.append(plain(PIP_CHOICE))
    return stacked(rows, gap=1)
