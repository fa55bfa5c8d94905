"""Who has the keyboard, and what the app may therefore know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # pydantic would cost the first paint a quarter of a second
    from coach_assist.plan.units import Party

PARTY_NAMES: dict[str, str] = {"team_member": "team member", "manager": "manager"}


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is.

    `party` acts now (None: nobody said yet). `owner` gave the keyboard away and takes it back. While
    `plan` is set the keyboard is handed over: the app knows that plan alone, no home, no other titles,
    nobody else's private answers.
    """

    party: Party | None = None
    owner: Party | None = None
    plan: str | None = None

    @property
    def handed_over(self) -> bool:
        """Say whether the keyboard is with somebody who was given this plan alone."""
        return self.plan is not None


def other(party: Party) -> Party:
    """Return the other of the two parties."""
    return "manager" if party == "team_member" else "team_member"
