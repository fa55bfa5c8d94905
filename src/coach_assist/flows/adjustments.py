"""From a suggested adjustment of a summary to an amendment of the unit that it names. Rules only.

Nothing here agrees to anything: a person chooses the unit, sees or writes its new text, and puts it
forward as a proposal on what is agreed; both decide on it like on any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from coach_assist.assistant.words import content_stems
from coach_assist.checker.deadlines import find_deadline
from coach_assist.flows.adapt import draft_of_change, draft_of_removal
from coach_assist.flows.propose import put_forward
from coach_assist.flows.show import UnitView, unit_views
from coach_assist.flows.signable import signable
from coach_assist.flows.summary_draft import DraftItem
from coach_assist.plan.drafts import Draft
from coach_assist.plan.units import Party, UnitKind
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

DAY_FIELDS: dict[UnitKind, str] = {
    "goal": "due", "activity": "due", "support": "due", "milestone": "date", "timeline": "end",
}  # fmt: skip
"""Kind → the field that holds the day by which it is to be done."""
RHYTHMS = (
    ("fortnight", re.compile(r"\b(?:fortnight\w*|bi-?weekly|every (?:two|2|other|second) weeks?)\b", re.I)),
    ("week", re.compile(r"\b(?:weekly|(?:every|each|once a) week)\b", re.I)),
    ("month", re.compile(r"\b(?:monthly|(?:every|each|once a) month)\b", re.I)),
)
RHYTHM_WORDS = {"fortnight": "Every two weeks", "week": "Every week", "month": "Every month"}
_PLAN_END = re.compile(r"\b(?:extend|end|prolong|shorten)\w*\b.*\bplan\b|\bplan\b.*\b(?:ends?|until)\b", re.I)
_TALKS = re.compile(r"\b(?:check-?ins?|meet(?:ing)?s?|talks?|catch-?ups?|one-to-ones?|1:1s?)\b", re.I)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What can be made of one suggested adjustment."""

    item: DraftItem
    unit: UnitView | None
    """The agreed unit that it seems to name; None where none can be told."""
    value: Mapping[str, JsonValue] | None
    """The unit's value with the day or the rhythm that it names; None where code can tell none."""


def adjustment_of(plan: PlanFile, item: DraftItem, day: date) -> Adjustment:
    """Return which agreed unit an item seems to be about, and its new value where code can tell one.

    Days without a year count from `day`, that of the notes. Raises Refused.
    """
    units = unit_views(plan.state.agreed, plan.state)
    unit = _named(units, item)
    return Adjustment(item, unit, None if unit is None else changed_value(unit, item, day))


def changed_value(unit: UnitView, item: DraftItem, today: date) -> dict[str, JsonValue] | None:
    """Return the unit's value with what the item names; None where it names nothing that code can set."""
    value = dict(unit.value)
    if unit.kind == "cadence":
        rhythm = _rhythm(item)
        if rhythm is None or rhythm == value.get("every"):
            return None
        return {**value, "every": rhythm, "text": RHYTHM_WORDS[rhythm]}
    field = DAY_FIELDS.get(unit.kind)
    day = _day(item, today)
    if field is None or day is None or value.get(field) == day:
        return None
    changed: dict[str, JsonValue] = {**value, field: day}
    before, statement = value.get(field), value.get("statement")
    if isinstance(before, str) and isinstance(statement, str):
        changed["statement"] = _with_day(statement, date.fromisoformat(before), date.fromisoformat(day))
    return changed


def put_adjustment(
    workspace: Workspace, plan: PlanFile, party: Party, draft: Draft, item: DraftItem
) -> str | None:
    """Put a change that came of an item forward, on the base that is agreed; return the proposal's id.

    It accepts nothing, for nobody. The item's own text is the reason that the other party reads. Returns
    None where the draft says what is agreed already. Raises UsageError, Refused.
    """
    with signable():
        done = put_forward(
            workspace,
            plan,
            party,
            [draft],
            accept_own=False,
            reasons={draft.id: f"From our notes: {item.text}"},
        )
    return done.proposals[0] if done.proposals else None


def draft_of_adjustment(
    plan: PlanFile, party: Party, unit: str, value: Mapping[str, JsonValue] | None
) -> Draft:
    """Keep a changed value (None: its removal) of an agreed unit as a draft in the party's own drawer.

    Raises UsageError where the unit is not agreed or the text is the same, Refused.
    """
    if value is None:
        return draft_of_removal(plan, party, unit)
    return draft_of_change(plan, party, unit, value)


def _named(units: tuple[UnitView, ...], item: DraftItem) -> UnitView | None:
    said = " ".join([item.text, *(text for _, text in item.quotes)])
    if _PLAN_END.search(said) and (found := _of_kind(units, "timeline")):
        return found
    if _TALKS.search(said) and _rhythm(item) is not None and (found := _of_kind(units, "cadence")):
        return found
    stems = content_stems(said)
    scored = [
        (len(stems & content_stems(unit.headline)), number, unit)
        for number, unit in enumerate(units)
        if unit.kind in DAY_FIELDS and unit.kind != "timeline"
    ]
    best = max(scored, key=lambda one: (one[0], -one[1]), default=None)
    if best is not None and best[0] >= 2:
        return best[2]
    by_goal = next((unit for unit in units if unit.unit == item.goal), None)
    return by_goal or (best[2] if best is not None and best[0] == 1 else None)


def _with_day(statement: str, before: date, after: date) -> str:
    """Return a goal's statement with its own day moved, where it stands there in one of two usual forms."""
    long = f"{before.day} {before:%B %Y}"
    moved = statement.replace(long, f"{after.day} {after:%B %Y}")
    return moved.replace(before.isoformat(), after.isoformat())


def _of_kind(units: tuple[UnitView, ...], kind: UnitKind) -> UnitView | None:
    return next((unit for unit in units if unit.kind == kind), None)


def _rhythm(item: DraftItem) -> str | None:
    said = " ".join([item.text, *(text for _, text in item.quotes)])
    return next((rhythm for rhythm, pattern in RHYTHMS if pattern.search(said)), None)


def _day(item: DraftItem, today: date) -> str | None:
    """Return the day that an item names: its own due day, else one in its text or its lines."""
    if item.due:
        return item.due
    for text in (item.text, *(text for _, text in item.quotes)):
        # "Move it to 15 January" names an end as "by 15 January" does.
        found = find_deadline(re.sub(r"\bto (?=\d|the \d)", "by ", text), today)
        if found is not None and found.date is not None:
            return found.date.isoformat()
    return None
