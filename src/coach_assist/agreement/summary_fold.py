"""Summaries of notes and what each party said of them. A pure view; order and clocks decide nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach_assist.agreement.history import History
from coach_assist.agreement.summary_bodies import SummaryAnswer, SummaryAnswerBody, SummaryBody, SummaryItem
from coach_assist.agreement.verify import Event
from coach_assist.plan.units import PARTIES, Party


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary that one party has put forward."""

    id: str
    shown: str
    """The hash of its body: whoever answers hands it back."""
    by: Party
    day: str
    method: str
    items: tuple[SummaryItem, ...]
    check_in: str | None
    answers: Mapping[Party, SummaryAnswer | None]

    @property
    def accepted(self) -> bool:
        """Whether both parties' last answers are accept."""
        return all(self.answers[party] == "accept" for party in PARTIES)

    @property
    def declined(self) -> bool:
        """Whether one of the two has declined it."""
        return "decline" in self.answers.values()

    @property
    def waits_for(self) -> tuple[Party, ...]:
        """Who has still to answer; nobody once one of the two has declined."""
        return () if self.declined else tuple(one for one in PARTIES if self.answers[one] is None)


def summaries_of(history: History) -> tuple[Summary, ...]:
    """Return the summaries whose text is there, in the history's own order."""
    found: list[Event] = []
    answers: dict[tuple[str, Party], list[Event]] = {}
    for event in history.in_order():
        match event.body:
            case SummaryBody() if event.id not in history.erased:
                found.append(event)
            case SummaryAnswerBody(summary=target) if _in_use(history, event):
                answers.setdefault((target, history.authors[event.by].party), []).append(event)
    return tuple(_summary(history, event, answers) for event in found)


def _summary(history: History, event: Event, answers: Mapping[tuple[str, Party], Sequence[Event]]) -> Summary:
    body = event.body
    assert isinstance(body, SummaryBody)
    return Summary(
        id=event.id,
        shown=event.core.body_hash,
        by=history.authors[event.by].party,
        day=body.day,
        method=body.method,
        items=tuple(body.items),
        check_in=body.check_in,
        answers={party: _last(history, answers.get((event.id, party), ())) for party in PARTIES},
    )


def _last(history: History, events: Sequence[Event]) -> SummaryAnswer | None:
    """Return the answer that no later one of the same party follows; of several, decline is safer."""
    standing = history.maximal([event.id for event in events])
    bodies = [history.events[one].body for one in standing]
    said = {body.answer for body in bodies if isinstance(body, SummaryAnswerBody)}
    return "decline" if "decline" in said else "accept" if said else None


def _in_use(history: History, event: Event) -> bool:
    """Say whether an acceptance was made before its key was given up elsewhere; a decline always counts."""
    body = event.body
    assert isinstance(body, SummaryAnswerBody)
    if body.answer == "decline":
        return True
    changes = [one for one in history.events.values() if one.kind == "rotate" and one.by == event.by]
    return not changes or any(history.precedes(event.id, change.id) for change in changes)
