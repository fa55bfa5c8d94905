"""The history in words that a person can read: who did what, when as claimed, with which key."""

from __future__ import annotations

from dataclasses import dataclass

from coach_assist.agreement.bodies import (
    CommentBody,
    DecideBody,
    EraseBody,
    OpenBody,
    ProposeBody,
    RotateBody,
    ShareBody,
    SignOffBody,
)  # fmt: skip
from coach_assist.agreement.export_bodies import ExportBody
from coach_assist.agreement.history import History
from coach_assist.agreement.verify import Event
from coach_assist.flows.follow_words import follow_words
from coach_assist.flows.joining_words import joining_words
from coach_assist.flows.opportunity_words import opportunity_event_words
from coach_assist.flows.unit_fields import KIND_WORDS
from coach_assist.plan.units import Party, headline, parse_value

DECISIONS = {
    "accept": "accepted",
    "decline": "declined",
    "withdraw": "withdrew",
    "talk": "wants to talk about",
}


@dataclass(frozen=True, slots=True)
class EventWords:
    """One event in words. Names and texts in it are as stored."""

    id: str
    party: Party
    name: str
    at: str
    """When, as its author claimed; nothing rests on it."""
    custody: str
    """On whose machine the key lay."""
    what: str
    unit: str | None
    """The unit that it is about; None where it is about the whole plan, or withheld."""


def history_words(history: History) -> tuple[EventWords, ...]:
    """Return all events in the history's own order, in words."""
    opened = history.opened.parties
    names: dict[Party, str] = {"team_member": opened.team_member.name, "manager": opened.manager.name}
    found = []
    for event in history.in_order():
        author = history.authors[event.by]
        found.append(
            EventWords(
                id=event.id,
                party=author.party,
                name=names[author.party],
                at=event.core.at,
                custody=author.custody,
                what=_what(event, history, names),
                unit=_about(event, history),
            )
        )
    return tuple(found)


def _what(event: Event, history: History, names: dict[Party, str]) -> str:
    match event.body:
        case OpenBody(carried_from=carried):
            opened = f"opened the plan of {names['team_member']} and {names['manager']}"
            if carried is None:
                return opened
            return f"{opened}, going on from plan {carried.plan[:8]} with hash {carried.plan_hash[:16]}…"
        case ProposeBody() as body:
            verb = "proposed to remove" if body.removal else "countered with" if body.counters else "proposed"
            return f"{verb} {_unit(event.id, history)}"
        case DecideBody(proposal=target, confirms=str()):
            return f"confirmed with another key the acceptance of {_unit(target, history)}"
        case DecideBody(proposal=target, decision=decision):
            return f"{DECISIONS[decision]} {_unit(target, history)}"
        case CommentBody(role="reason", text=text):
            return f"gave a reason: {text}"
        case CommentBody(about=about, text=text):
            return f"remarked on {_unit(about, history)}: {text}"
        case SignOffBody(plan_hash=hashed, revision=revision):
            return f"signed the whole plan as revision {revision}, hash {hashed[:16]}…"
        case RotateBody(custody=custody):
            return f"went on with another key (on {custody})"
        case EraseBody(event=target):
            what = history.events[target].kind
            return f"erased the text of an own {'proposal' if what == 'propose' else what} ({target[:8]})"
        case ExportBody(made_for=made_for, format=form):
            whom = {"hr": "HR", "managers_manager": "the manager's manager"}[made_for]
            return f"exported the plan as it is in force for {whom} ({form})"
        case ShareBody(to=to, folder=True):
            return f"shares the plan with {to} through a folder from here on"
        case ShareBody(to=to, viewer=True):
            return f"made a viewer's copy for {to}"
        case ShareBody(to=to, handed_over=handed):
            return f"made a copy for {to}" + (
                f" with the key of the {handed.replace('_', ' ')}" if handed else ""
            )
    words = follow_words(event.body) or joining_words(event.body) or opportunity_event_words(event.body)
    if event.id not in history.erased and words is not None:
        return words
    if event.id in history.erased:
        by = next(
            one
            for one in history.events.values()
            if isinstance(one.body, EraseBody) and one.body.event == event.id
        )
        return f"{event.kind}, text erased by {names[history.authors[by.by].party]} on {by.core.at[:10]}"
    return f"{event.kind}, withheld"


def _about(event: Event, history: History) -> str | None:
    match event.body:
        case ProposeBody(unit=unit):
            return unit
        case DecideBody(proposal=target) | CommentBody(about=target):
            return _about(history.events[target], history)
    return None


def _unit(proposal: str, history: History) -> str:
    body = history.events[proposal].body
    if not isinstance(body, ProposeBody):
        gone = "was erased" if proposal in history.erased else "is withheld"
        return f"a proposal that {gone} ({proposal[:8]})"
    words = KIND_WORDS[body.kind].lower()
    if body.value is None:
        return f"{words} ({proposal[:8]})"
    return f"{words} ({proposal[:8]}): {headline(body.kind, parse_value(body.kind, body.value))}"
