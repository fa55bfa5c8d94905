"""A row of a table: one unit for each column that names one, joined by what stands in the same row."""

from __future__ import annotations

import re

from coach_assist.exchange.mapping.building import LONGEST_LINE, Building, metric_of
from coach_assist.exchange.mapping.dates import last_day
from coach_assist.exchange.mapping.goal_parts import GoalParts
from coach_assist.exchange.mapping.passages import Passage
from coach_assist.exchange.mapping.plan_parts import PlanParts

_RATING = re.compile(r"^[+\-−–]?\s*[0-9]+(?:[.,][0-9]+)?(?:\s*/\s*[0-9]+)?$")


class TableRows(GoalParts, PlanParts):
    """Takes rows of tables in."""

    def _row(self, passage: Passage) -> None:
        fields = passage.fields
        known = False
        gap: str | None = None
        text = fields.get("gap", "")
        if text:
            known = True
            if _RATING.match(text):
                text = fields.get("skill", "") if text.lstrip()[0] in "-−–" else ""
            if text:
                gap = self._observe("gaps", text, passage, fields.get("evidence") or fields.get("rest"))
        if strength := fields.get("strength"):
            known = True
            self._observe("strengths", strength, passage, fields.get("evidence"))
        if area := fields.get("area"):
            known = True
            self._append("development_area", "area", passage, area)
        goal = self.goal if self.goal is not None and self.goal.scope else None
        if statement := fields.get("goal") or fields.get("statement"):
            known = True
            goal = self._new("goal", {"statement": statement, "gap": gap}, passage)
            goal.value["metric"] = (
                metric_of(fields["metric"]) if len(fields.get("metric", "x" * 999)) <= LONGEST_LINE else None
            )
            for name in ("relevant", "achievable"):
                goal.value[name] = fields.get(name)
            goal.value["if_then"] = fields.get("obstacle")
            self._row_due(goal, fields)
        if what := fields.get("activity"):
            known = True
            step = self._new(
                "activity", {"what": what, "goal": goal.id if goal else None, "gap": gap}, passage
            )
            for name, role in (("owner", "owner"), ("resource", "resource"), ("time_needed", "time")):
                words = fields.get(role)
                step.value[name] = words if words and len(words) <= LONGEST_LINE else None
            if not statement:
                self._row_due(step, fields)
        if what := fields.get("support"):
            known = True
            step = self._new("support", {"what": what, "who": fields.get("owner"), "due": None}, passage)
        if what := fields.get("milestone"):
            known = True
            day = last_day(fields.get("due", "") or what, self.today)
            self._new(
                "milestone",
                {
                    "what": what,
                    "date": day.isoformat() if day else None,
                    "success_criterion": fields.get("metric"),
                },
                passage,
            )
        for role in ("member_commits", "manager_commits", "feedback", "aim"):
            if words := fields.get(role):
                known = True
                getattr(self, f"_on_{role}")(
                    Passage(role, words, passage.place, passage.heading, passage.section, "item")
                )
        if not known:
            self._leave(passage)

    def _row_due(self, building: Building, fields: dict[str, str]) -> None:
        words = fields.get("due") or fields.get("end") or fields.get("timeline") or ""
        if words and (day := last_day(words, self.today)):
            building.value["due"] = day.isoformat()
