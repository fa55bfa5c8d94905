"""Putting a summary forward, and answering one: it counts once both have accepted exactly it.

Until then it is "put forward". It changes nothing that is agreed. Its next actions count as next steps
of the plan from the moment at which both have accepted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from coach_assist.agreement.events import Record
from coach_assist.agreement.follow_fold import follow
from coach_assist.agreement.history import History
from coach_assist.agreement.summary_bodies import (
    QuotePart,
    SummaryAnswer,
    SummaryAnswerBody,
    SummaryBody,
    SummaryItem,
)
from coach_assist.agreement.summary_fold import Summary, summaries_of
from coach_assist.errors import UsageError
from coach_assist.flows.acts import acting_key, begin_act
from coach_assist.flows.follow_facts import Facts, about_words, facts_of, refuse_where_over
from coach_assist.flows.signable import signable
from coach_assist.flows.summary_draft import KIND_WORDS, spent, summary_draft
from coach_assist.plan.units import PARTIES, Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

Standing = Literal["put_forward", "accepted", "declined"]
STANDING_WORDS: dict[Standing, str] = {
    "put_forward": "put forward", "accepted": "accepted by both", "declined": "declined",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item as both read it. Texts are as stored."""

    id: str
    kind: str
    kind_words: str
    text: str
    owner: str | None
    due: str | None
    goal: str | None
    """The goal's text."""
    quotes: tuple[tuple[int, str], ...]
    by: str


@dataclass(frozen=True, slots=True)
class SummaryView:
    """One summary as both read it."""

    id: str
    shown: str
    """Hand this back with the answer: it proves which text was shown."""
    by: Party
    by_name: str
    day: str
    method: str
    items: tuple[ItemView, ...]
    standing: Standing
    standing_words: str
    waits_for: tuple[Party, ...]
    waits_for_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SummaryPut:
    """What putting a summary forward did."""

    summary: str
    accepted: bool
    """Its writer accepted it in the same act: nothing in it is worded by the model."""


def summary_views(plan: PlanFile) -> tuple[SummaryView, ...]:
    """Return all summaries that were put forward, the newest first. Raises UsageError, Refused."""
    facts = facts_of(plan)
    return tuple(_view(facts, one) for one in reversed(facts.followed.summaries))


def summary_json(view: SummaryView) -> dict[str, Any]:
    """Return a summary as JSON-ready data."""
    items = [
        {
            "id": one.id, "kind": one.kind, "text": one.text, "owner": one.owner, "due": one.due,
            "goal": one.goal, "quotes": [{"line": line, "text": text} for line, text in one.quotes],
            "by": one.by,
        }
        for one in view.items
    ]  # fmt: skip
    return {
        "id": view.id, "by": view.by, "day": view.day, "method": view.method, "standing": view.standing,
        "waits_for": list(view.waits_for), "items": items,
    }  # fmt: skip


def put_summary(workspace: Workspace, plan: PlanFile, party: Party) -> SummaryPut:
    """Put the items that the party has kept forward; they leave the drawer. Return what was done.

    Where no item is worded by the model, the party accepts it in the same act (the screen says so
    first); otherwise both have still to accept it. Raises UsageError where an item was not looked at or
    none is kept, Refused; then everything stays in the drawer.
    """
    refuse_where_over(plan, facts_of(plan))
    draft = summary_draft(plan, party)
    if draft is None or not draft.kept:
        raise UsageError(
            "There is no item to put forward.",
            kept="Everything stays in your drawer.",
            next_step="Keep at least one item of the summary.",
        )
    if draft.left:
        raise UsageError(
            f"{draft.left} items were not looked at yet.",
            kept="Everything stays in your drawer.",
            next_step="Keep, change or drop each of them.",
        )
    own = all(item.by != "model" for item in draft.kept)
    made: list[str] = []

    def compose(history: History) -> list[Record]:
        if summary_draft(plan, party) is None:
            raise UsageError("This summary was put forward already.", kept="It stands as it was.")
        body = SummaryBody(
            day=draft.day,
            method=draft.method,
            check_in=draft.check_in if draft.check_in in history.events else None,
            items=[
                SummaryItem(
                    id=item.id, kind=item.kind, text=item.text, owner=item.owner, due=item.due,
                    goal=item.goal, by=item.by,
                    quotes=[QuotePart(line=line, text=text) for line, text in item.quotes],
                )
                for item in draft.kept
            ],
        )  # fmt: skip
        act = begin_act(plan, party, history, acting_key(workspace, plan, party))
        made.append(act.add("summary", body))
        if own:
            shown = act.body_hash(made[0])
            act.add("summary_answer", SummaryAnswerBody(summary=made[0], shown=shown, answer="accept"))
        return act.records

    with signable():
        plan.record(compose, spent_notes=spent(party))
    return SummaryPut(made[0], own)


def answer_summary(
    workspace: Workspace, plan: PlanFile, party: Party, summary: str, shown: str, answer: SummaryAnswer
) -> bool:
    """Accept or decline exactly one summary that was shown; return whether both have accepted it now.

    One's own answer can be changed until both have accepted. Raises UsageError where it is not that
    summary, or was settled already; Refused.
    """

    def compose(history: History) -> list[Record]:
        found = next((one for one in summaries_of(history) if one.id == summary), None)
        if found is None or found.shown != shown:
            raise UsageError(
                "This is not the summary that waits.",
                kept="Nothing was answered.",
                next_step="Read the one that waits, then answer it.",
            )
        if found.accepted:
            raise UsageError("Both have accepted this summary already.", kept="It stands.")
        if found.answers[party] == answer:
            raise UsageError("You have said so already.", kept="It stands.")
        act = begin_act(plan, party, history, acting_key(workspace, plan, party))
        act.add("summary_answer", SummaryAnswerBody(summary=summary, shown=shown, answer=answer))
        return act.records

    plan.record(compose)
    return any(one.id == summary and one.accepted for one in follow(plan.history).summaries)


def waiting_summaries(plan: PlanFile) -> dict[Party, int]:
    """Return how many summaries wait for each party's answer; none before anything was put forward."""
    found = summaries_of(plan.history) if plan.has_opened and not plan.viewer else ()
    return {party: sum(party in one.waits_for for one in found) for party in PARTIES}


def waiting_words(view: SummaryView) -> str:
    """Return in words where a summary stands."""
    waits = f"; it waits for {' and '.join(view.waits_for_names)}" if view.waits_for else ""
    return f"Summary of {view.day}, from {view.by_name}: {view.standing_words}{waits}"


def _view(facts: Facts, one: Summary) -> SummaryView:
    standing: Standing = "accepted" if one.accepted else "declined" if one.declined else "put_forward"
    items = tuple(
        ItemView(
            item.id, item.kind, KIND_WORDS[item.kind], item.text, item.owner, item.due,
            about_words(facts, item.goal) if item.goal else None,
            tuple((quote.line, quote.text) for quote in item.quotes), item.by,
        )
        for item in one.items
    )  # fmt: skip
    return SummaryView(
        id=one.id,
        shown=one.shown,
        by=one.by,
        by_name=facts.names[one.by],
        day=one.day,
        method=one.method,
        items=items,
        standing=standing,
        standing_words=STANDING_WORDS[standing],
        waits_for=one.waits_for,
        waits_for_names=tuple(facts.names[party] for party in PARTIES if party in one.waits_for),
    )
