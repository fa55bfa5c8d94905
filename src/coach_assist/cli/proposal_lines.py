"""A proposal as plain lines: all of its text, where it comes from, what the checker says of it."""

from __future__ import annotations

from coach_assist.cli.change_lines import change_lines
from coach_assist.cli.numbered import say, say_texts
from coach_assist.flows.counter import changed_fields
from coach_assist.flows.show import PARTY_WORDS, ProposalView
from coach_assist.flows.unit_checks import HIDDEN_CHARACTERS
from coach_assist.plan.units import PARTIES
from coach_assist.shown import safe_text

VERDICT_WORDS = {"met": "met", "unmet": "not stated yet", "unknown": "unknown"}
CRITERIA = {"S": "specific", "M": "measurable", "A": "achievable", "R": "relevant", "T": "time-bound"}


def say_proposal(view: ProposalView, heading: str) -> None:
    """Write a whole proposal, so that nothing of it is decided unseen."""
    say(f"{heading}: {view.kind_words} ({view.short})")
    say(f"  Put forward by {view.by_name}, {view.origin_words}.")
    if view.removal:
        say("  Asks to take this unit out of the plan:")
        say_texts(view.base_fields or (), "    ")
    else:
        say_texts(view.fields)
        if view.base_fields is not None:
            say("  It would replace what is agreed now:")
            say_texts(view.base_fields, "    ")
        if view.countered_fields is not None:
            say(f"  It counters what {view.countered_by} put forward; it changes:")
            for line in change_lines(changed_fields(view.countered_fields, view.fields)):
                say(f"    {line}")
    for one in view.suggested:
        say(f"  Suggested, in no answer: {one.text} ({one.field}). {one.question}")
    for party in PARTIES:
        if decision := view.decisions[party]:
            why = f": {view.reasons[party]}" if party in view.reasons else ""
            say(f"  The {PARTY_WORDS[party]} has decided: {decision}{why}")
        elif party in view.reasons:
            say(f"  Why it was put forward: {view.reasons[party]}")
    _say_check(view)
    for said in view.comments:
        say_texts(((f"Comment of {safe_text(said.by_name, one_line=True)}, {said.at[:10]}", said.text),))


def _say_check(view: ProposalView) -> None:
    if (report := view.check.report) is not None:
        words = (
            f"{CRITERIA[letter]} {VERDICT_WORDS[verdict]}" for letter, verdict in report.verdicts.items()
        )
        say(f"  Checker: {', '.join(words)}.")
    for field, finding in view.check.findings:
        text = view.value.get(field)
        marked = text[finding.start : finding.end] if isinstance(text, str) else ""
        where = f" (“{marked}”)" if marked else ""
        say(f"  {finding.level.capitalize()} {finding.code}{where}: {finding.message}")
    if view.check.hidden_characters:
        say("  It holds control or bidirectional characters, which cannot be seen.")


def acknowledgement_words(codes: tuple[str, ...]) -> str:
    """Return the question that comes before an acceptance of text with open errors or hidden characters."""
    errors = [code for code in codes if code != HIDDEN_CHARACTERS]
    parts = [f"open errors ({', '.join(errors)})"] if errors else []
    parts += ["hidden characters"] if HIDDEN_CHARACTERS in codes else []
    return f"This text has {' and '.join(parts)}. Accept it as it is?"
