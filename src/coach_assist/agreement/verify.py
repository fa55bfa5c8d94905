"""The checks of one event on its own: bytes, id, body hash, shape, signature, what the body says.

How events hang together (parents, authors, references) is checked in history.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from pydantic import JsonValue, ValidationError

from coach_assist.agreement.bodies import BODY_MODELS, HEX_ID, Body
from coach_assist.agreement.canonical import NotCanonical, decode, encode
from coach_assist.agreement.events import (
    AT,
    CORE_FIELDS,
    FORMAT,
    MAX_PARENTS,
    SALT_BYTES,
    Core,
    Record,
    body_hash,
    event_id,
)
from coach_assist.agreement.faults import Damaged, Fault, FaultCode, NewerVersion
from coach_assist.plan.ids import PLAN_ID_PATTERN

KIND = re.compile(r"[a-z][a-z_]{0,39}")
READS = (0, 2)
"""The newest `needs` (major, minor) of a body that this version reads."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event whose own bytes have been checked. `body` is None where it was withheld or erased."""

    id: str
    core: Core
    body: Body | None
    record: Record

    @property
    def kind(self) -> str:
        return self.core.kind

    @property
    def by(self) -> str:
        return self.core.by

    @property
    def parents(self) -> tuple[str, ...]:
        return self.core.parents


def read_event(record: Record, place: str = "") -> Event:
    """Check one record on its own and return it as an event; the signature is not checked here.

    Raises Damaged (with one fault that names the event, or `place` where no id can be trusted) or
    NewerVersion (a newer format, or an unknown kind of an event whose id is right).
    """
    actual = event_id(record.core)
    fields = _core_fields(record, place)
    if actual != record.id:
        raise _fault("changed", "its id does not match its content", record.id, place)
    core = _core(fields, actual)
    body = _body(core, record)
    return Event(id=actual, core=core, body=body, record=record)


def _fault(code: FaultCode, words: str, event: str | None, place: str = "") -> Damaged:
    named = event if event is not None and re.fullmatch(HEX_ID, event) else None
    return Damaged((Fault(code, words, named, place),))


def _core_fields(record: Record, place: str) -> dict[str, JsonValue]:
    """Return the core as a dict with exactly the known fields.

    A newer format may have other fields and another way to make its id, so it is recognised before
    the id is compared. Should only the `v` of an event of this format have been changed, its id says
    so: that is damage.
    """
    try:
        fields = decode(record.core)
    except NotCanonical as error:
        raise _fault("unreadable", str(error), record.id, place) from None
    if not isinstance(fields, dict):
        raise _fault("unreadable", "the core is no object", record.id, place)
    version = fields.get("v")
    if isinstance(version, int) and not isinstance(version, bool) and version > FORMAT:
        if event_id(encode({**fields, "v": FORMAT})) == record.id:
            raise _fault("changed", "its version was changed", record.id, place)
        raise NewerVersion(
            f"an event of it has format {version}, this version reads format {FORMAT}",
            "a version that reads that format",
        )
    if fields.keys() != CORE_FIELDS:
        raise _fault("unreadable", "the core has other fields than an event", record.id, place)
    return fields


def _core(fields: dict[str, JsonValue], identity: str) -> Core:
    plan, kind, by, at = fields["plan"], fields["kind"], fields["by"], fields["at"]
    parents, hashed = fields["parents"], fields["body_hash"]
    version = fields["v"]
    if type(version) is not int or version != FORMAT:
        raise _fault("unreadable", "its version is no version", identity)
    if not isinstance(plan, str) or not re.fullmatch(PLAN_ID_PATTERN, plan):
        raise _fault("unreadable", "its plan is no plan id", identity)
    if not isinstance(kind, str) or not KIND.fullmatch(kind):
        raise _fault("unreadable", "its kind is no kind", identity)
    if not isinstance(at, str) or not AT.fullmatch(at):
        raise _fault("unreadable", "its time is no time", identity)
    for one in (by, hashed):
        if not isinstance(one, str) or not re.fullmatch(HEX_ID, one):
            raise _fault("unreadable", "a hash in it is no hash", identity)
    if not isinstance(parents, list) or len(parents) > MAX_PARENTS:
        raise _fault("parents", "its parents are no list, or too many", identity)
    for one in parents:
        if not isinstance(one, str) or not re.fullmatch(HEX_ID, one):
            raise _fault("parents", "a parent is no event id", identity)
    ordered = cast("list[str]", parents)
    if ordered != sorted(set(ordered)):
        raise _fault("parents", "its parents are not sorted, or one stands twice", identity)
    return Core(version, plan, kind, cast("str", by), at, tuple(ordered), cast("str", hashed))


def _body(core: Core, record: Record) -> Body | None:
    if (record.salt is None) != (record.body is None):
        raise _fault("changed", "salt and body stand or fall together", record.id)
    if record.salt is None or record.body is None:
        if core.kind not in BODY_MODELS:
            raise NewerVersion(f"it holds an event of kind “{core.kind}”", "a version that knows this kind")
        return None
    if len(record.salt) != SALT_BYTES or body_hash(record.salt, record.body) != core.body_hash:
        raise _fault("changed", "its body does not match its body hash", record.id)
    try:
        data = decode(record.body)
    except NotCanonical as error:
        raise _fault("content", f"its body is {error}", record.id) from None
    needs = data.get("needs") if isinstance(data, dict) else None
    if newer := _newer(needs):
        raise NewerVersion(f"it holds an event of kind “{core.kind}”", f"coach-assist {newer} or newer")
    model = BODY_MODELS.get(core.kind)
    if model is None:
        raise NewerVersion(f"it holds an event of kind “{core.kind}”", "a version that knows this kind")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or core.kind
        words = f"its body is no “{core.kind}” ({where}: {first['msg']})"
        raise _fault("content", words, record.id) from None


def _newer(needs: object) -> str | None:
    """Return `needs` where it asks for a newer version than this one, else None."""
    if not isinstance(needs, str) or not re.fullmatch(r"[0-9]{1,4}\.[0-9]{1,4}", needs):
        return None
    major, minor = (int(part) for part in needs.split("."))
    return needs if (major, minor) > READS else None
