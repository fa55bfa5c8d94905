"""Which proposals a person looks at: all that is open, or those of one sort."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from coach_assist.flows.proposal_view import ProposalView
from coach_assist.flows.show import PlanView
from coach_assist.plan.units import Party

ProposalFilter = Literal["all", "for_me", "for_other", "conflicts", "findings", "agreed"]
FILTERS: tuple[ProposalFilter, ...] = ("all", "for_me", "for_other", "conflicts", "findings", "agreed")
"""In the order in which one after the other is shown."""
FILTER_WORDS: Mapping[ProposalFilter, str] = {
    "all": "all",
    "for_me": "waits for me",
    "for_other": "waits for the other",
    "conflicts": "conflicts",
    "findings": "open findings",
    "agreed": "agreed, not signed",
}
EMPTY_WORDS: Mapping[ProposalFilter, str] = {
    "all": "Nothing is open.",
    "for_me": "Nothing waits for you.",
    "for_other": "Nothing waits for the other.",
    "conflicts": "There is no conflict: nowhere have both agreed on two texts about one place.",
    "findings": "The checker has nothing to say on what is open.",
    "agreed": "Nothing is agreed that is not signed: there is no acceptance to take back.",
}
"""What is said where a filter leaves nothing."""


def matching(view: PlanView, wanted: ProposalFilter, party: Party | None) -> tuple[ProposalView, ...]:
    """Return the proposals of one sort, in reading order; `party` is who "me" is (None: nobody waits).

    "all" is what is open and what is in conflict. "findings" are open proposals on which the checker has
    an error or a warning, or which hold hidden characters; its notes are hints and do not count. "agreed"
    is what both have accepted and not signed, where an acceptance can still be withdrawn.
    """
    rivals = tuple(one for conflict in view.conflicts for one in conflict.rivals)
    match wanted:
        case "all":
            return (*view.open, *rivals)
        case "for_me":
            return tuple(one for one in view.open if party and one.decisions[party] is None)
        case "for_other":
            return tuple(
                one
                for one in view.open
                if party and any(done is None for who, done in one.decisions.items() if who != party)
            )
        case "conflicts":
            return rivals
        case "findings":
            return tuple(one for one in view.open if has_findings(one))
    return view.revocable


def has_findings(one: ProposalView) -> bool:
    """Say whether something in a proposal should be looked at before it is accepted."""
    return one.check.hidden_characters or any(
        finding.level in ("error", "warning") for _, finding in one.check.findings
    )


def counts(view: PlanView, party: Party | None) -> dict[ProposalFilter, int]:
    """Return how many proposals each filter leaves."""
    return {one: len(matching(view, one, party)) for one in FILTERS}


def following(wanted: ProposalFilter) -> ProposalFilter:
    """Return the filter that comes after one; after the last it begins anew."""
    return FILTERS[(FILTERS.index(wanted) + 1) % len(FILTERS)]
