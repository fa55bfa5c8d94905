"""Sharing a plan: one sealed file with the signed events, for the other party or (in part) for a viewer."""

from __future__ import annotations

from coach_assist.agreement.bodies import ShareBody
from coach_assist.agreement.events import Record
from coach_assist.agreement.fold import State, fold
from coach_assist.agreement.history import History
from coach_assist.agreement.lines import to_lines
from coach_assist.agreement.viewers import withheld_from_viewers
from coach_assist.errors import UsageError
from coach_assist.exchange.package import pack
from coach_assist.exchange.sealing import seal
from coach_assist.flows.acts import Act, acting_key
from coach_assist.flows.identity import people
from coach_assist.flows.opportunity_release import record_due
from coach_assist.flows.show import PARTY_WORDS
from coach_assist.plan.units import Party
from coach_assist.workspace.contacts import Card, contacts
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


def recipient(workspace: Workspace, wanted: str) -> Card:
    """Return one contact by name or by the beginning of the fingerprint. Raises UsageError."""
    found = _matching(workspace, wanted)
    if len(found) != 1:
        known = "There is no contact" if not found else "There are several contacts"
        raise UsageError(
            f"{known} “{wanted}” on this machine.",
            next_step="Take their card in: coach-assist identity add FILE",
        )
    return found[0]


def known_contact(workspace: Workspace, wanted: str) -> Card | None:
    """Return a contact, or None where nobody is called so. Raises UsageError where several are."""
    return recipient(workspace, wanted) if _matching(workspace, wanted) else None


def _matching(workspace: Workspace, wanted: str) -> list[Card]:
    return [
        one
        for one in contacts(workspace.contacts_folder)
        if one.name.casefold() == wanted.casefold() or (wanted and one.fingerprint.startswith(wanted.lower()))
    ]


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
    record_due(workspace, plan)
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


def share_with_viewer(workspace: Workspace, plan: PlanFile, party: Party, to: Card) -> bytes:
    """Return a viewer's copy, sealed to one contact; both parties see in the history that it was made.

    It shows what holds now: the plan in force, sign-offs, progress and closing (agreement/viewers.py).
    Both must have agreed to this reader by name, in the plan's frame. A viewer can never decide, because
    no key of theirs is in the plan. Raises UsageError, Refused.
    """
    if not plan.has_opened or not plan.state.in_force:
        raise UsageError("Nothing of this plan is agreed yet, so there is nothing that a viewer may read.")
    if plan.history.authors.get(to.fingerprint) is not None:
        raise UsageError(
            f"{to.name} is a party of this plan, and gets a whole copy.",
            kept="Nothing was shared.",
            next_step=f"Share it with: coach-assist share {plan.id[:8]} --to … --as manager|team-member",
        )

    def compose(history: History) -> list[Record]:
        if to.name.casefold() not in {one.casefold() for one in readers(fold(history))}:
            raise UsageError(
                f"{to.name} is not among the readers to whom both have agreed.",
                kept="Nothing was shared.",
                next_step="Put a frame forward that names this reader; both decide on it.",
            )
        act = Act(plan.id, history, acting_key(workspace, plan, party))
        act.add("share", ShareBody(to=to.name, fingerprint=to.fingerprint, viewer=True))
        return act.records

    plan.record(compose)
    history = plan.history
    return seal(pack(to_lines(history, withheld=withheld_from_viewers(history))), [to.seal])


def readers(state: State) -> tuple[str, ...]:
    """Return the readers to whom both have agreed, as the frame in force names them."""
    frames = (one.value for one in state.in_force.values() if one.kind == "frame" and one.value)
    return tuple(
        str(one) for frame in frames if isinstance(named := frame.get("readers"), list) for one in named
    )


def sharing_party(workspace: Workspace, plan: PlanFile) -> Party:
    """Return the one party that acts on this machine, for a copy that either may make.

    Raises UsageError where both do, or neither.
    """
    here = {one.fingerprint for one in people(workspace)}
    acting = [
        party
        for party, info in plan.state.parties.items()
        if info.fingerprint in here or workspace.has_key(plan.id, party, info.fingerprint)
    ]
    if len(acting) != 1:
        raise UsageError(
            "Both parties act on this machine." if acting else "Neither party has a key on this machine.",
            kept="Nothing was shared.",
            next_step="Say who shares: --by manager or --by team-member",
        )
    return acting[0]


def _handed_over(workspace: Workspace, plan: PlanFile, party: Party) -> bytes:
    current = plan.state.parties[party]
    if current.custody != "this machine":
        raise UsageError(f"The {PARTY_WORDS[party]} has a key of their own already; none can be handed over.")
    key = workspace.key(plan.id, party)
    if key.fingerprint != current.fingerprint:
        raise UsageError(f"The key of the {PARTY_WORDS[party]} does not lie on this machine.")
    return key.secret()
