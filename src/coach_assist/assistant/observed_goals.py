"""A goal that is seen on occasions: what is put right in its slots, and what is wrong with them."""

from __future__ import annotations

import re
from decimal import Decimal

from coach_assist.assistant import checks, repair
from coach_assist.assistant.asking import Problem, Slots
from coach_assist.assistant.goal_slots import (
    LONGEST,
    common_slots,
    names_of,
    number_of,
    phrase_of,
    text_problems,
)
from coach_assist.assistant.goal_task import GoalTask, short_line
from coach_assist.assistant.wording import reads_as_plural

_NAMED = re.compile(r"\b(?:the|a) team member\b(?!s)", re.IGNORECASE)
_TO_MEMBER = re.compile(r"\s+(?:to|with|for|from|of)\s+the team member\b(?:'s \w+)?", re.IGNORECASE)
_NO_OCCASION = re.compile(r"\b(?:goals|targets|skills|results|improvements|days|weeks)$", re.IGNORECASE)
_PLURAL_WANTED = "name the kind of occasion as a short plural noun, such as talks or meetings"


def most_times(task: GoalTask) -> int:
    """Return how many occasions at most make sense: one or two a week, between 3 and 8."""
    return min(8, max(3, task.brief.weeks))


def repair_observed(task: GoalTask, slots: Slots) -> Slots:
    """Put right what code can in the slots of a goal that is seen on occasions."""
    action = repair.uncut(phrase_of(task, slots.get("action")), LONGEST["action"])
    if task.brief.language == "en":
        action = repair.own_part(_TO_MEMBER.sub("", action))
        action = repair.one_verb(repair.as_base(repair.without_subject(action, task.people[0])))
    action = repair.lower_first(action, names_of(task)) if task.brief.language == "en" else action
    occasions = repair.uncut(phrase_of(task, slots.get("occasions")), LONGEST["occasions"])
    occasions = repair.lower_first(occasions, names_of(task)) if task.brief.language == "en" else occasions
    times = number_of(slots.get("times")) or Decimal(3)
    step = {"modest": -1, "fair": 0, "ambitious": 2}[task.pace]
    return {
        "occasions": occasions,
        "action": action,
        "times": min(max(int(times) + step, 3 if task.brief.weeks >= 6 else 2), most_times(task)),
        **common_slots(task, slots, f"{action} {occasions}"),
    }


def action_problems(task: GoalTask, slots: Slots, *, ideas: bool = False) -> list[Problem]:
    """Say what is wrong with action and occasions.

    `ideas`: what no answer speaks of may be suggested, and occasions that are no plural may be named.
    """
    action, occasions = str(slots["action"]), str(slots["occasions"])
    found: list[Problem] = []
    if problem := checks.first_problem(
        checks.too_short(action, 2),
        checks.holds_number(action),
        checks.about_feelings(action, ""),
        checks.contradicts(action, task.gaps),
        checks.says_nothing(action, occasions, task.goal) if task.brief.language != "other" else "",
        "the person does it; do not write “the team member”" if _NAMED.search(action) else "",
        "" if ideas else _from_nowhere(task, f"{action} {occasions}"),
        checks.managers_part(
            action,
            task.brief.text("support"),
            f"{task.goal} {task.brief.text('activities')} {' '.join(task.gaps)}",
        ),
        *text_problems(task, action),
    ):
        found.append(("action", problem))
    if problem := checks.first_problem(
        checks.too_short(occasions, 1),
        checks.holds_number(occasions),
        "this is no occasion on which something is done" if _NO_OCCASION.search(occasions) else "",
        "" if ideas or task.brief.language != "en" or reads_as_plural(occasions) else _PLURAL_WANTED,
        *text_problems(task, occasions),
    ):
        found.append(("occasions", problem))
    return found


def _from_nowhere(task: GoalTask, text: str) -> str:
    about = task.brief.line("development_area")[:120] or short_line(task.goal, 120)
    known = task.brief.language == "other" or task.thin
    return "" if known else checks.from_nowhere(text, task.grounds, about)
