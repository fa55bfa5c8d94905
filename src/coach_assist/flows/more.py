"""What else can be done with a plan, now and by whom: for the page that lists it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coach_assist.agreement.follow_fold import follow
from coach_assist.flows.confirm import to_confirm
from coach_assist.flows.identity import people
from coach_assist.plan.units import PARTIES, Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


@dataclass(frozen=True, slots=True)
class More:
    """What applies to a plan now. Names are as stored."""

    custody: tuple[str, ...]
    """Where each party's key lies, a line each; none before the first event."""
    can_move: tuple[Party, ...]
    """Parties whose key was made here, and who could go on with keys of their own."""
    to_confirm: Mapping[Party, int]
    """How many acceptances each party could confirm with their own key."""
    can_end: bool
    can_carry: bool


def more(workspace: Workspace, plan: PlanFile) -> More:
    """Return what else can be done with a plan. Raises Damaged, Refused."""
    if not plan.has_opened or plan.viewer:
        return More((), (), dict.fromkeys(PARTIES, 0), can_end=False, can_carry=False)
    state = plan.state
    own_keys = bool(people(workspace))
    rows, movable = [], []
    for party in PARTIES:
        info = state.parties[party]
        here = workspace.has_key(plan.id, party, info.fingerprint)
        if info.custody == "own machine":
            rows.append(f"{info.name} acts with keys of their own.")
        else:
            where = "this machine" if here else "the machine where the plan opened"
            rows.append(f"The key of {info.name} was made when the plan opened, and lies on {where}.")
        if info.custody != "own machine" and here and own_keys:
            movable.append(party)
    ended = state.joining.ended is not None
    return More(
        custody=tuple(rows),
        can_move=tuple(movable),
        to_confirm={party: len(to_confirm(plan, party)) for party in PARTIES},
        can_end=not ended,
        can_carry=state.joining.over or bool(follow(plan.history).closed),
    )
