"""The rule of agreement, by example: what is agreed, what replaces it, what conflicts, what waits."""

from __future__ import annotations

from history_maker import OTHER_UNIT, UNIT, Copy

from coach_assist.agreement.fold import State, fold


def state(copy: Copy) -> State:
    return fold(copy.history)


def agreed(copy: Copy) -> dict[str, str]:
    return {unit: one.id for unit, one in state(copy).agreed.items()}


def test_nothing_is_agreed_before_both_have_accepted() -> None:
    copy = Copy()
    one = copy.propose("manager", "Write it down")
    assert agreed(copy) == {} and state(copy).proposals[one].status == "open"
    copy.decide("manager", one, "accept")
    copy.decide("manager", one, "accept")  # twice is not two people
    assert agreed(copy) == {}
    assert [p.id for p in state(copy).waits_for("team_member")] == [one]
    assert state(copy).waits_for("manager") == ()
    copy.decide("team_member", one, "accept")
    assert agreed(copy) == {UNIT: one} and state(copy).proposals[one].status == "agreed"
    assert state(copy).waits_for("team_member") == ()


def test_the_last_decision_of_each_counts() -> None:
    copy = Copy()
    one = copy.propose("manager", "Write it down")
    copy.decide("team_member", one, "decline")
    assert state(copy).proposals[one].status == "declined"
    copy.decide("manager", one, "accept")
    assert agreed(copy) == {}
    copy.decide("team_member", one, "accept")
    assert agreed(copy) == {UNIT: one}
    copy.decide("manager", one, "withdraw")
    assert agreed(copy) == {} and state(copy).proposals[one].status == "withdrawn"


def test_contradictory_decisions_of_one_key_at_once_the_safe_one_wins() -> None:
    for safe in ("decline", "withdraw"):
        copy = Copy()
        one = copy.propose("manager", "Write it down")
        copy.decide("manager", one, "accept")
        left, right = copy.branch(), copy.branch()
        left.decide("team_member", one, "accept")
        assert agreed(left) == {UNIT: one}
        right.decide("team_member", one, safe)
        left.merge(right)
        right.merge(left)
        assert agreed(left) == agreed(right) == {}
        left.decide("team_member", one, "accept")  # a later decision that knows both settles it
        assert agreed(left) == {UNIT: one}


def test_an_agreed_text_stays_until_one_based_on_it_is_agreed() -> None:
    copy = Copy()
    one = copy.both_accept(copy.propose("manager", "Write it down"))
    two = copy.propose("team_member", "Write it down each Friday", base=one)
    assert agreed(copy) == {UNIT: one}
    copy.decide("team_member", two, "accept")
    assert agreed(copy) == {UNIT: one}
    copy.decide("manager", two, "accept")
    assert agreed(copy) == {UNIT: two}
    assert state(copy).proposals[one].status == "superseded"
    copy.decide("manager", one, "withdraw")  # what is replaced can no longer change anything
    assert agreed(copy) == {UNIT: two}


def test_taking_back_the_newer_text_leaves_the_older_one_in_force() -> None:
    copy = Copy()
    one = copy.both_accept(copy.propose("manager", "Write it down"))
    two = copy.both_accept(copy.propose("team_member", "Each Friday", base=one))
    copy.decide("team_member", two, "withdraw")
    assert agreed(copy) == {UNIT: one}


def test_two_agreed_texts_on_one_base_are_a_conflict_and_the_base_stays() -> None:
    copy = Copy()
    one = copy.both_accept(copy.propose("manager", "Write it down"))
    left, right = copy.branch(), copy.branch()
    two = left.propose("manager", "Each Friday", base=one)
    three = right.propose("team_member", "Each Monday", base=one)
    left.merge(right)
    left.both_accept(two)
    assert state(left).proposals[three].status == "outdated"
    right.merge(left)  # the other copy goes on without having seen the acceptances
    right = Copy(right.history)
    left.both_accept(three)
    found = state(left)
    assert agreed(left) == {UNIT: one}
    assert [set(conflict.rivals) for conflict in found.conflicts] == [{two, three}]
    assert found.conflicts[0].in_force == one
    assert {found.proposals[two].status, found.proposals[three].status} == {"conflict"}
    four = left.propose("manager", "Fridays, or Mondays in March", base=one, settles=(two, three))
    assert agreed(left) == {UNIT: one}
    left.both_accept(four)
    assert agreed(left) == {UNIT: four} and state(left).conflicts == ()


def test_a_conflict_ends_when_one_of_the_texts_is_withdrawn() -> None:
    copy = Copy()
    one = copy.propose("manager", "One")
    two = copy.propose("team_member", "Two")
    copy.both_accept(one)
    copy.both_accept(two)
    assert agreed(copy) == {}
    assert state(copy).conflicts[0].in_force is None
    copy.decide("manager", two, "withdraw")
    assert agreed(copy) == {UNIT: one} and state(copy).conflicts == ()


def test_a_base_that_one_has_withdrawn_does_not_come_back_in_a_conflict() -> None:
    copy = Copy()
    one = copy.both_accept(copy.propose("manager", "One"))
    two = copy.propose("manager", "Two", base=one)
    three = copy.propose("team_member", "Three", base=one)
    copy.both_accept(two)
    copy.both_accept(three)
    copy.decide("manager", one, "withdraw")
    assert agreed(copy) == {}
    assert len(state(copy).conflicts) == 1


def test_a_conflict_deeper_in_the_chain_goes_back_to_what_all_share() -> None:
    copy = Copy()
    one = copy.both_accept(copy.propose("manager", "One"))
    two = copy.both_accept(copy.propose("manager", "Two", base=one))
    four = copy.both_accept(copy.propose("manager", "Four", base=two))
    assert agreed(copy) == {UNIT: four}
    three = copy.both_accept(copy.propose("team_member", "Three", base=one))
    assert agreed(copy) == {UNIT: one}
    assert set(state(copy).conflicts[0].rivals) == {four, three}


def test_a_removal_takes_the_unit_out_when_both_accept_it() -> None:
    copy = Copy()
    one = copy.both_accept(copy.propose("manager", "Write it down"))
    gone = copy.propose("team_member", "", base=one, removal=True)
    assert agreed(copy) == {UNIT: one}
    copy.both_accept(gone)
    assert agreed(copy) == {}
    assert state(copy).proposals[gone].status == "agreed"
    back = copy.both_accept(copy.propose("manager", "Write it down again", base=gone))
    assert agreed(copy) == {UNIT: back}


def test_kinds_of_which_there_is_one_conflict_across_units() -> None:
    copy = Copy()
    one = copy.propose("manager", "", kind="timeline", value={"start": "2026-12-01", "end": "2026-12-31"})
    two = copy.propose(
        "team_member",
        "",
        kind="timeline",
        unit=OTHER_UNIT,
        value={"start": "2026-12-01", "end": "2027-01-31"},
    )
    copy.both_accept(one)
    copy.both_accept(two)
    assert agreed(copy) == {}
    assert set(state(copy).conflicts[0].rivals) == {one, two}
    three = copy.both_accept(
        copy.propose(
            "manager",
            "",
            kind="timeline",
            value={"start": "2026-12-01", "end": "2027-01-15"},
            settles=(one, two),
        )
    )
    assert agreed(copy) == {UNIT: three}


def test_talk_is_no_decision_and_fills_the_agenda_until_decided() -> None:
    copy = Copy()
    one = copy.propose("manager", "Write it down")
    copy.decide("team_member", one, "talk")
    found = state(copy)
    assert found.proposals[one].status == "open"
    assert [(p.id, party) for p, party in found.agenda] == [(one, "team_member")]
    assert [p.id for p in found.waits_for("team_member")] == [one]
    copy.both_accept(one)
    assert agreed(copy) == {UNIT: one} and state(copy).agenda == ()
    copy.decide("manager", one, "talk")  # what both agreed stays agreed while they talk
    assert agreed(copy) == {UNIT: one} and len(state(copy).agenda) == 1


def test_a_reason_belongs_to_its_decision() -> None:
    copy = Copy()
    one = copy.propose("manager", "Write it down")
    decision = copy.decide("team_member", one, "decline")
    copy.reason("team_member", decision, "We do that already")
    assert state(copy).proposals[one].reasons == {"team_member": "We do that already"}
    copy.decide("team_member", one, "accept")
    assert state(copy).proposals[one].reasons == {}


def test_times_do_not_matter() -> None:
    copy = Copy()
    one = copy.propose("manager", "Write it down")
    copy.both_accept(one)
    found = state(copy)
    assert found.agreed[UNIT].at == "2026-11-25T09:30:00Z"
    assert list(found.agreed) == [UNIT]


def test_units_stand_in_reading_order() -> None:
    copy = Copy()
    goal = copy.both_accept(copy.propose("manager", "A goal"))
    area = copy.both_accept(
        copy.propose("manager", "", kind="development_area", unit=OTHER_UNIT, value={"area": "Writing"})
    )
    newer = copy.both_accept(copy.propose("manager", "A better goal", base=goal))
    assert [one.id for one in state(copy).agreed.values()] == [area, newer]
