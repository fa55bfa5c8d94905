"""What the index keeps of a plan's follow-through, so that a thousand plans need not all be opened.

Nothing in a row depends on the day on which it was made: what is due today is worked out when it is read.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

from pydantic import JsonValue

from coach_assist.flows.follow_facts import Facts, facts_of, promises
from coach_assist.flows.progress import settled_status
from coach_assist.plan.progress import metric_progress
from coach_assist.plan.units import PARTIES, Frame, Goal, Party
from coach_assist.shown import shortened
from coach_assist.workspace.plan_file import PlanFile

LONGEST = 120
"""Characters of a text in a row."""


def follow_row(plan: PlanFile) -> dict[str, JsonValue] | None:
    """Return what `today` and `evaluate` need of a plan; None where nothing is agreed yet."""
    if not plan.has_opened or not plan.state.in_force:
        return None
    facts = facts_of(plan)
    return {
        "due": cast("list[JsonValue]", _due(facts)),
        "planned": [day.isoformat() for day in facts.planned],
        "held": [day.isoformat() for day in facts.held],
        "start": facts.start.isoformat(),
        "end": facts.end.isoformat(),
        "closed": facts.closed,
        "to_sign": cast("list[JsonValue]", _to_sign(facts)),
        "to_answer": {
            party: sum(party in one.waits_for for one in facts.followed.summaries) for party in PARTIES
        },
        "evaluation": _evaluation(facts),
    }


def _due(facts: Facts) -> list[dict[str, JsonValue]]:
    """Return what is still to be done by some day, the manager's own first."""
    if facts.closed:
        return []
    return [
        {
            "id": one.id, "kind": one.kind, "party": one.party, "who": one.who,
            "what": shortened(one.what, LONGEST), "due": one.due.isoformat(),
        }
        for one in promises(facts, facts.start)
        if one.due is not None and one.state not in ("kept", "not_needed")
    ]  # fmt: skip


def _to_sign(facts: Facts) -> list[Party]:
    """Return who has a closing page, or the agreed plan, to sign after the other one has."""
    waiting = {party for page in facts.followed.pages for party in PARTIES if party not in page.signed}
    return [party for party in PARTIES if party in waiting]


def _evaluation(facts: Facts) -> dict[str, JsonValue]:
    frame, goals = facts.one(Frame), facts.of(Goal)
    outcomes: dict[str, JsonValue] = dict.fromkeys(("done", "changed", "dropped", "open"), 0)
    reached = 0
    for unit, goal in goals.items():
        status = settled_status(facts, unit)[0]
        outcomes[status] = cast("int", outcomes[status]) + 1
        reached += status == "done" or _at_target(facts, unit, goal)
    surveys = {party: dict(one.scores) for party, one in facts.followed.surveys.items()}
    return {
        "kind": frame.plan_kind if frame else "development",
        "goals": len(goals),
        "reached": reached,
        "outcomes": outcomes,
        "hours_to_sign_off": _hours_to_sign_off(facts),
        "surveys": cast("dict[str, JsonValue]", surveys),
        "demo": facts.state.demo,
    }


def _at_target(facts: Facts, unit: str, goal: Goal) -> bool:
    measured = facts.measured(unit)
    if goal.metric is None or not measured:
        return False
    last = max(one.day for one in measured)
    due = max(goal.due or facts.end, facts.start)
    return metric_progress(goal.metric, facts.start, due, measured, last).standing == "reached"


def _hours_to_sign_off(facts: Facts) -> int | None:
    """Return the hours from the first proposal to the first plan that both signed, as the clocks claimed."""
    signed = facts.state.sign_offs.signed
    if not signed:
        return None
    first = min(signed, key=lambda one: one.revision)
    events = {event for group in first.signatures.values() for event in group}
    at = max(one.at for one in facts.state.sign_offs.all if one.event in events)
    begun = min(one.at for one in facts.state.proposals.values())
    return max(round((datetime.fromisoformat(at) - datetime.fromisoformat(begun)).total_seconds() / 3600), 0)
