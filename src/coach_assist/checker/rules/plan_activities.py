"""P: rules about who does what: gaps, activities, support and owners."""

# ruff: noqa: E501 - an example of a plan is one line of JSON

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from coach_assist.checker.plan_facts import PlanFacts
from coach_assist.checker.registry import Spot, register

_FIRST_STEP_DAYS = 7


def _missing(message: str, where: str = "") -> Spot:
    return Spot(0, 0, message, None, where)


@register("P803", "gap-without-activity", "warning", scope="plan")
def open_gap(plan: PlanFacts) -> Iterator[Spot]:
    """A gap that no activity closes.

    Flags: a gap of the current state that no activity refers to.
    Why: it was named, so somebody expects something to happen.
    Source: own; ids make the link checkable.
    Good: {"current_state": {"gaps": [{"id": "g1", "text": "x"}]}, "activity": {"what": "y", "gap": "g1"}}
    Good: {"current_state": {"gaps": []}, "activity": {"what": "y"}}
    Good: {"current_state": {"gaps": [{"id": "g1", "text": "x"}]}, "goal": {"id": "z1", "value": {"statement": "s", "gap": "g1"}}, "activity": {"what": "y", "goal": "z1"}}
    Bad: {"current_state": {"gaps": [{"id": "g1", "text": "x"}]}, "activity": {"what": "y"}}
    Bad: {"current_state": {"gaps": [{"id": "g1", "text": "x"}, {"id": "g2", "text": "z"}]}, "activity": {"what": "y", "gap": "g1"}}
    Bad: {"current_state": {"gaps": [{"id": "g1", "text": "x"}]}}
    """
    served = {activity.text("gap") for activity in plan.all("activity")}
    goals = {activity.text("goal") for activity in plan.all("activity")}
    served |= {goal.text("gap") for goal in plan.all("goal") if goal.id in goals}
    for where, gap, _ in plan.gaps():
        if gap.get("id") not in served:
            yield _missing("no activity closes this gap", where)


@register("P804", "activity-without-aim", "warning", scope="plan")
def aimless(plan: PlanFacts) -> Iterator[Spot]:
    """An activity that closes no gap and serves no goal.

    Flags: an activity without a reference, or with one to a unit that is not in the plan.
    Why: it costs time and serves nothing that was agreed.
    Source: own.
    Good: {"current_state": {"gaps": [{"id": "g1", "text": "x"}]}, "activity": {"what": "y", "gap": "g1"}}
    Good: {"goal": {"id": "z1", "value": {"statement": "s"}}, "activity": {"what": "y", "goal": "z1"}}
    Good: {}
    Bad: {"activity": {"what": "y"}}
    Bad: {"current_state": {"gaps": [{"id": "g1", "text": "x"}]}, "activity": {"what": "y", "gap": "g9"}}
    Bad: {"activities": [{"what": "y", "gap": null, "goal": null}]}
    """
    known = {str(gap.get("id")) for _, gap, _ in plan.gaps()} | {goal.id for goal in plan.all("goal")}
    for activity in plan.all("activity"):
        if activity.text("gap") not in known and activity.text("goal") not in known:
            yield _missing("which gap does this close, which goal does it serve?", activity.where)


@register("P808", "no-first-step", "warning", scope="plan")
def no_first_step(plan: PlanFacts) -> Iterator[Spot]:
    """No first step within seven days.

    Flags: a plan in which nothing is due in its first week.
    Why: what does not start in the first week mostly does not start.
    Source: own; coaching practice (GROW: the first step).
    Good: {"timeline": {"start": "2027-03-01", "end": "2027-03-31"}, "activity": {"what": "x", "due": "2027-03-05"}}
    Good: {"timeline": {"start": "2027-03-01", "end": "2027-03-31"}, "support": {"what": "x", "due": "2027-03-08"}, "activity": {"what": "y"}}
    Good: {"activity": {"what": "x"}}
    Bad: {"timeline": {"start": "2027-03-01", "end": "2027-03-31"}, "activity": {"what": "x", "due": "2027-03-15"}}
    Bad: {"timeline": {"start": "2027-03-01", "end": "2027-03-31"}, "activity": {"what": "x"}}
    Bad: {"timeline": {"start": "2027-03-01", "end": "2027-03-31"}, "activities": [{"what": "x", "due": "2027-03-20"}, {"what": "y", "due": "2027-03-09"}]}
    """
    if not plan.start or not plan.all("activity"):
        return
    latest = plan.start + timedelta(days=_FIRST_STEP_DAYS)
    if not any(plan.start <= day <= latest for _, day in plan.dates()):
        yield _missing(f"nothing is due by {latest.isoformat()}: what is the first step?", "activity")


@register("P809", "no-commitment-of-the-manager", "warning", scope="plan")
def one_sided(plan: PlanFacts) -> Iterator[Spot]:
    """No commitment by the manager.

    Flags: a plan with neither support nor a commitment of the manager.
    Why: a plan that binds one side is homework.
    Source: own; Acas and CIPD name the manager's support as part of every plan.
    Good: {"goal": {"statement": "x"}, "support": {"what": "Two hours a week kept free", "who": "Ana"}}
    Good: {"goal": {"statement": "x"}, "roles": {"team_member": [], "manager": ["reads the draft within two days"]}}
    Good: {}
    Bad: {"goal": {"statement": "x"}}
    Bad: {"goal": {"statement": "x"}, "roles": {"team_member": ["writes the draft"], "manager": []}}
    Bad: {"goal": {"statement": "x"}, "support": []}
    """
    promised = any(unit.items("manager") for unit in plan.all("roles"))
    if plan.units and plan.all("goal") and not plan.all("support") and not promised:
        yield _missing("what does the manager promise?", "support")


@register("P816", "owner-missing", "warning", scope="plan")
def owner_missing(plan: PlanFacts) -> Iterator[Spot]:
    """An activity or a support commitment without an owner.

    Flags: an activity without owner, a support commitment without a name.
    Why: what belongs to both is done by neither.
    Source: Doran 1981 (A: assignable, who will do it).
    Good: {"activity": {"what": "x", "owner": "Ana"}}
    Good: {"support": {"what": "x", "who": "Tom"}}
    Good: {}
    Bad: {"activity": {"what": "x"}}
    Bad: {"support": {"what": "x", "who": null}}
    Bad: {"activities": [{"what": "x", "owner": "Ana"}, {"what": "y", "owner": ""}]}
    """
    for kind, field in (("activity", "owner"), ("support", "who")):
        for unit in plan.all(kind):
            if not unit.text(field).strip():
                yield _missing("who does this?", f"{unit.where}.{field}")
