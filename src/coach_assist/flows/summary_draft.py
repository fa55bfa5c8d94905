"""A summary of notes in its writer's own drawer: each item is kept, changed or dropped by a person.

Nobody else sees anything of it before it is put forward (summary_share.py).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, cast

from pydantic import JsonValue

from coach_assist.agreement.summary_bodies import ItemBy, ItemKind
from coach_assist.assistant.notes.blocks import WRITER
from coach_assist.assistant.notes.speakers import same_person
from coach_assist.errors import UsageError
from coach_assist.flows.follow_facts import Facts, facts_of
from coach_assist.flows.guided import LINE_LIMIT, TEXT_LIMIT
from coach_assist.plan.ids import new_unit_id
from coach_assist.plan.timeline import read_date
from coach_assist.plan.units import PARTIES, Goal, Party
from coach_assist.workspace.plan_file import PlanFile

if TYPE_CHECKING:
    from coach_assist.assistant.notes.items import Item
    from coach_assist.flows.summarise import SummaryResult

ENTRY, NOTES = "summary.begun", "summary.begun.notes"
ItemState = Literal["open", "kept", "dropped"]
KIND_WORDS: dict[ItemKind, str] = {
    "progress": "Progress",
    "achievement": "Achievement",
    "obstacle": "Obstacle",
    "feedback": "Feedback",
    "decision": "Decision",
    "action": "Next action",
    "question": "Open question",
    "adjustment": "Suggested adjustment",
}
BY_WORDS: dict[ItemBy, str] = {
    "model": "worded by the model", "rules": "shortened by rules", "person": "in your own words",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DraftItem:
    """One item and what its writer has made of it so far. Texts are as stored."""

    id: str
    kind: ItemKind
    text: str
    quotes: tuple[tuple[int, str], ...]
    """(line number, the line word for word)."""
    owner: str | None
    due: str | None
    """ISO."""
    goal: str | None
    """The unit of an agreed goal."""
    by: ItemBy
    state: ItemState = "open"
    settled: bool = False
    """Of an adjustment: a change of the plan was made of it, or a person said that none is wanted."""


@dataclass(frozen=True, slots=True)
class SummaryDraft:
    """A summary that is gone through."""

    day: str
    method: Literal["model", "rules"]
    items: tuple[DraftItem, ...]
    uncovered: tuple[int, ...]
    """Lines of the notes that are in no item."""
    dropped: int
    """Items of the model that the lines did not bear out."""
    withheld: tuple[tuple[int, str], ...]
    """Lines that were left out on purpose, each with the reason."""
    failed: str
    """Why the model did not do all of it; "" where it did, or where there is none."""
    check_in: str | None
    """The check-in that it belongs to."""
    notes: str

    @property
    def left(self) -> int:
        """How many items nobody has looked at yet."""
        return sum(item.state == "open" for item in self.items)

    @property
    def kept(self) -> tuple[DraftItem, ...]:
        """What would be put forward."""
        return tuple(item for item in self.items if item.state == "kept")

    @property
    def unsaid(self) -> tuple[int, ...]:
        """The lines in no item that were not left out on purpose."""
        on_purpose = {line for line, _ in self.withheld}
        return tuple(line for line in self.uncovered if line not in on_purpose)

    def line(self, number: int) -> str:
        """Return a line of the notes, word for word."""
        lines = self.notes.splitlines()
        return lines[number - 1] if 0 < number <= len(lines) else ""


def keep_notes(plan: PlanFile, party: Party, text: str) -> None:
    """Keep notes in the party's own drawer before anything is made of them. Raises UsageError, Refused."""
    plan.notes.put(party, NOTES, text)


def kept_notes(plan: PlanFile, party: Party) -> str:
    """Return the notes that were kept last; "" where there are none."""
    found = plan.notes.get(party, NOTES)
    return found if isinstance(found, str) else ""


def begin_summary(
    plan: PlanFile,
    party: Party,
    text: str,
    result: SummaryResult,
    today: date,
    *,
    check_in: str | None = None,
) -> SummaryDraft:
    """Keep a summary of `text` in the party's own drawer, its model calls in the record; return it.

    One that was begun before is replaced. "I" becomes the party's name, and so does a first name or the
    initials of either party. Raises UsageError where nothing is agreed yet or the notes are too long,
    Refused.
    """
    from coach_assist.flows.ai_record import CallKeeper

    facts = facts_of(plan)
    keep_notes(plan, party, text)
    draft = SummaryDraft(
        day=today.isoformat(),
        method=result.method,
        items=tuple(_item(facts, party, one) for one in result.items),
        uncovered=result.uncovered,
        dropped=result.dropped,
        withheld=result.withheld,
        failed="" if result.failed is None else result.failed.what,
        check_in=check_in,
        notes=text,
    )
    _write(plan, party, draft)
    calls = CallKeeper(plan, result.place)
    for call in result.calls:
        calls.called("summary", call)
    if result.failed is not None:
        calls.called("summary", None, failed=result.failed.what)
    return draft


def summary_draft(plan: PlanFile, party: Party) -> SummaryDraft | None:
    """Return the summary that this party has begun; None where there is none."""
    data = plan.notes.get(party, ENTRY)
    if not isinstance(data, dict):
        return None
    stored: dict[str, Any] = dict(data)
    items = tuple(
        DraftItem(**{**one, "quotes": tuple((int(line), str(text)) for line, text in one["quotes"])})
        for one in stored["items"]
    )
    return SummaryDraft(
        day=stored["day"],
        method=stored["method"],
        items=items,
        uncovered=tuple(stored["uncovered"]),
        dropped=stored["dropped"],
        withheld=tuple((int(line), str(why)) for line, why in stored["withheld"]),
        failed=stored["failed"],
        check_in=stored["check_in"],
        notes=kept_notes(plan, party),
    )


def mark_item(plan: PlanFile, party: Party, item: str, state: ItemState) -> SummaryDraft:
    """Keep or drop one item, or open it again. Raises UsageError where there is no such item, Refused."""
    return _changed(plan, party, item, {"state": state})


def settle_item(plan: PlanFile, party: Party, item: str) -> SummaryDraft:
    """Note that nothing more is to be made of an adjustment. Raises UsageError, Refused."""
    return _changed(plan, party, item, {"settled": True})


def edit_item(
    plan: PlanFile, party: Party, item: str, *, text: str, owner: str = "", due: str = ""
) -> SummaryDraft:
    """Give an item another text, owner or day, and keep it; its quotes stay.

    With another text it is in the person's own words. Raises UsageError where the text is empty or too
    long, the day is none, or there is no such item; Refused.
    """
    before = _one(_begun(plan, party), item)
    words, who = text.strip(), " ".join(owner.split())
    if not words or len(words) > TEXT_LIMIT:
        raise UsageError(f"An item has from 1 to {TEXT_LIMIT} characters.", kept="The item is as it was.")
    if len(who) > LINE_LIMIT:
        raise UsageError(f"A name is longer than {LINE_LIMIT} characters.", kept="The item is as it was.")
    try:
        day = read_date(due.strip()).isoformat() if due.strip() else None
    except ValueError as error:
        raise UsageError(f"{str(error).capitalize()}.", kept="The item is as it was.") from None
    facts = facts_of(plan)
    change: dict[str, Any] = {"text": words, "owner": _owner(facts, party, who), "due": day, "state": "kept"}
    if words != before.text:
        change["by"] = "person"
    return _changed(plan, party, item, change)


def add_lines(plan: PlanFile, party: Party, lines: Collection[int], kind: ItemKind) -> SummaryDraft:
    """Take lines that are in no item in, each as an item of the person's own, and keep them.

    Nothing but a person does this, also for lines that were left out on purpose. Raises UsageError where
    one of them is in an item already or has no text, Refused.
    """
    draft = _begun(plan, party)
    wrong = sorted(set(lines) - set(draft.uncovered))
    if wrong or not lines:
        raise UsageError(
            f"Not a line in no item: {', '.join(map(str, wrong)) or 'none named'}.",
            kept="Nothing was changed.",
        )
    fresh = tuple(
        DraftItem(
            id=new_unit_id(), kind=kind, text=draft.line(line).strip(" \t-*•·>")[:TEXT_LIMIT] or "…",
            quotes=((line, draft.line(line)),), owner=None, due=None, goal=None, by="person", state="kept",
        )
        for line in sorted(lines)
    )  # fmt: skip
    taken = replace(
        draft,
        items=(*draft.items, *fresh),
        uncovered=tuple(line for line in draft.uncovered if line not in lines),
        withheld=tuple(one for one in draft.withheld if one[0] not in lines),
    )
    _write(plan, party, taken)
    return taken


def drop_summary(plan: PlanFile, party: Party) -> None:
    """Delete a summary that was begun, and its notes. Raises Refused."""
    plan.notes.delete(party, ENTRY)
    plan.notes.delete(party, NOTES)


def spent(party: Party) -> list[tuple[Party, str]]:
    """Return the entries of the drawer that are used up once the summary is put forward."""
    return [(party, ENTRY), (party, NOTES)]


def _item(facts: Facts, party: Party, one: Item) -> DraftItem:
    goal = next((unit for unit, value in facts.of(Goal).items() if value.statement == one.goal), None)
    return DraftItem(
        id=new_unit_id(),
        kind=one.kind,
        text=one.text[:TEXT_LIMIT],
        quotes=tuple((line.number, line.given) for line in one.lines),
        owner=_owner(facts, party, one.owner or ""),
        due=None if one.due is None else one.due.isoformat(),
        goal=goal,
        by=one.by,
    )


def _owner(facts: Facts, party: Party, named: str) -> str | None:
    """Return whose an item is, by the name in the plan where it is one of the two."""
    if not named or len(named) > LINE_LIMIT:
        return None
    if named == WRITER:
        return facts.names[party]
    return next((facts.names[one] for one in PARTIES if same_person(named, facts.names[one])), named)


def _begun(plan: PlanFile, party: Party) -> SummaryDraft:
    found = summary_draft(plan, party)
    if found is None:
        raise UsageError("There is no summary that was begun.", next_step="Summarise notes first.")
    return found


def _one(draft: SummaryDraft, item: str) -> DraftItem:
    found = [one for one in draft.items if one.id == item]
    if not found:
        raise UsageError("There is no such item in this summary.", kept="Nothing was changed.")
    return found[0]


def _changed(plan: PlanFile, party: Party, item: str, change: Mapping[str, Any]) -> SummaryDraft:
    draft = _begun(plan, party)
    _one(draft, item)
    items = tuple(replace(one, **change) if one.id == item else one for one in draft.items)
    fresh = replace(draft, items=items)
    _write(plan, party, fresh)
    return fresh


def _write(plan: PlanFile, party: Party, draft: SummaryDraft) -> None:
    data = asdict(draft)
    del data["notes"]
    data["items"] = [{**one, "quotes": [list(quote) for quote in one["quotes"]]} for one in data["items"]]
    data["uncovered"] = list(data["uncovered"])
    data["withheld"] = [list(one) for one in data["withheld"]]
    plan.notes.put(party, ENTRY, cast("JsonValue", data))
