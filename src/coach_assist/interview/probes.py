"""One follow-up to a thin answer. Rules choose it at once; the answer may be kept as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coach_assist.checker import Context, check_goal, check_text
from coach_assist.interview.answers import Answer
from coach_assist.interview.questions import Question, probe_words
from coach_assist.shown import shortened

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_OBSERVED = frozenset({"behaviour", "situation", "impact"})
"""Questions that ask for what could be seen or heard."""
_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Probe:
    """A follow-up in words for a person, and which entry of a list answer it is about (else None)."""

    text: str
    entry: int | None = None


def probe_for(asked: Question, value: Answer, context: Context | None = None) -> Probe | None:
    """Return the one follow-up that an answer deserves, or None where it says enough.

    A list is looked at entry by entry; the first that is thin gets the probe. `context` holds the
    plan's dates and its development area, so that a goal is not asked for what stands elsewhere.
    """
    if isinstance(value, str):
        return _probe_text(asked, value)
    for number, entry in enumerate(value):
        if words := _goal_words(asked, entry, context, alone=len(value) == 1):
            return Probe(words, number)
    return None


def _probe_text(asked: Question, text: str) -> Probe | None:
    if asked.thin and len(_WORD.findall(text)) < asked.thin:
        return Probe(asked.probe)
    if asked.id in _OBSERVED:
        for finding in check_text(text):
            if finding.code.startswith("B"):
                words = shortened(text[finding.start : finding.end], _QUOTED)
                return Probe(probe_words("judgement").replace("{text}", words))
    return None


def _goal_words(asked: Question, goal: str, context: Context | None, *, alone: bool) -> str:
    quoted = shortened(goal, _QUOTED)
    if len(_WORD.findall(goal)) < asked.thin:
        return asked.probe if alone else f"“{quoted}”: {asked.probe}"
    verdicts = check_goal(goal, context).verdicts
    name = "vague" if verdicts["S"] == "unmet" else "unmeasured" if verdicts["M"] == "unmet" else ""
    return probe_words(name).replace("{text}", quoted) if name else ""
