"""A viewer's copy: whose texts it shows, and which bodies are left out of it.

A viewer (the manager's manager, an HR partner, a sponsor) reads what holds now: the plan in force with
the acceptances it rests on, the sign-offs, progress and closing. Proposals that were not agreed, texts
that were replaced, reasons, notes and who else got copies are withheld; the events themselves stay, so
that the history still verifies.
"""

from __future__ import annotations

from coach_assist.agreement.bodies import NEVER_WITHHELD, DecideBody, ProposeBody
from coach_assist.agreement.fold import fold
from coach_assist.agreement.follow_bodies import CloseBody, CloseSignBody
from coach_assist.agreement.follow_fold import follow
from coach_assist.agreement.history import History
from coach_assist.agreement.signoff import decided_between

SHOWN_KINDS = NEVER_WITHHELD | {"erase", "check_in", "statement"}
"""Kinds whose bodies are in every viewer's copy. Of proposals, decisions and closing pages, some are."""


def withheld_from_viewers(history: History) -> frozenset[str]:
    """Return the ids of the events whose bodies a viewer's copy leaves out.

    Raises Damaged on an empty history.
    """
    state = fold(history)
    signed = state.sign_offs.in_force
    agreed = {one.id for one in state.proposals.values() if one.status == "agreed"}
    shown = signed.proposals if signed else agreed
    between = decided_between(history, state.sign_offs)
    closed = {page.id for page in follow(history).closed}
    hidden = set()
    for event in history.events.values():
        match event.body:
            case ProposeBody():
                visible = event.id in shown
            case DecideBody(proposal=target):
                visible = target in shown or event.id in between
            case CloseBody():
                visible = event.id in closed
            case CloseSignBody(page=page):
                visible = page in closed
            case _:
                visible = event.kind in SHOWN_KINDS
        if not visible and event.body is not None:
            hidden.add(event.id)
    return frozenset(hidden)
