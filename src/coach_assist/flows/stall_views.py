"""Where a plan stands still, in questions and what might be adjusted; never a verdict, never on a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coach_assist.flows.follow_facts import Facts, about_words, stalls_of
from coach_assist.plan.stalls import StallRule

STALL_QUESTIONS: dict[StallRule, str] = {
    "no_value": "There has been no value since {since}. Is it still the right thing to measure, and who "
    "could get a value easily?",
    "line_missed": "The last two values are off the expected line. What got in the way, and is the line "
    "still the right one?",
    "first_step": "No activity has begun yet. What would make the first step small enough for this week?",
    "gap_overdue": "All activities for this are past their days. Which one is still worth doing, and when?",
}
STALL_ADJUSTMENTS: dict[StallRule, tuple[str, ...]] = {
    "no_value": ("measure something that is easier to get", "agree who collects it and when"),
    "line_missed": ("change the target or the due date", "change the activity", "add a support commitment"),
    "first_step": ("choose a smaller first step", "move the day", "let the manager clear time for it"),
    "gap_overdue": ("drop what is no longer useful", "set new days", "try another kind of activity"),
}


@dataclass(frozen=True, slots=True)
class StallView:
    """A question that a rule raises, and what might be adjusted. It is no verdict."""

    rule: StallRule
    about: str
    about_words: str
    question: str
    adjustments: tuple[str, ...]


def stall_views(facts: Facts, today: date) -> tuple[StallView, ...]:
    """Return the questions that the stall rules raise."""
    return tuple(
        StallView(
            rule=one.rule,
            about=one.about,
            about_words=about_words(facts, one.about),
            question=STALL_QUESTIONS[one.rule].format(since=one.since.isoformat()),
            adjustments=STALL_ADJUSTMENTS[one.rule],
        )
        for one in stalls_of(facts, today)
    )
