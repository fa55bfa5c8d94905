"""Confirming with one's own key what was decided with a key that lay on the other's machine."""

from __future__ import annotations

from coach_assist.agreement.bodies import DecideBody
from coach_assist.agreement.events import Record
from coach_assist.agreement.fold import fold
from coach_assist.agreement.history import History
from coach_assist.errors import UsageError
from coach_assist.flows.acts import acting_key, begin_act
from coach_assist.flows.show import ProposalView, in_reading_order, proposal_view
from coach_assist.plan.units import Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


def to_confirm(plan: PlanFile, party: Party) -> tuple[ProposalView, ...]:
    """Return what this party accepted with a key on the machine where the plan opened, and still holds.

    Empty as long as the party acts with that key: confirming with the same key would prove nothing.
    """
    if not plan.has_opened or plan.state.parties[party].custody != "own machine":
        return ()
    state = plan.state
    return tuple(
        proposal_view(one, state)
        for one in in_reading_order(state)
        if one.decisions[party] == "accept"
        and one.custody.get(party) == "this machine"
        and one.status in ("agreed", "open", "conflict")
    )


def confirm(workspace: Workspace, plan: PlanFile, party: Party, proposal_id: str, shown: str) -> None:
    """Accept once more, with one's own key, exactly what was accepted before; name that acceptance.

    It changes nothing of what is agreed: the history then shows on whose machine it was confirmed.
    Raises UsageError where there is nothing to confirm, or the text shown is another; Refused.
    """

    def compose(history: History) -> list[Record]:
        state = fold(history)
        proposal = state.proposals.get(proposal_id)
        if proposal is None or proposal.decisions[party] != "accept":
            raise UsageError(
                "There is no acceptance of yours to confirm here.", kept="Nothing was confirmed."
            )
        if proposal.shown != shown:
            raise UsageError(
                "The text that was shown is not the text of this proposal.",
                kept="Nothing was confirmed.",
                next_step="Look at it again, then confirm it.",
            )
        if state.parties[party].custody != "own machine" or proposal.custody[party] == "own machine":
            raise UsageError("There is nothing to confirm with this key.", kept="Nothing was confirmed.")
        earlier = proposal.decided[party]
        body = DecideBody(
            proposal=proposal.id,
            shown=shown,
            decision="accept",
            acknowledged=_acknowledged(history, earlier),
            confirms=earlier,
        )
        act = begin_act(plan, party, history, acting_key(workspace, plan, party))
        act.add("decide", body)
        return act.records

    plan.record(compose)


def _acknowledged(history: History, decision: str) -> list[str]:
    body = history.events[decision].body
    return list(body.acknowledged) if isinstance(body, DecideBody) else []
