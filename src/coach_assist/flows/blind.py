"""The blind double interview: each answers alone, releases, and only then both see where they differ.

Nothing of an answer leaves its writer's drawer before both have released: a release holds a hash. Single
answers can be held back, and stay in the drawer. Nothing is drafted before both have released.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from pydantic import JsonValue

from coach_assist.agreement.blind import Blind, blind
from coach_assist.agreement.blind_bodies import AnswersBody, ReleaseBody, answers_hash
from coach_assist.agreement.canonical import NotCanonical
from coach_assist.agreement.events import Record
from coach_assist.agreement.history import History
from coach_assist.errors import Refused, UsageError
from coach_assist.flows.acts import acting_key, begin_act, party_key
from coach_assist.flows.open_plan import opening_records
from coach_assist.flows.own_drawer import OwnDrawer
from coach_assist.flows.signable import signable
from coach_assist.interview.answers import Answer
from coach_assist.interview.differences import Compared, compare, to_talk_about
from coach_assist.interview.questions import all_questions
from coach_assist.plan.drafts import Draft
from coach_assist.plan.units import PARTIES, Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

_BLIND = "interview.blind"
_PROMISED = "blind.promised."
JOINT_ONLY = frozenset(PARTIES)
"""The names: they are answered once, for both."""
Given = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """What one party would release now, and what it has released."""

    ready: Mapping[str, Answer]
    """Answers in the drawer that were not released yet, as stored."""
    released: int
    other_released: bool


@dataclass(frozen=True, slots=True)
class DifferView:
    """Where the two differ. Texts are as stored."""

    questions: tuple[Compared, ...]
    """Every question that at least one of them answered and released, in the interview's order."""
    talk: tuple[Compared, ...]
    """What to talk about, first things first."""


def begin_blind(plan: PlanFile) -> None:
    """Mark a plan as one in which both answer on their own. Raises Refused."""
    if not is_blind(plan):
        plan.meta.put(_BLIND, "yes")


def is_blind(plan: PlanFile) -> bool:
    """Say whether both answer on their own in this plan."""
    return plan.meta.get(_BLIND) == "yes" or (plan.has_opened and any(_releases(plan.history)))


def release_view(workspace: Workspace, plan: PlanFile, party: Party) -> ReleaseView:
    """Return what `party` could release. Raises Refused where the drawer is sealed and the keys locked."""
    found = blind(plan.history) if plan.has_opened else None
    other = next(one for one in PARTIES if one != party)
    return ReleaseView(
        ready=_ready(workspace, plan, party),
        released=len(found.by[party].releases) if found else 0,
        other_released=bool(found and found.by[other].releases),
    )


def release(workspace: Workspace, plan: PlanFile, party: Party, *, hold_back: Iterable[str] = ()) -> int:
    """Release the party's own answers, except those held back; return how many were released.

    The other party sees none of them before they have released their own; then both are shown. What was
    promised cannot be changed any more: the hash of it is in the history. Raises UsageError where there
    is nothing to release or a held-back question is unknown, Refused.
    """
    held = set(hold_back)
    known = {asked.id for asked in all_questions()}
    if unknown := sorted(held - known):
        raise UsageError(f"There is no question {', '.join(unknown)}.", kept="Nothing was released.")
    given = {key: _plain(one) for key, one in _ready(workspace, plan, party).items() if key not in held}
    if not given:
        raise UsageError(
            "There is nothing of yours to release.",
            kept="Nothing was released.",
            next_step=f"Answer first: coach-assist interview {plan.id[:8]} --as {party.replace('_', '-')}",
        )
    salt = secrets.token_hex(32)
    try:
        hashed = answers_hash(salt, given)
    except NotCanonical as error:
        raise UsageError(f"These answers cannot be signed: {error}.", kept="Nothing was released.") from None
    # On disk before the promise is: a promise whose answers are lost could never be kept.
    _keep_promise(workspace, plan, party, hashed, {"salt": salt, "answers": cast("JsonValue", given)})
    begin_blind(plan)

    def compose(history: History) -> list[Record]:
        opening = opening_records(workspace, plan, party, history)
        grown = history.extended(opening) if opening else history
        key = workspace.key(plan.id, party) if opening else acting_key(workspace, plan, party)
        act = begin_act(plan, party, grown, key)
        act.add("release", ReleaseBody(answers_hash=hashed, count=len(given)))
        return [*opening, *act.records]

    plan.record(compose)
    show_due(workspace, plan)
    return len(given)


def show_due(workspace: Workspace, plan: PlanFile) -> int:
    """Show the answers of both whose keys and promises lie here, once both have released; return how many.

    On one machine that shows both at once; on two, each machine shows its own.
    """
    if not plan.has_opened or plan.viewer:
        return 0
    shown = 0
    for party in PARTIES:
        found = blind(plan.history)
        if not found.both:
            return shown
        due = [one for one in found.by[party].releases if one not in found.by[party].shown]
        for one in due:
            shown += _show(workspace, plan, party, one)
    return shown


def differ(workspace: Workspace, plan: PlanFile, today: date) -> DifferView:
    """Return where the two differ. Raises UsageError until both have released, and both can be read here."""
    show_due(workspace, plan)
    found = _readable(plan)
    sides = {
        party: {
            key: tuple(one) if isinstance(one, list) else one for key, one in found.by[party].answers.items()
        }
        for party in PARTIES
    }
    questions = compare(sides["team_member"], sides["manager"], today)
    return DifferView(questions, to_talk_about(questions))


def both_sets(plan: PlanFile) -> tuple[dict[str, Given], Given, dict[str, tuple[Party, ...]]]:
    """Return for drafting: both released sets, one set joined of them, and who said what.

    A joined text holds both, each after its writer's name where they differ; goals of both stand side by
    side. Joint answers, given afterwards, come before either (flows/interview.py). Raises UsageError until
    both have released and can be read.
    """
    found = _readable(plan)
    names = {party: plan.state.parties[party].name for party in PARTIES}
    joined: Given = {}
    sources: dict[str, tuple[Party, ...]] = {}
    for asked in all_questions():
        said = {party: one.answers[asked.id] for party, one in found.by.items() if asked.id in one.answers}
        if not said or asked.id in JOINT_ONLY:
            continue
        sources[asked.id] = tuple(said)
        texts = list(said.values())
        if asked.type == "list":
            lines = [line for one in texts for line in (one.splitlines() if isinstance(one, str) else one)]
            joined[asked.id] = list({" ".join(one.split()).casefold(): one for one in lines}.values())
        elif len(texts) == 1 or texts[0] == texts[1] or asked.type in ("date", "length"):
            joined[asked.id] = texts[0]
        else:
            joined[asked.id] = "\n".join(f"{names[party]}: {said[party]}" for party in said)
    by = {party: dict(one.answers) for party, one in found.by.items()}
    return cast("dict[str, Given]", by), joined, sources


def with_sources(draft: Draft, sources: Mapping[str, tuple[Party, ...]]) -> Draft:
    """Return a draft whose provenance says which party's answer each question means ("goal:manager")."""
    if not sources:
        return draft
    provenance = [
        one.model_copy(
            update={
                "questions": [
                    f"{asked}:{party}" if party else asked
                    for asked in one.questions
                    for party in (sources.get(asked) or ("",))
                ]
            }
        )
        for one in draft.provenance
    ]
    return draft.model_copy(update={"provenance": provenance})


def _show(workspace: Workspace, plan: PlanFile, party: Party, one: str) -> int:
    body = plan.history.events[one].body
    assert isinstance(body, ReleaseBody)
    try:
        key = party_key(workspace, plan.id, party, plan.state.parties[party])
    except Refused:
        return 0  # the other machine shows them
    promised = _promise(workspace, plan, party, body.answers_hash)
    if not promised:
        return 0

    def compose(history: History) -> list[Record]:
        if one in blind(history).by[party].shown:
            return []
        act = begin_act(plan, party, history, key)
        with signable():
            act.add("answers", AnswersBody(release=one, salt=promised["salt"], answers=promised["answers"]))
        return act.records

    return 1 if plan.record(compose) else 0


def _readable(plan: PlanFile) -> Blind:
    found = blind(plan.history) if plan.has_opened else None
    missing = [party.replace("_", " ") for party in PARTIES if found is None or not found.by[party].releases]
    if missing or found is None:
        raise UsageError(
            f"Not released yet: the answers of the {' and of the '.join(missing)}.",
            kept="All answers are kept, and neither side sees the other's.",
            next_step=f"Release: coach-assist release {plan.id[:8]} --as manager|team-member",
        )
    if not found.readable:
        raise UsageError(
            "Both have released, and one side's answers are not here yet.",
            kept="All answers are kept.",
            next_step="Open the plan on the other machine, and share it back once more.",
        )
    return found


def _ready(workspace: Workspace, plan: PlanFile, party: Party) -> dict[str, Answer]:
    """Return the answers in the drawer that no release holds in the same words."""
    before = blind(plan.history).by[party].answers if plan.has_opened else {}
    promised: dict[str, object] = dict(before)
    if plan.has_opened:
        for one in blind(plan.history).by[party].releases:
            body = plan.history.events[one].body
            if isinstance(body, ReleaseBody):
                promised.update(_promise(workspace, plan, party, body.answers_hash).get("answers", {}))
    found: dict[str, Answer] = {}
    for key, value in OwnDrawer(workspace, plan, party).all().items():
        answer = tuple(str(one) for one in value) if isinstance(value, list) else str(value)
        if key not in JOINT_ONLY and answer and promised.get(key) != _plain(answer):
            found[key] = answer
    return found


def _keep_promise(
    workspace: Workspace, plan: PlanFile, party: Party, hashed: str, promise: dict[str, JsonValue]
) -> None:
    boxed = OwnDrawer(workspace, plan, party).boxed(promise)
    plan.meta.put(f"{_PROMISED}{party}.{hashed}", json.dumps(boxed))


def _promise(workspace: Workspace, plan: PlanFile, party: Party, hashed: str) -> dict[str, Any]:
    """Return what was promised under a hash on this machine; empty where it was elsewhere."""
    kept = plan.meta.get(f"{_PROMISED}{party}.{hashed}")
    if not kept:
        return {}
    return cast("dict[str, Any]", OwnDrawer(workspace, plan, party).opened(json.loads(kept)))


def _plain(answer: Answer) -> str | list[str]:
    return answer if isinstance(answer, str) else list(answer)


def _releases(history: History) -> Iterable[bool]:
    return (event.kind == "release" for event in history.events.values())
