"""From what a reader yields to what an output prints: one item with its verdicts and findings."""

from __future__ import annotations

from typing import NamedTuple

from coach_assist.checker.inputs.items import Item, PlanDocument, Segment
from coach_assist.checker.reports import LETTERS, Deadline, Finding, GoalReport, Letter, Verdict
from coach_assist.checker.settings import Settings


class Checked(NamedTuple):
    """One item and what the checker says of it. Offsets in findings count code points of `item.text`."""

    item: Item
    verdicts: dict[Letter, Verdict]
    reasons: dict[Letter, str]
    deadline: Deadline | None
    findings: tuple[Finding, ...]

    def to_json(self) -> dict[str, object]:
        """Return exactly id, line, verdicts, reasons, deadline and findings, ready for JSON."""
        findings = []
        for finding in self.findings:
            data = finding.to_json()
            data.pop("where", None)
            findings.append(data)
        return {
            "id": self.item.id,
            "line": self.item.line,
            "verdicts": dict(self.verdicts),
            "reasons": dict(self.reasons),
            "deadline": self.deadline.to_json() if self.deadline else None,
            "findings": findings,
        }


def assess(item: Item, settings: Settings) -> Checked:
    """Check one item. Texts that are not put forward as goals get only the rules on any text."""
    from coach_assist.checker import check_goal, check_text

    text = item.text if item.checked is None else item.checked
    report = check_goal(text, item.context, settings)
    free = check_text(text, settings)
    findings = joined(report.findings if item.role == "goal" else (), free)
    return Checked(item, report.verdicts, report.reasons, report.deadline, findings)


def joined(*groups: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings of several groups in the order of the text, each once."""
    seen: dict[tuple[str, int, int, str], Finding] = {}
    for group in groups:
        for finding in group:
            seen.setdefault((finding.code, finding.start, finding.end, finding.message), finding)
    return tuple(sorted(seen.values(), key=lambda finding: (finding.start, finding.end, finding.code)))


def without_verdicts(item: Item, findings: tuple[Finding, ...] = ()) -> Checked:
    """Return an item to which no criterion applies: a plan as a whole, a comment, a text of a unit."""
    return Checked(item, dict.fromkeys(LETTERS, "unknown"), {}, None, findings)


def assess_plan(document: PlanDocument, settings: Settings) -> tuple[list[Checked], tuple[str, ...]]:
    """Check a whole plan: its texts in order, then the plan itself as the item "plan".

    Also returns the signs by which the document was recognised as a PIP; none if it is not one.
    """

    from coach_assist.checker import check_plan

    report = check_plan(document.plan, settings)
    goals = iter(report.goals)
    placed: dict[str, list[Finding]] = {}
    for finding in report.findings:
        key, exact = _key(finding.where, document)
        placed.setdefault(key, []).append(finding if exact else finding._replace(start=0, end=0))
    results = []
    for key, item in document.items.items():
        found = tuple(placed.pop(key, ()))
        goal: GoalReport | None = next(goals, None) if item.role == "goal" else None
        if goal is None:
            results.append(without_verdicts(item, joined(found)))
        else:
            findings = joined(goal.findings, found)
            results.append(Checked(item, goal.verdicts, goal.reasons, goal.deadline, findings))
    rest = tuple(finding for group in placed.values() for finding in group)
    whole = Item("plan", document.line, "", (Segment(0, document.line, 0, ""),), role="text", from_plan=True)
    results.append(without_verdicts(whole, rest))
    return results, report.pip_signs if report.kind == "pip" else ()


def _key(where: str, document: PlanDocument) -> tuple[str, bool]:
    """Return the key of the text that a plan finding belongs to, and whether it is exactly that text.

    A finding about a gap goes to the gap's text, one about a unit to the unit's first text, one about
    the plan to "", the plan as a whole.
    """
    import re

    key = ".".join(part for part in re.split(r"[\[\].]+", where) if part)
    if key in document.items:
        return key, True
    for beginning in (f"{key}.", f"{key.partition('.')[0]}."):
        for name in document.items:
            if key and name.startswith(beginning):
                return name, False
    return "", False


def item_of_comment(line: int, source: str) -> Item:
    """Return the item that stands for a suppression comment on a line of its own."""
    return Item(line, line, source, (Segment(0, line, 0, source),), role="text")
