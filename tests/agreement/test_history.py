"""A history proves itself: each planted fault is reported, the event is named, nothing is applied."""

from __future__ import annotations

import json
import random

import pytest
from history_maker import (
    AT,
    KEYS,
    OTHER_UNIT,
    PLAN,
    Copy,
    remade,
    small_history,
)  # fmt: skip
from spoiled_events import faults, resigned

from coach_assist.agreement.bodies import CommentBody, DecideBody
from coach_assist.agreement.canonical import encode
from coach_assist.agreement.events import make_record
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.fold import fold
from coach_assist.agreement.history import History


def test_any_order_gives_the_same_history_and_state() -> None:
    records = list(small_history().history.records())
    wanted = fold(History().extended(records))
    shuffler = random.Random(7)
    for _ in range(20):
        shuffler.shuffle(records)
        history = History().extended(records)
        assert fold(history) == wanted
        assert {event.id for event in history.in_order()} == {record.id for record in records}


def test_each_dropped_event_is_missed_by_name() -> None:
    records = small_history().history.records()
    for number in range(len(records) - 1):
        found = faults([*records[:number], *records[number + 1 :]])
        assert set(found.values()) <= {"missing-parent", "root"}
        assert records[number + 1].id in found


def test_a_lost_tail_is_seen_by_who_remembers_it() -> None:
    records = small_history().history.records()
    cut = list(records[:-1])
    assert History().extended(cut).root is not None  # by itself a cut history verifies
    assert faults(cut, remembered=[records[-1].id]) == {records[-1].id: "lost-tail"}
    assert History().extended(records, remembered=[records[-1].id, records[2].id]).events


@pytest.mark.parametrize("part", ["core", "sig", "salt", "body"])
def test_a_changed_part_is_refused_and_named(part: str) -> None:
    records = list(small_history().history.records())
    for number, record in enumerate(records):
        data = bytearray(getattr(record, part))
        data[len(data) // 2] ^= 1
        changed = [*records]
        changed[number] = remade(record, **{part: bytes(data)})
        assert list(faults(changed)) == [record.id]  # this one, and none for what only follows from it


def test_a_body_or_signature_of_another_event_is_refused() -> None:
    records = list(small_history().history.records())
    one, other = records[1], records[4]
    assert faults([records[0], remade(one, salt=other.salt, body=other.body)]) == {one.id: "changed"}
    assert faults([records[0], remade(one, sig=other.sig)]) == {one.id: "signature"}
    assert faults([records[0], remade(one, id=other.id)]) == {other.id: "changed"}


def test_salt_without_body_is_refused_even_in_a_partial_copy() -> None:
    first, one, *_ = small_history().history.records()
    assert faults([first, remade(one, body=None)], partial=True) == {one.id: "changed"}
    assert faults([first, remade(one, salt=None)], partial=True) == {one.id: "changed"}


def test_swapped_and_unsorted_parents() -> None:
    copy = Copy()
    left, right = copy.branch(), copy.branch()
    left.propose("manager", "One")
    right.propose("team_member", "Two", unit=OTHER_UNIT)
    left.merge(right)
    left.propose("manager", "Three", base=None)
    records = list(left.history.records())
    last = records[-1]
    parents = json.loads(last.core)["parents"]
    assert len(parents) == 2
    swapped = resigned(last, KEYS["manager"], parents=parents[::-1])
    assert faults([*records[:-1], swapped]) == {swapped.id: "parents"}
    doubled = resigned(last, KEYS["manager"], parents=[parents[0], parents[0], parents[1]])
    assert faults([*records[:-1], doubled]) == {doubled.id: "parents"}
    none = resigned(last, KEYS["manager"], parents=[])
    assert faults([*records[:-1], none]) == {none.id: "root"}
    with pytest.raises(Damaged, match="only an opening event stands first"):
        History().extended([*records[:-1], none])
    with pytest.raises(Damaged, match="no opening event"):
        fold(History())


def test_the_authors_own_previous_event_is_always_a_parent() -> None:
    copy = Copy()
    own = copy.propose("manager", "One")
    other = copy.propose("team_member", "Two", unit=OTHER_UNIT)
    body = CommentBody(about=other, role="comment", text="Good")
    without = make_record("comment", body, plan=PLAN, key=KEYS["manager"], at=AT, parents=frozenset([other]))
    assert faults([*copy.history.records(), without]) == {without.id: "parents"}
    assert copy.history.parents_for(KEYS["manager"].fingerprint) == {own, other}


def test_withheld_bodies_verify_in_a_partial_copy_only() -> None:
    records = list(small_history().history.records())
    whole = records[3]
    records[3] = whole.without_body()
    assert faults(records) == {whole.id: "withheld"}
    partial = History().extended(records, partial=True)
    assert partial.events[whole.id].body is None
    assert partial.heads == {records[-1].id}
    arrived = partial.extended([whole])  # the body comes later, and is checked then
    assert arrived.events[whole.id].record == whole
    assert fold(arrived) == fold(small_history_of(arrived))
    with pytest.raises(Damaged):
        partial.extended([remade(whole, body=encode({"needs": "0.1"}))])


def test_a_withheld_body_that_arrives_is_checked_as_any_other() -> None:
    copy = Copy()
    one = copy.propose("manager", "Write it down")
    body = DecideBody(proposal=one, shown="00" * 32, decision="accept")
    lying = make_record("decide", body, plan=PLAN, key=KEYS["team_member"], at=AT, parents=copy.history.heads)
    partial = copy.history.extended([lying.without_body()], partial=True)
    with pytest.raises(Damaged, match="another text"):
        partial.extended([lying], partial=True)


def small_history_of(history: History) -> History:
    return History().extended(history.records())


def test_a_fork_of_one_key_is_held_together_by_its_next_event() -> None:
    copy = Copy()
    one = copy.propose("manager", "One")
    left, right = copy.branch(), copy.branch()
    a = left.decide("manager", one, "accept")
    b = right.decide("manager", one, "decline")
    left.merge(right)
    history = left.history
    assert not history.precedes(a, b) and not history.precedes(b, a)
    assert history.parents_for(KEYS["manager"].fingerprint) == {a, b}
    after = left.decide("manager", one, "accept")
    assert left.history.precedes(a, after) and left.history.precedes(b, after)
    assert left.history.precedes(one, after) and not left.history.precedes(after, one)
    only = make_record(
        "comment", CommentBody(about=one, role="comment", text="x"), plan=PLAN, key=KEYS["manager"], at=AT,
        parents=frozenset([a]),
    )  # fmt: skip
    assert history.extended([only]).heads == {b, only.id}  # a third branch of the same key, still verifiable
