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
from coach_assist.assistant.goal_task import GoalTask, listed, short_line
from coach_assist.assistant.lexicon import word_pattern
from coach_assist.assistant.numbers import as_decimal_text
from coach_assist.assistant.slots import choice_slot, count_slot, free_slot, number_slot, phrase_slot
from coach_assist.assistant.targets import Better, better_way, fair_target, named_target, target_fault
from coach_assist.assistant.wording import reads_as_plural
from coach_assist.assistant.words import content_stems, similarity
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
_NUMBER_TAIL = re.compile(r"\s*\b(?:from|by|to|at|von|auf|um|under|below)\s+[0-9].*$", re.IGNORECASE)
_RATE = re.compile(r"\s(?:per|pro|je)\s.*$", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:the|a) team member\b(?!s)", re.IGNORECASE)
_TO_MEMBER = re.compile(r"\s+(?:to|with|for|from|of)\s+the team member\b(?:'s \w+)?", re.IGNORECASE)
_NO_OCCASION = re.compile(r"\b(?:goals|targets|skills|results|improvements|days|weeks)$", re.IGNORECASE)
_RECORD = word_pattern("records")
_PLURAL_WANTED = "name the kind of occasion as a short plural noun, such as talks or meetings"


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


def most_times(task: GoalTask) -> int:
    """Return how many occasions at most make sense: one or two a week, between 3 and 8."""
    return min(8, max(3, task.brief.weeks))


def repair_measured(task: GoalTask, slots: Slots) -> Slots:
    """Put right what code can: which way, how far, forms of words; drop what says nothing."""
    chosen = str(slots.get("fact", ""))
    facts = [listed(fact) for fact in task.facts]
    if chosen not in facts:
        chosen = max(facts, key=lambda fact: similarity(fact, chosen))
    fact = task.fact({"fact": chosen})
    better: Better = better_way(fact, task.goal) or ("less" if slots.get("better") == "less" else "more")
    named = named_target(fact, better, [task.goal, task.brief.text("measure"), task.brief.text("vision")])
    target = Decimal(named) if named else _number(slots.get("target"))
    if named is None and (task.pace != "fair" or target_fault(fact, better, target)):
        if fact.value == 0 and better == "less":
            better = "more"
        target = fair_target(fact, better, task.pace)
    assert target is not None
    metric = _phrase(task, slots.get("metric"))
    metric = repair.uncut(_NUMBER_TAIL.sub("", metric), LONGEST["metric"])
    if _RATE.search(fact.unit):
        metric = _RATE.sub("", metric)  # it stands with the numbers: "from 31 to 18 per 100 km"
    metric = repair.lower_first(metric, _names(task)) if task.brief.language == "en" else metric
    if task.brief.language == "en" and not names_what_is_counted(metric, fact):
        metric = repair.lower_first(counted_words(fact), _names(task))
    if task.brief.language == "en":
        metric = overdue_metric(metric, fact)
    if task.brief.language == "de":
        metric = repair.german_object(metric)
        slots = {**slots, "change": re.sub(r"^(?:durch|indem)\s+", "", str(slots.get("change", "")))}
    change = repair.without_subject(
        repair.uncut(_phrase(task, slots.get("change")), LONGEST["change"]), task.people[0]
    )
    if task.brief.language == "en":
        change = repair.as_ing(_first_part(change)) or repair.as_ing(change)
    if checks.first_problem(
        *_text_problems(task, change),
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
        **_common(task, slots, metric),
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
        *_text_problems(task, metric),
    )
    return [("metric", found)] if found else []


def repair_observed(task: GoalTask, slots: Slots) -> Slots:
    """Put right what code can in the slots of a goal that is seen on occasions."""
    action = repair.uncut(_phrase(task, slots.get("action")), LONGEST["action"])
    if task.brief.language == "en":
        action = repair.own_part(_TO_MEMBER.sub("", action))
        action = repair.one_verb(repair.as_base(repair.without_subject(action, task.people[0])))
    action = repair.lower_first(action, _names(task)) if task.brief.language == "en" else action
    occasions = repair.uncut(_phrase(task, slots.get("occasions")), LONGEST["occasions"])
    occasions = repair.lower_first(occasions, _names(task)) if task.brief.language == "en" else occasions
    times = _number(slots.get("times")) or Decimal(3)
    step = {"modest": -1, "fair": 0, "ambitious": 2}[task.pace]
    return {
        "occasions": occasions,
        "action": action,
        "times": min(max(int(times) + step, 3 if task.brief.weeks >= 6 else 2), most_times(task)),
        **_common(task, slots, f"{action} {occasions}"),
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
        *_text_problems(task, action),
    ):
        found.append(("action", problem))
    if problem := checks.first_problem(
        checks.too_short(occasions, 1),
        checks.holds_number(occasions),
        "this is no occasion on which something is done" if _NO_OCCASION.search(occasions) else "",
        "" if ideas or task.brief.language != "en" or reads_as_plural(occasions) else _PLURAL_WANTED,
        *_text_problems(task, occasions),
    ):
        found.append(("occasions", problem))
    return found


def _phrase(task: GoalTask, value: object) -> str:
    phrase = repair.phrase(value)
    if task.brief.language == "en":
        return repair.number_agrees(repair.neutral(phrase, task.brief.everything))
    return repair.german_nouns(phrase, task.brief.everything) if task.brief.language == "de" else phrase


def _from_nowhere(task: GoalTask, text: str) -> str:
    about = task.brief.line("development_area")[:120] or short_line(task.goal, 120)
    known = task.brief.language == "other" or task.thin
    return "" if known else checks.from_nowhere(text, task.grounds, about)


def _text_problems(task: GoalTask, text: str) -> list[str]:
    if not text:
        return [""]
    return [
        checks.copied(text, task.prompt, f"{task.brief.everything} {task.goal}"),
        checks.invented(text, task.grounds),
        checks.wrong_language(text, task.brief.language),
        checks.judges_person(text),
    ]


def _common(task: GoalTask, slots: Slots, about: str) -> Slots:
    people = task.people
    evidence = repair.uncut(_phrase(task, slots.get("evidence")), LONGEST["evidence"])
    evidence = repair.lower_first(evidence, _names(task)) if task.brief.language == "en" else evidence
    evidence = re.sub(r"\s+(?:of|by|from|provided by|made by|given by)\s+the team member$", "", evidence)
    related = similarity(evidence, f"{about} {task.brief.text('measure')}") > 0
    elsewhere = (task.brief.text(name) for name in ("activities", "support", "obstacle", "why"))
    planned = any(similarity(evidence, text) >= 0.6 for text in elsewhere)
    weak = not related and (planned or not _RECORD.search(evidence))
    if (
        not evidence
        or weak
        or checks.first_problem(*_text_problems(task, evidence), checks.too_short(evidence, 1))
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
    obstacle = repair.uncut(_phrase(task, slots.get("obstacle")), LONGEST["obstacle"])
    response = repair.uncut(_phrase(task, slots.get("response")), LONGEST["response"])
    obstacle = re.sub(r"^(?:if|when|wenn|falls)\s+", "", obstacle, flags=re.IGNORECASE)
    response = re.sub(r"^then\s+", "", response, flags=re.IGNORECASE)
    if task.brief.language == "en":
        obstacle = repair.lower_first(obstacle, _names(task))
        response = repair.as_third_person(
            repair.lower_first(repair.without_subject(response, task.people[0]), _names(task))
        )
    gaps = [*task.gaps, answer]
    bad = (
        not answer
        or checks.first_problem(*_text_problems(task, obstacle), checks.too_short(obstacle, 2))
        or checks.first_problem(
            *_text_problems(task, response), checks.too_short(response, 3),
            *(checks.contradicts(part, gaps) for part in re.split(r",? (?:and|then|und) ", response)),
            checks.managers_part(response, task.brief.text("support"), task.brief.text("activities")),
            "names somebody else first" if response.startswith(task.people[-1]) else "",
        )
        or similarity(obstacle, answer) < 0.3
    )  # fmt: skip
    return ("", "") if bad else (obstacle, response)


def fallback_metric(fact: Fact, language: Literal["en", "de", "other"]) -> str:
    """Return a name for what a fact counts, from its own words."""
    if language == "de":
        return f"„{listed(fact)}“"
    return counted_words(fact) or f"the figure in “{listed(fact)}”"


def _first_part(change: str) -> str:
    part = re.split(r";\s|,\s(?=\w+(?:ing)?\b)", change, maxsplit=1)[0]
    return part if len(part.split()) >= 3 else change


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return None
    return number if number.is_finite() and abs(number) < 10**12 else None


def _names(task: GoalTask) -> frozenset[str]:
    """Words that keep their capital: names, and what the answers write with one in mid-sentence."""
    text = task.brief.everything
    inner = re.findall(r"(?<=[^\W\d_,] )([A-ZÀ-Þ][\w'’-]*)", text)
    return frozenset([*task.brief.member.split(), *task.brief.manager.split(), *inner])


def decimal_text(value: object) -> str:
    """Return a slot's number as a decimal string."""
    number = _number(value)
    return as_decimal_text(number) if number is not None else "0"
