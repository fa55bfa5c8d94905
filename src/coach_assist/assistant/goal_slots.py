"""Slots that every goal has, and what is put right and checked in any of them."""

from __future__ import annotations

import re
from decimal import Decimal

from coach_assist.assistant import checks, repair
from coach_assist.assistant.asking import Slots
from coach_assist.assistant.goal_task import GoalTask
from coach_assist.assistant.lexicon import word_pattern
from coach_assist.assistant.numbers import as_decimal_text
from coach_assist.assistant.words import similarity
from coach_assist.shown import safe_text

LONGEST = {
    "metric": 70,
    "change": 100,
    "evidence": 80,
    "obstacle": 80,
    "response": 100,
    "action": 90,
    "occasions": 50,
}
_RECORD = word_pattern("records")


def phrase_of(task: GoalTask, value: object) -> str:
    """Return a slot as one plain phrase in the language of the answers."""
    phrase = repair.phrase(value)
    if task.brief.language == "en":
        return repair.number_agrees(repair.neutral(phrase, task.brief.everything))
    return repair.german_nouns(phrase, task.brief.everything) if task.brief.language == "de" else phrase


def text_problems(task: GoalTask, text: str) -> list[str]:
    """Say what is wrong with any text of the model: copied, invented, in another language, judging."""
    if not text:
        return [""]
    return [
        checks.copied(text, task.prompt, f"{task.brief.everything} {task.goal}"),
        checks.invented(text, task.grounds),
        checks.wrong_language(text, task.brief.language),
        checks.judges_person(text),
    ]


def common_slots(task: GoalTask, slots: Slots, about: str) -> Slots:
    """Return evidence, collector, obstacle and response, repaired; what can't be used is empty."""
    people = task.people
    evidence = repair.uncut(phrase_of(task, slots.get("evidence")), LONGEST["evidence"])
    evidence = repair.lower_first(evidence, names_of(task)) if task.brief.language == "en" else evidence
    evidence = re.sub(r"\s+(?:of|by|from|provided by|made by|given by)\s+the team member$", "", evidence)
    related = similarity(evidence, f"{about} {task.brief.text('measure')}") > 0
    elsewhere = (task.brief.text(name) for name in ("activities", "support", "obstacle", "why"))
    planned = any(similarity(evidence, text) >= 0.6 for text in elsewhere)
    weak = not related and (planned or not _RECORD.search(evidence))
    if (
        not evidence
        or weak
        or checks.first_problem(*text_problems(task, evidence), checks.too_short(evidence, 1))
    ):
        evidence = ""
    collector = str(slots.get("collector", ""))
    obstacle, response = _if_then(task, slots)
    return {
        "evidence": evidence,
        "collector": collector if collector in people else people[-1],
        "obstacle": obstacle,
        "response": response,
    }


def _if_then(task: GoalTask, slots: Slots) -> tuple[str, str]:
    """Return the if and the then, or two empty texts where one of them would be invented."""
    answer = safe_text(task.brief.text("obstacle"), one_line=True)
    obstacle = repair.uncut(phrase_of(task, slots.get("obstacle")), LONGEST["obstacle"])
    response = repair.uncut(phrase_of(task, slots.get("response")), LONGEST["response"])
    obstacle = re.sub(r"^(?:if|when|wenn|falls)\s+", "", obstacle, flags=re.IGNORECASE)
    response = re.sub(r"^then\s+", "", response, flags=re.IGNORECASE)
    if task.brief.language == "en":
        obstacle = repair.lower_first(obstacle, names_of(task))
        response = repair.as_third_person(
            repair.lower_first(repair.without_subject(response, task.people[0]), names_of(task))
        )
    gaps = [*task.gaps, answer]
    bad = (
        not answer
        or checks.first_problem(*text_problems(task, obstacle), checks.too_short(obstacle, 2))
        or checks.first_problem(
            *text_problems(task, response), checks.too_short(response, 3),
            *(checks.contradicts(part, gaps) for part in re.split(r",? (?:and|then|und) ", response)),
            checks.managers_part(response, task.brief.text("support"), task.brief.text("activities")),
            "names somebody else first" if response.startswith(task.people[-1]) else "",
        )
        or similarity(obstacle, answer) < 0.3
    )  # fmt: skip
    return ("", "") if bad else (obstacle, response)


def number_of(value: object) -> Decimal | None:
    """Return a slot's number, None where it is none that can be used."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return None
    return number if number.is_finite() and abs(number) < 10**12 else None


def names_of(task: GoalTask) -> frozenset[str]:
    """Words that keep their capital: names, and what the answers write with one in mid-sentence."""
    text = task.brief.everything
    inner = re.findall(r"(?<=[^\W\d_,] )([A-ZÀ-Þ][\w'’-]*)", text)
    return frozenset([*task.brief.member.split(), *task.brief.manager.split(), *inner])


def decimal_text(value: object) -> str:
    """Return a slot's number as a decimal string."""
    number = number_of(value)
    return as_decimal_text(number) if number is not None else "0"
