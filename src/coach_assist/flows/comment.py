"""A comment on a proposal: words for the other to read. It decides nothing."""

from __future__ import annotations

from coach_assist.agreement.bodies import CommentBody
from coach_assist.agreement.events import Record
from coach_assist.agreement.fold import fold
from coach_assist.agreement.history import History
from coach_assist.errors import UsageError
from coach_assist.flows.acts import acting_key, begin_act
from coach_assist.flows.one_proposal import LONGEST_WORDS, found
from coach_assist.plan.units import Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


def comment(
    workspace: Workspace, plan: PlanFile, party: Party, proposal_id: str, shown: str, text: str
) -> str:
    """Put a comment beside a proposal that is open, or in conflict; return the id of its event.

    Both parties read it under the proposal, in the order in which comments were made. Nobody is bound by
    it: the proposal waits for whom it waited for before. Its author can erase it (flows/erase.py).
    Raises UsageError where the text is empty or too long, or where the proposal is settled, Refused.
    """
    if not text.strip():
        raise UsageError("There is nothing in this comment.", kept="Nothing was said.")
    if len(text) > LONGEST_WORDS:
        raise UsageError(
            f"The comment is longer than {LONGEST_WORDS:,} characters.",
            kept="Nothing was said.",
            next_step="Say it in fewer words, or in two comments.",
        )

    def compose(history: History) -> list[Record]:
        proposal = found(fold(history), proposal_id, shown)
        if proposal.status not in ("open", "conflict"):
            raise UsageError(
                "This proposal is settled; a comment would change nothing.",
                kept="Nothing was said.",
                next_step="Write a note for the next check-in instead.",
            )
        act = begin_act(plan, party, history, acting_key(workspace, plan, party))
        act.add("comment", CommentBody(about=proposal.id, role="comment", text=text))
        return act.records

    return plan.record(compose)[-1]
