"""The view of a plan as JSON-ready data, for `show --json`."""

from __future__ import annotations

from coach_assist.flows.show import PlanView, ProposalView, UnitView

Json = dict[str, object]


def plan_view_json(view: PlanView) -> Json:
    """Return the whole view: parties by name, agreed units, open and closed proposals, conflicts, agenda."""
    return {
        "id": view.id,
        "title": view.title,
        "parties": dict(view.names),
        "demo": view.demo,
        "state": view.state,
        "revision": view.revision,
        "unsigned": sorted(view.unsigned),
        "waits": dict(view.waits),
        "drafts": view.drafts,
        "agreed": [_unit(one) for one in view.agreed],
        "open": [proposal_json(one) for one in view.open],
        "closed": [proposal_json(one) for one in view.closed],
        "conflicts": [
            {
                "kind": one.kind,
                "in_force": one.in_force.id if one.in_force else None,
                "rivals": [proposal_json(rival) for rival in one.rivals],
            }
            for one in view.conflicts
        ],
        "agenda": [{"proposal": one.id, "asked_by": party} for one, party in view.agenda],
        "heads": list(view.heads),
        "standing": view.standing,
        "statement": view.statement,
        "viewer": view.viewer,
        "over": view.over,
    }


def _unit(one: UnitView) -> Json:
    return {"id": one.unit, "kind": one.kind, "value": dict(one.value), "proposal": one.proposal}


def proposal_json(one: ProposalView) -> Json:
    """Return one proposal: its text, what was decided and said of it, what the checker says."""
    report = one.check.report
    return {
        "id": one.id,
        "unit": one.unit,
        "kind": one.kind,
        "value": None if one.removal else dict(one.value),
        "removal": one.removal,
        "replaces": None if one.base_value is None else dict(one.base_value),
        "origin": one.origin,
        "suggested": [part.model_dump() for part in one.suggested],
        "by": one.by,
        "at": one.at,
        "shown": one.shown,
        "status": one.status,
        "decisions": dict(one.decisions),
        "reasons": dict(one.reasons),
        "comments": [
            {"id": said.id, "by": said.by, "at": said.at, "text": said.text} for said in one.comments
        ],
        "counters": one.counters,
        "verdicts": dict(report.verdicts) if report else None,
        "findings": [{"field": field, **finding.to_json()} for field, finding in one.check.findings],
        "to_acknowledge": list(one.to_acknowledge),
    }
