"""Sharing a plan with the other party on another machine: one sealed file with the signed events."""

from __future__ import annotations

from coach_assist.agreement.bodies import ShareBody
from coach_assist.agreement.events import Record
from coach_assist.agreement.history import History
from coach_assist.agreement.lines import to_lines
from coach_assist.errors import UsageError
from coach_assist.exchange.package import pack
from coach_assist.exchange.sealing import seal
from coach_assist.flows.acts import Act, acting_key
from coach_assist.flows.show import PARTY_WORDS
from coach_assist.plan.units import Party
from coach_assist.workspace.contacts import Card, contacts
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


def recipient(workspace: Workspace, wanted: str) -> Card:
    """Return one contact by name or by the beginning of the fingerprint. Raises UsageError."""
    found = [
        one
        for one in contacts(workspace.contacts_folder)
        if one.name.casefold() == wanted.casefold() or (wanted and one.fingerprint.startswith(wanted.lower()))
    ]
    if len(found) != 1:
        known = "There is no contact" if not found else "There are several contacts"
        raise UsageError(
            f"{known} “{wanted}” on this machine.",
            next_step="Take their card in: coach-assist identity add FILE",
        )
    return found[0]


def share(
    workspace: Workspace, plan: PlanFile, party: Party, to: Card, *, hand_over: Party | None = None
) -> bytes:
    """Return a file with the whole plan, sealed to one contact; both parties see in the history that it
    was made.

    Only a party gets a copy: `to` is either known as one by its key, or gets a party's key with this
    file (`hand_over`), made on this machine when the plan opened, to go on from with a key of their own.
    Answers, notes and drafts are in no file. Raises UsageError, Refused.
    """
    if not plan.has_opened:
        raise UsageError("Nothing of this plan was put forward yet, so there is nothing to share.")
    key = None if hand_over is None else _handed_over(workspace, plan, hand_over)
    own = plan.history.authors.get(to.fingerprint)
    if own is None and hand_over is None:
        raise UsageError(
            f"{to.name} is no party of this plan with the keys on their card.",
            kept="Nothing was shared.",
            next_step="Hand a party's key over with --hand-over, where this is that person.",
        )

    def compose(history: History) -> list[Record]:
        act = Act(plan.id, history, acting_key(workspace, plan, party))
        body = ShareBody(to=to.name, fingerprint=to.fingerprint, handed_over=hand_over)
        act.add("share", body)
        return act.records

    plan.record(compose)
    return seal(pack(to_lines(plan.history), hand_over, key), [to.seal])


def _handed_over(workspace: Workspace, plan: PlanFile, party: Party) -> bytes:
    current = plan.state.parties[party]
    if current.custody != "this machine":
        raise UsageError(f"The {PARTY_WORDS[party]} has a key of their own already; none can be handed over.")
    key = workspace.key(plan.id, party)
    if key.fingerprint != current.fingerprint:
        raise UsageError(f"The key of the {PARTY_WORDS[party]} does not lie on this machine.")
    return key.secret()
