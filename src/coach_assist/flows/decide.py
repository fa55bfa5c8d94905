"""Deciding on exactly one proposal, whose text was shown: accept, decline, counter, talk, withdraw.

Every function asks for the proposal's id and for the hash of the text that was shown. Nothing here
takes several proposals, and nothing decides for the other party.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from pydantic import JsonValue, ValidationError

from coach_assist.agreement.bodies import CommentBody, DecideBody, Decision, ProposeBody
from coach_assist.agreement.events import Record
from coach_assist.agreement.fold import Proposal, State, fold
from coach_assist.agreement.history import History
from coach_assist.errors import UsageError
from coach_assist.flows.acts import Act, acting_key, begin_act
from coach_assist.flows.opportunity import require_shown
from coach_assist.flows.show import ProposalView, in_reading_order, proposal_view
from coach_assist.flows.unit_checks import check_unit
from coach_assist.plan.units import Party, parse_value, value_json
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

LONGEST_REASON = 4000
"""Characters of a reason."""


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
    found = (
        [one for one in state.proposals.values() if wanted and one.id.startswith(wanted.lower())]
        if state
        else []
    )
    if state is None or len(found) != 1:
        raise UsageError(
            f"There is {'no' if not found else 'more than one'} proposal “{wanted}” in this plan.",
            next_step="See: coach-assist show PLAN",
        )
    return proposal_view(found[0], state)


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
            raise _not_now(proposal)
        needed = check_unit(proposal.kind, proposal.value, state).to_acknowledge
        if missing := [code for code in needed if code not in acknowledged]:
            raise UsageError(
                f"This text has something that you should know of first: {', '.join(missing)}.",
                kept="Nothing was decided.",
                next_step="Confirm that you accept it as it is, or counter or decline it.",
            )
        return _decision(proposal, "accept", acknowledged=[code for code in needed if code in acknowledged])

    _decide(workspace, plan, party, proposal_id, shown, body)


def decline(
    workspace: Workspace, plan: PlanFile, party: Party, proposal_id: str, shown: str, *, reason: str = ""
) -> None:
    """Decline one proposal; a reason is welcome and never required. Raises UsageError, Refused."""

    def body(proposal: Proposal, state: State) -> DecideBody:
        require_shown(plan, proposal.kind)
        if proposal.status in ("agreed", "superseded", "conflict"):
            raise _not_now(proposal)
        return _decision(proposal, "decline")

    _decide(workspace, plan, party, proposal_id, shown, body, reason=reason)


def talk(workspace: Workspace, plan: PlanFile, party: Party, proposal_id: str, shown: str) -> None:
    """Put one proposal on the next agenda. Raises UsageError, Refused.

    Whoever had accepted it without the other takes that back with this act: one does not stay bound to
    what one wants to talk about. What both agreed stays agreed.
    """

    def bodies(proposal: Proposal, state: State) -> list[DecideBody]:
        wanted = [_decision(proposal, "talk")]
        if proposal.decisions[party] == "accept" and proposal.status == "open":
            wanted.insert(0, _decision(proposal, "withdraw"))
        return wanted

    _act(workspace, plan, party, proposal_id, shown, bodies)


def withdraw(
    workspace: Workspace, plan: PlanFile, party: Party, proposal_id: str, shown: str, *, reason: str = ""
) -> None:
    """Take back one's own proposal, or one's own acceptance. Raises UsageError, Refused."""

    def body(proposal: Proposal, state: State) -> DecideBody:
        if proposal.by != party and proposal.decisions[party] != "accept":
            raise UsageError("There is nothing of yours to withdraw here.", kept="Nothing was decided.")
        if proposal.status == "superseded":
            raise _not_now(proposal)
        return _decision(proposal, "withdraw")

    _decide(workspace, plan, party, proposal_id, shown, body, reason=reason)


def counter(
    workspace: Workspace,
    plan: PlanFile,
    party: Party,
    proposal_id: str,
    shown: str,
    value: Mapping[str, JsonValue],
    *,
    reason: str = "",
) -> str:
    """Answer a proposal with another text: one act declines it, proposes the new text and accepts that.

    Return the new proposal's id. Raises UsageError where the value does not fit or is the same text,
    Refused where the plan cannot be written; then nothing was decided.
    """
    new: list[str] = []

    def compose(history: History) -> list[Record]:
        state = fold(history)
        proposal = _found(state, proposal_id, shown)
        require_shown(plan, proposal.kind)
        if proposal.status in ("agreed", "superseded", "conflict"):
            raise _not_now(proposal)
        try:
            fitting = cast("dict[str, JsonValue]", value_json(parse_value(proposal.kind, dict(value))))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise UsageError(
                f"The new text does not fit ({where}: {first['msg']}).", kept="Nothing was decided."
            ) from None
        if fitting == dict(proposal.value or {}):
            raise UsageError("The new text is the same as the old one.", kept="Nothing was decided.")
        act = begin_act(plan, party, history, acting_key(workspace, plan, party))
        declined = act.add("decide", _decision(proposal, "decline"))
        _say_why(act, declined, reason)
        body = ProposeBody(
            unit=proposal.unit,
            kind=proposal.kind,
            value=fitting,
            base=_standing(proposal, state),
            settles=list(proposal.settles),
            counters=proposal.id,
            origin="person",
            suggested=[one for one in proposal.suggested if one.text in _all_text(fitting)],
        )
        new.append(act.add("propose", body))
        own = DecideBody(proposal=new[-1], shown=act.body_hash(new[-1]), decision="accept")
        act.add("decide", own)
        return act.records

    plan.record(compose)
    return new[-1]


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
        state = fold(history)
        proposal = _found(state, proposal_id, shown)
        made = bodies(proposal, state)
        act = begin_act(plan, party, history, acting_key(workspace, plan, party))
        decided = [act.add("decide", one) for one in made]
        _say_why(act, decided[0], reason)
        return act.records

    if len(reason) > LONGEST_REASON:
        raise UsageError(
            f"The reason is longer than {LONGEST_REASON} characters.", kept="Nothing was decided."
        )
    plan.record(compose)


def _found(state: State, proposal_id: str, shown: str) -> Proposal:
    proposal = state.proposals.get(proposal_id)
    if proposal is None:
        raise UsageError("There is no such proposal in this plan.", kept="Nothing was decided.")
    if proposal.shown != shown:
        raise UsageError(
            "The text that was shown is not the text of this proposal.",
            kept="Nothing was decided.",
            next_step="Look at it again, then decide.",
        )
    return proposal


def _decision(proposal: Proposal, decision: Decision, *, acknowledged: list[str] | None = None) -> DecideBody:
    return DecideBody(
        proposal=proposal.id, shown=proposal.shown, decision=decision, acknowledged=acknowledged or []
    )


def _say_why(act: Act, decision: str, reason: str) -> None:
    if reason.strip():
        act.add("comment", CommentBody(about=decision, role="reason", text=reason))


def _standing(proposal: Proposal, state: State) -> str | None:
    """Return what a new text in the proposal's place has to replace: what is agreed there now."""
    agreed = state.agreed.get(proposal.unit)
    return agreed.id if agreed is not None else proposal.base


def _not_now(proposal: Proposal) -> UsageError:
    words = {
        "agreed": "Both have agreed on this already.",
        "superseded": "A newer agreement has replaced this one.",
        "conflict": "Both have agreed on this, and on another text as well.",
        "outdated": "What this would replace is no longer what is agreed.",
    }
    return UsageError(
        words.get(proposal.status, words["outdated"]),
        kept="Nothing was decided.",
        next_step="Withdraw it, or put a new text forward.",
    )


def _all_text(value: JsonValue) -> str:
    match value:
        case str():
            return value
        case dict():
            return "\n".join(_all_text(inner) for inner in value.values())
        case list():
            return "\n".join(_all_text(inner) for inner in value)
    return ""
