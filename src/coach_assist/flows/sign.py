"""Signing the whole agreed plan. It is in force when both have signed the same hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coach_assist.agreement.bodies import SignOffBody
from coach_assist.agreement.events import Record
from coach_assist.agreement.fold import Proposal, State, fold
from coach_assist.agreement.history import History
from coach_assist.errors import UsageError
from coach_assist.flows.acts import acting_key, begin_act
from coach_assist.flows.show import PARTY_WORDS, UnitView, unit_views
from coach_assist.plan.units import PARTIES, Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace


@dataclass(frozen=True, slots=True)
class SignView:
    """What a party signs, and where the signing stands."""

    plan_hash: str
    """Hand this back with the signature: it proves which plan was shown."""
    revision: int
    """The revision that this sign-off makes."""
    units: tuple[UnitView, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[UnitView, ...]
    """Against the signed plan in force: unit ids that are new or changed, and units that are gone."""
    in_force: int
    """The revision in force now; 0 where none is signed by both."""
    signed_by: tuple[Party, ...]
    """Who has signed exactly this plan, and has not taken it back."""
    obstacle: str | None
    """Why it cannot be signed now, in words; None where it can."""


def sign_view(plan: PlanFile) -> SignView:
    """Return what would be signed now. Raises UsageError where nothing was put forward yet."""
    if not plan.has_opened:
        raise UsageError("Nothing of this plan was put forward yet.", next_step="Put drafts forward first.")
    state = plan.state
    in_force = state.sign_offs.in_force
    before: Mapping[str, Proposal] = state.signed
    return SignView(
        plan_hash=state.plan_hash,
        revision=_revision(state),
        units=unit_views(state.agreed, state),
        added=tuple(unit for unit in state.agreed if unit not in before),
        changed=tuple(
            unit for unit, one in state.agreed.items() if unit in before and before[unit].id != one.id
        ),
        removed=unit_views({unit: one for unit, one in before.items() if unit not in state.agreed}, state),
        in_force=in_force.revision if in_force else 0,
        signed_by=tuple(party for party in PARTIES if _signed(state, party)),
        obstacle=_obstacle(state),
    )


def sign(workspace: Workspace, plan: PlanFile, party: Party, shown: str) -> int:
    """Sign the agreed plan whose hash was shown; return the revision that is in force afterwards (0: none).

    Raises UsageError where the plan has changed since it was shown, is signed by this party already, or
    cannot be signed; Refused where the plan cannot be written.
    """

    def compose(history: History) -> list[Record]:
        state = fold(history)
        if state.plan_hash != shown:
            raise UsageError(
                "The agreed plan has changed since it was shown.",
                kept="Nothing was signed.",
                next_step="Read it again, then sign.",
            )
        if (obstacle := _obstacle(state)) is not None:
            raise UsageError(obstacle, kept="Nothing was signed.")
        if _signed(state, party):
            raise UsageError(
                f"The {PARTY_WORDS[party]} has signed this plan already.", kept="Nothing was changed."
            )
        # The second signature names the heads of the first: both sign one and the same plan.
        other = next(one for one in PARTIES if one != party)
        met = _signed(state, other)
        heads = met if met else tuple(sorted(history.heads))
        act = begin_act(plan, party, history, acting_key(workspace, plan, party))
        act.add("sign_off", SignOffBody(plan_hash=shown, heads=list(heads), revision=_revision(state)))
        return act.records

    plan.record(compose)
    in_force = plan.state.sign_offs.in_force
    return in_force.revision if in_force else 0


def _revision(state: State) -> int:
    return len(state.sign_offs.signed) + 1


def _signed(state: State, party: Party) -> tuple[str, ...] | None:
    """Return the heads of the party's standing sign-off of what is agreed now; None where there is none.

    A sign-off stands if what it rests on still gives the same plan, and its signer has not signed
    another one since.
    """
    own = [one for one in state.sign_offs.all if one.party == party and one.problem is None]
    if not own or own[-1].plan_hash != state.plan_hash or own[-1].revision != _revision(state):
        return None
    return own[-1].heads


def _obstacle(state: State) -> str | None:
    in_force = state.sign_offs.in_force
    if in_force is not None and in_force.plan_hash == state.plan_hash and not state.sign_offs.rivals:
        return "Both have signed this plan already; there is nothing new to sign."
    if not state.agreed:
        return "Nothing is agreed yet."
    if state.conflicts:
        return "Two agreed texts are in conflict; resolve that first."
    if len(state.heads) > 256:
        return "Too many events stand beside one another; decide on anything first, that joins them."
    return None
