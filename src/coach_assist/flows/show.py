"""One plan as a person sees it: what is agreed, what is open, what waits for whom, what to talk about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from coach_assist.agreement.fold import Proposal, State
from coach_assist.agreement.follow_fold import follow
from coach_assist.flows.acts import JOIN_MARK
from coach_assist.flows.joining_words import standing_words
from coach_assist.flows.open_plan import names
from coach_assist.flows.proposal_view import (
    ORIGIN_WORDS,
    ProposalView,
    headline_of,
    proposal_view,
    reference_texts,
)
from coach_assist.flows.unit_fields import KIND_WORDS, Field, fields_of
from coach_assist.plan.drafts import Origin
from coach_assist.plan.units import PARTIES, VALUE_MODELS, Party, UnitKind
from coach_assist.workspace.plan_file import PlanFile

__all__ = [
    "CLOSED_WORDS", "ORIGIN_WORDS", "PARTY_WORDS", "STATE_WORDS", "ConflictView", "PlanState", "PlanView",
    "ProposalView", "UnitView", "headline_of", "in_reading_order", "over_sentence", "plan_view",
    "proposal_view", "reference_texts", "state_of", "title_of", "unit_views", "waits_of",
]  # fmt: skip

PARTY_WORDS: dict[Party, str] = {"team_member": "team member", "manager": "manager"}
PlanState = Literal["interview", "drafts", "open", "partly_agreed", "agreed"]
STATE_WORDS: dict[PlanState, str] = {
    "interview": "interview",
    "drafts": "drafts, nothing put forward yet",
    "open": "proposals, nothing agreed yet",
    "partly_agreed": "partly agreed",
    "agreed": "agreed",
}
CLOSED_WORDS = "closed, both have signed the closing page"


@dataclass(frozen=True, slots=True)
class UnitView:
    """One agreed unit."""

    unit: str
    kind: UnitKind
    kind_words: str
    headline: str
    fields: tuple[Field, ...]
    value: Mapping[str, JsonValue]
    proposal: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Agreed texts about one place that do not replace one another."""

    kind: UnitKind
    kind_words: str
    rivals: tuple[ProposalView, ...]
    in_force: ProposalView | None


@dataclass(frozen=True, slots=True)
class PlanView:
    """One plan. Texts and names are as stored: whoever shows them uses the display function."""

    id: str
    title: str
    names: Mapping[Party, str]
    demo: bool
    state: PlanState
    state_words: str
    revision: int
    """The revision that both have signed and that is in force; 0 before the first."""
    agreed: tuple[UnitView, ...]
    unsigned: frozenset[str]
    """Units whose agreed text is newer than the signed plan, or gone from it."""
    open: tuple[ProposalView, ...]
    """Proposals on which at least one party has not decided."""
    closed: tuple[ProposalView, ...]
    """Declined, withdrawn, outdated and replaced ones."""
    conflicts: tuple[ConflictView, ...]
    revocable: tuple[ProposalView, ...]
    """What both have agreed and not signed: either can still take an acceptance back."""
    agenda: tuple[tuple[ProposalView, Party], ...]
    waits: Mapping[Party, int]
    drafts: int
    read_only: bool
    heads: tuple[str, ...]
    """The newest events: when these change, there is news."""
    standing: str | None = None
    """In one line whether the team member takes part, or why the plan is closed (as stored)."""
    statement: str | None = None
    """The team member's statement, as stored."""
    viewer: bool = False
    """This is a viewer's copy: nobody decides in it."""
    over: str | None = None
    """Why nothing new is agreed in it any more, in one sentence (as stored); None where it goes on."""


def plan_view(plan: PlanFile) -> PlanView:
    """Return the whole view of a plan. Raises Damaged, NewerVersion, Refused."""
    drafts = plan.drafts.of_plan()
    if not plan.has_opened:
        state: PlanState = "drafts" if drafts else "interview"
        return PlanView(
            id=plan.id, title=title_of(plan), names=names(plan), demo=plan.demo, state=state,
            state_words=STATE_WORDS[state], revision=0, agreed=(), unsigned=frozenset(),
            open=(), closed=(), conflicts=(), revocable=(), agenda=(),
            waits=dict.fromkeys(PARTIES, 0), drafts=len(drafts), read_only=plan.read_only, heads=(),
            over=over_sentence(plan),
        )  # fmt: skip
    folded = plan.state
    views = {one.id: proposal_view(one, folded) for one in in_reading_order(folded)}
    state = state_of(folded)
    return PlanView(
        id=plan.id,
        title=title_of(plan),
        names=names(plan),
        demo=folded.demo,
        state=state,
        state_words=CLOSED_WORDS if follow(plan.history).closed else STATE_WORDS[state],
        revision=folded.revision,
        agreed=unit_views(folded.agreed, folded),
        unsigned=frozenset(one.unit for one in folded.amendments),
        open=tuple(view for view in views.values() if view.status == "open"),
        closed=tuple(view for view in views.values() if view.status not in ("open", "agreed", "conflict")),
        conflicts=tuple(
            ConflictView(
                conflict.kind,
                KIND_WORDS[conflict.kind],
                tuple(views[one] for one in conflict.rivals),
                views.get(conflict.in_force or ""),
            )
            for conflict in folded.conflicts
        ),
        revocable=tuple(view for view in views.values() if view.status == "agreed" and view.can_withdraw),
        agenda=tuple((views[one.id], party) for one, party in folded.agenda),
        waits=waits_of(folded),
        drafts=len(drafts),
        read_only=plan.read_only,
        heads=folded.heads,
        standing=standing_words(folded.joining, names(plan)),
        statement=folded.joining.statement,
        viewer=plan.viewer,
        over=over_sentence(plan),
    )


def over_sentence(plan: PlanFile) -> str | None:
    """Return why nothing new is agreed in a plan any more (names as stored); None where it goes on.

    Before its first event a no is a mark of this machine only (flows/joining.py).
    """
    if plan.has_opened:
        found = plan.state.joining
        return standing_words(found, names(plan)) if found.over else None
    if (plan.meta.get(JOIN_MARK) or "").startswith("no "):
        return f"{names(plan)['team_member'] or 'The team member'} said no to this plan; it is closed."
    return None


def in_reading_order(state: State) -> tuple[Proposal, ...]:
    """Return all proposals, kind by kind as a plan is read, older ones first."""
    kinds = list(VALUE_MODELS)
    return tuple(sorted(state.proposals.values(), key=lambda one: kinds.index(one.kind)))


def title_of(plan: PlanFile) -> str:
    """Return a plan's title: the agreed one, else the one that is proposed or drafted, else by name."""
    if plan.has_opened:
        state = plan.state
        frames = [one for one in state.agreed.values() if one.kind == "frame"]
        frames += [one for one in state.proposals.values() if one.kind == "frame" and one.status == "open"]
        for one in frames:
            if one.value:
                return str(one.value["title"])
    for draft in plan.drafts.of_plan("joint"):
        if draft.kind == "frame" and isinstance(title := draft.value.get("title"), str):
            return title
    name = names(plan)["team_member"]
    return f"Plan of {name}" if name else "New plan"


def state_of(state: State) -> PlanState:
    """Return how far an opened plan has come."""
    waiting = any(one.status == "open" for one in state.proposals.values()) or state.conflicts
    if not state.proposals:
        return "interview"  # answers were released, and nothing was put forward yet
    if not state.agreed:
        return "open"
    return "partly_agreed" if waiting else "agreed"


def waits_of(state: State) -> dict[Party, int]:
    """Return how many proposals wait for each party; none do in a plan that is over."""
    return {party: 0 if state.joining.over else len(state.waits_for(party)) for party in PARTIES}


def unit_views(units: Mapping[str, Proposal], state: State) -> tuple[UnitView, ...]:
    """Return agreed units (unit id → proposal) as they are shown, in the same order."""
    return tuple(_unit_view(one, state) for one in units.values())


def _unit_view(proposal: Proposal, state: State) -> UnitView:
    value = proposal.value or {}
    return UnitView(
        unit=proposal.unit,
        kind=proposal.kind,
        kind_words=KIND_WORDS[proposal.kind],
        headline=headline_of(proposal),
        fields=fields_of(proposal.kind, value, reference_texts(state)),
        value=value,
        proposal=proposal.id,
        origin=proposal.origin,
    )
