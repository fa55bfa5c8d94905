"""Goals and the fields beside them, and what is done: activities, support, milestones."""

from __future__ import annotations

import re

from pydantic import JsonValue

from coach_assist.exchange.mapping.building import LONGEST_LINE, Building, Gathering, metric_of, source_of
from coach_assist.exchange.mapping.dates import last_day
from coach_assist.exchange.mapping.passages import Passage

_OF_MANAGER = re.compile(r"\b(?:line )?manager|\bführungskraft\b", re.IGNORECASE)


class GoalParts(Gathering):
    """Takes passages about goals and steps in."""

    def _leave_goal(self, passage: Passage) -> None:
        """Fields belong to a goal as long as its own section goes on."""
        if self.goal is None:
            return
        if self.goal.scope == 0 and passage.section != self.goal_section and passage.kind != "label":
            self.goal = None
        if passage.kind == "heading" and passage.role == "goal":
            self.goal = None

    def _on_goal(self, passage: Passage) -> None:
        goal = self.goal
        if (
            passage.kind != "heading"
            and goal is not None
            and goal.scope
            and passage.kind in ("paragraph", "label")
        ):
            if goal.title_only and (passage.kind == "label" or len(passage.text.split()) >= 4):
                goal.value["statement"] = passage.text
                goal.sources.append(source_of(passage))
                goal.title_only = False
                return
            if passage.kind == "paragraph":
                self._leave(passage)
                return
        if goal is not None and passage.kind == "item" and (passage.depth > 1 or goal.scope):
            self._add_step(passage, goal)
            return
        self._new_goal(passage)

    def _new_goal(self, passage: Passage) -> Building:
        self.goal = self._new("goal", {"statement": passage.text}, passage)
        self.goal.scope, self.goal.title_only = passage.scope, passage.kind == "heading"
        self.goal_section = passage.section
        return self.goal

    def _on_statement(self, passage: Passage) -> None:
        if self.goal is None:
            self._new_goal(passage)
        elif self.goal.title_only:
            self.goal.value["statement"] = passage.text
            self.goal.sources.append(source_of(passage))
            self.goal.title_only = False
        else:
            self._leave(passage)

    def _on_metric(self, passage: Passage) -> None:
        if self.goal is None or len(passage.text) > LONGEST_LINE:
            self._leave(passage, "metric")
            return
        metric = self.goal.value.get("metric")
        if isinstance(metric, dict):
            joined = f"{metric['name']}; {passage.text}"
            if len(joined) > LONGEST_LINE:
                self._leave(passage, "metric")
                return
            metric["name"] = joined
        else:
            self.goal.value["metric"] = metric_of(passage.text)
        self.goal.sources.append(source_of(passage))

    def _on_evidence(self, passage: Passage) -> None:
        goal = self.goal
        metric = goal.value.get("metric") if goal else None
        if goal is None or not isinstance(metric, dict):
            self._leave(passage, "evidence")
            return
        before = metric.get("evidence")
        metric["evidence"] = f"{before}; {passage.text}" if before else passage.text
        goal.sources.append(source_of(passage))

    def _on_relevant(self, passage: Passage) -> None:
        self._goal_field("relevant", passage)

    def _on_achievable(self, passage: Passage) -> None:
        self._goal_field("achievable", passage)

    def _on_obstacle(self, passage: Passage) -> None:
        self._goal_field("if_then", passage, "obstacle")

    def _goal_field(self, name: str, passage: Passage, about: str = "") -> None:
        if self.goal is None or self.goal.value.get(name):
            self._leave(passage, about or name)
            return
        self.goal.value[name] = passage.text
        self.goal.sources.append(source_of(passage))

    def _on_due(self, passage: Passage) -> None:
        building = self.step or self.goal
        day = last_day(passage.text, self.today)
        if building is None or day is None or building.value.get("due"):
            self._leave(passage, "due date")
            return
        building.value["due"] = day.isoformat()
        building.sources.append(source_of(passage))

    def _on_owner(self, passage: Passage) -> None:
        self._step_field("owner", passage)

    def _on_resource(self, passage: Passage) -> None:
        self._step_field("resource", passage)

    def _on_time(self, passage: Passage) -> None:
        self._step_field("time_needed", passage)

    def _step_field(self, name: str, passage: Passage) -> None:
        if (
            self.step is None
            or self.step.kind != "activity"
            or self.step.value.get(name)
            or len(passage.text) > LONGEST_LINE
        ):
            self._leave(passage)
            return
        self.step.value[name] = passage.text
        self.step.sources.append(source_of(passage))

    def _on_activity(self, passage: Passage) -> None:
        self._add_step(passage, self.goal)

    def _add_step(self, passage: Passage, goal: Building | None) -> Building:
        value: dict[str, JsonValue] = {"what": passage.text, "goal": goal.id if goal else None}
        self.step = self._new("activity", value, passage)
        return self.step

    def _on_support(self, passage: Passage) -> None:
        who = (self.names.get("manager") or "manager") if _OF_MANAGER.search(passage.heading) else None
        self._new("support", {"what": passage.text, "who": who, "due": None}, passage)

    def _on_milestone(self, passage: Passage) -> None:
        day = last_day(passage.text, self.today)
        self._new("milestone", {"what": passage.text, "date": day.isoformat() if day else None}, passage)

    def _on_feedback(self, passage: Passage) -> None:
        self._new("feedback", {"who": "", "when": None, "about": passage.text}, passage)
