"""The plans on this machine: their titles, parties, states, and what waits for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from typing import cast

from pydantic import JsonValue

from coach_assist.errors import CoachError
from coach_assist.flows.follow_row import follow_row
from coach_assist.flows.open_plan import names
from coach_assist.flows.retention import keep_until
from coach_assist.flows.search_text import searchable
from coach_assist.flows.show import (
    CLOSED_WORDS,
    STATE_WORDS,
    PlanState,
    over_sentence,
    state_of,
    title_of,
    waits_of,
)
from coach_assist.plan.units import PARTIES, Party
from coach_assist.workspace.index import Index, Stamp, stamp_of
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

OVER_WORDS = "closed"
VIEWER_WORDS = "a viewer's copy, to be read"


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """One line of the list. Title and names are as stored."""

    id: str
    short: str
    """The shortest beginning of the id that no other plan has (six letters or more)."""
    title: str
    team_member: str
    manager: str
    state: PlanState | None
    """None where the plan cannot be read: see `problem`."""
    state_words: str
    waits: Mapping[Party, int]
    """How many proposals wait for each party."""
    drafts: int
    demo: bool
    keep_until: date | None
    """The day up to which this machine keeps the plan; None where nobody set one."""
    viewer: bool
    """This is a viewer's copy."""
    summaries: Mapping[Party, int]
    """How many summaries of notes wait for each party's answer."""
    over: str | None
    """Why nothing new is agreed in it any more, in one sentence (as stored); None where it goes on."""
    problem: str | None
    """Why the plan cannot be read (damaged, newer version), in words; None where all is well."""


def plans(workspace: Workspace) -> tuple[PlanSummary, ...]:
    """Return all plans, those that changed last first.

    A plan that has not changed since it was last listed is not opened. One that cannot be read is
    listed with its problem. Raises Refused only where the folder itself cannot be read.
    """
    found = listed(workspace)
    short = short_ids(tuple(sorted(one for one, _ in found)))
    return tuple(_summary(one, short[one], row) for one, row in found)


def listed(workspace: Workspace) -> tuple[tuple[str, dict[str, JsonValue]], ...]:
    """Return (plan id, what the index holds of it) of all plans, those that changed last first.

    Plans that changed are opened, the index is brought up to date. Raises Refused as `plans` does.
    """
    index = Index(workspace.index_path)
    known = index.rows()
    found: list[tuple[int, str, dict[str, JsonValue]]] = []
    fresh: dict[str, tuple[Stamp, Mapping[str, JsonValue]]] = {}
    texts: dict[str, str] = {}
    ids = workspace.ids()
    for one in ids:
        stamp = stamp_of(workspace.path_of(one))
        stored = known.get(one)
        if stored is not None and stored[0] == stamp:
            row = stored[1]
        else:
            row, good, text = _row(workspace, one)
            # Only a stamp taken before the reading is sure not to be newer than what was read.
            if good and stamp is not None:
                fresh[one] = (stamp, row)
                texts[one] = text
        found.append((stamp[1] if stamp else 0, one, row))
    index.replace(fresh, frozenset(known) - set(ids), texts)
    found.sort(key=lambda entry: (-entry[0], entry[1]))
    return tuple((one, row) for _, one, row in found)


def summary_json(summary: PlanSummary) -> dict[str, JsonValue]:
    """Return one line of the list as JSON-ready data."""
    data = asdict(summary)
    data["keep_until"] = summary.keep_until.isoformat() if summary.keep_until else None
    return cast("dict[str, JsonValue]", data)


def _row(workspace: Workspace, one: str) -> tuple[dict[str, JsonValue], bool, str]:
    try:
        with workspace.open(one) as plan:
            return _look(plan), True, searchable(plan)
    except CoachError as error:
        row: dict[str, JsonValue] = {
            "title": "", "team_member": "", "manager": "", "state": None, "waits": {},
            "keep_until": None, "viewer": False, "over": None, "drafts": 0, "demo": False, "follow": None,
            "problem": error.what,
        }  # fmt: skip
        return row, False, ""


def _look(plan: PlanFile) -> dict[str, JsonValue]:
    known = names(plan)
    drafts = len(plan.drafts.of_plan())
    state: PlanState = "drafts" if drafts else "interview"
    waits: dict[str, JsonValue] = dict.fromkeys(PARTIES, 0)
    if plan.has_opened:
        state = state_of(plan.state)
        waits = dict(waits_of(plan.state).items())
    return {
        "title": title_of(plan), "team_member": known["team_member"], "manager": known["manager"],
        "state": state, "waits": waits, "drafts": drafts, "demo": plan.demo, "problem": None,
        "follow": follow_row(plan), "viewer": plan.viewer, "over": over_sentence(plan),
        "keep_until": until.isoformat() if (until := keep_until(plan)) else None,
    }  # fmt: skip


def _summary(one: str, short: str, row: Mapping[str, JsonValue]) -> PlanSummary:
    state = cast("PlanState | None", row["state"])
    waits = cast("dict[str, int]", row["waits"])
    return PlanSummary(
        id=one,
        short=short,
        title=str(row["title"]),
        team_member=str(row["team_member"]),
        manager=str(row["manager"]),
        state=state,
        state_words=_state_words(row, state),
        waits={party: waits.get(party, 0) for party in PARTIES},
        drafts=cast("int", row["drafts"]),
        demo=bool(row["demo"]),
        keep_until=date.fromisoformat(until) if isinstance(until := row["keep_until"], str) else None,
        viewer=bool(row["viewer"]),
        summaries=_summaries(row),
        over=cast("str | None", row["over"]),
        problem=cast("str | None", row["problem"]),
    )


def _summaries(row: Mapping[str, JsonValue]) -> dict[Party, int]:
    follow = row["follow"]
    waiting = cast("dict[str, int]", follow["to_answer"]) if isinstance(follow, dict) else {}
    return {party: waiting.get(party, 0) for party in PARTIES}


def _state_words(row: Mapping[str, JsonValue], state: PlanState | None) -> str:
    follow = row["follow"]
    if isinstance(follow, dict) and follow["closed"]:
        return CLOSED_WORDS
    if row["over"]:
        return OVER_WORDS
    if row["viewer"]:
        return VIEWER_WORDS
    return "cannot be read" if state is None else STATE_WORDS[state]


def short_ids(ids: tuple[str, ...], *, least: int = 6) -> dict[str, str]:
    """Return each id's shortest unique beginning; `ids` are sorted, so only neighbours can share more."""
    if not ids:
        return {}
    shared = [
        next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
        for one, other in pairwise(ids)
    ]
    before, after = [0, *shared], [*shared, 0]
    return {
        one: one[: max(least, left + 1, right + 1)]
        for one, left, right in zip(ids, before, after, strict=True)
    }
