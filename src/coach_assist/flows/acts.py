"""One act of one party: several events that belong together, each on top of the one before."""

from __future__ import annotations

from datetime import UTC, datetime

from coach_assist.agreement.bodies import NEEDED, Body, DecideBody
from coach_assist.agreement.canonical import NotCanonical
from coach_assist.agreement.events import Record, body_hash, make_record, timestamp
from coach_assist.agreement.fold import PartyInfo
from coach_assist.agreement.history import History
from coach_assist.agreement.joining import joining
from coach_assist.agreement.joining_bodies import JoinBody
from coach_assist.agreement.keys import SigningKey
from coach_assist.errors import Refused, UsageError
from coach_assist.plan.units import Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

JOIN_MARK = "joining.answer"
"""What the team member answered before the plan had its first event: the answer and the page's hash."""


class Act:
    """Collects the signed events of one act, in the order in which they are added."""

    def __init__(self, plan: str, history: History, key: SigningKey) -> None:
        """Begin on top of everything in `history`."""
        self._plan, self._key = plan, key
        self._parents = history.parents_for(key.fingerprint)
        self._at = timestamp(datetime.now(UTC))
        self.records: list[Record] = []
        self._over = over_words(history)

    def add(self, kind: str, body: Body) -> str:
        """Sign one more event and return its id.

        Raises UsageError where the text has no exact form, Refused where the plan is over and this would
        go on with it.
        """
        if self._over is not None and goes_on(kind, body):
            raise Refused(
                self._over,
                kept="Nothing was changed; the plan can be read, verified and exported.",
                next_step=f"To go on in a new plan: coach-assist carry {self._plan[:8]} --with PERSON",
            )
        try:
            record = make_record(
                kind,
                body.model_copy(update={"needs": NEEDED[kind]}),
                plan=self._plan,
                key=self._key,
                at=self._at,
                parents=self._parents,
            )
        except NotCanonical as error:
            raise UsageError(
                f"This text cannot be signed: {error}.",
                kept="Nothing was put forward or decided; the text is kept.",
                next_step="Shorten it, or remove the broken characters.",
            ) from None
        self._parents = frozenset({record.id})
        self.records.append(record)
        return record.id

    def body_hash(self, event_id: str) -> str:
        """Return the body hash of an event that was added in this act."""
        record = next(one for one in self.records if one.id == event_id)
        assert record.salt is not None and record.body is not None
        return body_hash(record.salt, record.body)


def begin_act(plan: PlanFile, party: Party, history: History, key: SigningKey) -> Act:
    """Begin an act of a party on top of `history`.

    Where the team member joined before the plan had any event, their first own act records it.
    """
    act = Act(plan.id, history, key)
    said, _, page = (plan.meta.get(JOIN_MARK) or "").partition(" ")
    if party == "team_member" and said == "join" and joining(history).answer is None:
        act.add("join", JoinBody(answer="join", page=page))
    return act


def goes_on(kind: str, body: Body) -> bool:
    """Say whether an event would go on with a plan, rather than take back, leave or look back."""
    if isinstance(body, DecideBody):
        return body.decision == "accept"
    return kind in {"propose", "sign_off", "check_in"}


def over_words(history: History) -> str | None:
    """Return in words why a plan is over; None where it goes on."""
    found = joining(history)
    if found.ended is not None:
        return f"This plan was closed by the {found.ended.by.replace('_', ' ')}."
    words = {"no": "The team member has said no to this plan.", "left": "The team member has left this plan."}
    return words.get(found.answer or "")


def acting_key(workspace: Workspace, plan: PlanFile, party: Party) -> SigningKey:
    """Return the key with which `party` acts on an opened plan now.

    That is the key made on this machine when the plan opened, until the party has moved to a key of
    its own; from then on it is that one, unlocked for this turn. Raises Refused where it is missing or
    locked here.
    """
    if plan.viewer:
        raise Refused(
            "This is a viewer's copy: it can be read and verified, and nobody decides in it.",
            kept="Nothing was changed.",
        )
    return party_key(workspace, plan.id, party, plan.state.parties[party])


def party_key(workspace: Workspace, plan: str, party: Party, current: PartyInfo) -> SigningKey:
    """Return a party's key of now from this machine. Raises Refused where it is missing or locked here."""
    if current.custody == "own machine":
        held = workspace.unlocked.held(current.fingerprint)
        if held is None:
            raise Refused(
                f"The keys of {current.name} are locked, or not on this machine.",
                kept="The plan is kept and can be read.",
                next_step="Unlock them with the passphrase, then do the last step once more.",
            )
        return held.sign
    key = workspace.key(plan, party)
    if key.fingerprint != current.fingerprint:
        raise Refused(
            f"The key of the {party.replace('_', ' ')} on this machine is not the one of this plan.",
            kept="The plan is kept and can be read.",
            next_step="Restore the right key from a backup.",
        )
    return key
