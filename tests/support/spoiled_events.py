"""Spoils single events for tests, and reads what the verifier says of them."""

from __future__ import annotations

import json

import pytest
from history_maker import remade

from coach_assist.agreement.canonical import encode
from coach_assist.agreement.events import Record, body_hash, event_id, to_line
from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.history import History
from coach_assist.agreement.keys import SigningKey


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


def bundle(records: list[Record], heads: list[str]) -> bytes:
    """A file with a header that fits, whatever the records are."""
    plan = json.loads(records[0].core)["plan"]
    header = {"bundle": "coach-assist", "events": len(records), "heads": sorted(heads), "plan": plan, "v": 1}
    return b"".join(line + b"\n" for line in (encode(header), *(to_line(one) for one in records)))
