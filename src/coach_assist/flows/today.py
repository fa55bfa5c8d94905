"""What is due for whom across one's plans, worked out from the index. Neutral words, no clock of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from coach_assist.flows.follow_facts import PROMISE_WORDS, PromiseKind
from coach_assist.flows.plans import listed, short_ids
from coach_assist.plan.progress import not_held
from coach_assist.plan.units import PARTIES, Party
from coach_assist.workspace.store import Workspace

SOON_DAYS = 7
When = Literal["past", "today", "soon", "any_day"]
"""past: its day has passed; any_day: it waits, without a day."""
Kind = PromiseKind | Literal["check_in", "decide", "close", "sign", "summary"]
KIND_WORDS: dict[Kind, str] = {
    "support": PROMISE_WORDS["support"],
    "next_step": PROMISE_WORDS["next_step"],
    "activity": PROMISE_WORDS["activity"],
    "milestone": PROMISE_WORDS["milestone"],
    "check_in": "check-in",
    "decide": "proposals to decide",
    "close": "closing talk",
    "sign": "closing page to sign",
    "summary": "summary of notes to answer",
}
WHEN_ORDER: tuple[When, ...] = ("past", "today", "soon", "any_day")


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that is due in one plan. Texts are as stored, shortened."""

    plan: str
    short: str
    title: str
    demo: bool
    kind: Kind
    kind_words: str
    who: str
    """For whom, by name."""
    party: Party | None
    """Which party that is; None for both, or for another person."""
    what: str
    due: date | None
    when: When


@dataclass(frozen=True, slots=True)
class TodayView:
    """What is due on one day, what has passed first; the manager's own promises before others."""

    today: date
    items: tuple[DueItem, ...]
    plans: int
    """How many plans were looked at."""
    unreadable: tuple[tuple[str, str], ...]
    """(short id, problem) of plans that cannot be read."""


def today_view(
    workspace: Workspace, today: date, *, party: Party | None = None, days: int = SOON_DAYS
) -> TodayView:
    """Return what is due on `today` and in the `days` after it, in all plans of this workspace.

    With `party`, only what is for that side of the plans, or for both. Raises Refused only where the
    folder itself cannot be read.
    """
    until = (today + timedelta(days=days)).isoformat()
    items: list[DueItem] = []
    unreadable: list[tuple[str, str]] = []
    rows = listed(workspace)
    short = short_ids(tuple(sorted(plan for plan, _ in rows)))
    for plan, row in rows:
        if row["problem"] is not None:
            unreadable.append((short[plan], str(row["problem"])))
            continue
        found = _items(plan, short[plan], row, today, until)
        items += [one for one in found if party is None or one.party in (party, None)]
    items.sort(key=lambda one: (WHEN_ORDER.index(one.when), one.due or date.max, one.party != "manager"))
    return TodayView(today, tuple(items), len(rows), tuple(unreadable))


def today_json(view: TodayView) -> dict[str, Any]:
    """Return the view as JSON-ready data."""
    return {
        "today": view.today.isoformat(),
        "items": [
            {
                "plan": one.plan, "title": one.title, "demo": one.demo, "kind": one.kind, "who": one.who,
                "party": one.party, "what": one.what, "due": one.due.isoformat() if one.due else None,
                "when": one.when,
            }
            for one in view.items
        ],
        "plans": view.plans,
        "unreadable": [{"plan": short, "problem": problem} for short, problem in view.unreadable],
    }  # fmt: skip


def _items(plan: str, short: str, row: Mapping[str, Any], today: date, until: str) -> Iterator[DueItem]:
    names: dict[Party, str] = {party: str(row[party]) for party in PARTIES}
    both = f"{names['manager']} and {names['team_member']}"
    title, demo = str(row["title"]), bool(row["demo"])

    def item(kind: Kind, who: str, party: Party | None, what: str, due: str | None) -> DueItem:
        day = date.fromisoformat(due) if due else None
        return DueItem(
            plan, short, title, demo, kind, KIND_WORDS[kind], who, party, what, day, _when(day, today)
        )

    for side in reversed(PARTIES):
        if count := row["waits"].get(side):
            yield item("decide", names[side], side, f"{count} to decide", None)
    follow = row["follow"]
    if follow is None:
        return
    for side in follow["to_sign"]:
        yield item("sign", names[side], side, "the closing page waits for a signature", None)
    if follow["closed"]:
        return
    for side in reversed(PARTIES):
        if count := follow["to_answer"].get(side):
            yield item("summary", names[side], side, "" if count == 1 else f"{count} of them", None)
    for one in follow["due"]:
        if one["due"] <= until:  # ISO days: their texts have the order of the days
            yield item(one["kind"], one["who"] or both, one["party"], one["what"], one["due"])
    if (check_in := _check_in(follow, today, until)) is not None:
        yield item("check_in", both, None, "", check_in)
    if follow["end"] <= until and not follow["to_sign"]:
        yield item("close", both, None, "", follow["end"])


def _check_in(follow: Mapping[str, Any], today: date, until: str) -> str | None:
    """Return the check-in that is due: the newest planned one that has passed unheld, or the next one.

    Those further back than the newest are over and done with.
    """
    day, planned = today.isoformat(), follow["planned"]
    waiting = planned
    if follow["held"]:
        days = [date.fromisoformat(one) for one in planned]
        waiting = [
            one.isoformat() for one in not_held(days, [date.fromisoformat(one) for one in follow["held"]])
        ]
    passed = [one for one in planned if one < day]
    if passed and passed[-1] in waiting:
        return str(passed[-1])
    return next((one for one in waiting if day <= one <= until), None)


def _when(due: date | None, today: date) -> When:
    if due is None:
        return "any_day"
    return "past" if due < today else "today" if due == today else "soon"
