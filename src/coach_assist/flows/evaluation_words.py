"""What became of one's plans in words, for both front ends."""

from __future__ import annotations

from collections.abc import Iterator

from coach_assist.flows.close import SURVEY_QUESTIONS
from coach_assist.flows.evaluate import LEAST_PLANS, Evaluation
from coach_assist.flows.show import PARTY_WORDS


def evaluation_lines(found: Evaluation) -> Iterator[str]:
    """Yield what became of one's plans, line by line: counts of plans, never of people."""
    kinds = ", ".join(f"{kind.replace('_', ' ')} {count}" for kind, count in found.by_kind.items())
    yield f"Plans with something agreed: {found.plans}" + (f" ({kinds})" if kinds else "")
    yield f"  running {found.running}, past their end {found.past_end}, closed {found.closed}"
    outcomes = ", ".join(f"{name} {count}" for name, count in found.outcomes.items())
    yield f"Goals: {found.goals}, reached {found.reached} ({outcomes})"
    yield f"  plans with all goals reached: {found.plans_all_reached}"
    time = (
        "" if found.hours_to_sign_off is None else f", half of them within {_time(found.hours_to_sign_off)}"
    )
    yield f"Plans signed by both: {found.signed}{time}"
    yield f"Check-ins: {found.check_ins_held} held, {found.check_ins_planned} planned so far"
    yield f"  plans without any although one was planned: {found.plans_without_check_in}"
    yield (
        "Survey on the coaching, 1 (not at all) to 5 (fully):" if found.surveys else "No survey was released."
    )
    for one in found.surveys:
        text = SURVEY_QUESTIONS.get(one.question, one.question)
        mean = f"withheld, fewer than {LEAST_PLANS} plans" if one.mean is None else f"mean {one.mean}"
        yield f"  {PARTY_WORDS[one.party]}, {text} {mean} (plans: {one.plans})"
    if found.unreadable:
        yield f"Plans that cannot be read, left out: {found.unreadable}"


def _time(hours: float) -> str:
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
