"""One proposal as a person sees it: all of its text, what it would change, what was said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from coach_assist.agreement.fold import Proposal, Settled, State, Status
from coach_assist.flows.unit_checks import UnitCheck, check_unit
from coach_assist.flows.unit_fields import KIND_WORDS, Field, fields_of
from coach_assist.plan.drafts import Origin, Suggestion
from coach_assist.plan.units import PARTIES, Party, UnitKind, headline, parse_value

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


@dataclass(frozen=True, slots=True)
class CommentView:
    """What one party remarked on a proposal. Name and text are as stored."""

    id: str
    by: Party
    by_name: str
    at: str
    """When, as its author claimed."""
    text: str


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
    comments: tuple[CommentView, ...]
    """What the parties remarked on it, in order; a remark decides nothing."""
    counters: str | None
    """The proposal that it answers."""
    countered_fields: tuple[Field, ...] | None
    """The text that it answers; None where it answers none, or one that cannot be read here."""
    countered_by: str
    """Who put that one forward; "" where it answers none."""
    can_withdraw: frozenset[Party]
    """Who can take something of theirs back here: the proposal, or an acceptance that is not signed."""

    @property
    def to_acknowledge(self) -> tuple[str, ...]:
        """What an acceptance has to acknowledge (codes of error findings, hidden characters)."""
        return self.check.to_acknowledge


def proposal_view(proposal: Proposal, state: State) -> ProposalView:
    """Return one proposal as it is shown to whoever decides on it."""
    base = state.proposals.get(proposal.base) if proposal.base else None
    known = reference_texts(state)
    subject = base if proposal.removal and base is not None else proposal
    answered = state.proposals.get(proposal.counters) if proposal.counters else None
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
        comments=tuple(
            CommentView(one.id, one.by, state.parties[one.by].name, one.at, one.text)
            for one in proposal.comments
        ),
        counters=proposal.counters,
        countered_fields=(
            None
            if answered is None or answered.value is None
            else fields_of(answered.kind, answered.value, known)
        ),
        countered_by="" if answered is None else state.parties[answered.by].name,
        can_withdraw=frozenset(party for party in PARTIES if can_withdraw(proposal, party, state)),
    )


def can_withdraw(proposal: Proposal, party: Party, state: State) -> bool:
    """Say whether a party has something of their own to take back: a proposal, or an acceptance.

    What both have signed stays until both sign something else.
    """
    if is_signed(proposal.id, state) or proposal.status in ("superseded", "withdrawn", "declined"):
        return False
    own = proposal.decisions[party]
    return own == "accept" or (proposal.by == party and own is None)


def headline_of(proposal: Proposal) -> str:
    """Return the text by which a person recognises a proposal in a list (as stored)."""
    if proposal.value is None:
        return KIND_WORDS[proposal.kind]
    return headline(proposal.kind, parse_value(proposal.kind, proposal.value))


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


def is_signed(proposal: str, state: State) -> bool:
    """Say whether a plan that both have signed holds exactly this proposal."""
    return any(proposal in signed.proposals for signed in state.sign_offs.signed)
