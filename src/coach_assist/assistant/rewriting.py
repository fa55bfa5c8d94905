"""Rewriting: one vague goal, from anywhere, becomes one or two SMART ones beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from coach_assist.assistant.asking import Form, Problem, Slots, ask
from coach_assist.assistant.brief import Brief
from coach_assist.assistant.calls import CallRecord, Delta
from coach_assist.assistant.errors import ModelFailed
from coach_assist.assistant.facts import Fact, measured_facts
from coach_assist.assistant.goal_task import GoalTask, goal_values
from coach_assist.assistant.goal_units import assembled, judged, usable_as_idea
from coach_assist.assistant.goals import fallback_metric, goal_form
from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.language import language_of
from coach_assist.assistant.observed_goals import action_problems, repair_observed
from coach_assist.assistant.own_goals import GoalParts, kept_goal
from coach_assist.assistant.prompts import load_prompt
from coach_assist.assistant.provider import Provider
from coach_assist.assistant.ranges import RANGE, TODAY
from coach_assist.assistant.targets import Pace
from coach_assist.checker import Context, Finding, apply_fixes, check_goal, find_deadline
from coach_assist.plan.drafts import Suggestion
from coach_assist.shown import safe_text

DEFAULT_SPAN = timedelta(days=90)
"""How far ahead a goal is due where neither it nor its plan says so: a quarter, as a suggestion."""

_ALONE = ("occasions", "action", "times", "evidence")
"""What is asked where nothing is known but a goal without numbers (prompts/rewrite.md)."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One rewrite with what is only suggested in it, the checker's verdicts and a line why for each."""

    statement: str
    metric: dict[str, Any] | None
    due: date | None
    suggested: tuple[Suggestion, ...]
    verdicts: dict[str, str]
    findings: tuple[Finding, ...]
    reasons: dict[str, str]
    by_rules: bool = False
    """Whether rules alone made it: the old text with its gaps marked, or with nothing but a date added."""

    def to_json(self) -> dict[str, Any]:
        """Return it under the keys of schemas/rewrite.schema.json."""
        return {
            "statement": self.statement,
            "metric": self.metric,
            "due": self.due.isoformat() if self.due else None,
            "suggested": [one.model_dump(mode="json") for one in self.suggested],
            "verdicts": self.verdicts,
            "findings": [finding.to_json() for finding in self.findings],
            "reasons": self.reasons,
        }


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What came of rewriting one text."""

    rewrites: tuple[Rewrite, ...]
    call: CallRecord | None = None
    failed: ModelFailed | None = None
    already_smart: bool = False
    """The text was specific, measurable and time-bound; its one rewrite is the text as it is."""


async def rewrite_text(
    text: str,
    *,
    provider: Provider | None,
    today: date,
    due: date | None,
    names: tuple[str, str] | None,
    alternatives: Literal[1, 2],
    on_delta: Callable[[Delta], None] | None = None,
) -> Rewritten:
    """Rewrite one goal. Its own numbers, dates and names stay; what is new in it is listed.

    `due` is the plan's date, `names` are team member and manager. A text that is SMART already comes back
    as it is. `provider` None, a failure of the model (then in `failed`) or an answer that stays unusable
    give the old text with its gaps marked: there is always one rewrite.
    """
    task = _task(text, today, due, names)
    who, end = task.brief.member_short, task.brief.end
    kept = kept_goal(task, end, who)
    if kept is not None:
        same = kept.goal.statement == " ".join(text.split())
        return Rewritten((_rewrite(kept, today, by_rules=True),), already_smart=same)
    marked = (_marked(text, today, due),)
    if provider is None:
        return Rewritten(marked)
    form = _form(task)
    asked = await ask(
        provider, load_prompt(task.prompt), goal_values(task), form, max_tokens=320, on_delta=on_delta
    )
    slots = asked.slots
    broken = {slot for slot, _ in asked.problems}
    if slots is not None and broken and not task.measured and usable_as_idea(task, _whole(task, slots), end):
        broken = set()
    if slots is None or (broken and not task.measured):
        return Rewritten(marked, asked.record, asked.failed or _nothing_usable())
    if "metric" in broken:
        slots = {**slots, "metric": fallback_metric(task.fact(slots), task.brief.language)}
    paces: tuple[Pace, ...] = ("fair",) if alternatives == 1 else ("modest", "ambitious")
    found: list[Rewrite] = []
    for pace in paces:
        paced = replace(task, pace=pace)
        one = _rewrite(_assembled(paced, _form(paced).repair(dict(slots))), today)
        if one.statement not in [other.statement for other in found]:
            found.append(one)
    return Rewritten(tuple(found), asked.record, asked.failed)


def _task(text: str, today: date, due: date | None, names: tuple[str, str] | None) -> GoalTask:
    """Return the goal as a task in which nothing is known but itself, its date and the two names."""
    deadline = find_deadline(text, today)
    named = deadline.date if deadline is not None else None
    day = named or due or today + DEFAULT_SPAN
    brief = _brief(text, today, day if day > today else today + DEFAULT_SPAN, names)
    grounds = Grounds(f"{brief.everything}\n{due.isoformat() if due else ''}", german=brief.language == "de")
    facts = tuple(fact for fact in measured_facts([("current_state", text)]) if _is_of_today(fact, text))
    return GoalTask(brief, grounds, text, facts, alone=True)


def _is_of_today(fact: Fact, text: str) -> bool:
    """Say whether a number in a goal tells where it starts: "two juniors" are whom it is about."""
    of_kind = fact.is_time or fact.of is not None or fact.unit == "" or fact.unit.startswith("%")
    return of_kind or bool(RANGE.search(text) or TODAY.search(text))


def _form(task: GoalTask) -> Form:
    """Return the form of the answer: without numbers in the goal, only what is done on which occasions."""
    if task.measured:
        return goal_form(task, judged(task, task.brief.end, task.brief.member_short))
    judge = judged(task, task.brief.end, task.brief.member_short)

    def repaired(slots: Slots) -> Slots:
        whole = repair_observed(task, slots)
        return {name: whole[name] for name in _ALONE}

    def problems(slots: Slots) -> list[Problem]:
        return action_problems(task, slots) or judge(_whole(task, slots))

    fields = goal_form(task).fields
    return Form("ObservedGoal", {name: fields[name] for name in _ALONE}, repaired, problems)


def _whole(task: GoalTask, slots: Slots) -> Slots:
    """Return slots with those that a goal alone is not asked for."""
    return {"collector": task.people[-1], "obstacle": "", "response": "", **slots}


def _assembled(task: GoalTask, slots: Slots) -> GoalParts:
    return assembled(task, _whole(task, slots), task.brief.end, who=task.brief.member_short)


def _marked(text: str, today: date, due: date | None) -> Rewrite:
    """Return the old text with what is not stated yet marked in it, by the checker's own fixes."""
    context = Context(due=due, today=today)
    statement = apply_fixes(text, check_goal(text, context).findings, unsafe=True).strip()
    return _reported(statement, None, due, (), context, by_rules=True)


def _nothing_usable() -> ModelFailed:
    return ModelFailed(
        "reask",
        "The model found no rewrite that stays with what the goal says.",
        next_step="Say in a few words more what is to change, or write it by hand.",
    )


def _brief(text: str, today: date, due: date, names: tuple[str, str] | None) -> Brief:
    member, manager = names or ("", "")
    return Brief(
        member=member,
        manager=manager,
        start=today,
        end=due,
        goals=(safe_text(text, one_line=True),),
        texts={"goal": text},
        language=language_of([text]),
    )


def _rewrite(parts: GoalParts, today: date, *, by_rules: bool = False) -> Rewrite:
    goal = parts.goal
    shown = ("metric", "due", "statement")
    return _reported(
        goal.statement,
        goal.metric.model_dump(mode="json") if goal.metric is not None else None,
        goal.due,
        tuple(one for one in parts.suggested if one.field.split(".")[0] in shown),
        Context(due=goal.due, today=today, metric=goal.metric.name if goal.metric else None),
        by_rules=by_rules,
    )


def _reported(
    statement: str, metric: dict[str, Any] | None, due: date | None, suggested: tuple[Suggestion, ...],
    context: Context, *, by_rules: bool,
) -> Rewrite:  # fmt: skip
    report = check_goal(statement, context)
    return Rewrite(
        statement=statement,
        metric=metric,
        due=due,
        suggested=suggested,
        verdicts={str(letter): str(verdict) for letter, verdict in report.verdicts.items()},
        findings=report.findings,
        reasons={str(letter): reason for letter, reason in report.reasons.items()},
        by_rules=by_rules,
    )
