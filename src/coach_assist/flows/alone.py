"""Each on their own: who has answered and released what, without a word of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coach_assist.agreement.blind import blind
from coach_assist.errors import UsageError
from coach_assist.flows.blind import begin_blind, is_blind
from coach_assist.flows.interview import Interview
from coach_assist.flows.open_plan import names
from coach_assist.flows.opportunity import choose_kind
from coach_assist.flows.show import title_of
from coach_assist.plan.units import PARTIES, Party, PlanKind
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


@dataclass(frozen=True, slots=True)
class Side:
    """How far one party is. Names are as stored."""

    name: str
    answers: int
    """Answers in the drawer of their own, released or not."""
    released: int
    """Answers that were released; neither side sees the other's before both have released some."""


@dataclass(frozen=True, slots=True)
class AloneView:
    """Where answering alone stands."""

    title: str
    sides: Mapping[Party, Side]
    begun: bool
    """Whether both answer on their own in this plan: then nothing is drafted before both have released."""
    both_released: bool
    readable: bool
    """Whether both sides' released answers can be read on this machine."""


def alone_view(plan: PlanFile) -> AloneView:
    """Return where answering alone stands. Needs no unlocked key. Raises Damaged, Refused."""
    found = blind(plan.history) if plan.has_opened else None
    known = names(plan)
    sides = {
        party: Side(
            name=known[party],
            answers=len(plan.answers.all(party)),
            released=found.by[party].count if found else 0,
        )
        for party in PARTIES
    }
    return AloneView(
        title=title_of(plan),
        sides=sides,
        begun=is_blind(plan),
        both_released=bool(found and found.both),
        readable=bool(found and found.both and found.readable),
    )


def before_drafting(plan: PlanFile) -> bool:
    """Say whether both answer on their own in this plan and nothing was drafted or put forward yet."""
    if plan.drafts.of_plan() or not is_blind(plan):
        return False
    return not (plan.has_opened and plan.state.proposals)


def manager_would_be_first(plan: PlanFile, party: Party) -> bool:
    """Say whether this party is a manager who would answer before the team member has begun to.

    By default the team member answers first; the manager may go on all the same.
    """
    side = alone_view(plan).sides["team_member"]
    return party == "manager" and not side.answers and not side.released


def begin_alone(workspace: Workspace, plan: PlanFile, party: Party) -> Interview:
    """Return the interview in which one party answers on their own, from where it was left.

    Raises UsageError where a name is not known yet, Refused where the drawer is sealed and the keys locked.
    """
    if not all(names(plan).values()):
        raise UsageError("Both names have to be known first.", kept="Nothing was changed.")
    interview = Interview.resume(workspace, plan, owner=party)
    begin_blind(plan)
    return interview


def new_alone(
    workspace: Workspace, said: Mapping[Party, str], *, kind: PlanKind = "development", demo: bool = False
) -> PlanFile:
    """Make a new plan of this kind in which both answer on their own; return its file.

    Raises UsageError where a name is missing, Refused.
    """
    given = {party: " ".join(said.get(party, "").split()) for party in PARTIES}
    missing = [party.replace("_", " ") for party in PARTIES if not given[party]]
    if missing:
        raise UsageError(
            f"The name of the {' and of the '.join(missing)} is missing.", kept="Nothing was made."
        )
    plan = workspace.create(demo=demo)
    try:
        choose_kind(plan, kind)
        for party in PARTIES:
            plan.answers.put("joint", party, given[party])
    except BaseException:
        plan.close()
        plan.path.unlink(missing_ok=True)
        raise
    return plan


def name_both(plan: PlanFile, said: Mapping[Party, str]) -> None:
    """Keep the names that are not known yet, as the interview would. Raises Refused."""
    for party, name in said.items():
        if name.strip() and not names(plan)[party]:
            plan.answers.put("joint", party, " ".join(name.split()))
