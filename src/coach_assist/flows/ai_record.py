"""The AI record of a plan: every call of a model, and what became of what it gave.

An entry holds no text of anybody's: when, where, which model, prompt and version, for which part of the
plan, tokens, seconds. What became of it is not stored but read from the plan's drafts and proposals as
they are now. Entries stay as long as the plan, or as long as an organisation's policy says, never less
than six months.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from pydantic import JsonValue

from coach_assist.agreement.fold import Proposal
from coach_assist.flows.unit_fields import KIND_WORDS, fields_of
from coach_assist.plan.ids import new_unit_id
from coach_assist.workspace.drawers import CallDrawer
from coach_assist.workspace.plan_file import PlanFile

if TYPE_CHECKING:
    from coach_assist.assistant.calls import CallRecord

DAYS_OF_A_MONTH = 31

FATE_WORDS = {
    "draft": "kept as a draft, as the model wrote it",
    "edited": "edited by a person, still a draft",
    "own_words": "not used: your own words stand",
    "open": "put forward, not decided yet",
    "open_edited": "edited by a person and put forward, not decided yet",
    "agreed": "put forward and accepted by both",
    "agreed_edited": "edited by a person, put forward and accepted by both",
    "declined": "put forward and declined",
    "withdrawn": "put forward and withdrawn",
    "superseded": "accepted by both once, replaced by a newer text since",
    "taken": "taken over into the draft",
    "not_kept": "not kept",
    "printed": "shown, and not kept by this program",
    "reported": "in the report of the review",
    "saved": "saved to a file",
    "begun": "taken into a new plan, as a draft",
}
"""What can become of a draft, and how it is said."""


@dataclass(frozen=True, slots=True)
class UnitFate:
    """What became of one unit that a call drafted. `kind` is "" where it is not known any more."""

    unit: str
    kind: str
    fate: str
    content: tuple[tuple[str, str], ...] = ()
    """The unit's fields as they are now (label, text); empty unless asked for."""

    @property
    def words(self) -> str:
        """What became of it, for a person."""
        return FATE_WORDS[self.fate]


@dataclass(frozen=True, slots=True)
class AiCall:
    """One call. `at` is UTC, when the answer was there; tokens are None where the server did not say."""

    at: str | None
    endpoint: str
    model: str | None
    prompt: str | None
    version: str | None
    section: str
    prompt_tokens: int | None
    cached_tokens: int | None
    completion_tokens: int | None
    seconds: float | None
    attempts: int | None
    finish_reason: str | None
    failed: str
    """What went wrong, in words; "" where nothing did."""
    units: tuple[UnitFate, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the call as JSON-ready data."""
        names = [name for name in self.__slots__ if name != "units"]
        units = [
            {"unit": one.unit, "kind": one.kind, "became": one.fate, "words": one.words}
            | ({"content": dict(one.content)} if one.content else {})
            for one in self.units
        ]
        return {**{name: getattr(self, name) for name in names}, "units": units}


@dataclass(frozen=True, slots=True)
class AiRecord:
    """All calls of one plan, the oldest first, and how long they are kept, in words.

    `plan` is None for the calls that belong to no plan (flows/loose_record.py).
    """

    plan: str | None
    calls: tuple[AiCall, ...]
    retention: str

    def to_json(self) -> dict[str, Any]:
        """Return the record as JSON-ready data."""
        return {
            "plan": self.plan,
            "retention": self.retention,
            "calls": [call.to_json() for call in self.calls],
        }


class HasCalls(Protocol):
    """What keeps a record of calls: a plan's file, or the workspace's record."""

    calls: CallDrawer


class CallKeeper:
    """Writes the calls of one round of work into a record, as they end."""

    def __init__(self, plan: HasCalls, place: str) -> None:
        """`place` is where the model ran: Endpoint.place, "" where none is asked."""
        self._plan = plan
        self._place = place
        self._calls: dict[str, str] = {}

    def called(self, section: str, call: CallRecord | None, *, failed: str = "") -> None:
        """Keep a call for `section` ("goal:0"); a failed one may have given no answer at all (None)."""
        identity = new_unit_id()
        given: Mapping[str, Any] = {} if call is None else call.to_json()
        entry = {
            "id": identity,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "endpoint": self._place,
            "section": section,
            **given,
            "failed": failed,
        }
        self._plan.calls.add(cast("dict[str, JsonValue]", entry))
        self._calls[section] = identity

    def made(self, section: str, unit: str, kind: str, origin: str) -> None:
        """Note that a unit came of the call for `section`; nothing where there was none."""
        if section in self._calls:
            self._plan.calls.add({"call": self._calls[section], "unit": unit, "kind": kind, "origin": origin})


def keep_calls(
    plan: PlanFile, section: str, calls: Iterable[CallRecord], place: str, *, failed: str = ""
) -> None:
    """Keep the calls of one piece of work. `failed` says why the work ended, where it did not succeed."""
    keeper = CallKeeper(plan, place)
    kept = False
    for call in calls:
        keeper.called(section, call)
        kept = True
    if failed and not kept:
        keeper.called(section, None, failed=failed)


def note_taken(plan: PlanFile, unit: str) -> None:
    """Note that the newest rewrite of a unit was taken over into its draft."""
    for entry in reversed(plan.calls.all()):
        if entry.get("section") == f"rewrite:{unit}" and not entry.get("failed"):
            plan.calls.add({"call": entry.get("id"), "unit": unit, "kind": "goal", "origin": "taken"})
            return


def note_countered(plan: PlanFile, version: str, proposal: str) -> None:
    """Note that a version which a call gave was put forward as a counter, as the proposal of that id."""
    for entry in reversed(plan.calls.all()):
        if entry.get("unit") == version and "call" in entry:
            plan.calls.add({**entry, "origin": f"{_COUNTERED}{proposal}"})
            return


def ai_record(plan: PlanFile, *, content: bool = False, now: datetime | None = None) -> AiRecord:
    """Return the plan's record, with what became of each unit; with `content` their texts as they are now.

    Entries that are older than the organisation's policy lets them be are deleted first. Raises
    UsageError where that policy cannot be read.
    """
    from coach_assist.flows.policy import policy

    months = policy().retention.ai_record_months
    if months is not None and not plan.read_only:
        oldest = (now or datetime.now(UTC)) - timedelta(days=months * DAYS_OF_A_MONTH)
        plan.calls.forget_before(oldest.isoformat(timespec="seconds"))
    entries = plan.calls.all()
    kept = (
        "Kept as long as the plan; deleted with it."
        if months is None
        else f"Kept for {months} months (the organisation's policy), or until the plan is deleted."
    )
    return record_of(entries, plan, kept, content=content)


def record_of(
    entries: Iterable[Mapping[str, Any]], plan: PlanFile | None, kept: str, *, content: bool = False
) -> AiRecord:
    """Return entries as a record. Of several notes on one thing that a call gave, the last one counts."""
    entries = list(entries)
    fates = _Fates(plan, content)
    made: dict[str, dict[str, UnitFate]] = {}
    for entry in entries:
        if "call" in entry:
            unit = str(entry.get("unit"))
            fate = fates.of(unit, str(entry.get("kind") or ""), str(entry.get("origin")))
            made.setdefault(str(entry["call"]), {})[unit] = fate
    calls = tuple(_call(entry, made) for entry in entries if "call" not in entry)
    return AiRecord(plan.id if plan else None, calls, kept)


def record_bytes(record: AiRecord) -> bytes:
    """Return the record as a JSON file."""
    return json.dumps(record.to_json(), ensure_ascii=False, indent=2).encode() + b"\n"


def _call(entry: Mapping[str, Any], made: Mapping[str, Mapping[str, UnitFate]]) -> AiCall:
    # Entries of the first version hold the bare call, without time, place and section.
    return AiCall(
        at=entry.get("at"),
        endpoint=entry.get("endpoint") or "",
        model=entry.get("model"),
        prompt=entry.get("prompt"),
        version=entry.get("version"),
        section=entry.get("section") or "",
        prompt_tokens=entry.get("prompt_tokens"),
        cached_tokens=entry.get("cached_tokens"),
        completion_tokens=entry.get("completion_tokens"),
        seconds=entry.get("seconds"),
        attempts=entry.get("attempts"),
        finish_reason=entry.get("finish_reason"),
        failed=entry.get("failed") or "",
        units=tuple(made.get(str(entry.get("id")), {}).values()),
    )


_SAID_AT_ONCE = frozenset({"own_words", "taken", "printed", "reported", "saved", "begun"})
"""What is noted when it happens; the rest is read from the plan."""
_COUNTERED = "countered:"
"""Before the id of the proposal as which a version was put forward; its unit has other proposals, too."""
_RANK = {"agreed": 3, "conflict": 2, "open": 1}


class _Fates:
    """Looks up what became of a unit: in the drawer of drafts, then among the proposals."""

    def __init__(self, plan: PlanFile | None, content: bool) -> None:
        self._drafts = {draft.id: draft for draft in plan.drafts.all()} if plan else {}
        self._content = content
        self._proposals: dict[str, Proposal] = {}
        if plan is not None and plan.has_opened:
            for one in sorted(plan.state.proposals.values(), key=lambda one: _RANK.get(one.status, 0)):
                self._proposals[one.id] = one
                self._proposals[one.unit] = one  # what is agreed outranks what is open, and that the rest

    def of(self, unit: str, kind: str, origin: str) -> UnitFate:
        place = origin.removeprefix(_COUNTERED) if origin.startswith(_COUNTERED) else unit
        known = self._drafts.get(place) or self._proposals.get(place)
        content: tuple[tuple[str, str], ...] = ()
        if self._content and known is not None and known.value:
            content = tuple(fields_of(known.kind, known.value))
        return UnitFate(unit, _kind_words(kind), self._fate(place, origin), content)

    def _fate(self, unit: str, origin: str) -> str:
        if origin in _SAID_AT_ONCE:
            return origin
        draft, proposal = self._drafts.get(unit), self._proposals.get(unit)
        if draft is not None and (proposal is None or proposal.status != "agreed"):
            return "draft" if draft.origin == "model" else "edited"
        if proposal is None:
            return "not_kept"
        edited = "" if proposal.origin == "model" else "_edited"
        match proposal.status:
            case "agreed" | "conflict":
                return f"agreed{edited}"
            case "open":
                return f"open{edited}"
            case "declined" | "withdrawn" | "superseded":
                return proposal.status
        return "withdrawn"


def _kind_words(kind: str) -> str:
    return str(KIND_WORDS.get(cast("Any", kind), kind.replace("_", " ")))


def save_record(record: AiRecord, path: Path, *, replace: bool = False) -> None:
    """Write the record to a file, mode 0600. Raises UsageError where it exists, Refused."""
    from coach_assist.exchange.files import write_export

    write_export(path, record_bytes(record), replace=replace)
