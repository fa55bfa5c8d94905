"""Checking one goal: take it apart once, judge the five criteria, then let every rule speak."""

from __future__ import annotations

from collections.abc import Callable

from coach_assist.checker.goal import Goal, Judgement
from coach_assist.checker.judging.achievable import judge_achievable
from coach_assist.checker.judging.measurable import judge_measurable
from coach_assist.checker.judging.relevant import judge_relevant
from coach_assist.checker.judging.specific import judge_specific
from coach_assist.checker.judging.timebound import deadline_of, judge_timebound
from coach_assist.checker.registry import rules_for
from coach_assist.checker.reports import Context, Finding, GoalReport, Letter, Verdict
from coach_assist.checker.settings import Settings

_NO_CONTEXT = Context()
_DEFAULTS = Settings()
_JUDGES: tuple[tuple[Letter, Callable[[Goal], Judgement]], ...] = (
    ("S", judge_specific), ("M", judge_measurable), ("A", judge_achievable), ("R", judge_relevant),
    ("T", judge_timebound),
)  # fmt: skip


def check_goal(text: str, context: Context | None = None, settings: Settings | None = None) -> GoalReport:
    """Return verdicts with reasons and evidence, the deadline and the findings for one goal.

    `context` is what stands around the goal in its plan; `settings` choose language, date order and rules.
    Never fails on any text; raises ValueError for a language without word lists.
    """
    settings = settings or _DEFAULTS
    goal = Goal(text, context or _NO_CONTEXT, settings)
    verdicts: dict[Letter, Verdict] = {}
    reasons: dict[Letter, str] = {}
    spans: dict[Letter, tuple[int, int] | None] = {}
    for letter, judge in _JUDGES:
        judgement = judge(goal)
        goal.judgements[letter] = judgement
        verdicts[letter] = judgement.verdict
        reasons[letter] = judgement.reason
        spans[letter] = goal.s.offsets(judgement.first, judgement.last) if judgement.first >= 0 else None
    findings: list[Finding] = []
    causes = {judgement.cause for judgement in goal.judgements.values()}
    for rule in rules_for("goal", settings):
        if not rule.explains or rule.code in causes:
            findings.extend(rule.run(goal))
    findings.sort(key=_in_reading_order)
    return GoalReport(text, verdicts, reasons, spans, deadline_of(goal), tuple(findings))


def _in_reading_order(finding: Finding) -> tuple[int, str]:
    return finding.start, finding.code
