"""Makes plans in a workspace the way people do: names answered, drafts put forward, decisions taken."""

from __future__ import annotations

from coach_assist.flows.decide import accept, undecided
from coach_assist.flows.open_plan import new_plan
from coach_assist.flows.propose import put_forward
from coach_assist.plan.drafts import Draft
from coach_assist.plan.ids import new_unit_id
from coach_assist.plan.units import PARTIES
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


def goal(text: str, *, origin: str = "model", unit: str | None = None, **fields: object) -> Draft:
    return Draft(id=unit or new_unit_id(), kind="goal", value={"statement": text, **fields}, origin=origin)


def named_plan(workspace: Workspace, *, demo: bool = False) -> PlanFile:
    plan = new_plan(workspace, demo=demo)
    plan.answers.put("joint", "team_member", "Noor")
    plan.answers.put("joint", "manager", "Bo")
    return plan


def plan_with_goals(workspace: Workspace, *texts: str) -> PlanFile:
    """An opened plan whose goals the team member has put forward, and nobody has decided on."""
    plan = named_plan(workspace)
    put_forward(workspace, plan, "team_member", [goal(text) for text in texts], accept_own=False)
    return plan


def accept_everything_one_by_one(workspace: Workspace, plan: PlanFile) -> None:
    """Both test parties look at each proposal and accept it."""
    for party in PARTIES:
        for view in undecided(plan, party):
            accept(workspace, plan, party, view.id, view.shown, acknowledged=frozenset(view.to_acknowledge))
