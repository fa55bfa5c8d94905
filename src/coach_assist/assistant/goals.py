"""Goals: the slots that the model fills, their repair and checks, for a measured and for an observed goal."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal

from coach_assist.assistant import checks, repair
from coach_assist.assistant.asking import Form, Problem, Slots
from coach_assist.assistant.fact_words import counted_words, names_what_is_counted, overdue_metric
from coach_assist.assistant.facts import Fact
from coach_assist.assistant.goal_slots import (
    LONGEST,
    common_slots,
    names_of,
    number_of,
    phrase_of,
    text_problems,
)
from coach_assist.assistant.goal_task import GoalTask, listed
from coach_assist.assistant.observed_goals import action_problems, most_times, repair_observed
from coach_assist.assistant.slots import choice_slot, count_slot, free_slot, number_slot, phrase_slot
from coach_assist.assistant.targets import Better, better_way, fair_target, named_target, target_fault
from coach_assist.assistant.words import content_stems, similarity

_NUMBER_TAIL = re.compile(r"\s*\b(?:from|by|to|at|von|auf|um|under|below)\s+[0-9].*$", re.IGNORECASE)
_RATE = re.compile(r"\s(?:per|pro|je)\s.*$", re.IGNORECASE)


def goal_form(task: GoalTask, judged: Callable[[Slots], list[Problem]] = lambda slots: []) -> Form:
    """Return the form of the goal's answer, with its repair and checks.

    `judged` says what the checker has against the sentence that the slots make.
    """
    english = task.brief.language == "en"
    latin = task.brief.language != "other"

    def words(name: str, least: int, *, digits: bool = True, begins: str = "") -> tuple[Any, Any]:
        most = LONGEST[name]
        return (
            phrase_slot(least, most, digits=digits, begins=begins if english else "")
            if latin
            else free_slot(least, most)
        )

    def optional(name: str) -> tuple[Any, Any]:
        return free_slot(0, LONGEST[name])

    tail = {
        "evidence": words("evidence", 8),
        "collector": choice_slot(task.people),
        "obstacle": optional("obstacle"),
        "response": optional("response"),
    }
    if task.measured:
        whole = all(fact.value == fact.value.to_integral_value() for fact in task.facts)
        fields = {
            "fact": choice_slot(dict.fromkeys(listed(fact) for fact in task.facts)),
            "metric": words("metric", 6, digits=False),
            "better": choice_slot(["more", "less"]),
            "target": number_slot(whole),
            "change": words("change", 12),
            **tail,
        }
        return Form(
            "MeasuredGoal",
            fields,
            lambda slots: repair_measured(task, slots),
            lambda slots: metric_problems(task, slots) or judged(slots),
            ("metric",),
        )
    fields = {
        "occasions": words("occasions", 5, digits=False),
        "action": words("action", 12, digits=False),
        "times": count_slot(2, most_times(task)),
        **({"evidence": tail["evidence"]} if task.bare else tail),
    }
    return Form(
        "ObservedGoal",
        fields,
        lambda slots: repair_observed(task, slots),
        lambda slots: action_problems(task, slots) or judged(slots),
        ("occasions", "action"),
    )


def repair_measured(task: GoalTask, slots: Slots) -> Slots:
    """Put right what code can: which way, how far, forms of words; drop what says nothing."""
    chosen = str(slots.get("fact", ""))
    facts = [listed(fact) for fact in task.facts]
    if chosen not in facts:
        chosen = max(facts, key=lambda fact: similarity(fact, chosen))
    fact = task.fact({"fact": chosen})
    better: Better = better_way(fact, task.goal) or ("less" if slots.get("better") == "less" else "more")
    named = named_target(fact, better, [task.goal, task.brief.text("measure"), task.brief.text("vision")])
    target = Decimal(named) if named else number_of(slots.get("target"))
    if named is None and (task.pace != "fair" or target_fault(fact, better, target)):
        if fact.value == 0 and better == "less":
            better = "more"
        target = fair_target(fact, better, task.pace)
    assert target is not None
    metric = phrase_of(task, slots.get("metric"))
    metric = repair.uncut(_NUMBER_TAIL.sub("", metric), LONGEST["metric"])
    if _RATE.search(fact.unit):
        metric = _RATE.sub("", metric)  # it stands with the numbers: "from 31 to 18 per 100 km"
    metric = repair.lower_first(metric, names_of(task)) if task.brief.language == "en" else metric
    if task.brief.language == "en" and not names_what_is_counted(metric, fact):
        metric = repair.lower_first(counted_words(fact), names_of(task))
    if task.brief.language == "en":
        metric = overdue_metric(metric, fact)
    if task.brief.language == "de":
        metric = repair.german_object(metric)
        slots = {**slots, "change": re.sub(r"^(?:durch|indem)\s+", "", str(slots.get("change", "")))}
    change = repair.without_subject(
        repair.uncut(phrase_of(task, slots.get("change")), LONGEST["change"]), task.people[0]
    )
    if task.brief.language == "en":
        change = repair.as_ing(_first_part(change)) or repair.as_ing(change)
    if checks.first_problem(
        *text_problems(task, change),
        checks.too_short(change, 3),
        checks.contradicts(change, task.gaps),
        checks.restates(change, f"{metric} {fact.text}"),
    ):
        change = ""
    return {
        "fact": chosen,
        "metric": metric,
        "better": better,
        "target": int(target) if target == target.to_integral_value() else float(target),
        "change": change,
        **common_slots(task, slots, metric),
    }


def metric_problems(task: GoalTask, slots: Slots) -> list[Problem]:
    """Say what is wrong with the metric's name: the one slot that code cannot put right."""
    metric, fact = str(slots["metric"]), task.fact(slots)
    if metric and metric.lower() == counted_words(fact).lower():
        return []  # put together by code from the answer's own words
    around = " ".join([fact.text, task.goal, task.brief.text("development_area"), task.brief.text("measure")])
    found = checks.first_problem(
        checks.too_short(metric, 1),
        checks.holds_number(metric),
        checks.about_feelings(metric, task.brief.everything)
        if not checks.about_feelings(fact.text, "")
        else "",
        checks.unrelated(metric, around) if task.brief.language != "other" else "",
        checks.unrelated(metric, fact.text) if len(content_stems(fact.text)) >= 2 else "",
        *text_problems(task, metric),
    )
    return [("metric", found)] if found else []


def fallback_metric(fact: Fact, language: Literal["en", "de", "other"]) -> str:
    """Return a name for what a fact counts, from its own words."""
    if language == "de":
        return f"„{listed(fact)}“"
    return counted_words(fact) or f"the figure in “{listed(fact)}”"


def _first_part(change: str) -> str:
    part = re.split(r";\s|,\s(?=\w+(?:ing)?\b)", change, maxsplit=1)[0]
    return part if len(part.split()) >= 3 else change
