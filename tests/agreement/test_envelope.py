"""The envelope of an event: one spelling, one id, one shape; a newer one is recognised."""

from __future__ import annotations

import json

import pytest
from history_maker import (
    AT,
    KEYS,
    PLAN,
    opening,
    remade,
    small_history,
)  # fmt: skip
from spoiled_events import faults, resigned, with_body

from coach_assist.agreement.canonical import NotCanonical, encode
from coach_assist.agreement.events import Record, body_hash, event_id, from_line, to_line
from coach_assist.agreement.faults import NewerVersion
from coach_assist.agreement.history import History
from coach_assist.agreement.keys import fingerprint_of


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


@pytest.mark.parametrize(
    "change",
    [{"extra": 1}, {"salt": None}, {"body": None}, {"id": 5}, {"sig": "zz"}, {"sig": 5}, {"salt": []}],
)
def test_a_line_with_other_fields_is_refused(change: dict[str, object]) -> None:
    data = json.loads(to_line(small_history().history.records()[2]))
    with pytest.raises(NotCanonical):
        from_line(encode({**data, **change}))


BAD_BODIES = [
    {"needs": "0.1", "unit": "goalgoal22", "kind": "goal", "value": {"statement": ""}},
    {"needs": "0.1"},
    [],
    {"needs": 1},
    {"needs": "next"},
    {"needs": "0.1.1"},
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
        {"parents": "x"}, {"parents": ["x"]}, {"parents": None}, {"parents": [1]},
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


@pytest.mark.parametrize("line", [b"[]", b"1", b"{}", b"null", b'"core"'])
def test_a_line_that_is_no_event_at_all_is_refused(line: bytes) -> None:
    with pytest.raises(NotCanonical):
        from_line(line)


@pytest.mark.parametrize("body", [b"{", b"{} ", b"\xff", b'{"b":1,"a":1}', b"[1.0]", b""])
def test_a_signed_body_that_is_not_canonical_is_refused(body: bytes) -> None:
    first, one, *_ = small_history().history.records()
    hashed = resigned(one, KEYS["manager"], body_hash=body_hash(b"s" * 32, body))
    bad = remade(hashed, salt=b"s" * 32, body=body)
    assert faults([first, bad]) == {bad.id: "content"}


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


def test_fingerprints_are_of_the_key_alone() -> None:
    assert fingerprint_of(KEYS["manager"].public) == KEYS["manager"].fingerprint
    assert KEYS["manager"].secret().hex() not in repr(KEYS["manager"])
