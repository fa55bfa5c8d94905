"""The demo pair's decisions. They go through the same flow as a person's, one proposal at a time.

The script stands for two people at a keyboard, so it exists here alone: an import contract keeps every
module but the demo's own from reaching it, and it refuses a plan that is no demo.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coach_assist.errors import Refused
from coach_assist.flows.decide import accept, decline, next_undecided
from coach_assist.flows.show import ProposalView
from coach_assist.plan.units import Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

REASON = "One idea of the model is enough for thirty days."


@dataclass(frozen=True, slots=True)
class ScriptedDecision:
    """What one party did with one proposal: for the stage's printed lines."""

    party: Party
    proposal: ProposalView
    answer: str


def decide_as(workspace: Workspace, plan: PlanFile, party: Party) -> Iterator[ScriptedDecision]:
    """Decide on everything that waits for `party` in a demo plan, and yield each decision once it is kept.

    The team member declines all but the first activity that the model suggested, with a reason; both
    accept the rest, knowing its open findings. Raises Refused for a plan that is no demo.
    """
    if not plan.demo:
        raise Refused("Scripted decisions exist for the demo alone.", kept="Nothing was decided.")
    ideas = 0
    while (view := next_undecided(plan, party)) is not None:
        ideas += view.kind == "activity" and view.origin == "model"
        if party == "team_member" and view.kind == "activity" and view.origin == "model" and ideas > 1:
            decline(workspace, plan, party, view.id, view.shown, reason=REASON)
            yield ScriptedDecision(party, view, f"declined. Reason: {REASON}")
        else:
            needed = frozenset(view.to_acknowledge)
            accept(workspace, plan, party, view.id, view.shown, acknowledged=needed)
            known = f", knowing of {', '.join(sorted(needed))}" if needed else ""
            yield ScriptedDecision(party, view, f"accepted{known}")
