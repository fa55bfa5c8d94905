"""The plan as an export of it holds it: what both accepted, and what its audience may see besides.

What an audience does not get is left out here, before any format sees the plan (exchange/audience.py).
"""

from __future__ import annotations

from datetime import date

from coach_assist.agreement.fingerprint_words import fingerprint_words
from coach_assist.agreement.fold import Proposal, State
from coach_assist.agreement.history import History
from coach_assist.exchange.audience import AUDIENCES, Audience
from coach_assist.exchange.plan_json import OpenState, OpenUnit, PlanJson, SignatureJson
from coach_assist.exchange.plan_words import header_lines
from coach_assist.flows.export_progress import closing_json, notes_json, progress_json, survey_json
from coach_assist.flows.follow_facts import facts_of
from coach_assist.flows.share import readers
from coach_assist.plan.units import PARTIES, VALUE_MODELS, Party
from coach_assist.workspace.plan_file import PlanFile


def export_data(plan: PlanFile, audience: Audience, today: date) -> PlanJson:
    """Return an opened plan as far as its audience may see it. Raises Damaged, NewerVersion, Refused."""
    parts = AUDIENCES[audience].parts
    data = plan_json(plan.state, audience)
    added: dict[str, object] = {
        "made_on": today,
        "plan_hash": _plan_hash(plan.state),
        "signatures": _signatures(plan.state, plan.history),
    }
    if plan.state.in_force:
        facts = facts_of(plan)
        if "progress" in parts:
            added["progress"] = progress_json(plan, facts, today, questions="questions" in parts)
        if "closing" in parts:
            added["closing"] = closing_json(facts)
        if "said" in parts:
            added["said"] = notes_json(facts, today)
        if "survey" in parts:
            added["survey"] = survey_json(facts)
    data = data.model_copy(update=added)
    return data.model_copy(update={"notice": header_lines(data)})


def plan_json(state: State, audience: Audience = "all") -> PlanJson:
    """Return a folded plan in the shape of schemas/plan.schema.json, in reading order."""
    names = {party: state.parties[party].name for party in PARTIES}
    units = [
        {
            "id": unit,
            "proposal": agreed.id,
            "proposed_by": agreed.by,
            "kind": agreed.kind,
            "value": dict(agreed.value or {}),
        }
        for unit, agreed in state.in_force.items()
    ]
    allowed = readers(state)
    rule = AUDIENCES[audience]
    both = list(names.values())
    whom: dict[Audience, list[str]] = {
        "all": [*both, *allowed],
        "both": both,
        "team_member": [names["team_member"]],
        "manager": [names["manager"]],
    }
    meant = whom.get(audience, [rule.title])
    return PlanJson.model_validate(
        {
            "plan": state.plan,
            "demo": state.demo,
            "parties": names,
            "made_for": audience,
            "audience": meant,
            "confidential_to": list(dict.fromkeys([*meant, *both])),
            "readers": allowed,
            "revision": state.revision,
            "heads": list(state.heads),
            "takes_part": state.joining.answer,
            "statement": state.joining.statement,
            "closed": state.joining.ended.words if state.joining.ended else None,
            "units": units,
            "open": [unit.model_dump() for unit in _open_units(state)] if "open" in rule.parts else [],
        }
    )


def _plan_hash(state: State) -> str | None:
    if state.sign_offs.in_force is not None:
        return state.sign_offs.in_force.plan_hash
    return state.plan_hash if state.agreed else None


def _signatures(state: State, history: History) -> list[SignatureJson]:
    """Return both parties with their signature under what is in force, or under what is agreed now."""
    in_force = state.sign_offs.in_force
    found = []
    for party in PARTIES:
        if in_force is not None:
            made = [history.events[one] for one in in_force.signatures[party]]
        else:
            made = [
                history.events[one.event]
                for one in state.sign_offs.all
                if one.party == party and one.plan_hash == state.plan_hash and not one.problem
            ]
        key = made[-1].by if made else state.parties[party].fingerprint
        found.append(
            SignatureJson(
                party=party,
                name=state.parties[party].name,
                at=made[-1].core.at if made else None,
                key=key,
                words=fingerprint_words(key),
                custody=history.authors[key].custody,
            )
        )
    return found


def _open_units(state: State) -> list[OpenUnit]:
    in_conflict = {rival for conflict in state.conflicts for rival in conflict.rivals}
    found: dict[str, OpenUnit] = {one.unit: _unsigned(one, state) for one in state.amendments}
    for proposal in state.proposals.values():
        if proposal.status not in ("open", "conflict") and proposal.id not in in_conflict:
            continue
        waits = [party for party in PARTIES if proposal.decisions[party] is None]
        talk: list[Party] = [party for party in PARTIES if party in proposal.talk]
        known = found.get(proposal.unit)
        if known is None:
            found[proposal.unit] = OpenUnit(
                id=proposal.unit,
                kind=proposal.kind,
                state=_open_state(proposal, state),
                waits_for=waits,
                talk=talk,
            )
        else:  # several proposals on one unit: it waits for whoever any of them waits for
            waiting: list[Party] = [party for party in PARTIES if party in (*known.waits_for, *waits)]
            worse: OpenState = "conflict" if proposal.id in in_conflict else known.state
            found[proposal.unit] = known.model_copy(
                update={
                    "waits_for": waiting,
                    "state": worse,
                    "talk": [party for party in PARTIES if party in (*known.talk, *talk)],
                }
            )
    order = list(VALUE_MODELS)
    return sorted(found.values(), key=lambda unit: order.index(unit.kind))


def _unsigned(amendment: Proposal, state: State) -> OpenUnit:
    """Return what both have agreed since they signed the plan: it waits for their signatures."""
    signed = {
        one.party for one in state.sign_offs.all if one.plan_hash == state.plan_hash and not one.problem
    }
    waits = [party for party in PARTIES if party not in signed]
    return OpenUnit(
        id=amendment.unit, kind=amendment.kind, state=_open_state(amendment, state), waits_for=waits
    )


def _open_state(proposal: Proposal, state: State) -> OpenState:
    if proposal.status == "conflict":
        return "conflict"
    if proposal.removal:
        return "removal_proposed"
    # The base, not the unit: of some kinds a plan holds one, whatever the id of the new proposal's unit.
    in_force = {agreed.id for agreed in state.in_force.values()}
    return "change_proposed" if proposal.base in in_force else "proposed"
