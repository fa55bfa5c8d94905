"""The reflective question of a check-in: one, chosen by rules to fit where the plan stands. Skippable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Fit = Literal["first", "stalled", "did_not_help", "helped", "reached", "near_end", "any"]
ORDER: tuple[Fit, ...] = ("first", "near_end", "stalled", "did_not_help", "reached", "helped", "any")
"""Where several fit, the first of these that has a question not asked yet."""


@dataclass(frozen=True, slots=True)
class Reflective:
    """One question and when it fits."""

    id: str
    fit: Fit
    text: str


QUESTIONS: tuple[Reflective, ...] = (
    Reflective("first.different", "first", "What would you like to be different by our next check-in?"),
    Reflective("first.notice", "first", "How would somebody else notice that this plan is working?"),
    Reflective("stalled.smaller", "stalled", "What is the smallest step that would still count?"),
    Reflective("stalled.instead", "stalled", "What took the place of this, and was that the right choice?"),
    Reflective("stalled.decide", "stalled", "What do the two of us have to decide so that this can move?"),
    Reflective("not_help.learn", "did_not_help", "What did you find out from what did not help?"),
    Reflective("not_help.other", "did_not_help", "If this way does not suit you, which one might?"),
    Reflective("reached.keep", "reached", "What will keep this going when nobody looks at it any more?"),
    Reflective("reached.raise", "reached", "Now that this is reached, what has become possible?"),
    Reflective("helped.made", "helped", "What made it work, and where else could you use that?"),
    Reflective("helped.who", "helped", "Who or what helped, and do they know it?"),
    Reflective("end.carry", "near_end", "What do you want to take with you from this plan?"),
    Reflective("end.again", "near_end", "If you began this plan again today, what would you do first?"),
    Reflective("any.energy", "any", "Which part of this do you look forward to, and which do you put off?"),
    Reflective("any.support", "any", "What support would you ask for, if asking were easy?"),
    Reflective("any.situation", "any", "In which situation of the last weeks did you notice a difference?"),
    Reflective("any.next", "any", "When is the next chance to try this for real?"),
)


def choose(fits: Sequence[Fit], asked: Sequence[str]) -> Reflective:
    """Return a question that fits best and was not asked yet; once all were, the one asked longest ago.

    `asked` are ids in the order in which they were asked. The choice depends on nothing else.
    """
    wanted = [fit for fit in ORDER if fit in fits or fit == "any"]
    fitting = [one for fit in wanted for one in QUESTIONS if one.fit == fit]
    fresh = [one for one in fitting if one.id not in asked]
    if fresh:
        return fresh[0]
    last = {one: place for place, one in enumerate(asked)}
    return min(fitting, key=lambda one: last[one.id])


def question_text(question: str) -> str:
    """Return the text of a question by its id; the id itself where this version does not know it."""
    return next((one.text for one in QUESTIONS if one.id == question), question)
