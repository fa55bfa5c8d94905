"""Checking free text for behaviour, tone and language (B and L rules)."""

from __future__ import annotations

from coach_assist.checker.free_text import FreeText
from coach_assist.checker.registry import rules_for
from coach_assist.checker.reports import Finding
from coach_assist.checker.settings import Settings


def check_text(text: str, settings: Settings | None = None) -> tuple[Finding, ...]:
    """Return the findings of the B and L rules on any free text, in reading order.

    Judges the sentence, never the person. Never fails on any text; raises ValueError for a language
    without word lists.
    """
    settings = settings or Settings()
    free = FreeText(text, settings)
    findings: list[Finding] = []
    for rule in rules_for("text", settings):
        findings.extend(rule.run(free))
    findings.sort(key=lambda finding: (finding.start, finding.code))
    return tuple(findings)
