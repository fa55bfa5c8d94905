"""Plans in which every text that somebody can write is a planted one: for captures of a terminal."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date

from foreign_text import NAME, PLANTED
from plan_maker import accept_everything_one_by_one

from coach_assist.agreement.keys import SigningKey
from coach_assist.flows import check_in, decide
from coach_assist.flows.adapt import draft_of_change, put_change
from coach_assist.flows.blind import begin_blind, release
from coach_assist.flows.close import begin_page, begin_survey, put_page, release_survey
from coach_assist.flows.comment import comment
from coach_assist.flows.counter import counter
from coach_assist.flows.guided import Guided
from coach_assist.flows.identity import create_person, person
from coach_assist.flows.interview import Interview
from coach_assist.flows.joining import answer, join_page, put_statement
from coach_assist.flows.note import keep_note, release_note
from coach_assist.flows.open_plan import new_plan
from coach_assist.flows.opportunity import begin as begin_opportunity
from coach_assist.flows.plan_drafts import save_draft
from coach_assist.flows.propose import put_forward
from coach_assist.flows.sign import sign, sign_view
from coach_assist.flows.summarise import summarise_notes
from coach_assist.flows.summary_draft import begin_summary, mark_item
from coach_assist.flows.summary_share import put_summary
from coach_assist.plan.drafts import Draft, Suggestion
from coach_assist.plan.ids import new_unit_id
from coach_assist.plan.units import PARTIES
from coach_assist.workspace.contacts import Card, keep_card
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

TODAY = date(2026, 11, 25)
T, GAP = PLANTED, "gapgapgap2"
NOTES = f"- {T} will send the list by Friday.\n- Agreed: {T}.\n- {T} was late twice.\n"
PASSPHRASE = "tulip ladder copper"
VALUES: dict[str, dict] = {
    "frame": {"title": T, "plan_kind": "development", "purpose": T, "long_term_aim": T, "serves": T,
              "readers": [NAME]},
    "development_area": {"area": T},
    "current_state": {
        "strengths": [{"id": "strength22", "text": T, "evidence": T}],
        "gaps": [{"id": GAP, "text": T, "evidence": T}],
    },
    "goal": {
        "statement": f"{T} Answer 10 of 10 mails within a day by 25 December 2026",
        "metric": {"name": T[:150], "kind": "quantitative", "unit": "of 10", "baseline": "4", "target": "10",
                   "direction": "increase", "evidence": T, "collector": NAME},
        "due": "2026-12-25", "achievable": T, "relevant": T, "if_then": T, "gap": GAP,
    },
    "activity": {"what": T, "owner": NAME, "due": "2026-11-20", "resource": T, "time_needed": T, "gap": GAP},
    "support": {"what": T, "who": NAME, "due": "2026-11-20"},
    "milestone": {"what": T, "date": "2026-12-10", "success_criterion": T},
    "feedback": {"who": NAME, "when": T, "about": T},
    "timeline": {"start": "2026-11-01", "end": "2026-12-25"},
    "cadence": {"every": "week", "text": T, "weekday": "wednesday", "looked_at": T},
    "roles": {"team_member": [T], "manager": [T]},
}  # fmt: skip


@dataclass(frozen=True)
class ForeignPlans:
    """The ids of the plans, by how far they have come."""

    drafting: str
    """Answers and drafts, nothing put forward."""
    open: str
    """Proposals, counters, reasons, comments, talks: waiting for both."""
    agreed: str
    """Signed, with amendments, notes, check-ins, a statement, a closing page that waits."""
    alone: str
    """Both have answered on their own and released it."""
    answering: str
    """Both have answered on their own, and released nothing yet."""

    @property
    def all(self) -> tuple[str, ...]:
        return (self.drafting, self.open, self.agreed, self.alone, self.answering)


def foreign_plans(workspace: Workspace) -> ForeignPlans:
    """Make the plans, a person with keys of their own and a contact, all with planted texts and names."""
    create_person(workspace, NAME, PASSPHRASE)
    seal = person(workspace, NAME).seal
    keep_card(workspace.contacts_folder, Card(name=NAME, sign=SigningKey(b"\x09" * 32).public, seal=seal))
    with _named(workspace) as drafting, _named(workspace) as opened, _named(workspace) as agreed:
        _drafting(drafting)
        _open(workspace, opened)
        _agreed(workspace, agreed)
        with _named(workspace) as alone, _named(workspace) as answering:
            _alone(workspace, alone)
            for party in PARTIES:
                release(workspace, alone, party)
            _alone(workspace, answering)
            return ForeignPlans(drafting.id, opened.id, agreed.id, alone.id, answering.id)


def answer_all(talk: Guided, choice: int = 0) -> Guided:
    """Answer every step of a guided talk: the texts planted, the choices by their place."""
    while (step := talk.step) is not None:
        said = {
            "choice": step.choices[min(choice, len(step.choices) - 1)][0] if step.choices else "",
            "number": "5",
            "day": "2026-12-10",
        }.get(step.kind, PLANTED)
        if talk.answer(said):
            talk.skip()
    return talk


def _named(workspace: Workspace) -> PlanFile:
    plan = new_plan(workspace)
    for party in PARTIES:
        plan.answers.put("joint", party, f"{party[:1]}{NAME}")
    answer(workspace, plan, "join", join_page(plan))
    return plan


def _drafts(**changes: object) -> list[Draft]:
    suggested = [Suggestion(field="due", text=T[:100], question=T[:200])]
    return [
        Draft(id=new_unit_id(), kind=kind, value={**value, **changes}, origin="model", suggested=suggested)
        for kind, value in VALUES.items()
    ]


def _drafting(plan: PlanFile) -> None:
    answer_all(begin_opportunity(plan, TODAY))
    for question in ("aim", "role", "why", "development_area", "current_state", "obstacle", "support"):
        plan.answers.put("joint", question, PLANTED)
    plan.answers.put("joint", "goal", [PLANTED, PLANTED])
    for kind, value in VALUES.items():
        save_draft(plan, None, kind, value)


def _open(workspace: Workspace, plan: PlanFile) -> None:
    put_forward(workspace, plan, "team_member", _drafts(), accept_own=False)
    views = decide.undecided(plan, "manager")
    goal = next(one for one in views if one.kind == "goal")
    comment(workspace, plan, "manager", goal.id, goal.shown, PLANTED)
    decide.talk(workspace, plan, "manager", goal.id, goal.shown)
    area = next(one for one in views if one.kind == "development_area")
    decide.decline(workspace, plan, "manager", area.id, area.shown, reason=PLANTED)
    promise = next(one for one in views if one.kind == "support")
    value = {**VALUES["support"], "what": f"Another {PLANTED}"}
    counter(workspace, plan, "manager", promise.id, promise.shown, value, reason=PLANTED)


def _agreed(workspace: Workspace, plan: PlanFile) -> None:
    put_forward(workspace, plan, "manager", _drafts(), accept_own=False)
    accept_everything_one_by_one(workspace, plan)
    for party in PARTIES:
        sign(workspace, plan, party, sign_view(plan).plan_hash)
        keep_note(plan, party, PLANTED, TODAY)
        release_note(workspace, plan, party, keep_note(plan, party, PLANTED, TODAY))
        check_in.record(workspace, plan, party, answer_all(check_in.begin(plan, party, TODAY)))
    put_statement(workspace, plan, PLANTED)
    _summarised(workspace, plan)
    for kind in ("milestone", "support"):
        unit = next(one.unit for one in plan.state.agreed.values() if one.kind == kind)
        changed = {**VALUES[kind], "what": f"Changed {PLANTED}"}
        put_change(workspace, plan, "manager", draft_of_change(plan, "manager", unit, changed), PLANTED)
        if kind == "milestone":
            accept_everything_one_by_one(workspace, plan)
    put_page(workspace, plan, "manager", answer_all(begin_page(plan, "manager", TODAY), choice=1))
    release_survey(workspace, plan, "manager", answer_all(begin_survey(plan, "manager", TODAY)))


def _summarised(workspace: Workspace, plan: PlanFile) -> None:
    """One summary of planted notes has been put forward, and another is being gone through."""
    for last in (False, True):
        result = asyncio.run(summarise_notes(NOTES, provider=None, today=TODAY))
        draft = begin_summary(plan, "manager", NOTES, result, TODAY)
        assert draft.items
        if not last:
            for item in draft.items:
                mark_item(plan, "manager", item.id, "kept")
            put_summary(workspace, plan, "manager")


def _alone(workspace: Workspace, plan: PlanFile) -> None:
    begin_blind(plan)
    for party in PARTIES:
        own = Interview.resume(workspace, plan, path="short", today=TODAY, owner=party)
        for question in ("development_area", "goal", "why", "support"):
            own.go_to(question)
            own.answer(f"{party} {PLANTED}", keep=True)
