"""What can be wrong with a history, said by event, and the two refusals that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coach_assist.errors import Refused

FaultCode = Literal[
    "unreadable",  # the bytes are no canonical event
    "changed",  # id or body hash does not match the content
    "withheld",  # a body is missing where the whole history was asked for
    "signature",  # the signature is not by the key that `by` names
    "author",  # `by` is no key of a party
    "parents",  # wrong order, doubled, or without the author's own previous event
    "missing-parent",
    "lost-tail",  # an event that this reader saw before is gone
    "root",  # no opening event, or more than one
    "other-plan",
    "content",  # signed, but says something that cannot be
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `event` is the id (64 hex digits) where it could be read, else None."""

    code: FaultCode
    words: str
    event: str | None = None
    place: str = ""
    """Where it lies, such as "line 4": the id alone does not help where the id was changed."""

    def __str__(self) -> str:
        event = f"event {self.event[:12]}" if self.event else ""
        where = f"{event} ({self.place})" if event and self.place else event or self.place or "the history"
        return f"{where}: {self.words}"


class Damaged(Refused):
    """The history does not prove itself; nothing of it is applied."""

    def __init__(self, faults: tuple[Fault, ...], *, source: str = "This plan") -> None:
        shown = "; ".join(str(fault) for fault in faults[:5])
        more = f"; and {len(faults) - 5} more" if len(faults) > 5 else ""
        super().__init__(
            f"{source} does not verify: {shown}{more}.",
            kept="The file was left exactly as it is, and nothing of it was applied.",
            next_step="Restore it from a backup, or ask the other party for their copy.",
        )
        self.faults = faults


class NewerVersion(Refused):
    """The history holds what this version cannot read yet; it is not folded and stays untouched."""

    def __init__(self, words: str, needed: str) -> None:
        super().__init__(
            f"This plan needs a newer coach-assist: {words}.",
            kept="The file was left exactly as it is.",
            next_step=f"Install {needed}, then open the plan again.",
        )
        self.needed = needed
