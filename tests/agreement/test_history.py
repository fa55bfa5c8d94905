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
    STRANGER,
    Copy,
    opening,
    remade,
    small_history,
)  # fmt: skip

from coach_assist.agreement.bodies import CommentBody, DecideBody, OpenBody, PartyKey, PartyKeys, ProposeBody
from coach_assist.agreement.canonical import NotCanonical, encode
from coach_assist.agreement.events import Record, body_hash, event_id, from_line, make_record, to_line
from coach_assist.agreement.faults import Damaged, NewerVersion
from coach_assist.agreement.fold import fold
from coach_assist.agreement.history import History
from coach_assist.agreement.keys import SigningKey, fingerprint_of, signature_holds


def faults(records: list[Record], **options: object) -> dict[str | None, str]:
    """Verify records that must be refused; return what was found wrong: event → code."""
    with pytest.raises(Damaged) as caught:
        History().extended(records, **options)
    assert caught.value.exit_code == 4
    return {fault.event: fault.code for fault in caught.value.faults}


def resigned(record: Record, key: SigningKey, **core: object) -> Record:
    """The event with another core, its id and signature made anew by `key`."""
    data = encode({**json.loads(record.core), **core})
    identity = event_id(data)
    return Record(identity, data, key.sign(identity), record.salt, record.body)


def with_body(record: Record, key: SigningKey, body: object) -> Record:
    data = encode(body)
    salt = b"s" * 32
    return remade(resigned(record, key, body_hash=body_hash(salt, data)), salt=salt, body=data)


def author(record: Record) -> SigningKey:
    by = json.loads(record.core)["by"]
    return next(key for key in KEYS.values() if key.fingerprint == by)


def test_the_envelope_is_the_documented_one() -> None:
    import hashlib

    record = small_history().history.records()[1]
    core = json.loads(record.core)
    assert sorted(core) == ["at", "body_hash", "by", "kind", "parents", "plan", "v"]
    assert core["v"] == 1
    assert record.id == hashlib.sha256(b"coach-assist/event/v1\x00" + record.core).hexdigest()
    salted = hashlib.sha256(b"coach-assist/body/v1\x00" + record.salt + record.body).hexdigest()
    assert core["body_hash"] == salted
    public = bytes.fromhex(KEYS["manager"].public)
    assert core["by"] == hashlib.sha256(b"coach-assist/key/v1\x00" + public).hexdigest()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    signed = b"coach-assist/signature/v1\x00" + bytes.fromhex(record.id)
    Ed25519PublicKey.from_public_bytes(public).verify(record.sig, signed)


def test_fixed_events_keep_their_ids_for_ever() -> None:
    # Should this fail, histories that people have signed no longer verify: the format must not change.
    body = encode({"needs": "0.1", "about": "ab" * 32, "role": "comment", "text": "Grüße 😀"})
    core = encode(
        {
            "v": 1, "plan": PLAN, "kind": "comment", "by": KEYS["manager"].fingerprint, "at": AT,
            "parents": ["cd" * 32], "body_hash": body_hash(b"\x07" * 32, body),
        }
    )  # fmt: skip
    identity = event_id(core)
    assert identity == EXPECTED_ID
    assert KEYS["manager"].sign(identity).hex() == EXPECTED_SIGNATURE


EXPECTED_ID = "874987e334bc9c615975d22f0c7cd82dbc699f3f57396e39f868e986dc8c7846"
EXPECTED_SIGNATURE = (
    "8a5c21ca44700b7ac5144963833410e9c04b88de8693b37743f35742e318e36c"
    "e1399bd25bae965d0f70fd92357ec01abe966a4e54625ea64edc1ad587584c08"
)


def test_lines_come_back_byte_for_byte() -> None:
    for record in small_history().history.records():
        line = to_line(record)
        assert b"\n" not in line
        assert from_line(line) == record
        assert from_line(to_line(record.without_body())) == record.without_body()


@pytest.mark.parametrize("field", ["id", "sig", "salt"])
def test_upper_case_hex_is_another_spelling_and_refused(field: str) -> None:
    record = small_history().history.records()[2]
    data = json.loads(to_line(record))
    data[field] = data[field].upper()
    if field == "id":
        assert faults([opening(), from_line(encode(data))])
    else:
        with pytest.raises(NotCanonical):
            from_line(encode(data))


@pytest.mark.parametrize("change", [{"extra": 1}, {"salt": None}, {"body": None}, {"id": 5}, {"sig": "zz"}])
def test_a_line_with_other_fields_is_refused(change: dict[str, object]) -> None:
    data = json.loads(to_line(small_history().history.records()[2]))
    with pytest.raises(NotCanonical):
        from_line(encode({**data, **change}))


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


BAD_BODIES = [
    {"needs": "0.1", "unit": "goalgoal22", "kind": "goal", "value": {"statement": ""}},
    {"needs": "0.1"},
    [],
    {"needs": 1},
]


@pytest.mark.parametrize("body", BAD_BODIES)
def test_a_signed_body_that_says_nonsense_is_refused(body: object) -> None:
    records = small_history().history.records()
    bad = with_body(records[1], KEYS["manager"], body)
    assert faults([records[0], bad]) == {bad.id: "content"}


@pytest.mark.parametrize(
    "core",
    [
        {"v": 0}, {"v": -1}, {"v": True}, {"v": "1"}, {"plan": "A" * 26}, {"plan": 1}, {"kind": "Open"},
        {"kind": 3},
        {"at": "2026-11-25"}, {"at": 5}, {"by": "x"}, {"body_hash": None},
        {"parents": "x"}, {"parents": ["x"]},
        {"parents": ["AB" * 32]}, {"extra": 1}, {"parents": [f"{n:064x}" for n in range(300)]},
    ],
)  # fmt: skip
def test_a_core_of_another_shape_is_refused(core: dict[str, object]) -> None:
    records = small_history().history.records()
    bad = resigned(records[1], KEYS["manager"], **core)
    assert set(faults([records[0], bad]).values()) <= {"unreadable", "parents"}


def test_a_core_that_lacks_a_field_or_is_no_object_is_refused() -> None:
    first, one, *_ = small_history().history.records()
    core = json.loads(one.core)
    del core["at"]
    for data in (encode(core), encode([1]), b"{", one.core + b" "):
        identity = event_id(data)
        bad = Record(identity, data, KEYS["manager"].sign(identity), one.salt, one.body)
        assert faults([first, bad]) == {identity: "unreadable"}


def test_newer_format_kind_or_body_is_not_read_and_says_what_is_needed() -> None:
    records = small_history().history.records()
    newer = resigned(records[1], KEYS["manager"], v=2)
    with pytest.raises(NewerVersion, match="format 2") as caught:
        History().extended([records[0], newer])
    assert caught.value.exit_code == 4
    unknown = resigned(records[1], KEYS["manager"], kind="prophecy")
    with pytest.raises(NewerVersion, match="prophecy"):
        History().extended([records[0], unknown])
    with pytest.raises(NewerVersion, match="prophecy"):
        History().extended([records[0], unknown.without_body()], partial=True)
    later = with_body(records[1], KEYS["manager"], {"needs": "7.3", "novelty": 1})
    with pytest.raises(NewerVersion) as caught:
        History().extended([records[0], later])
    assert "7.3" in caught.value.needed


def test_a_version_changed_by_damage_is_damage() -> None:
    records = small_history().history.records()
    core = json.loads(records[1].core)
    damaged = remade(records[1], core=encode({**core, "v": 3}))
    assert faults([records[0], damaged]) == {records[1].id: "changed"}


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


def test_fingerprints_are_of_the_key_alone() -> None:
    assert fingerprint_of(KEYS["manager"].public) == KEYS["manager"].fingerprint
    assert KEYS["manager"].secret().hex() not in repr(KEYS["manager"])
