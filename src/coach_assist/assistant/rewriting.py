"""Rewriting: one vague goal, from anywhere, becomes one or two SMART ones beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from coach_assist.assistant.asking import ask
from coach_assist.assistant.brief import Brief
from coach_assist.assistant.calls import CallRecord, Delta
from coach_assist.assistant.errors import ModelFailed
from coach_assist.assistant.facts import measured_facts
from coach_assist.assistant.goal_units import GoalParts, assembled, judged, kept_goal
from coach_assist.assistant.goals import GoalTask, fallback_metric, goal_form, goal_values
from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.language import language_of
from coach_assist.assistant.prompts import load_prompt
from coach_assist.assistant.provider import Provider
from coach_assist.assistant.targets import Pace
from coach_assist.checker import Context, Finding, GoalReport, check_goal, find_deadline
from coach_assist.plan.drafts import Suggestion
from coach_assist.shown import safe_text

DEFAULT_SPAN = timedelta(days=90)
"""How far ahead a goal is due where neither it nor its plan says so: a quarter, as a suggestion."""


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
    call: CallRecord | None
    failed: ModelFailed | None


async def rewrite_text(
    text: str,
    *,
    provider: Provider,
    today: date,
    due: date | None,
    names: tuple[str, str] | None,
    alternatives: Literal[1, 2],
    on_delta: Callable[[Delta], None] | None = None,
) -> Rewritten:
    """Rewrite one goal. Its own numbers, dates and names stay; what is new in it is listed.

    `due` is the plan's date, `names` are team member and manager. A text that is SMART already comes
    back as it is. Failures of the model come back in `failed`.
    """
    deadline = find_deadline(text, today)
    named = deadline.date if deadline is not None else None
    day = named or due or today + DEFAULT_SPAN
    brief = _brief(text, today, day if day > today else today + DEFAULT_SPAN, names)
    who = brief.member_short
    grounds = Grounds(f"{brief.everything}\n{due.isoformat() if due else ''}", german=brief.language == "de")
    facts = tuple(measured_facts([("current_state", text)]))
    task = GoalTask(brief, grounds, text, facts)
    kept = kept_goal(task, brief.end, who)
    if kept is not None:
        return Rewritten((_rewrite(kept, today),), None, None)
    asked = await ask(
        provider,
        load_prompt(task.prompt),
        goal_values(task),
        goal_form(task, judged(task, brief.end, who)),
        max_tokens=320,
        on_delta=on_delta,
    )
    slots = asked.slots
    broken = {slot for slot, _ in asked.problems}
    if slots is None or (broken and not task.measured):
        return Rewritten((), asked.record, asked.failed or _nothing_usable())
    if "metric" in broken:
        slots = {**slots, "metric": fallback_metric(task.fact(slots), brief.language)}
    paces: tuple[Pace, ...] = ("fair",) if alternatives == 1 else ("modest", "ambitious")
    found: list[Rewrite] = []
    for pace in paces:
        paced = GoalTask(brief, grounds, text, facts, pace=pace)
        form = goal_form(paced)
        one = _rewrite(assembled(paced, form.repair(dict(slots)), brief.end, who=who), today)
        if one.statement not in [other.statement for other in found]:
            found.append(one)
    return Rewritten(tuple(found), asked.record, asked.failed)


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


def _rewrite(parts: GoalParts, today: date) -> Rewrite:
    goal = parts.goal
    metric = goal.metric.model_dump(mode="json") if goal.metric is not None else None
    report: GoalReport = check_goal(
        goal.statement, Context(due=goal.due, today=today, metric=goal.metric.name if goal.metric else None)
    )
    return Rewrite(
        statement=goal.statement,
        metric=metric,
        due=goal.due,
        suggested=tuple(
            one for one in parts.suggested if one.field.split(".")[0] in ("metric", "due", "statement")
        ),
        verdicts={str(letter): str(verdict) for letter, verdict in report.verdicts.items()},
        findings=report.findings,
        reasons={str(letter): reason for letter, reason in report.reasons.items()},
    )
