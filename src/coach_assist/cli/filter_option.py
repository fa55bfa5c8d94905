"""How the command line names the sorts of proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from coach_assist.flows.review_filter import ProposalFilter

FILTER_OPTIONS = ("all", "for-me", "for-other", "conflicts", "findings", "agreed")


def filter_named(option: str) -> ProposalFilter:
    """Return the filter of an option's value."""
    return cast("ProposalFilter", option.replace("-", "_"))
