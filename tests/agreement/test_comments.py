"""A remark stands beside a proposal, in order, and decides nothing; a reason is its author's own."""

from __future__ import annotations

import pytest
from history_maker import Copy

from coach_assist.agreement.bodies import CommentBody, EraseBody
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.fold import fold
from coach_assist.agreement.history import History


def remark(copy: Copy, party: str, about: str, text: str) -> str:
    return copy.add(party, "comment", CommentBody(about=about, role="comment", text=text))


def test_remarks_stand_in_order_and_decide_nothing() -> None:
    copy = Copy()
    one = copy.propose("manager", "Answer faster")
    before = fold(copy.history)
    first = remark(copy, "team_member", one, "Faster than what?")
    second = remark(copy, "manager", one, "Than today: 9 days")
    state = fold(copy.history)
    said = state.proposals[one].comments
    assert [(one.id, one.by, one.text) for one in said] == [
        (first, "team_member", "Faster than what?"),
        (second, "manager", "Than today: 9 days"),
    ]
    assert {comment.custody for comment in said} == {"this machine"}
    assert state.plan_hash == before.plan_hash and state.agreed == before.agreed
    for party in ("team_member", "manager"):
        assert state.waits_for(party) and state.proposals[one].decisions[party] is None
    copy.both_accept(one)
    agreed = fold(copy.history)
    remark(copy, "team_member", one, "I would rather not")
    assert fold(copy.history).plan_hash == agreed.plan_hash
    assert fold(copy.history).agreed.keys() == agreed.agreed.keys()


def test_remarks_of_two_machines_merge_to_one_order() -> None:
    copy = Copy()
    one = copy.propose("manager", "Answer faster")
    other = copy.branch()
    remark(copy, "team_member", one, "Here")
    remark(other, "manager", one, "There")
    left, right = copy.branch(), other.branch()
    left.merge(other)
    right.merge(copy)
    assert fold(left.history).proposals[one].comments == fold(right.history).proposals[one].comments
    assert len(fold(left.history).proposals[one].comments) == 2


def test_an_erased_remark_is_gone_and_the_history_verifies() -> None:
    copy = Copy()
    one = copy.propose("manager", "Answer faster")
    said = remark(copy, "team_member", one, "A secret")
    copy.add("team_member", "erase", EraseBody(event=said))
    assert fold(copy.history).proposals[one].comments == ()
    records = [one.without_body() if one.id == said else one for one in copy.history.records()]
    assert fold(History().extended(records)) == fold(copy.history)
    with pytest.raises(Damaged, match="erases a text of the other party"):
        again = remark(copy, "team_member", one, "Mine")
        copy.add("manager", "erase", EraseBody(event=again))


def test_a_remark_is_on_a_proposal() -> None:
    copy = Copy()
    one = copy.propose("manager", "Answer faster")
    decided = copy.decide("manager", one, "accept")
    with pytest.raises(Damaged, match="remarks on something that is no proposal"):
        remark(copy, "team_member", decided, "Good")


def test_nobody_gives_the_others_reason() -> None:
    copy = Copy()
    one = copy.propose("manager", "Answer faster")
    declined = copy.decide("team_member", one, "decline")
    forged = copy.branch()
    with pytest.raises(Damaged, match="reason for what the other party did"):
        forged.reason("manager", declined, "I am lazy")
    copy.reason("team_member", declined, "Faster than what?")
    assert fold(copy.history).proposals[one].reasons == {"team_member": "Faster than what?"}
