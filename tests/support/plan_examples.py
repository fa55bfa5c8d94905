"""A plan with agreed and open units, made the way people make it."""

from __future__ import annotations

from coach_assist.flows.decide import accept, undecided
from coach_assist.flows.propose import put_forward
from coach_assist.plan.drafts import Draft
from coach_assist.plan.ids import new_unit_id
from coach_assist.plan.units import parse_value, value_json
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

GAP = "aaaaaaaaa2"
VALUES: tuple[tuple[str, dict[str, object]], ...] = (
    (
        "frame",
        {"title": "Tours that hold", "purpose": "Drivers can rely on their tours.", "readers": ["Lea Sand"]},
    ),
    ("development_area", {"area": "Planning the tours early"}),
    (
        "current_state",
        {
            "strengths": [{"id": "aaaaaaaaa3", "text": "Knows every street"}],
            "gaps": [
                {
                    "id": GAP,
                    "text": "Tours change late",
                    "evidence": "6 of 20 last week",
                    "source": "observation",
                }
            ],
        },
    ),
    (
        "goal",
        {
            "statement": "Nadia cuts changed stops from 6 to 2 a week by 1 March 2027.",
            "metric": {
                "name": "changed stops",
                "kind": "quantitative",
                "unit": "a week",
                "baseline": "6",
                "target": "2",
                "direction": "decrease",
                "evidence": "dispatch log",
                "collector": "Nadia",
            },
            "due": "2027-03-01",
            "gap": GAP,
            "if_then": "If an order comes in after eight, it goes on the next day's first tour.",
        },
    ),
    (
        "activity",
        {
            "what": "Sit beside Marta for two evenings",
            "activity_kind": "shadowing",
            "owner": "Nadia",
            "gap": GAP,
        },
    ),
    ("support", {"what": "Close the order desk at eight", "who": "Tom", "due": "2027-02-08"}),
    ("milestone", {"what": "First week with four changes", "date": "2027-02-15"}),
    ("feedback", {"who": "The drivers", "when": "on 20 February", "about": "whether tours hold"}),
    ("roles", {"team_member": ["Counts the changes"], "manager": ["Looks at the tours on Fridays"]}),
    ("timeline", {"start": "2027-02-01", "end": "2027-03-03"}),
    ("cadence", {"every": "week", "text": "Every Friday at four", "weekday": "friday", "minutes": 15}),
)


def draft(kind: str, value: dict[str, object], unit: str | None = None) -> Draft:
    whole = value_json(parse_value(kind, value))  # type: ignore[arg-type]
    return Draft(id=unit or new_unit_id(), kind=kind, value=whole, origin="person")  # type: ignore[arg-type]


def new_plan(
    workspace: Workspace, *, demo: bool = False, names: tuple[str, str] = ("Nadia", "Tom")
) -> PlanFile:
    plan = workspace.create(demo=demo)
    plan.answers.put("joint", "team_member", names[0])
    plan.answers.put("joint", "manager", names[1])
    return plan


def agree(workspace: Workspace, plan: PlanFile, *drafts: Draft) -> None:
    """The team member puts drafts forward and accepts them; the manager accepts each."""
    put_forward(workspace, plan, "team_member", drafts, accept_own=True)
    for view in undecided(plan, "manager"):
        accept(workspace, plan, "manager", view.id, view.shown, acknowledged=frozenset(view.to_acknowledge))


def whole_plan(workspace: Workspace, *, demo: bool = False) -> PlanFile:
    """All kinds agreed; then a change of the goal, a new activity and a removal are open."""
    plan = new_plan(workspace, demo=demo)
    drafts = [draft(kind, value) for kind, value in VALUES]
    agree(workspace, plan, *drafts)
    goal, milestone = drafts[3], drafts[6]
    put_forward(
        workspace,
        plan,
        "manager",
        [
            draft("goal", {"statement": "SECRET change"}, goal.id),
            draft("activity", {"what": "SECRET activity"}),
            milestone.model_copy(update={"removal": True}),
        ],
        accept_own=True,
    )
    return plan
