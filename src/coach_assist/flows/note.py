"""An observation or a thank-you between check-ins: in one's own drawer, private until it is released."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from coach_assist.agreement.events import Record
from coach_assist.agreement.follow_bodies import NoteBody
from coach_assist.agreement.follow_fold import follow
from coach_assist.agreement.history import History
from coach_assist.errors import UsageError
from coach_assist.flows.acts import acting_key, begin_act
from coach_assist.flows.follow_words import ROLE_WORDS
from coach_assist.flows.guided import TEXT_LIMIT
from coach_assist.flows.signable import signable
from coach_assist.plan.units import Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

PREFIX = "note."
NoteKind = Literal["observation", "thanks", "talk"]


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note. Texts are as stored."""

    id: str
    """Of a private note six letters; of a released one its event's id."""
    role: str
    role_words: str
    text: str
    day: str
    by: Party
    released: bool


def keep_note(plan: PlanFile, party: Party, text: str, today: date, *, role: NoteKind = "observation") -> str:
    """Keep a note in the party's own drawer; return its id. Nobody else sees it.

    Raises UsageError where it is empty or too long, Refused where the plan cannot be written.
    """
    if not text.strip():
        raise UsageError("The note is empty.", kept="Nothing was kept.")
    if len(text) > TEXT_LIMIT:
        raise UsageError(
            f"The note is longer than {TEXT_LIMIT} characters ({len(text)}).",
            kept="Nothing was kept.",
            next_step="Shorten it, or summarise it: coach-assist summarise FILE",
        )
    note = secrets.token_hex(3)
    plan.notes.put(party, f"{PREFIX}{note}", [role, today.isoformat(), text])
    return note


def notes_of(plan: PlanFile, party: Party) -> tuple[NoteView, ...]:
    """Return the party's own private notes, then the notes that either party has released."""
    found = [
        NoteView(note, role, ROLE_WORDS[role], text, day, party, released=False)
        for note, role, day, text in _private(plan, party)
    ]
    if plan.has_opened:
        found += [
            NoteView(one.id, one.role, ROLE_WORDS[one.role], one.text, one.day or "", one.by, released=True)
            for one in follow(plan.history).notes
            if one.role is not None and one.text is not None
        ]
    return tuple(found)


def release_note(workspace: Workspace, plan: PlanFile, party: Party, note: str) -> str:
    """Show one private note to the other party: it becomes an event and leaves the drawer. Return its id.

    Raises UsageError where there is no such note, or nothing of the plan was put forward yet; Refused.
    """
    identity, role, day, text = _one(plan, party, note)
    if not plan.has_opened:
        raise UsageError(
            "Nothing of this plan was put forward yet, so there is nobody to release a note to.",
            kept="The note is kept.",
        )
    made: list[str] = []

    def compose(history: History) -> list[Record]:
        _one(plan, party, identity)  # another process may have released it meanwhile
        act = begin_act(plan, party, history, acting_key(workspace, plan, party))
        with signable():
            made.append(act.add("note", NoteBody(role=role, text=text, day=day)))
        return act.records

    plan.record(compose, spent_notes=[(party, f"{PREFIX}{identity}")])
    return made[0]


def delete_note(plan: PlanFile, party: Party, note: str) -> None:
    """Delete one private note for good. Raises UsageError where there is none, Refused."""
    plan.notes.delete(party, f"{PREFIX}{_one(plan, party, note)[0]}")


def _private(plan: PlanFile, party: Party) -> list[tuple[str, NoteKind, str, str]]:
    found = []
    for entry in plan.notes.all(party):
        match entry.value:
            case [str(role), str(day), str(text)] if entry.question.startswith(PREFIX) and role in ROLE_WORDS:
                identity = entry.question.removeprefix(PREFIX)
                found.append((identity, cast("NoteKind", role), day, text))
    return found


def _one(plan: PlanFile, party: Party, note: str) -> tuple[str, NoteKind, str, str]:
    found = [one for one in _private(plan, party) if note and one[0].startswith(note.lower())]
    if len(found) != 1:
        raise UsageError(
            f"There is {'no' if not found else 'more than one'} private note “{note}” of yours.",
            next_step="See: coach-assist note PLAN --list",
        )
    return found[0]
