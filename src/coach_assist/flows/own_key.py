"""Moving to a key of one's own: from then on only its owner can act for that party."""

from __future__ import annotations

from coach_assist.agreement.bodies import RotateBody
from coach_assist.agreement.events import Record
from coach_assist.agreement.history import History
from coach_assist.errors import UsageError
from coach_assist.flows.acts import Act, acting_key
from coach_assist.plan.units import Party
from coach_assist.workspace.people import PersonFile
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


def move_to_own_key(workspace: Workspace, plan: PlanFile, party: Party, person: PersonFile) -> None:
    """Let `party` go on with a person's own key, which must be unlocked.

    The old key signs the change, and the new one proves itself. Acceptances that anybody makes with the
    old key beside this no longer count. Raises UsageError where it is that key already, Refused where
    one of both keys is missing or locked.
    """
    held = workspace.unlocked.held(person.fingerprint)
    if held is None:
        raise UsageError("These keys are locked.", next_step="Unlock them with the passphrase first.")

    def compose(history: History) -> list[Record]:
        old = acting_key(workspace, plan, party)
        if old.fingerprint == held.sign.fingerprint:
            raise UsageError("This plan knows that key already.", kept="Nothing was changed.")
        act = Act(plan.id, history, old)
        proof = held.sign.prove_rotation(plan.id, old.fingerprint)
        body = RotateBody(
            party=party, key=held.sign.public, custody="own machine", seal=person.seal, proof=proof.hex()
        )
        act.add("rotate", body)
        return act.records

    plan.record(compose)
