"""Goals in the person's own words: kept where they are SMART already, or taken over as they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from coach_assist.assistant import repair
from coach_assist.assistant.direct import date_suggestion
from coach_assist.assistant.drafted import DraftedUnit, make_unit, rests_on, suggest
from coach_assist.assistant.facts import Fact
from coach_assist.assistant.goal_task import GoalTask, about_goal
from coach_assist.assistant.numbers import numbers_in
from coach_assist.assistant.ranges import TODAY, range_in
from coach_assist.assistant.wording import period
from coach_assist.checker import Context, check_goal
from coach_assist.plan.drafts import Provenance, Suggestion
from coach_assist.plan.units import Goal, Metric
from coach_assist.shown import shortened

_OWN_IF = re.compile(r"\b(?:if|when|whenever|wenn|falls)\b[^.!?]*[,:][^.!?]*", re.IGNORECASE)
_WANTED = re.compile(
    r"\b(?:to|below|under|above|over|at least|at most|no more than|fewer than|less than|more than|"
    r"reach|until|by)\s+"
    r"(?:about\s+)?[0-9]|\b(?:will|want|wants|should|must|shall|aim|aims)\b",
    re.IGNORECASE,
)
_IS_SO = re.compile(
    r"^(?:(?:the|his|her|their|our|my|its)\s+)?(?:[\w-]+\s+){1,5}?(?:is|are|was|were|has|have|had|takes?|took|stands?)\s",
    re.IGNORECASE,
)
_ONLY_BETTER = re.compile(
    r"\b(?:more often|better|faster|quicker|improve\w*|more|less|fewer|higher|lower)\b", re.IGNORECASE
)
LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class GoalParts:
    """A goal with what is to be settled about it and where its fields came from."""

    goal: Goal
    suggested: list[Suggestion]
    provenance: list[Provenance]


def own_fields(task: GoalTask) -> tuple[dict[str, Any], list[Provenance]]:
    """Return what is taken over word for word: why it is relevant, what makes it achievable.

    Of several goals each gets the sentences that don't speak of another one.
    """
    brief = task.brief
    told = {
        name: about_goal(task, brief.text(name)) for name in ("why", "motivation", "support", "activities")
    }
    why = _joined(told["why"], told["motivation"]) or brief.text("aim")
    means = _joined(told["support"], told["activities"])
    sources = []
    if why:
        given = [name for name in ("why", "motivation") if told[name]]
        sources.append(rests_on("relevant", "answer", *(given or ["aim"])))
    if means:
        sources.append(
            rests_on("achievable", "answer", *(name for name in ("support", "activities") if told[name]))
        )
    return {"relevant": why or None, "achievable": means or None}, sources


def _joined(first: str, second: str) -> str:
    first, second = first.strip(), second.strip()
    both = f"{period(first)} {second}" if first and second else first or second
    return both if len(both) <= LONGEST_TEXT else first or second


def kept_goal(task: GoalTask, due: date, who: str) -> GoalParts | None:
    """Return the person's own sentence where it is specific and measurable already; None where it is not.

    It must hold a number or a date of its own. Only a missing date is put before it.
    """
    text = " ".join(task.goal.split())
    context = Context(start=task.brief.start, end=task.brief.end, today=task.brief.start)
    report = check_goal(text, context)
    measured = numbers_in(text) or report.verdicts["T"] == "met"
    sure = report.verdicts["S"] == "met" and report.verdicts["M"] == "met" and measured
    if task.brief.language != "en" or not sure or only_says_today(text):
        return None
    brief = task.brief
    statement, suggested = text, []
    if report.verdicts["T"] != "met":
        names = frozenset([*brief.member.split(), *brief.manager.split(), "I"])
        statement = period(f"By {due.isoformat()}, {repair.lower_first(text, names)}")
        suggested = date_suggestion(
            brief, task.grounds, "due", due, "Is this the right day to look at the result?"
        )
    elif report.deadline is not None and report.deadline.date is not None:
        due = report.deadline.date
        suggested = date_suggestion(brief, task.grounds, "due", due, "Is this the day that the goal means?")
    metric = own_metric(text)
    provenance = [rests_on("statement", "answer", "goal"), rests_on("metric", "answer", "goal")]
    fields, sources = own_fields(task)
    line = own_if_then(about_goal(task, brief.text("obstacle")))
    goal = Goal(statement=statement, metric=metric, due=due, if_then=line or None, **fields)
    return GoalParts(goal, suggested, [*provenance, *sources, rests_on("due", "code", "end")])


def only_says_today(text: str) -> bool:
    """Say whether a sentence tells where things stand and not where they should go.

    "Currently at 62 picks per hour" names a number, but no target.
    """
    if range_in(text) is not None or _WANTED.search(text):
        return False
    if TODAY.search(text):
        return len(numbers_in(text)) < 2
    # "two juniors more often" holds a number, but it is not what is to be reached.
    return bool(_IS_SO.search(text) or _ONLY_BETTER.search(text))


def own_metric(text: str) -> Metric:
    """Return the metric of a sentence that is measurable as it stands: its own words, its own numbers."""
    fact = range_in(text)
    name = text if len(text) <= 400 else shortened(text, 400)
    if fact is not None:
        better = "decrease" if Decimal(fact[1]) < Decimal(fact[0]) else "increase"
        return Metric.model_validate(
            {
                "name": name,
                "kind": "quantitative",
                "unit": fact[2] or None,
                "baseline": fact[0],
                "target": fact[1],
                "direction": better,
            }
        )
    return Metric(name=name, kind="qualitative")


def own_words_goal(
    task: GoalTask, *, section: str, gap: str | None, due: date, notes: tuple[str, ...] = ()
) -> DraftedUnit:
    """Return the goal as typed, with what the answers measure beside it and no target."""
    brief = task.brief
    fact = task.facts[0] if task.facts else None
    measure = brief.text("measure").strip()
    metric: Metric | None = None
    provenance = [rests_on("statement", "answer", "goal")]
    if fact is not None:
        metric = Metric(
            name=fact.text, kind="quantitative", unit=fact_unit(fact, brief.language), baseline=fact.baseline
        )
        provenance.append(rests_on("metric", "answer", fact.question))
    elif 0 < len(measure) <= 400:
        metric = Metric(name=measure, kind="qualitative")
        provenance.append(rests_on("metric", "answer", "measure"))
    suggested = date_suggestion(
        brief, task.grounds, "due", due, "Is this the right day to look at the result?"
    )
    if fact is not None and fact.derived:
        suggested.append(
            suggest("metric.baseline", fact.baseline, f"Is “{fact.text}” about {fact.baseline} %?")
        )
    fields, sources = own_fields(task)
    line = own_if_then(about_goal(task, brief.text("obstacle")))
    goal = Goal(statement=task.goal, metric=metric, due=due, gap=gap, if_then=line or None, **fields)
    return make_unit(
        "goal",
        goal,
        origin="own_words",
        section=section,
        suggested=suggested,
        provenance=[*provenance, *sources, rests_on("due", "code", "end")],
        context=context_of(task),
        notes=notes,
    )


def context_of(task: GoalTask) -> Context:
    """Return what stands around the goal, for the checker."""
    brief = task.brief
    return Context(focus=brief.text("development_area") or None, today=None, start=brief.start, end=brief.end)


def fact_unit(fact: Fact, language: str) -> str | None:
    """Return the unit of a fact as a metric holds it: "of 10 tickets", "minutes".

    The one word read after a share may only begin its noun ("20 billing tickets"); then it is left out.
    """
    if fact.of is None:
        return fact.unit or None
    if language == "de":
        return f"von {fact.of}{f' {fact.unit}' if fact.unit[:1].isupper() else ''}"
    return f"of {fact.of}{f' {fact.unit}' if fact.unit.endswith('s') else ''}"


def own_if_then(obstacle: str) -> str:
    """Return an if-then line that the person wrote, or ""."""
    match = _OWN_IF.search(obstacle)
    return match[0].strip() if match and len(match[0].split()) >= 5 else ""
