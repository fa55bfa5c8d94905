"""What of a plan may go where: "local only", and the people whose names are replaced on the way out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pydantic import JsonValue

from coach_assist.errors import Refused, UsageError
from coach_assist.plan.units import PARTIES
from coach_assist.shown import shortened
from coach_assist.workspace.plan_file import PlanFile

if TYPE_CHECKING:
    from coach_assist.assistant.provider import Provider
    from coach_assist.interview.answers import Answers

_LOCAL_ONLY = "privacy.local_only"
_PEOPLE = "privacy.people"
MOST_PEOPLE = 200
LONGEST_NAME = 200
_FIELDS_OF_PEOPLE = frozenset({"who", "owner", "collector", "readers"})


def admit(provider: Provider | None, plan: PlanFile) -> None:
    """Let `provider` be asked about this plan: tell it whose names to replace on the way out.

    To be called before the first request about a plan. Raises Refused where the plan is marked "local
    only" (or the organisation's policy says so) and the provider is remote; nothing was sent then.
    """
    if provider is None:
        return
    if provider.endpoint.remote and local_only(plan):
        raise Refused(
            f"This plan is marked “local only”, so nothing of it goes to {provider.endpoint.host}.",
            kept="Nothing was sent; all answers are kept.",
            next_step="Use the embedded model (without --remote), or take the mark away: "
            f"coach-assist privacy {plan.id[:8]} --any-model",
        )
    provider.know(known_names(plan))


def admit_answers(provider: Provider | None, answers: Answers) -> None:
    """The same for answers without a plan: both parties' names are replaced on the way out."""
    if provider is not None:
        provider.know(name for party in PARTIES if (name := answers.text(party).strip()))


def local_only(plan: PlanFile) -> bool:
    """Say whether nothing of this plan may go to a remote endpoint."""
    from coach_assist.flows.policy import policy

    return plan.meta.get(_LOCAL_ONLY) == "yes" or policy().local_only


def set_local_only(plan: PlanFile, on: bool) -> None:
    """Put the mark "local only" on a plan, or take it away. Raises Refused where it cannot be written."""
    plan.meta.put(_LOCAL_ONLY, "yes" if on else "no")


def other_people(plan: PlanFile) -> tuple[str, ...]:
    """Return the people besides the two parties whom the pair listed for replacing."""
    try:
        listed = json.loads(plan.meta.get(_PEOPLE) or "[]")
    except ValueError:
        return ()
    return tuple(name for name in listed if isinstance(name, str)) if isinstance(listed, list) else ()


def add_person(plan: PlanFile, name: str) -> None:
    """List one more person. Raises UsageError for a text that is no name, Refused."""
    name = " ".join(name.split())
    if not any(letter.isalpha() for letter in name) or len(name) > LONGEST_NAME:
        raise UsageError(f"“{shortened(name, 60)}” is no name.", kept="The list is as it was.")
    listed = other_people(plan)
    if len(listed) >= MOST_PEOPLE:
        raise UsageError(f"The list holds {MOST_PEOPLE} people already.", kept="The list is as it was.")
    if name not in listed:
        plan.meta.put(_PEOPLE, json.dumps([*listed, name], ensure_ascii=True))


def remove_person(plan: PlanFile, name: str) -> None:
    """Take one person off the list. Raises UsageError where nobody of that name is on it, Refused."""
    name = " ".join(name.split())
    listed = other_people(plan)
    if name not in listed:
        raise UsageError(f"Nobody called “{shortened(name, 60)}” is on the list.")
    plan.meta.put(_PEOPLE, json.dumps([one for one in listed if one != name], ensure_ascii=True))


def known_names(plan: PlanFile) -> tuple[str, ...]:
    """Return every name that this plan knows: both parties', those listed, and who is named in a unit.

    A field such as an activity's owner may say "the whole team": only what looks like a name counts.
    """
    return tuple(dict.fromkeys(_names(plan)))


def _names(plan: PlanFile) -> Iterator[str]:
    for entry in plan.answers.all():
        if entry.question in PARTIES and isinstance(entry.value, str) and entry.value.strip():
            yield entry.value.strip()
    if plan.has_opened:
        yield from (party.name for party in plan.state.parties.values())
    yield from other_people(plan)
    values: list[Mapping[str, JsonValue]] = [draft.value for draft in plan.drafts.all()]
    if plan.has_opened:
        values += [one.value for one in plan.state.proposals.values() if one.value]
    yield from people_in(values)


def people_in(values: Iterable[Mapping[str, JsonValue]]) -> Iterator[str]:
    """Yield who is named in the fields of units that say who does, promises, collects or reads something."""
    for value in values:
        yield from filter(looks_like_a_name, _people_in(value))


def _people_in(value: JsonValue | Mapping[str, JsonValue]) -> Iterator[str]:
    if isinstance(value, list):
        for entry in value:
            yield from _people_in(entry)
    elif isinstance(value, Mapping):
        for field, inner in value.items():
            if field in _FIELDS_OF_PEOPLE:
                texts = inner if isinstance(inner, list) else [inner]
                yield from (text for text in texts if isinstance(text, str))
            yield from _people_in(inner)


def looks_like_a_name(text: str) -> bool:
    """Say whether a text is most likely a person's name: a few capitalised words, not all ordinary."""
    from coach_assist.checker.lexicon import lexicon

    words = text.split()
    if not 1 <= len(words) <= 4 or not all(word[:1].isupper() or word.islower() for word in words):
        return False
    named = [word for word in words if word[:1].isupper() and not word.isupper()]
    return (
        bool(named)
        and len(words) - len(named) <= 2
        and any(not lexicon("en").look_up(word.lower().strip(".,"))[0] for word in named)
    )
