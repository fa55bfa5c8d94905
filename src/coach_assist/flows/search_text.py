"""What of a plan can be searched: what both have accepted. Drafts, notes and answers are not in it."""

from __future__ import annotations

from coach_assist.flows.show import unit_views
from coach_assist.workspace.plan_file import PlanFile


def searchable(plan: PlanFile) -> str:
    """Return the agreed and the signed texts of a plan, one labelled text a line; "" where none is agreed.

    Proposals that are not agreed, drafts, answers, notes and summaries are left out: whoever searches at
    this keyboard sees no more than what both have accepted. Raises Damaged, Refused.
    """
    if not plan.has_opened:
        return ""
    state = plan.state
    lines: dict[str, None] = {}
    for units in (state.agreed, state.in_force):
        for unit in unit_views(units, state):
            for label, text in unit.fields:
                lines.setdefault(f"{unit.kind_words}, {label.lower()}: {' '.join(text.split())}")
    return "\n".join(lines)
