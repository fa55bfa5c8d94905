"""Checking a whole plan: the P rules, every goal, and B and L rules on every free text."""

from __future__ import annotations

from collections.abc import Mapping

from coach_assist.checker.check import check_goal
from coach_assist.checker.check_texts import check_text
from coach_assist.checker.pip import recognise_pip
from coach_assist.checker.plan_facts import PlanFacts
from coach_assist.checker.registry import rules_for
from coach_assist.checker.reports import Finding, PlanReport
from coach_assist.checker.settings import Settings


def check_plan(plan: Mapping[str, object], settings: Settings | None = None) -> PlanReport:
    """Return the report on a whole plan, given as JSON-like data (see plan_facts.py for the two shapes).

    "text", where given, is the whole document: a PIP is recognised from it, else from the plan's own texts.
    Findings name their place in `where` and their offsets count in that text (0, 0 for what is missing).
    """
    settings = settings or Settings()
    facts = PlanFacts(plan, settings)
    goals = facts.all("goal")
    facts.reports = [check_goal(goal.text("statement"), facts.goal_context(goal), settings) for goal in goals]
    findings: list[Finding] = []
    for rule in rules_for("plan", settings):
        findings.extend(rule.run(facts))
    for place, text in facts.texts():
        findings.extend(finding._replace(where=place) for finding in check_text(text, settings))
    document = plan.get("text")
    whole = document if isinstance(document, str) else "\n".join(text for _, text in facts.texts())
    frame = facts.one("frame")
    signs = recognise_pip(whole, settings.language)
    if frame and frame.text("plan_kind") == "performance_support" and not isinstance(document, str):
        signs = ()
    return PlanReport("pip" if signs else "coaching_plan", signs, tuple(findings), tuple(facts.reports))
