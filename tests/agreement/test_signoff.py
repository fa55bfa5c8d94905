"""Sign-off: in force when both name the same plan; nobody un-agrees alone what both have signed."""

from __future__ import annotations

import pytest
from history_maker import OTHER_UNIT, UNIT, Copy

from coach_assist.agreement.bodies import SignOffBody
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.fold import State, fold
from coach_assist.agreement.history import History


def state(copy: Copy) -> State:
    return fold(copy.history)


def sign(
    copy: Copy, party: str, *, heads: list[str] | None = None, revision: int | None = None, hashed: str = ""
) -> str:
    found = state(copy)
    body = SignOffBody(
        plan_hash=hashed or found.plan_hash,
        heads=heads or sorted(copy.history.heads),
        revision=revision or len(found.sign_offs.signed) + 1,
    )
    return copy.add(party, "sign_off", body)


def heads_of(copy: Copy, event: str) -> list[str]:
    return list(copy.history.events[event].body.heads)


def agreed_copy() -> tuple[Copy, str]:
    copy = Copy()
    return copy, copy.both_accept(copy.propose("manager", "Write it down"))


def both_sign(copy: Copy) -> None:
    first = sign(copy, "manager")
    sign(copy, "team_member", heads=heads_of(copy, first))


def test_in_force_when_both_name_the_same_plan() -> None:
    copy, one = agreed_copy()
    first = sign(copy, "manager")
    assert state(copy).sign_offs.in_force is None
    sign(copy, "team_member", heads=heads_of(copy, first))
    signed = state(copy).sign_offs.in_force
    assert signed is not None and signed.revision == 1
    assert [p.id for p in state(copy).signed.values()] == [one]
    assert signed.plan_hash == state(copy).plan_hash


def test_before_both_have_signed_nothing_is_an_amendment() -> None:
    copy = Copy()
    copy.both_accept(copy.propose("manager", "Write it down"))
    assert fold(copy.history).amendments == ()


def test_one_party_twice_is_not_both() -> None:
    copy, _ = agreed_copy()
    first = sign(copy, "manager")
    sign(copy, "manager", heads=heads_of(copy, first))
    assert state(copy).sign_offs.in_force is None


def test_after_sign_off_a_withdrawal_has_no_effect() -> None:
    for decision in ("withdraw", "decline"):
        copy, one = agreed_copy()
        both_sign(copy)
        copy.decide("manager", one, decision)
        found = state(copy)
        assert found.agreed[UNIT].id == found.signed[UNIT].id == one
        assert found.proposals[one].status == "agreed"


def test_a_withdrawal_beside_the_second_signature_does_not_undo_it() -> None:
    copy, one = agreed_copy()
    first = sign(copy, "manager")
    left, right = copy.branch(), copy.branch()
    left.decide("manager", one, "withdraw")
    sign(right, "team_member", heads=heads_of(copy, first))
    left.merge(right)
    right.merge(left)
    for merged in (left, right):
        assert state(merged).signed[UNIT].id == one and state(merged).agreed[UNIT].id == one


def test_who_knew_of_the_withdrawal_cannot_sign_the_old_plan() -> None:
    copy, one = agreed_copy()
    first = sign(copy, "manager")
    hashed = state(copy).plan_hash
    copy.decide("manager", one, "withdraw")
    sign(copy, "team_member", heads=heads_of(copy, first), hashed=hashed)
    assert state(copy).sign_offs.in_force is None and state(copy).agreed == {}


def test_who_knew_of_a_newer_signature_cannot_complete_the_older() -> None:
    copy, _ = agreed_copy()
    first = sign(copy, "manager")
    hashed = state(copy).plan_hash
    copy.both_accept(copy.propose("team_member", "Another goal", unit=OTHER_UNIT))
    second = sign(copy, "manager")
    sign(copy, "team_member", heads=heads_of(copy, first), hashed=hashed)
    assert state(copy).sign_offs.in_force is None
    sign(copy, "team_member", heads=heads_of(copy, second))
    signed = state(copy).sign_offs.in_force
    assert signed is not None and len(state(copy).signed) == 2


def test_an_amendment_needs_both_signatures_again() -> None:
    copy, one = agreed_copy()
    both_sign(copy)
    two = copy.both_accept(copy.propose("team_member", "Write it down on Fridays", base=one))
    found = state(copy)
    assert found.agreed[UNIT].id == two and found.signed[UNIT].id == one
    both_sign(copy)
    found = state(copy)
    assert found.signed[UNIT].id == two
    assert found.sign_offs.in_force is not None and found.sign_offs.in_force.revision == 2
    assert len(found.sign_offs.signed) == 2
    copy.decide("team_member", one, "withdraw")
    copy.decide("manager", two, "withdraw")
    assert state(copy).signed[UNIT].id == two and state(copy).agreed[UNIT].id == two


def test_an_amendment_can_be_withdrawn_before_it_is_signed() -> None:
    copy, one = agreed_copy()
    both_sign(copy)
    two = copy.both_accept(copy.propose("team_member", "On Fridays", base=one))
    copy.decide("team_member", two, "withdraw")
    found = state(copy)
    assert found.agreed[UNIT].id == one == found.signed[UNIT].id


def test_a_wrong_hash_or_revision_does_not_count_and_says_why() -> None:
    copy, _ = agreed_copy()
    heads = sorted(copy.history.heads)
    sign(copy, "manager", hashed="ab" * 32, heads=heads)
    sign(copy, "team_member", hashed="ab" * 32, heads=heads)
    sign(copy, "manager", revision=2, heads=heads)
    sign(copy, "team_member", revision=2, heads=heads)
    found = state(copy)
    assert found.sign_offs.in_force is None
    assert [one.problem is None for one in found.sign_offs.all] == [False] * 4
    assert {"another hash" in str(one.problem) for one in found.sign_offs.all} == {True, False}


def test_heads_must_be_known_and_sorted() -> None:
    copy, _ = agreed_copy()
    with pytest.raises(Damaged, match="cannot have seen"):
        sign(copy, "manager", heads=["ab" * 32])
    for wrong in ([], sorted(copy.history.heads) * 2):
        with pytest.raises(ValueError):
            SignOffBody(plan_hash="ab" * 32, heads=wrong, revision=1)


def test_two_plans_signed_beside_each_other_leave_the_one_before_in_force() -> None:
    copy, one = agreed_copy()
    both_sign(copy)
    left, right = copy.branch(), copy.branch()
    left.both_accept(left.propose("team_member", "Fridays", base=one))
    right.both_accept(right.propose("manager", "Mondays", base=one))
    both_sign(left)
    both_sign(right)
    left.merge(right)
    right.merge(left)
    assert state(left).sign_offs == state(right).sign_offs
    found = state(left)
    assert found.sign_offs.in_force is not None and found.sign_offs.in_force.revision == 1
    assert len(found.sign_offs.rivals) == 2
    assert found.signed[UNIT].id == one


def test_the_hash_covers_every_text_and_removal() -> None:
    copy, one = agreed_copy()
    before = state(copy).plan_hash
    gone = copy.both_accept(copy.propose("manager", "", base=one, removal=True))
    after = state(copy).plan_hash
    assert before != after
    both_sign(copy)
    copy.decide("manager", gone, "withdraw")
    assert state(copy).agreed == {} and state(copy).plan_hash == after


def test_many_revisions_fold_in_any_order() -> None:
    copy, last = agreed_copy()
    for number in range(4):
        both_sign(copy)
        last = copy.both_accept(copy.propose("manager", f"Text {number}", base=last))
    wanted = state(copy)
    assert wanted.sign_offs.in_force is not None and wanted.sign_offs.in_force.revision == 4
    assert fold(History().extended(reversed(copy.history.records()))) == wanted
