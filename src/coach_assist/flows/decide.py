"""Deciding on exactly one proposal, whose text was shown: accept, decline, talk, withdraw.

Every function asks for the proposal's id and for the hash of the text that was shown. Nothing here
takes several proposals, and nothing decides for the other party.
"""

from __future__ import annotations

from collections.abc import Callable

from coach_assist.agreement.bodies import DecideBody
from coach_assist.agreement.events import Record
from coach_assist.agreement.fold import Proposal, State, fold
from coach_assist.agreement.history import History
from coach_assist.errors import UsageError
from coach_assist.flows.acts import acting_key, begin_act
from coach_assist.flows.one_proposal import LONGEST_WORDS, decision_of, found, not_now, say_why
from coach_assist.flows.opportunity import require_shown
from coach_assist.flows.proposal_view import ProposalView, is_signed, proposal_view
from coach_assist.flows.show import in_reading_order
from coach_assist.flows.unit_checks import check_unit
from coach_assist.plan.units import Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


def undecided(plan: PlanFile, party: Party) -> tuple[ProposalView, ...]:
    """Return the proposals that wait for this party, in the order in which a plan is read."""
    if not plan.has_opened:
        return ()
    state = plan.state
    waiting = {one.id for one in state.waits_for(party)}
    return tuple(proposal_view(one, state) for one in in_reading_order(state) if one.id in waiting)


def next_undecided(plan: PlanFile, party: Party, after: str | None = None) -> ProposalView | None:
    """Return the next proposal that waits for this party after the one with the id `after`.

    After the last one it goes on at the top; None where nothing waits (but `after` itself).
    """
    if not plan.has_opened:
        return None
    state = plan.state
    order = [one.id for one in in_reading_order(state)]
    waiting = {one.id for one in state.waits_for(party)} - {after}
    start = order.index(after) + 1 if after in order else 0
    following = next((one for one in [*order[start:], *order[:start]] if one in waiting), None)
    return None if following is None else proposal_view(state.proposals[following], state)


def find_proposal(plan: PlanFile, wanted: str) -> ProposalView:
    """Return one proposal by its id, or by a beginning of it that is unique. Raises UsageError."""
    state = plan.state if plan.has_opened else None
    matching = (
        [one for one in state.proposals.values() if wanted and one.id.startswith(wanted.lower())]
        if state
        else []
    )
    if state is None or len(matching) != 1:
        raise UsageError(
            f"There is {'no' if not matching else 'more than one'} proposal “{wanted}” in this plan.",
            next_step="See: coach-assist show PLAN",
        )
    return proposal_view(matching[0], state)


def accept(
    workspace: Workspace,
    plan: PlanFile,
    party: Party,
    proposal_id: str,
    shown: str,
    *,
    acknowledged: frozenset[str] = frozenset(),
) -> None:
    """Accept one proposal whose text was shown.

    Error findings and hidden characters in it have to be acknowledged (see ProposalView), and the
    acceptance records that. Raises UsageError where they are not, where the text shown is not the
    proposal's, or where it can no longer be accepted; Refused where the plan cannot be written.
    """

    def body(proposal: Proposal, state: State) -> DecideBody:
        require_shown(plan, proposal.kind)
        if proposal.outdated or proposal.status not in ("open", "declined", "withdrawn"):
            raise not_now(proposal)
        needed = check_unit(proposal.kind, proposal.value, state).to_acknowledge
        if missing := [code for code in needed if code not in acknowledged]:
            raise UsageError(
                f"This text has something that you should know of first: {', '.join(missing)}.",
                kept="Nothing was decided.",
                next_step="Confirm that you accept it as it is, or counter or decline it.",
            )
        return decision_of(proposal, "accept", acknowledged=[code for code in needed if code in acknowledged])

    _decide(workspace, plan, party, proposal_id, shown, body)


def decline(
    workspace: Workspace, plan: PlanFile, party: Party, proposal_id: str, shown: str, *, reason: str = ""
) -> None:
    """Decline one proposal; a reason is welcome and never required. Raises UsageError, Refused."""

    def body(proposal: Proposal, state: State) -> DecideBody:
        require_shown(plan, proposal.kind)
        if proposal.status in ("agreed", "superseded", "conflict"):
            raise not_now(proposal)
        return decision_of(proposal, "decline")

    _decide(workspace, plan, party, proposal_id, shown, body, reason=reason)


def talk(workspace: Workspace, plan: PlanFile, party: Party, proposal_id: str, shown: str) -> None:
    """Put one proposal on the next agenda. Raises UsageError, Refused.

    Whoever had accepted it without the other takes that back with this act: one does not stay bound to
    what one wants to talk about. What both agreed stays agreed.
    """

    def bodies(proposal: Proposal, state: State) -> list[DecideBody]:
        wanted = [decision_of(proposal, "talk")]
        if proposal.decisions[party] == "accept" and proposal.status == "open":
            wanted.insert(0, decision_of(proposal, "withdraw"))
        return wanted

    _act(workspace, plan, party, proposal_id, shown, bodies)


def withdraw(
    workspace: Workspace, plan: PlanFile, party: Party, proposal_id: str, shown: str, *, reason: str = ""
) -> None:
    """Take back one's own proposal, or one's own acceptance. Raises UsageError, Refused."""

    def body(proposal: Proposal, state: State) -> DecideBody:
        if proposal.by != party and proposal.decisions[party] != "accept":
            raise UsageError("There is nothing of yours to withdraw here.", kept="Nothing was decided.")
        if is_signed(proposal.id, state):
            raise UsageError(
                "Both have signed the plan that this stands in.",
                kept="Nothing was withdrawn.",
                next_step="Put a change or a removal forward instead; it needs both, too.",
            )
        if proposal.status == "superseded":
            raise not_now(proposal)
        return decision_of(proposal, "withdraw")

    _decide(workspace, plan, party, proposal_id, shown, body, reason=reason)


def _decide(
    workspace: Workspace,
    plan: PlanFile,
    party: Party,
    proposal_id: str,
    shown: str,
    body: Callable[[Proposal, State], DecideBody],
    *,
    reason: str = "",
) -> None:
    _act(workspace, plan, party, proposal_id, shown, lambda *found: [body(*found)], reason=reason)


def _act(
    workspace: Workspace,
    plan: PlanFile,
    party: Party,
    proposal_id: str,
    shown: str,
    bodies: Callable[[Proposal, State], list[DecideBody]],
    *,
    reason: str = "",
) -> None:
    """Record the decisions that `bodies` makes of the newest state, and the reason for the first."""

    def compose(history: History) -> list[Record]:
        key = acting_key(workspace, plan, party)  # first of all: whether anybody decides here
        state = fold(history)
        proposal = found(state, proposal_id, shown)
        made = bodies(proposal, state)
        act = begin_act(plan, party, history, key)
        decided = [act.add("decide", one) for one in made]
        say_why(act, decided[0], reason)
        return act.records

    if len(reason) > LONGEST_WORDS:
        raise UsageError(
            f"The reason is longer than {LONGEST_WORDS} characters.", kept="Nothing was decided."
        )
    plan.record(compose)
