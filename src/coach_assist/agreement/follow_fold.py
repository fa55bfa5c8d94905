"""What happened since: check-ins, readings, what was done, notes, the closing page. A pure view.

As in fold.py, order and clocks decide nothing beyond what the events themselves know of one another.
Of two marks about one thing, the later one counts where its writer knew the earlier one; where two
parties wrote without knowing of one another and say different things, both stand ("seen differently").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach_assist.agreement.follow_bodies import (
    CheckInBody,
    CloseBody,
    CloseSignBody,
    MarkWord,
    NoteBody,
    NoteRole,
    OutcomePart,
    SurveyBody,
)
from coach_assist.agreement.history import History
from coach_assist.agreement.summary_fold import Summary, summaries_of
from coach_assist.agreement.verify import Event
from coach_assist.plan.units import PARTIES, Party


@dataclass(frozen=True, slots=True)
class Reading:
    """A value of a goal's metric on a day (ISO), as one party wrote it down."""

    event: str
    by: Party
    goal: str
    day: str
    value: str | None
    """A decimal string."""
    words: str | None
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """What one party says of a unit or of a next step."""

    event: str
    by: Party
    of: str
    mark: MarkWord
    day: str


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One check-in that was held, with whoever wrote something down of it."""

    events: tuple[str, ...]
    day: str
    by: tuple[Party, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A text that its writer has released. `text` is None where it was erased or withheld."""

    id: str
    by: Party
    role: NoteRole | None
    text: str | None
    day: str | None
    about: str | None
    check_in: str | None
    owner: str | None
    due: str | None


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """A closing page and who has signed exactly it."""

    id: str
    shown: str
    """The hash of its body: whoever signs hands it back."""
    by: Party
    day: str
    plan_hash: str
    outcomes: tuple[OutcomePart, ...]
    learned: Mapping[Party, str | None]
    recognition: str | None
    next_area: str | None
    replaces: str | None
    signed: frozenset[Party]

    @property
    def closed(self) -> bool:
        """Whether both parties have signed it."""
        return self.signed == frozenset(PARTIES)


@dataclass(frozen=True, slots=True)
class Survey:
    """What one party says of the coaching, 1 to 5."""

    by: Party
    scores: Mapping[str, int]
    words: str | None


@dataclass(frozen=True, slots=True)
class Followed:
    """All that was said after the plan was agreed."""

    check_ins: tuple[CheckIn, ...]
    """By day."""
    readings: tuple[Reading, ...]
    """By day, those of one day in the history's order."""
    marks: Mapping[str, tuple[Mark, ...]]
    """Unit (or next step) → what stands of it: one mark, or several that differ."""
    notes: tuple[Note, ...]
    pages: tuple[ClosingPage, ...]
    """Closing pages that wait for a signature, the newest last; empty once the plan is closed."""
    closed: tuple[ClosingPage, ...]
    """The page that both have signed; several only where two machines closed it apart."""
    surveys: Mapping[Party, Survey]
    summaries: tuple[Summary, ...]
    """What was put forward as a summary of notes; it counts once both have accepted it."""

    def notes_of(self, role: NoteRole) -> tuple[Note, ...]:
        """Return the notes of one role whose text is there."""
        return tuple(one for one in self.notes if one.role == role and one.text is not None)


def follow(history: History) -> Followed:
    """Return what was said after the plan was agreed."""
    check_ins: list[Event] = []
    readings: list[Reading] = []
    marks: dict[str, list[Mark]] = {}
    notes: list[Note] = []
    pages: list[Event] = []
    signed: list[Event] = []
    surveys: dict[Party, Survey] = {}
    for event in history.in_order():
        by = history.authors[event.by].party
        match event.body:
            case CheckInBody() as body:
                check_ins.append(event)
                readings += [
                    Reading(event.id, by, one.goal, one.day, one.value, one.words, one.evidence)
                    for one in body.readings
                ]
                for one in body.marks:
                    marks.setdefault(one.of, []).append(Mark(event.id, by, one.of, one.mark, body.day))
            case NoteBody() as body:
                gone = event.id in history.erased
                notes.append(
                    Note(
                        event.id, by, body.role, None if gone else body.text, body.day, body.about,
                        body.check_in, body.owner, body.due,
                    )
                )  # fmt: skip
            case CloseBody():
                pages.append(event)
            case CloseSignBody():
                signed.append(event)
            case SurveyBody() as body:
                surveys[by] = Survey(by, dict(body.scores), body.words)
            case None if event.kind == "note":
                notes.append(Note(event.id, by, None, None, None, None, None, None, None))
    return Followed(
        check_ins=_held(check_ins, history),
        readings=tuple(sorted(readings, key=lambda one: one.day)),
        marks={of: _standing(history, said) for of, said in marks.items()},
        notes=tuple(notes),
        **_pages(history, pages, signed),
        surveys=surveys,
        summaries=summaries_of(history),
    )


def _held(events: Sequence[Event], history: History) -> tuple[CheckIn, ...]:
    """Join what both wrote of one check-in: what adds to another one, and what is of the same day."""
    day_of: dict[str, str] = {}
    groups: dict[str, list[Event]] = {}
    for event in events:
        body = event.body
        assert isinstance(body, CheckInBody)
        day = day_of.get(body.adds_to or "", body.day)
        day_of[event.id] = day
        groups.setdefault(day, []).append(event)
    found = []
    for day, group in sorted(groups.items()):
        bodies = [event.body for event in group if isinstance(event.body, CheckInBody)]
        found.append(
            CheckIn(
                events=tuple(event.id for event in group),
                day=day,
                by=tuple(dict.fromkeys(history.authors[event.by].party for event in group)),
                questions=tuple(body.question for body in bodies if body.question),
            )
        )
    return tuple(found)


def _standing(history: History, said: Sequence[Mark]) -> tuple[Mark, ...]:
    newest = set(history.maximal(list(dict.fromkeys(one.event for one in said))))
    last = {one.event: one for one in said if one.event in newest}  # the last of one event counts
    different: dict[str, Mark] = {}
    for one in last.values():
        different.setdefault(one.mark, one)
    return tuple(different.values())


def _pages(
    history: History, events: Sequence[Event], signed: Sequence[Event]
) -> dict[str, tuple[ClosingPage, ...]]:
    every = []
    for event in events:
        body = event.body
        assert isinstance(body, CloseBody)
        every.append(
            ClosingPage(
                id=event.id,
                shown=event.core.body_hash,
                by=history.authors[event.by].party,
                day=body.day,
                plan_hash=body.plan_hash,
                outcomes=tuple(body.outcomes),
                learned={"team_member": body.learned_team_member, "manager": body.learned_manager},
                recognition=body.recognition,
                next_area=body.next_area,
                replaces=body.replaces,
                signed=_signers(history, event.id, signed),
            )
        )
    replaced = {one.replaces for one in every if one.closed}
    closed = tuple(one for one in every if one.closed and one.id not in replaced)
    answered = {one.replaces for one in every}
    waiting = [one for one in every if not one.closed and one.id not in answered]
    if closed:
        # Only a page that answers the closed one still waits: a correction that both have to sign.
        last = {page.id for page in closed}
        waiting = [one for one in waiting if _answers(one, last, every)]
    return {"closed": closed, "pages": tuple(waiting)}


def _answers(page: ClosingPage, wanted: set[str], every: Sequence[ClosingPage]) -> bool:
    by_id = {one.id: one for one in every}
    one: ClosingPage | None = page
    while one is not None and one.replaces is not None:
        if one.replaces in wanted:
            return True
        one = by_id.get(one.replaces)
    return False


def _signers(history: History, page: str, signed: Sequence[Event]) -> frozenset[Party]:
    """Return who has signed a page and has not gone on to another page before the other one signed.

    As with decisions, a signature with a key that its owner had given up elsewhere does not count.
    """
    good = [one for one in signed if _in_use(history, one)]
    of_page = {
        party: [one for one in good if _page(one) == page and history.authors[one.by].party == party]
        for party in PARTIES
    }
    if all(of_page.values()):
        both = any(
            not _moved_on(history, one, other, page, good) and not _moved_on(history, other, one, page, good)
            for one in of_page["team_member"]
            for other in of_page["manager"]
        )
        if both:
            return frozenset(PARTIES)
    standing = (
        party
        for party, own in of_page.items()
        if any(not _moved_on(history, one, None, page, good) for one in own)
    )
    found = frozenset(standing)
    return found if len(found) < len(PARTIES) else frozenset()


def _moved_on(history: History, one: Event, other: Event | None, page: str, signed: Sequence[Event]) -> bool:
    """Say whether `one`'s signer signed another page since, and `other`'s signer knew that (if given)."""
    mine = history.authors[one.by].party
    return any(
        _page(later) != page
        and history.authors[later.by].party == mine
        and history.precedes(one.id, later.id)
        and (other is None or history.precedes(later.id, other.id))
        for later in signed
    )


def _page(event: Event) -> str:
    assert isinstance(event.body, CloseSignBody)
    return event.body.page


def _in_use(history: History, event: Event) -> bool:
    changes = [one for one in history.events.values() if one.kind == "rotate" and one.by == event.by]
    return not changes or any(history.precedes(event.id, change.id) for change in changes)
