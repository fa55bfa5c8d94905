"""One act of one party: several events that belong together, each on top of the one before."""

from __future__ import annotations

from datetime import UTC, datetime

from coach_assist.agreement.bodies import NEEDED, Body
from coach_assist.agreement.canonical import NotCanonical
from coach_assist.agreement.events import Record, body_hash, make_record, timestamp
from coach_assist.agreement.history import History
from coach_assist.agreement.keys import SigningKey
from coach_assist.errors import Refused, UsageError
from coach_assist.plan.units import Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


class Act:
    """Collects the signed events of one act, in the order in which they are added."""

    def __init__(self, plan: str, history: History, key: SigningKey) -> None:
        """Begin on top of everything in `history`."""
        self._plan, self._key = plan, key
        self._parents = history.parents_for(key.fingerprint)
        self._at = timestamp(datetime.now(UTC))
        self.records: list[Record] = []

    def add(self, kind: str, body: Body) -> str:
        """Sign one more event and return its id. Raises UsageError where the text has no exact form."""
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
    current = plan.state.parties[party]
    if current.custody == "own machine":
        held = workspace.unlocked.held(current.fingerprint)
        if held is None:
            raise Refused(
                f"The keys of {current.name} are locked, or not on this machine.",
                kept="The plan is kept and can be read.",
                next_step="Unlock them with the passphrase, then do the last step once more.",
            )
        return held.sign
    key = workspace.key(plan.id, party)
    if key.fingerprint != current.fingerprint:
        raise Refused(
            f"The key of the {party.replace('_', ' ')} on this machine is not the one of this plan.",
            kept="The plan is kept and can be read.",
            next_step="Restore the right key from a backup.",
        )
    return key
