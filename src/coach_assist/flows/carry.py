"""Carrying a closed plan into a new one, with another person: its open units are proposals again.

A lost key or a new manager cannot be swapped into a history. So the plan is closed with a reason, and a
new one names it by its hash. The old one stays where it is, readable and verifiable.
"""

from __future__ import annotations

from typing import Final

from coach_assist.agreement.bodies import CarriedFrom, Custody, OpenBody, PartyKey, PartyKeys
from coach_assist.agreement.events import Record
from coach_assist.agreement.fold import Proposal, State
from coach_assist.agreement.follow_fold import Followed, follow
from coach_assist.agreement.history import History
from coach_assist.agreement.keys import SigningKey
from coach_assist.errors import UsageError
from coach_assist.flows.acts import Act, acting_key
from coach_assist.flows.propose import put_forward
from coach_assist.flows.show import PARTY_WORDS
from coach_assist.flows.signable import signable
from coach_assist.plan.drafts import Draft
from coach_assist.plan.progress import DONE_MARKS
from coach_assist.plan.units import PARTIES, Party
from coach_assist.workspace.contacts import Card
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

HERE: Final = "this machine"
OWN: Final = "own machine"
FINISHED = DONE_MARKS | {"not_needed"}


def carry(workspace: Workspace, plan: PlanFile, party: Party, other: Card | str) -> PlanFile:
    """Open a new plan of `party` (who stays) and `other` (a contact, or a name), and return its file.

    Everything that is still open in the old plan is put forward by `party`: nothing of it is agreed until
    both have accepted it again. With a contact, that person's own key is pinned; with a name, a key is
    made here, as in any new plan. After a no or a leaving only the team member can do this.

    Raises UsageError where the old plan is not closed or holds nothing, Refused where a key is locked or
    the new plan cannot be written; then there is no new plan.
    """
    state = _closed(plan, party)
    mine = acting_key(workspace, plan, party)
    drafts = open_units(plan)
    if not drafts:
        raise UsageError("Nothing in this plan is still open.", kept="It stays as it is.")
    fresh = workspace.create(demo=plan.demo)
    try:
        key = mine if state.parties[party].custody == OWN else workspace.make_key(fresh.id, party)
        pinned = _pinned(workspace, fresh, party, state, key, other)
        body = OpenBody(
            parties=PartyKeys(**pinned),
            demo=state.demo,
            carried_from=CarriedFrom(plan=plan.id, plan_hash=state.plan_hash),
        )
        _open(fresh, key, body)
        put_forward(workspace, fresh, party, drafts, accept_own=False)
    except BaseException:
        fresh.close()
        fresh.path.unlink(missing_ok=True)
        raise
    return fresh


def open_units(plan: PlanFile) -> tuple[Draft, ...]:
    """Return what a new plan takes over: what holds and is not finished, and what waited for a decision."""
    state, followed = plan.state, follow(plan.history)
    done = {
        one.goal for page in followed.closed for one in page.outcomes if one.outcome in ("done", "dropped")
    }
    found = {
        unit: one
        for unit, one in state.in_force.items()
        if unit not in done and not _finished(unit, followed)
    }
    for one in state.proposals.values():
        if one.status == "open" and not one.removal and one.unit not in found:
            found[one.unit] = one
    return tuple(_draft(one) for one in found.values())


def _draft(one: Proposal) -> Draft:
    return Draft(
        id=one.unit,
        kind=one.kind,
        value=dict(one.value or {}),
        origin=one.origin,
        suggested=list(one.suggested),
    )


def _finished(unit: str, followed: Followed) -> bool:
    marks = followed.marks.get(unit, ())
    return bool(marks) and all(one.mark in FINISHED for one in marks)


def _closed(plan: PlanFile, party: Party) -> State:
    if not plan.has_opened:
        raise UsageError("Nothing of this plan was put forward yet.", next_step="Go on in it.")
    state = plan.state
    if state.joining.answer in ("no", "left") and party != "team_member":
        raise UsageError(
            "The team member takes no part in this plan any more; only they carry it into a new one.",
            kept="Nothing was opened.",
        )
    if not state.joining.over and not follow(plan.history).closed:
        raise UsageError(
            "This plan is not closed.",
            kept="Nothing was opened.",
            next_step=f"Close it together: coach-assist close {plan.id[:8]}; or alone, with a reason: "
            f"coach-assist end {plan.id[:8]}",
        )
    return state


def _pinned(
    workspace: Workspace, fresh: PlanFile, party: Party, state: State, key: SigningKey, other: Card | str
) -> dict[str, PartyKey]:
    """Return both parties as the new opening event pins them."""
    second = next(one for one in PARTIES if one != party)
    custody: Custody = OWN if state.parties[party].custody == OWN else HERE
    with signable():
        mine = PartyKey(name=state.parties[party].name, key=key.public, custody=custody)
        if isinstance(other, Card):
            if other.sign == key.public:
                raise UsageError(f"{other.name} is the {PARTY_WORDS[party]} of this plan already.")
            theirs = PartyKey(name=other.name, key=other.sign, custody=OWN)
        else:
            made = workspace.make_key(fresh.id, second)
            theirs = PartyKey(name=other.strip(), key=made.public, custody=HERE)
    return {party: mine, second: theirs}


def _open(fresh: PlanFile, key: SigningKey, body: OpenBody) -> None:
    def compose(history: History) -> list[Record]:
        act = Act(fresh.id, history, key)
        act.add("open", body)
        return act.records

    fresh.record(compose)
