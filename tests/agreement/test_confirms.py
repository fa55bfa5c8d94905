"""What an acceptance may confirm: an own decision, on exactly the same proposal."""

from __future__ import annotations

import pytest
from history_maker import Copy

from coach_assist.agreement.bodies import DecideBody
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.fold import fold


def confirming(copy: Copy, party: str, proposal: str, earlier: str) -> str:
    shown = copy.history.events[proposal].core.body_hash
    body = DecideBody(proposal=proposal, shown=shown, decision="accept", confirms=earlier)
    return copy.add(party, "decide", body)


def test_an_own_acceptance_is_confirmed() -> None:
    copy = Copy()
    one = copy.propose("manager", "Write it down")
    earlier = copy.decide("team_member", one, "accept")
    later = confirming(copy, "team_member", one, earlier)
    proposal = fold(copy.history).proposals[one]
    assert proposal.decisions["team_member"] == "accept" and proposal.decided["team_member"] == later
    assert proposal.decisions["manager"] is None


def test_nothing_else_is_confirmed() -> None:
    copy = Copy()
    one, two = copy.propose("manager", "Write it down"), copy.propose("manager", "Or not", unit="goalgoal33")
    mine, theirs = copy.decide("team_member", one, "accept"), copy.decide("manager", one, "accept")
    before = copy.history
    for proposal, earlier, words in (
        (one, one, "no decision"),
        (two, mine, "another proposal"),
        (one, theirs, "of the other party"),
        (one, "f" * 64, "cannot have seen"),
    ):
        with pytest.raises(Damaged, match=words):
            confirming(copy, "team_member", proposal, earlier)
        assert copy.history is before
