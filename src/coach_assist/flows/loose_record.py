"""The AI record of what was asked without a plan: `draft FILE`, `rewrite`, `review`, `summarise`.

It is kept in the workspace, holds no text either, and is never deleted by itself sooner than a policy
says; a person may delete it, and is told what goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from coach_assist.assistant.calls import CallRecord
from coach_assist.assistant.drafting import DraftEvent
from coach_assist.flows.ai_record import DAYS_OF_A_MONTH, AiRecord, CallKeeper, record_of
from coach_assist.plan.ids import new_unit_id
from coach_assist.workspace.loose_calls import LooseCalls, has_loose_calls

PRINTED, REPORTED, SAVED, BEGUN = "printed", "reported", "saved", "begun"
"""What became of it: shown only, in the report of a review, saved to a file, the draft of a new plan."""
STOPPED = "Stopped before the answer was whole."
KEPT = "Kept until you delete it (coach-assist ai-record --delete)."


class LooseKeeper:
    """Keeps calls that belong to no plan, each as it ends, and what became of them.

    The file is opened at the first call, so that work without a model leaves nothing behind.
    """

    def __init__(self, root: Path, place: str) -> None:
        """`root` is the workspace's folder, `place` where the model runs (Endpoint.place)."""
        self._root = root
        self._place = place
        self._record: LooseCalls | None = None
        self._keeper: CallKeeper | None = None
        self._asked = ""

    def __enter__(self) -> Self:
        self.ready()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ready(self) -> None:
        """Open the record now: a call that could not be recorded is not made. Raises Refused."""
        if self._record is None:
            self._record = LooseCalls(self._root)
            self._keeper = CallKeeper(self._record, self._place)

    def called(self, section: str, call: CallRecord | None, *, failed: str = "") -> None:
        """Keep one call for `section`; None where no answer came. Raises Refused."""
        self.ready()
        assert self._keeper is not None
        self._keeper.called(section, call, failed=failed)

    def hear(self, event: DraftEvent, section: str = "") -> None:
        """Keep what an event tells: a call that ended, and a unit that came of one and was shown.

        `section` is said where several pieces of work have one name. Raises Refused.
        """
        name = section or event.section
        if event.kind == "section_started":
            self._asked = name
        if event.call is not None or event.kind == "section_failed":
            self._asked = ""
            self.called(name, event.call, failed=str(event.data.get("what", "")))
        if event.kind == "unit_ready" and event.unit is not None:
            draft = event.unit.draft
            what = draft.origin if draft.origin == "own_words" else PRINTED
            self.became(section or event.unit.section, draft.kind, what, draft.id)

    def became(self, section: str, kind: str, what: str, unit: str = "") -> None:
        """Note what became of the last call for `section`, one of the words above; nothing without a call.

        `unit` names what the call gave; the same name again says that something else became of it.
        """
        if self._keeper is not None:
            self._keeper.made(section, unit or new_unit_id(), kind, what)

    def stopped(self) -> None:
        """Keep a call that was begun and has not ended as stopped; nothing where there is none."""
        if self._asked and self._record is not None:
            # By a keeper of its own: what came of an earlier call for the same thing can still change.
            CallKeeper(self._record, self._place).called(self._asked, None, failed=STOPPED)
        self._asked = ""

    def close(self) -> None:
        """Close the file. A call that was begun and never ended was stopped, and that is kept first."""
        if self._record is not None:
            self.stopped()
            self._record.close()
            self._record = self._keeper = None


def loose_record(root: Path, *, now: datetime | None = None) -> AiRecord:
    """Return the workspace's record, the oldest call first; empty where nothing was asked.

    Entries older than the organisation's policy lets them be are deleted first. Raises UsageError where
    that policy cannot be read, Refused.
    """
    from coach_assist.flows.policy import policy

    months = policy().retention.ai_record_months
    kept = KEPT if months is None else f"Kept for {months} months (the organisation's policy)."
    if not has_loose_calls(root):
        return AiRecord(None, (), kept)
    with LooseCalls(root) as record:
        if months is not None:
            record.calls.forget_before(_oldest(months, now))
        return record_of(record.calls.all(), None, kept)


@dataclass(frozen=True, slots=True)
class RecordDeletion:
    """What deleting the workspace's record would take away."""

    calls: int
    first: str | None
    """When the oldest call that would go was made (UTC, ISO); None where none would."""
    last: str | None
    held: int
    """Calls that stay, because the organisation's policy keeps them longer."""
    held_months: int | None


def record_deletion(root: Path, *, now: datetime | None = None) -> RecordDeletion:
    """Return what deleting would take away. Raises UsageError for an unreadable policy, Refused."""
    from coach_assist.flows.policy import policy

    months = policy().retention.ai_record_months
    calls = loose_record(root, now=now).calls
    bound = None if months is None else _oldest(months, now)
    going = [one.at or "" for one in calls if bound is None or (one.at or "") < bound]
    return RecordDeletion(
        len(going), min(going, default=None), max(going, default=None), len(calls) - len(going), months
    )


def delete_record(root: Path, *, now: datetime | None = None) -> RecordDeletion:
    """Delete the workspace's record, except what the organisation's policy keeps; return what went.

    Raises UsageError for an unreadable policy, Refused.
    """
    wanted = record_deletion(root, now=now)
    if has_loose_calls(root):
        with LooseCalls(root) as record:
            if wanted.held_months is None:
                record.calls.delete()
            else:
                record.calls.forget_before(_oldest(wanted.held_months, now))
    return wanted


def deletion_words(wanted: RecordDeletion) -> list[str]:
    """Return what deleting takes away, and what it does not, as sentences for a person."""
    if not wanted.calls:
        said = ["There is nothing to delete."]
    else:
        calls = "1 call" if wanted.calls == 1 else f"{wanted.calls} calls"
        days = " to ".join(dict.fromkeys((one or "")[:10] for one in (wanted.first, wanted.last)))
        said = [
            f"{calls} of a model, made without a plan ({days}): when, where, which model, what became of it.",
            "Nobody can tell afterwards that a model was asked. Keep a copy with -o FILE if anybody may ask. "
            "The records of plans are not touched.",
        ]
    if wanted.held:
        months = wanted.held_months
        said.append(f"{wanted.held} newer ones stay: the organisation's policy keeps them {months} months.")
    return said


def _oldest(months: int, now: datetime | None) -> str:
    oldest = (now or datetime.now(UTC)) - timedelta(days=months * DAYS_OF_A_MONTH)
    return oldest.isoformat(timespec="seconds")
