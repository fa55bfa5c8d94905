"""Checks on every output of the model. Each is one small function that says what is wrong, or nothing.

What a check says goes back to the model word for word, so it names the fault and what is wanted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache

from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.language import Language, speaks_another_language
from coach_assist.assistant.lexicon import word_list, word_pattern
from coach_assist.assistant.prompts import worked_examples
from coach_assist.assistant.words import content_stems, shares_run, similarity, stem, words_of
from coach_assist.checker import check_text

COPIED_WORDS = 4
"""So many words in a row from a worked example, and in no answer, are a copy."""

_FEELING = word_pattern("feelings")
_INSTEAD = re.compile(r"\b(?:rather than|instead of|without|before|statt)\b", re.IGNORECASE)
_EMPTY_VERBS = frozenset(stem(word) for word in word_list("empty_verbs"))
_DIGIT = re.compile(r"[0-9]")


@cache
def _example_values(task: str) -> tuple[str, ...]:
    """The values of the worked examples of a prompt that are long enough to be told from chance."""

    def texts(value: object) -> Iterable[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            for item in value:
                yield from texts(item)
        elif isinstance(value, dict):
            for item in value.values():
                yield from texts(item)

    values = (text for line in worked_examples(task) for text in texts(json.loads(line)))
    return tuple(dict.fromkeys(text for text in values if len(words_of(text)) >= 2))


def copied(text: str, task: str, answers: str) -> str:
    """Text of a worked example that is in no answer."""
    for example in _example_values(task):
        same = " ".join(text.lower().split()) == example.lower()
        run = shares_run(example, text, COPIED_WORDS) or shares_run(text, example, COPIED_WORDS)
        if (same or run) and not shares_run(text, answers, min(COPIED_WORDS, len(words_of(text)))):
            return "this is copied from a worked example; write it from the answers"
    return ""


def invented(text: str, grounds: Grounds) -> str:
    """A number, date, name or tool that is in no answer."""
    found = grounds.inventions(text)
    if not found:
        return ""
    return f"“{found[0].text}” is a {found[0].kind} that no answer holds; leave it out"


def holds_number(text: str) -> str:
    """A number in a slot that takes none."""
    return "write it without numbers" if _DIGIT.search(text) else ""


def about_feelings(text: str, answers: str) -> str:
    """A metric of something that nobody can count."""
    match = _FEELING.search(text)
    if match is None:
        return ""
    return f"“{match[0]}” cannot be seen or counted; name what is counted at work"


def unrelated(text: str, to: str) -> str:
    """A metric of the wrong thing: it shares no word with what it is about."""
    own, about = content_stems(text), content_stems(to)
    if own & about or any(_within(one, other) for one in own for other in about):
        return ""
    return "this is not about the fact or the goal; name what the fact counts"


def _within(one: str, other: str) -> bool:
    """Say whether one word is part of the other, as in compounds: "übergab" in "übergabezeit"."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 5 and (short in long or short[:6] == long[:6])


def judges_person(text: str) -> str:
    """Wording that judges the person, or that belongs to a disciplinary document."""
    for finding in check_text(text):
        if finding.code[0] in "BL" and finding.level in ("error", "warning") and finding.code != "B605":
            return f"{finding.message} Describe the work instead"
    return ""


def wrong_language(text: str, language: Language) -> str:
    """A phrase in another language than the answers."""
    return "write it in the language of the answers" if speaks_another_language(text, language) else ""


def too_short(text: str, words: int) -> str:
    """A phrase that says nothing."""
    return "say it in a few words more" if len(words_of(text)) < words else ""


def contradicts(text: str, missing: Iterable[str]) -> str:
    """A remedy that is the very thing that goes wrong today. What follows "rather than" is not compared."""
    own = content_stems(_INSTEAD.split(text)[0])
    for gap in missing:
        today = content_stems(_INSTEAD.split(gap)[0])
        shared = {stem for stem in own if stem in today or any(_within(stem, other) for other in today)}
        if len(shared) >= 2 and len(shared) / len(own) >= 0.75 and len(shared) / len(today) >= 0.5:
            return "this is what happens today; say what is done instead"
    return ""


def from_nowhere(text: str, grounds: Grounds, about: str) -> str:
    """An action on occasions that no answer speaks of."""
    if grounds.share(text) >= 0.2:
        return ""
    return f"no answer speaks of this; stay with: {about}"


def restates(change: str, metric: str) -> str:
    """A way to the goal that only says the goal again: "by speaking in more reviews"."""
    left = content_stems(change) - content_stems(metric) - _EMPTY_VERBS
    return "this only says the goal again; say what is done differently" if not left else ""


def says_nothing(action: str, occasions: str, goal: str) -> str:
    """An action that only says that the occasion takes place: "run the briefing in 8 briefings".

    Counting it would count attendance; nothing could be told to have become better.
    """
    left = content_stems(action) - content_stems(occasions) - content_stems(goal) - _EMPTY_VERBS
    if left or not words_of(action):
        return ""
    return "this only says that it takes place; say what is done differently in it, so that others can see it"


def managers_part(text: str, support: str, own: str) -> str:
    """A member's activity that the manager promised."""
    theirs, mine = content_stems(support), content_stems(own)
    stems = content_stems(text)
    if (
        len(stems) >= 2
        and len(stems & theirs) / len(stems) >= 0.75
        and len(stems & mine) < len(stems & theirs)
    ):
        return "this is the manager's part; say what the team member does"
    return ""


def duplicate(text: str, others: Iterable[str]) -> str:
    """The same thing a second time."""
    return "this is there already" if any(similarity(text, other) >= 0.7 for other in others) else ""


def first_problem(*problems: str) -> str:
    """Return the first of several checks' words that is not empty."""
    return next((problem for problem in problems if problem), "")
