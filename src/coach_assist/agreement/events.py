"""The envelope of an event, in its final form.

    core      = {"v", "plan", "kind", "by", "at", "parents", "body_hash"}, canonical JSON
    id        = SHA-256("coach-assist/event/v1" NUL core), 64 hex digits
    sig       = Ed25519 over "coach-assist/signature/v1" NUL and the 32 bytes of the id
    body_hash = SHA-256("coach-assist/body/v1" NUL salt body), salt = 32 random bytes, body canonical JSON

The core never changes and is never withheld. Salt and body lie beside it: without them the event
still verifies, because id and signature rest on the core alone, and the random salt keeps anybody
from guessing a withheld text by its hash. `parents` are the ids of the newest events that the author
knew, sorted, and always include the author's own previous event; `at` is a claim and orders nothing.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from pydantic import JsonValue

from coach_assist.agreement.bodies import Body
from coach_assist.agreement.canonical import MAX_BYTES, NotCanonical, decode, encode, written_again
from coach_assist.agreement.keys import SigningKey

FORMAT = 1
EVENT_CONTEXT = b"coach-assist/event/v1\x00"
BODY_CONTEXT = b"coach-assist/body/v1\x00"
SALT_BYTES = 32
MAX_PARENTS = 256
MAX_LINE_BYTES = 2 * MAX_BYTES + 4096
"""A line holds a core and a body, each within its own limit."""
CORE_FIELDS = frozenset({"v", "plan", "kind", "by", "at", "parents", "body_hash"})
LINE_FIELDS = frozenset({"core", "id", "sig", "salt", "body"})
AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


@dataclass(frozen=True, slots=True)
class Record:
    """One event exactly as it is kept and passed on: bytes, nothing interpreted.

    `salt` and `body` are both None where the body was withheld or erased.
    """

    id: str
    core: bytes
    sig: bytes
    salt: bytes | None
    body: bytes | None

    def without_body(self) -> Record:
        """Return the same event with its body withheld."""
        return Record(self.id, self.core, self.sig, None, None)


@dataclass(frozen=True, slots=True)
class Core:
    """The fields of a core, read and of the right shape."""

    v: int
    plan: str
    kind: str
    by: str
    at: str
    parents: tuple[str, ...]
    body_hash: str


def event_id(core: bytes) -> str:
    """Return the id (64 hex digits) of an event with these canonical core bytes."""
    return hashlib.sha256(EVENT_CONTEXT + core).hexdigest()


def body_hash(salt: bytes, body: bytes) -> str:
    """Return the hash (64 hex digits) of a canonical body under its salt of 32 bytes."""
    return hashlib.sha256(BODY_CONTEXT + salt + body).hexdigest()


def timestamp(moment: datetime) -> str:
    """Return a moment as an event claims it: UTC, whole seconds, "2026-11-25T09:30:00Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def make_record(
    kind: str, body: Body, *, plan: str, key: SigningKey, at: str, parents: frozenset[str]
) -> Record:
    """Return a new signed event.

    `parents` are the ids of the newest events that the author knows and of the author's own previous
    event. Raises NotCanonical where the body has no canonical form (too long, lone surrogates).
    """
    salt = secrets.token_bytes(SALT_BYTES)
    body_bytes = encode(body.model_dump(mode="json"))
    core = encode(
        {
            "v": FORMAT,
            "plan": plan,
            "kind": kind,
            "by": key.fingerprint,
            "at": at,
            "parents": cast("list[JsonValue]", sorted(parents)),
            "body_hash": body_hash(salt, body_bytes),
        }
    )
    identity = event_id(core)
    return Record(identity, core, key.sign(identity), salt, body_bytes)


def to_line(record: Record) -> bytes:
    """Return an event as one line of a bundle: canonical JSON, no line end."""
    whole: dict[str, JsonValue] = {  # its keys in order, as written_again wants them
        "body": None if record.body is None else decode(record.body),
        "core": decode(record.core),
        "id": record.id,
        "salt": None if record.salt is None else record.salt.hex(),
        "sig": record.sig.hex(),
    }
    return written_again(whole, limit=MAX_LINE_BYTES)


def from_line(line: bytes) -> Record:
    """Read one line of a bundle. Raises NotCanonical unless it is its own canonical form.

    Hex digits are lower case only: one event has one spelling.
    """
    whole = decode(line, limit=MAX_LINE_BYTES)
    if not isinstance(whole, dict) or whole.keys() != LINE_FIELDS:
        raise NotCanonical("not the fields of an event")
    identity, sig, salt, body = whole["id"], whole["sig"], whole["salt"], whole["body"]
    if not isinstance(identity, str):
        raise NotCanonical("the id is no text")
    if (salt is None) != (body is None):
        raise NotCanonical("salt and body stand or fall together")
    return Record(
        id=identity,
        core=written_again(whole["core"]),
        sig=_from_hex(sig),
        salt=None if salt is None else _from_hex(salt),
        body=None if body is None else written_again(body),
    )


def _from_hex(text: JsonValue) -> bytes:
    if not isinstance(text, str) or not re.fullmatch(r"(?:[0-9a-f]{2})*", text):
        raise NotCanonical("not lower-case hex digits")
    return bytes.fromhex(text)
