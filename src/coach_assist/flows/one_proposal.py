"""What every act on exactly one proposal shares: it is the one that was shown, and why it may be too late."""

from __future__ import annotations

from coach_assist.agreement.bodies import CommentBody, DecideBody, Decision
from coach_assist.agreement.fold import Proposal, State
from coach_assist.errors import UsageError
from coach_assist.flows.acts import Act

LONGEST_WORDS = 4000
"""Characters of a reason, or of a comment."""


def found(state: State, proposal_id: str, shown: str) -> Proposal:
    """Return the proposal whose text was shown. Raises UsageError where there is none, or another text."""
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


def decision_of(
    proposal: Proposal, decision: Decision, *, acknowledged: list[str] | None = None
) -> DecideBody:
    """Return the body of a decision on a proposal as it stands."""
    return DecideBody(
        proposal=proposal.id, shown=proposal.shown, decision=decision, acknowledged=acknowledged or []
    )


def say_why(act: Act, decision: str, reason: str) -> None:
    """Add the reason for a decision to an act, where one was given."""
    if reason.strip():
        act.add("comment", CommentBody(about=decision, role="reason", text=reason))


def not_now(proposal: Proposal) -> UsageError:
    """Return the error that says why a proposal can no longer be decided so."""
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
