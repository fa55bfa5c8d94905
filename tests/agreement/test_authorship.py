"""Who may have written an event: keys, roots, other plans, and what its author cannot have seen."""

from __future__ import annotations

import pytest
from history_maker import (
    AT,
    KEYS,
    OTHER_UNIT,
    PLAN,
    STRANGER,
    Copy,
    opening,
    remade,
    small_history,
)  # fmt: skip
from spoiled_events import faults, resigned

from coach_assist.agreement.bodies import DecideBody, OpenBody, PartyKey, PartyKeys, ProposeBody
from coach_assist.agreement.events import make_record
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.keys import signature_holds


def test_signed_by_another_key() -> None:
    records = list(small_history().history.records())
    one = records[1]
    assert faults([records[0], remade(one, sig=STRANGER.sign(one.id))]) == {one.id: "signature"}
    assert faults([records[0], remade(one, sig=KEYS["team_member"].sign(one.id))]) == {one.id: "signature"}
    stranger = resigned(one, STRANGER, by=STRANGER.fingerprint)
    assert faults([records[0], stranger]) == {stranger.id: "author"}
    # Also when the event is already known with its good signature.
    assert faults([*records, remade(one, sig=STRANGER.sign(one.id))]) == {one.id: "signature"}
    assert not signature_holds(KEYS["manager"].public, one.id, one.sig + b"\x00")
    assert not signature_holds("00" * 32, one.id, one.sig)


def test_a_party_cannot_act_as_the_other() -> None:
    copy = Copy()
    one = copy.propose("manager", "Write it down")
    shown = copy.history.events[one].core.body_hash
    forged = make_record(
        "decide", DecideBody(proposal=one, shown=shown, decision="accept"),
        plan=PLAN, key=KEYS["manager"], at=AT, parents=frozenset([one]),
    )  # fmt: skip
    forged = resigned(forged, KEYS["manager"], by=KEYS["team_member"].fingerprint)
    assert faults([*copy.history.records(), forged]) == {forged.id: "signature"}


def test_replayed_from_another_plan() -> None:
    other = opening(plan="b" * 26)
    one = small_history().history.records()[1]
    there = resigned(one, KEYS["manager"], plan="b" * 26, parents=[other.id])
    assert faults([*small_history().history.records(), there])[there.id] == "missing-parent"
    first = opening()
    moved = resigned(one, KEYS["manager"], plan="b" * 26, parents=[first.id])
    assert faults([first, moved]) == {moved.id: "other-plan"}
    assert set(faults([first, other]).values()) == {"root"}


def test_one_root_only_and_it_opens() -> None:
    first = opening()
    second = opening()
    assert "root" in faults([first, second]).values()
    late = resigned(opening(), KEYS["manager"], parents=[first.id])
    assert faults([first, late]) == {late.id: "root"}
    bare = first.without_body()
    assert faults([bare], partial=True) == {bare.id: "root"}
    orphan = small_history().history.records()[1]
    assert faults([orphan]) == {orphan.id: "missing-parent"}


def test_a_root_must_be_signed_by_one_of_its_own_parties() -> None:
    first = opening()
    foreign = resigned(first, STRANGER, by=STRANGER.fingerprint)
    assert faults([foreign]) == {foreign.id: "author"}
    unsigned = remade(first, sig=STRANGER.sign(first.id))
    assert faults([unsigned]) == {first.id: "signature"}


def test_two_parties_cannot_be_one_key() -> None:
    one = PartyKey(name="Bo", key=KEYS["manager"].public, custody="this machine")
    with pytest.raises(ValueError, match="one and the same key"):
        OpenBody(parties=PartyKeys(team_member=one, manager=one))


def test_a_decision_names_the_text_that_was_shown() -> None:
    copy = Copy()
    one = copy.propose("manager", "Write it down")
    body = DecideBody(proposal=one, shown="00" * 32, decision="accept")
    with pytest.raises(Damaged, match="another text"):
        copy.add("team_member", "decide", body)
    with pytest.raises(Damaged, match="no proposal"):
        copy.add(
            "team_member",
            "decide",
            DecideBody(proposal=copy.history.root.id, shown="00" * 32, decision="accept"),
        )


def test_nobody_speaks_of_what_they_cannot_have_seen() -> None:
    copy = Copy()
    start = copy.branch()
    one = copy.propose("manager", "Write it down")
    shown = copy.history.events[one].core.body_hash
    blind = make_record(
        "decide", DecideBody(proposal=one, shown=shown, decision="accept"), plan=PLAN,
        key=KEYS["team_member"], at=AT, parents=frozenset(start.history.heads),
    )  # fmt: skip
    assert faults([*copy.history.records(), blind]) == {blind.id: "content"}
    with pytest.raises(Damaged, match="cannot have seen"):
        copy.add("team_member", "decide", DecideBody(proposal="ab" * 32, shown=shown, decision="accept"))


def test_a_base_is_a_proposal_on_the_same_unit() -> None:
    copy = Copy()
    one = copy.propose("manager", "Write it down")
    for wrong in (
        {"unit": OTHER_UNIT, "kind": "goal", "value": {"statement": "Other"}, "base": one},
        {"unit": OTHER_UNIT, "kind": "goal", "value": {"statement": "Other"}, "settles": [one]},
        {"unit": "goalgoal22", "kind": "support", "value": {"what": "Other"}, "base": one},
    ):
        with pytest.raises(Damaged, match="another unit"):
            copy.add("team_member", "propose", ProposeBody(origin="person", **wrong))
    decision = copy.decide("manager", one, "accept")
    body = ProposeBody(
        unit="goalgoal22", kind="goal", value={"statement": "x"}, base=decision, origin="person"
    )
    with pytest.raises(Damaged, match="no proposal"):
        copy.add("team_member", "propose", body)
