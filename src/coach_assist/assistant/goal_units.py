"""Goal units: the sentence and the fields put together from slots, or the person's own words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from coach_assist.assistant import checks, repair
from coach_assist.assistant.asking import Problem, Slots
from coach_assist.assistant.brief import Brief
from coach_assist.assistant.direct import date_suggestion
from coach_assist.assistant.drafted import DraftedUnit, make_unit, rests_on, suggest
from coach_assist.assistant.facts import Fact
from coach_assist.assistant.goal_slots import decimal_text
from coach_assist.assistant.goal_task import GoalTask, about_goal
from coach_assist.assistant.goals import fallback_metric
from coach_assist.assistant.observed_goals import action_problems
from coach_assist.assistant.own_goals import (
    GoalParts,
    context_of,
    fact_unit,
    own_fields,
    own_if_then,
    own_words_goal,
)
from coach_assist.assistant.targets import named_target
from coach_assist.assistant.wording import Change, if_then, measured_statement, observed_statement, period
from coach_assist.assistant.words import similarity
from coach_assist.checker import check_goal
from coach_assist.checker.reports import Letter
from coach_assist.plan.drafts import Provenance, Suggestion
from coach_assist.plan.units import Goal, Metric


def assembled(task: GoalTask, slots: Slots, due: date, *, who: str) -> GoalParts:
    """Put statement and metric together from repaired slots. `who` is the subject; "" for an imperative."""
    # Where nothing but the goal is known, these are not asked for.
    slots = {"collector": task.people[-1], "obstacle": "", "response": "", **slots}
    return _measured(task, slots, due, who) if task.measured else _observed(task, slots, due, who)


def _measured(task: GoalTask, slots: Slots, due: date, who: str) -> GoalParts:
    brief, fact = task.brief, task.fact(slots)
    language, better = brief.language, slots["better"]
    target = decimal_text(slots["target"])
    evidence, collector = str(slots["evidence"]), str(slots["collector"])
    shown = evidence or _tally(collector, language)
    statement = measured_statement(
        who=who, due=due, metric=slots["metric"], change=Change(fact, target), better=better,
        how=slots["change"], evidence=shown, language=language,
    )  # fmt: skip
    name = slots["metric"]
    metric = Metric(
        name=repair.without_german_article(name) if language == "de" else name,
        kind="quantitative",
        unit=fact_unit(fact, language),
        baseline=fact.baseline,
        target=target,
        direction="decrease" if better == "less" else "increase",
        evidence=shown,
        collector=collector,
    )
    named = named_target(fact, better, [task.goal, brief.text("measure"), brief.text("vision")]) == target
    suggested = [] if named else [suggest("metric.target", target, _target_question(fact, target))]
    if fact.derived:
        suggested.append(
            suggest("metric.baseline", fact.baseline, f"Is “{fact.text}” about {fact.baseline} %?")
        )
    suggested += _listed(task, "metric.evidence", shown, brief)
    suggested += date_suggestion(
        brief, task.grounds, "due", due, "Is this the right day to look at the result?"
    )
    provenance = [
        rests_on("statement", "code", "goal", fact.question),
        rests_on("metric.name", "model", fact.question),
        rests_on("metric.baseline", "answer", fact.question),
        rests_on("metric.target", "answer" if named else "model", *(["goal", "measure"] if named else [])),
        rests_on("metric.evidence", "model"),
    ]
    return _rest(task, slots, statement, metric, due, suggested, provenance, who)


def _observed(task: GoalTask, slots: Slots, due: date, who: str) -> GoalParts:
    brief, times = task.brief, int(slots["times"])
    evidence, collector = str(slots["evidence"]), str(slots["collector"])
    shown = evidence or _tally(collector, brief.language)
    statement = observed_statement(
        who=who, due=due, action=slots["action"], times=times, occasions=slots["occasions"], evidence=shown,
        language=brief.language,
    )  # fmt: skip
    metric = Metric(
        name=f"{slots['occasions']}: {slots['action']}",
        kind="quantitative",
        unit="occasions" if brief.language != "de" else "Gelegenheiten",
        baseline=None,
        target=str(times),
        direction="reach",
        evidence=shown,
        collector=collector,
    )
    suggested = [_idea(slots)] if is_idea(task, slots) else []
    suggested += [
        suggest(
            "metric.target",
            str(times),
            "How often does this happen today, and is this number fair by the due date?",
        ),
        suggest(
            "metric.name", metric.name, "No answer holds a number: is this the thing to watch and count?"
        ),
        *_listed(task, "metric.evidence", shown, brief),
        *date_suggestion(brief, task.grounds, "due", due, "Is this the right day to look at the result?"),
    ]
    provenance = [
        rests_on("statement", "code", "goal"),
        rests_on("metric.name", "model", "goal", "current_state"),
        rests_on("metric.target", "model"),
        rests_on("metric.evidence", "model"),
    ]
    return _rest(task, slots, statement, metric, due, suggested, provenance, who)


def _rest(
    task: GoalTask, slots: Slots, statement: str, metric: Metric, due: date,
    suggested: list[Suggestion], provenance: list[Provenance], who: str,
) -> GoalParts:  # fmt: skip
    brief = task.brief
    own = own_if_then(about_goal(task, brief.text("obstacle")))
    line = period(own) if own else ""
    if not line and slots["obstacle"] and slots["response"]:
        line = if_then(slots["obstacle"], slots["response"], who, brief.language)
        provenance = [*provenance, rests_on("if_then", "model", "obstacle")]
        suggested = [*suggested, suggest("if_then", line, "Is this what you would really do then?")]
    elif line:
        provenance = [*provenance, rests_on("if_then", "answer", "obstacle")]
    fields, sources = own_fields(task)
    goal = Goal(statement=statement, metric=metric, due=due, if_then=line or None, **fields)
    return GoalParts(goal, suggested, [*provenance, *sources, rests_on("due", "code", "end")])


def goal_unit(
    task: GoalTask,
    slots: Slots | None,
    problems: tuple[Problem, ...],
    *,
    section: str,
    gap: str | None,
    due: date,
) -> DraftedUnit:
    """Return the unit: from slots where they are usable, else the goal in the person's own words.

    A metric whose name stayed wrong is named by the fact's own words; an action that stayed wrong is not
    put into anybody's mouth. One that only goes beyond the answers is listed as the model's idea.
    """
    notes = tuple(f"{slot}: {problem}" if slot else problem for slot, problem in problems)
    broken = {slot for slot, _ in problems}
    if slots is not None and broken and not task.measured and usable_as_idea(task, slots, due):
        broken = set()
    if slots is None or (broken and not task.measured):
        return own_words_goal(task, section=section, gap=gap, due=due, notes=notes)
    if "metric" in broken:
        slots = {**slots, "metric": fallback_metric(task.fact(slots), task.brief.language)}
    parts = assembled(task, slots, due, who=task.people[0])
    return make_unit(
        "goal",
        parts.goal.model_copy(update={"gap": gap}),
        origin="model",
        section=section,
        suggested=parts.suggested,
        provenance=parts.provenance,
        context=context_of(task),
        notes=notes,
    )


def judged(task: GoalTask, due: date, who: str) -> Callable[[Slots], list[Problem]]:
    """Return the check that puts the sentence together and asks the checker whether it is SMART.

    Only what the model can put right is a problem: S and M unmet, or an outcome outside one's control.
    """
    slot = "metric" if task.measured else "action"

    def problems(slots: Slots) -> list[Problem]:
        if task.brief.language != "en":
            return []  # the checker reads English
        statement = assembled(task, slots, due, who=who).goal.statement
        report = check_goal(statement, context_of(task))
        letters: tuple[Letter, ...] = ("S", "M")
        found = [report.reasons[letter] for letter in letters if report.verdicts[letter] == "unmet"]
        if any(finding.code == "A302" for finding in report.findings):
            # In words that cannot be taken for an action: a small model copies a finding that can.
            found.append(f"leave out what others must do; begin with a verb for {who or 'the person'} alone")
        return [(slot, found[0])] if found else []

    return problems


def usable_as_idea(task: GoalTask, slots: Slots, due: date) -> bool:
    """Say whether all that is wrong with an action is that no answer speaks of it."""
    wrong = action_problems(task, slots, ideas=True)
    return not wrong and not judged(task, due, task.people[0])(slots)


def closest_gap(gaps: list[tuple[str, str]], *texts: str) -> str | None:
    """Return the id of the gap that `texts` speak of, the first one where none shares a word with them."""
    if not gaps:
        return None
    about = " ".join(texts)
    best = max(gaps, key=lambda gap: similarity(gap[1], about))
    return best[0]


def short_goal(unit: DraftedUnit) -> str:
    """Return a goal without date, numbers and evidence as far as may be, for the prompt of the activities."""
    metric = unit.draft.value.get("metric")
    if isinstance(metric, dict) and metric.get("baseline") is None and metric.get("target") is not None:
        return str(metric["name"])
    statement = str(unit.draft.value["statement"])
    statement = re.sub(r"^(?:By|Bis) [0-9-]{10}[,:]?\s*", "", statement)
    core = repair.phrase(re.split(r", shown by |; Nachweis: ", statement)[0])
    return re.sub(r"^\S+ (increase|reduce)s\b", r"\1", core)


def is_idea(task: GoalTask, slots: Slots) -> bool:
    """Say whether what one does is the model's idea rather than what an answer speaks of."""
    text = f"{slots['action']} {slots['occasions']}"
    return task.brief.language != "other" and (task.thin or bool(checks.from_nowhere(text, task.grounds, "")))


def _idea(slots: Slots) -> Suggestion:
    return suggest(
        "statement", str(slots["action"]), "This is the model's idea of it: is it what the goal means?"
    )


def _tally(collector: str, language: str) -> str:
    return (
        f"eine Strichliste, die {collector} führt"
        if language == "de"
        else f"a weekly count that {collector} keeps"
    )


def _target_question(fact: Fact, target: str) -> str:
    return f"Today it is {fact.baseline}. Is {target} within reach in this plan, and far enough?"


def _listed(task: GoalTask, field: str, evidence: str, brief: Brief) -> list[Suggestion]:
    """List evidence that no answer names."""
    if not evidence or (task.grounds.share(evidence) >= 0.99 and not checks.invented(evidence, task.grounds)):
        return []
    return [suggest(field, evidence, "Does this record exist, and who may look at it?")]
