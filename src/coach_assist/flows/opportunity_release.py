"""Releasing what was written before the plan, and the team member's having read it.

Both are events once the plan has its first one, so that they travel in shares and hold on both machines.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from coach_assist.agreement.bodies import EraseBody
from coach_assist.agreement.events import Record
from coach_assist.agreement.history import History
from coach_assist.agreement.opportunity import released_opportunity
from coach_assist.agreement.opportunity_bodies import OpportunityBody, OpportunitySeenBody
from coach_assist.errors import Refused, UsageError
from coach_assist.flows.acts import acting_key, begin_act
from coach_assist.flows.opportunity import (
    RELEASED,
    SHOWN,
    OpportunityView,
    answers_of,
    begin,
    digest,
    given_texts,
    has_texts,
    kind_of,
    opportunity,
)
from coach_assist.flows.signable import signable
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


def release(workspace: Workspace, plan: PlanFile) -> OpportunityView:
    """Let the team member see what was written. A later change takes it back until it is released again.

    From a plan's first proposal on, the release is an event of the manager's, and travels in shares.
    Raises UsageError where there is nothing to release, Refused where the manager's key is locked.
    """
    view = opportunity(plan)
    if not view.entries:
        raise UsageError("Nothing was written before this plan, so there is nothing to release.")
    answers = answers_of(plan)
    if plan.has_opened:
        plan.record(lambda history: _release_records(workspace, plan, history, answers))
    plan.meta.put(RELEASED, digest(answers))
    return replace(view, released=True)


def mark_shown(workspace: Workspace, plan: PlanFile) -> None:
    """Note that the team member was shown all of it; an event of theirs, where the release is one.

    Raises UsageError where it is not released, Refused where the team member's key is locked or elsewhere.
    """
    if not opportunity(plan).released:
        raise UsageError(
            "What the manager wrote before the plan is not released.",
            next_step=f"The manager releases it with: coach-assist opportunity {plan.id[:8]} --release",
        )
    if plan.has_opened:
        record_due(workspace, plan)
        plan.record(lambda history: _seen_records(workspace, plan, history))
    plan.meta.put(SHOWN, digest(answers_of(plan)))


def record_due(workspace: Workspace, plan: PlanFile) -> None:
    """Write as events what was released, or read, before the plan had any, as far as keys lie open here.

    To be called once a plan has opened, and before a copy of it is made. Raises Refused where the plan
    cannot be written.
    """
    if not plan.has_opened or plan.viewer:
        return
    answers = answers_of(plan)
    if has_texts(plan) and plan.meta.get(RELEASED) == digest(answers):
        with contextlib.suppress(Refused):  # the manager's key is locked, or on another machine
            acting_key(workspace, plan, "manager")
            plan.record(lambda history: _release_records(workspace, plan, history, answers))
    found = released_opportunity(plan.history)
    if found is not None and not found.seen and plan.meta.get(SHOWN) == digest(answers):
        with contextlib.suppress(Refused):
            acting_key(workspace, plan, "team_member")
            plan.record(lambda history: _seen_records(workspace, plan, history))


def forget(workspace: Workspace, plan: PlanFile) -> None:
    """Delete all that was written before the plan; the text of a release is erased.

    Raises Refused where that needs the manager's key and it is locked, or the plan cannot be written.
    """
    found = released_opportunity(plan.history) if plan.has_opened else None
    if found is not None:
        released = found.event

        def compose(history: History) -> list[Record]:
            act = begin_act(plan, "manager", history, acting_key(workspace, plan, "manager"))
            act.add("erase", EraseBody(event=released))
            return act.records

        plan.record(compose)
    begin(plan, date.today()).drop()
    for mark in (RELEASED, SHOWN):
        plan.meta.put(mark, "")


def _release_records(
    workspace: Workspace, plan: PlanFile, history: History, answers: Mapping[str, str]
) -> list[Record]:
    given, kind = given_texts(answers), kind_of(answers)
    found = released_opportunity(history)
    if found is not None and (dict(found.answers), found.plan_kind) == (given, kind):
        return []
    act = begin_act(plan, "manager", history, acting_key(workspace, plan, "manager"))
    with signable():
        act.add("opportunity", OpportunityBody(plan_kind=kind, answers=given))
    return act.records


def _seen_records(workspace: Workspace, plan: PlanFile, history: History) -> list[Record]:
    found = released_opportunity(history)
    if found is None or found.seen:
        return []
    act = begin_act(plan, "team_member", history, acting_key(workspace, plan, "team_member"))
    act.add("opportunity_seen", OpportunitySeenBody(opportunity=found.event, shown=found.shown))
    return act.records
