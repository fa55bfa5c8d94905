"""Makes a plan that both have agreed on, with everything that follow-through looks at."""

from __future__ import annotations

from datetime import date

from plan_maker import accept_everything_one_by_one, named_plan

from coach_assist.flows import check_in
from coach_assist.flows.propose import put_forward
from coach_assist.flows.sign import sign, sign_view
from coach_assist.plan.drafts import Draft
from coach_assist.plan.units import PARTIES, Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

START, END = date(2026, 11, 25), date(2026, 12, 25)
GAP, GOAL, SOFT_GOAL = "gapgapgap2", "goalgoal22", "goalgoal33"
WALK, COURSE, LIST, CLEAR = "activity22", "activity33", "support222", "support333"
HALFWAY = "milestone2"
UNITS: dict[str, tuple[str, dict]] = {
    "frame22222": ("frame", {"title": "Answering in time", "purpose": "Partners get an answer in a day."}),
    "current222": ("current_state", {"gaps": [{"id": GAP, "text": "Answers wait for days"}]}),
    GOAL: ("goal", {
        "statement": "Answer 10 of 10 partner mails within one working day by 25 December 2026",
        "metric": {
            "name": "Mails answered in a day", "kind": "quantitative", "unit": "of 10", "baseline": "4",
            "target": "10", "direction": "increase", "evidence": "The shared inbox", "collector": "Noor",
        },
        "due": END.isoformat(), "gap": GAP,
    }),
    SOFT_GOAL: ("goal", {
        "statement": "Open each planning call with the two open decisions by 18 December 2026",
        "metric": {"name": "How calls open", "kind": "qualitative"}, "due": "2026-12-18",
    }),
    WALK: ("activity", {
        "what": "Block an hour for mail each morning", "owner": "Noor", "due": "2026-11-30", "gap": GAP,
    }),
    COURSE: ("activity", {"what": "Shadow Bo's inbox for a morning", "due": "2026-12-04", "gap": GAP}),
    LIST: ("support", {"what": "Send the list of partners", "due": "2026-11-27"}),
    CLEAR: ("support", {"what": "Clear the Friday report", "who": "Kim", "due": "2026-12-11"}),
    HALFWAY: ("milestone", {"what": "7 of 10 in one week", "date": "2026-12-10"}),
    "timeline22": ("timeline", {"start": START.isoformat(), "end": END.isoformat()}),
    "cadence222": ("cadence", {"every": "week", "text": "Every Wednesday", "weekday": "wednesday"}),
}  # fmt: skip


def agreed_plan(workspace: Workspace, *, signed: bool = False, demo: bool = False) -> PlanFile:
    """A plan of Noor (team member) and Bo (manager) from 25 November to 25 December 2026."""
    plan = named_plan(workspace, demo=demo)
    drafts = [
        Draft(id=unit, kind=kind, value=value, origin="person") for unit, (kind, value) in UNITS.items()
    ]
    put_forward(workspace, plan, "team_member", drafts, accept_own=False)
    accept_everything_one_by_one(workspace, plan)
    if signed:
        for party in PARTIES:
            sign(workspace, plan, party, sign_view(plan).plan_hash)
    return plan


def hold_check_in(
    workspace: Workspace, plan: PlanFile, party: Party, day: date, answers: dict[str, str]
) -> str:
    """Hold a check-in: answer what is in `answers` by step id, skip the rest, record it."""
    talk = check_in.begin(plan, party, day)
    while (step := talk.step) is not None:
        if answers.get(step.id):
            assert talk.answer(answers[step.id]) == ""
        else:
            talk.skip()
    return check_in.record(workspace, plan, party, talk)
