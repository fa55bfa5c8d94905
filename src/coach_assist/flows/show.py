"""One plan as a person sees it: what is agreed, what is open, what waits for whom, what to talk about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from coach_assist.agreement.fold import Proposal, Settled, State, Status
from coach_assist.agreement.follow_fold import follow
from coach_assist.flows.joining_words import standing_words
from coach_assist.flows.open_plan import names
from coach_assist.flows.unit_checks import UnitCheck, check_unit
from coach_assist.flows.unit_fields import KIND_WORDS, Field, fields_of
from coach_assist.plan.drafts import Origin, Suggestion
from coach_assist.plan.units import PARTIES, VALUE_MODELS, Party, UnitKind, headline, parse_value
from coach_assist.workspace.plan_file import PlanFile

ORIGIN_WORDS: dict[Origin, str] = {
    "model": "drafted by the model",
    "own_words": "in a person's own words",
    "person": "written by hand",
    "import": "taken from a file",
}
STATUS_WORDS: dict[Status, str] = {
    "open": "open",
    "agreed": "agreed",
    "superseded": "replaced by a newer agreement",
    "conflict": "agreed, but in conflict with another agreed text",
    "declined": "declined",
    "withdrawn": "withdrawn",
    "outdated": "outdated: what it would replace is no longer what is agreed",
}
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
class ProposalView:
    """One proposal with everything that somebody who decides on it should see."""

    id: str
    short: str
    unit: str
    kind: UnitKind
    kind_words: str
    headline: str
    fields: tuple[Field, ...]
    """All of its text as (label, text), as stored. Empty for a removal."""
    value: Mapping[str, JsonValue]
    base_fields: tuple[Field, ...] | None
    """The agreed text that it would replace; None where it replaces nothing."""
    base_value: Mapping[str, JsonValue] | None
    removal: bool
    origin: Origin
    origin_words: str
    suggested: tuple[Suggestion, ...]
    by: Party
    by_name: str
    at: str
    shown: str
    """Hand this back with the decision: it proves which text was shown."""
    decisions: Mapping[Party, Settled | None]
    reasons: Mapping[Party, str]
    talk: frozenset[Party]
    status: Status
    status_words: str
    check: UnitCheck

    @property
    def to_acknowledge(self) -> tuple[str, ...]:
        """What an acceptance has to acknowledge (codes of error findings, hidden characters)."""
        return self.check.to_acknowledge


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


def plan_view(plan: PlanFile) -> PlanView:
    """Return the whole view of a plan. Raises Damaged, NewerVersion, Refused."""
    drafts = plan.drafts.all()
    if not plan.has_opened:
        state: PlanState = "drafts" if drafts else "interview"
        return PlanView(
            id=plan.id, title=title_of(plan), names=names(plan), demo=plan.demo, state=state,
            state_words=STATE_WORDS[state], revision=0, agreed=(), unsigned=frozenset(),
            open=(), closed=(), conflicts=(), agenda=(),
            waits=dict.fromkeys(PARTIES, 0), drafts=len(drafts), read_only=plan.read_only, heads=(),
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
        agenda=tuple((views[one.id], party) for one, party in folded.agenda),
        waits={party: len(folded.waits_for(party)) for party in PARTIES},
        drafts=len(drafts),
        read_only=plan.read_only,
        heads=folded.heads,
        standing=standing_words(folded.joining, names(plan)),
        statement=folded.joining.statement,
        viewer=plan.viewer,
    )


def proposal_view(proposal: Proposal, state: State) -> ProposalView:
    """Return one proposal as it is shown to whoever decides on it."""
    base = state.proposals.get(proposal.base) if proposal.base else None
    known = reference_texts(state)
    subject = base if proposal.removal and base is not None else proposal
    return ProposalView(
        id=proposal.id,
        short=proposal.id[:8],
        unit=proposal.unit,
        kind=proposal.kind,
        kind_words=KIND_WORDS[proposal.kind],
        headline=headline_of(subject),
        fields=() if proposal.value is None else fields_of(proposal.kind, proposal.value, known),
        value=proposal.value or {},
        base_fields=None if base is None or base.value is None else fields_of(base.kind, base.value, known),
        base_value=None if base is None else base.value,
        removal=proposal.removal,
        origin=proposal.origin,
        origin_words=ORIGIN_WORDS[proposal.origin],
        suggested=proposal.suggested,
        by=proposal.by,
        by_name=state.parties[proposal.by].name,
        at=proposal.at,
        shown=proposal.shown,
        decisions=proposal.decisions,
        reasons=proposal.reasons,
        talk=proposal.talk,
        status=proposal.status,
        status_words=STATUS_WORDS[proposal.status],
        check=check_unit(proposal.kind, proposal.value, state),
    )


def in_reading_order(state: State) -> tuple[Proposal, ...]:
    """Return all proposals, kind by kind as a plan is read, older ones first."""
    kinds = list(VALUE_MODELS)
    return tuple(sorted(state.proposals.values(), key=lambda one: kinds.index(one.kind)))


def headline_of(proposal: Proposal) -> str:
    """Return the text by which a person recognises a proposal in a list (as stored)."""
    if proposal.value is None:
        return KIND_WORDS[proposal.kind]
    return headline(proposal.kind, parse_value(proposal.kind, proposal.value))


def title_of(plan: PlanFile) -> str:
    """Return a plan's title: the agreed one, else the one that is proposed or drafted, else by name."""
    if plan.has_opened:
        state = plan.state
        frames = [one for one in state.agreed.values() if one.kind == "frame"]
        frames += [one for one in state.proposals.values() if one.kind == "frame" and one.status == "open"]
        for one in frames:
            if one.value:
                return str(one.value["title"])
    for draft in plan.drafts.all("joint"):
        if draft.kind == "frame" and isinstance(title := draft.value.get("title"), str):
            return title
    name = names(plan)["team_member"]
    return f"Plan of {name}" if name else "New plan"


def state_of(state: State) -> PlanState:
    """Return how far an opened plan has come."""
    waiting = any(one.status == "open" for one in state.proposals.values()) or state.conflicts
    if not state.agreed:
        return "open"
    return "partly_agreed" if waiting else "agreed"


def reference_texts(state: State) -> dict[str, str]:
    """Return the texts of all gaps and goals that a unit may refer to, by id: agreed ones win."""
    texts: dict[str, str] = {}
    for one in [*state.proposals.values(), *state.agreed.values()]:
        if one.value is None:
            continue
        if one.kind == "goal":
            texts[one.unit] = str(one.value["statement"])
        entries = one.value.get("gaps") if one.kind == "current_state" else None
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, dict):
                texts[str(entry["id"])] = str(entry["text"])
    return texts


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
