"""One plan as plain lines for `coach-assist show`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach_assist.flows.review_filter import EMPTY_WORDS, FILTER_WORDS, ProposalFilter
from coach_assist.flows.show import PARTY_WORDS, PlanView, ProposalView
from coach_assist.plan.units import PARTIES
from coach_assist.shown import safe_text


def plan_lines(view: PlanView) -> Iterator[str]:
    """Yield the lines; texts from outside still pass the display function."""
    if view.demo:
        yield "DEMO: a sample pair; nobody agreed to this plan."
    yield f"{_line(view.title)} ({view.id})"
    yield ", ".join(f"{PARTY_WORDS[party]}: {_line(view.names[party]) or '?'}" for party in PARTIES)
    yield f"State: {view.state_words}."
    if view.viewer:
        yield "This is a viewer's copy: it shows what holds now, and nobody decides in it."
    if view.standing:
        yield _line(view.standing)
    if view.statement is not None:
        yield from _text("Statement of the team member", view.statement)
    if view.drafts:
        yield f"Drafts not put forward yet: {view.drafts}."
    for party in PARTIES:
        if view.waits[party]:
            yield f"{view.waits[party]} to decide for the {PARTY_WORDS[party]}."
    if view.revision:
        yield f"In force: revision {view.revision}, signed by both."
    if view.unsigned:
        yield f"Agreed since, and in force once both have signed: {len(view.unsigned)} changes."
    yield ""
    yield f"Agreed by both: {len(view.agreed)}"
    for unit in view.agreed:
        yield f"- {unit.kind_words}{' (not signed yet)' if unit.unit in view.unsigned else ''}"
        for label, text in unit.fields:
            yield from _text(label, text)
    for title, proposals in (("Open", view.open), ("Not agreed, closed", view.closed)):
        if proposals:
            yield ""
            yield f"{title}: {len(proposals)}"
            for one in proposals:
                yield from _proposal(one)
    for conflict in view.conflicts:
        yield ""
        yield f"Conflict, {conflict.kind_words}: both agreed on {len(conflict.rivals)} texts about one place."
        yield "  Until one is withdrawn or a new text is agreed, what they replaced stays in force."
        for one in conflict.rivals:
            yield from _proposal(one)
    if view.agenda:
        yield ""
        yield "To talk about"
        for one, party in view.agenda:
            yield f"- {one.kind_words} ({one.short}): {_line(one.headline)} (the {PARTY_WORDS[party]} asks)"


def filtered_lines(view: PlanView, wanted: ProposalFilter, found: Sequence[ProposalView]) -> Iterator[str]:
    """Yield the proposals that a filter leaves, with their count, or the words for none."""
    yield f"{_line(view.title)} ({view.id})"
    yield f"{FILTER_WORDS[wanted].capitalize()}: {len(found)}"
    if not found:
        yield EMPTY_WORDS[wanted]
    for one in found:
        yield from _proposal(one)


def _proposal(one: ProposalView) -> Iterator[str]:
    removal = "removal of: " if one.removal else ""
    yield f"- {one.kind_words} ({one.short}), {one.status_words}, by {_line(one.by_name)}, {one.origin_words}"
    yield f"    {removal}{_line(one.headline)}"
    said = [f"{PARTY_WORDS[party]}: {one.decisions[party] or 'not decided'}" for party in PARTIES]
    yield f"    {', '.join(said)}"
    for party, reason in one.reasons.items():
        yield from _text(f"reason of the {PARTY_WORDS[party]}", reason)
    for remark in one.comments:
        yield from _text(f"comment of {_line(remark.by_name)}, {remark.at[:10]}", remark.text)


def _text(label: str, text: str) -> Iterator[str]:
    first, *rest = safe_text(text).split("\n")
    yield f"    {label}: {first}"
    for line in rest:
        yield f"      {line}"


def _line(text: str) -> str:
    return safe_text(text, one_line=True)
