"""Erasing one's own text while it is not agreed. The history keeps verifying and says who erased it."""

from __future__ import annotations

from coach_assist.agreement.bodies import EraseBody
from coach_assist.agreement.content import ERASABLE
from coach_assist.agreement.events import Record
from coach_assist.agreement.fold import fold
from coach_assist.agreement.history import History
from coach_assist.agreement.summary_fold import summaries_of
from coach_assist.errors import UsageError
from coach_assist.flows.acts import Act, acting_key
from coach_assist.flows.history_words import EventWords, history_words
from coach_assist.plan.units import Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


def erasable(plan: PlanFile, party: Party) -> tuple[EventWords, ...]:
    """Return what `party` has written here and can erase now, in words, newest first."""
    if not plan.has_opened or plan.viewer:
        return ()
    history = plan.history
    return tuple(
        one
        for one in reversed(history_words(history))
        if one.party == party
        and history.events[one.id].kind in ERASABLE
        and history.events[one.id].body is not None
        and not _is_agreed(history, one.id)
    )


def erase(workspace: Workspace, plan: PlanFile, party: Party, event: str) -> str:
    """Erase the text of one's own proposal, comment, note, summary or statement; return the id of its event.

    `event` is that id or a beginning of it. The text is overwritten in this file at once, and in the other
    party's when the plan is shared; it is not reached in exports, backups and
    copies that never come back. A proposal is taken back by this.
    Raises UsageError where it is not one's own, is agreed, or is no text; Refused.
    """
    found: list[str] = []

    def compose(history: History) -> list[Record]:
        matching = [one for one in history.events if event and one.startswith(event.lower())]
        if len(matching) != 1:
            raise UsageError(
                f"There is {'no' if not matching else 'more than one'} event “{event}” in this plan."
            )
        target = history.events[matching[0]]
        if target.kind not in ERASABLE or target.body is None:
            raise UsageError("There is no text to erase in that event.", kept="Nothing was erased.")
        if history.authors[target.by].party != party:
            raise UsageError("Only its author erases a text.", kept="Nothing was erased.")
        if _is_agreed(history, target.id):
            raise UsageError(
                "This text is agreed, and stays.",
                kept="Nothing was erased.",
                next_step="Withdraw it first, as long as the plan is not signed.",
            )
        if any(one.id == target.id and one.accepted for one in summaries_of(history)):
            raise UsageError("Both have accepted this summary, and it stays.", kept="Nothing was erased.")
        act = Act(plan.id, history, acting_key(workspace, plan, party))
        act.add("erase", EraseBody(event=target.id))
        found.append(target.id)
        return act.records

    plan.record(compose)
    return found[0]


def _is_agreed(history: History, event: str) -> bool:
    """Say whether both have accepted this text, or signed it."""
    state = fold(history)
    return event in state.sign_offs.protected or event in {one.id for one in state.agreed.values()}
