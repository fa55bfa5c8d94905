"""From passages to units: texts word for word, fields beside the goal or the step that they belong to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from pydantic import JsonValue, ValidationError

from coach_assist.exchange.mapping.dates import cadence_value, last_day, rhythm_in, span_in
from coach_assist.exchange.mapping.mapped import MappedUnit, Source, Unplaced
from coach_assist.exchange.mapping.passages import Outline, Passage
from coach_assist.plan.ids import new_unit_id
from coach_assist.plan.units import VALUE_MODELS, UnitKind, parse_value

LONGEST_TEXT = 4000
LONGEST_LINE = 400
MOST_ENTRIES = 20
MOST_UNITS = 300
"""Units of one document; text beyond them is listed as left over."""
_RATING = re.compile(r"^[+\-−–]?\s*[0-9]+(?:[.,][0-9]+)?(?:\s*/\s*[0-9]+)?$")
_GAP_WORDS = re.compile(
    r"\b(?:limitations?|weakness(?:es)?|weak points?|struggle|improve|development areas?|gaps?|challenges?|less confident|schwächen?)\b", re.IGNORECASE
)
_STRENGTH_WORDS = re.compile(r"\b(?:strengths?|strong(?:est)? (?:points?|suits?)|good at|best at|stärken?)\b", re.IGNORECASE)
_OF_MANAGER = re.compile(r"\b(?:line )?manager|\bführungskraft\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-zäöüß])")


@dataclass(slots=True)
class _Building:
    """A unit that still grows."""

    kind: UnitKind
    value: dict[str, JsonValue]
    sources: list[Source] = field(default_factory=list)
    id: str = field(default_factory=new_unit_id)
    title_only: bool = False
    """A goal of which only the heading is known yet."""
    scope: int = 0


class Assembler:
    """Builds the units of one document."""

    def __init__(self, today: date | None = None) -> None:
        self.today = today
        self.units: list[_Building] = []
        self.unplaced: list[Unplaced] = []
        self.names: dict[str, str] = {}
        self.goal: _Building | None = None
        self.goal_section = 0
        self.step: _Building | None = None
        self.last_gap = False

    def run(self, out: Outline) -> None:
        """Take every passage in, in order; then the title."""
        answers: dict[tuple[int, str], _Building] = {}
        for passage in out.passages:
            self._leave_goal(passage)
            if passage.kind == "row" and passage.fields:
                self._row(passage)
                continue
            if passage.question and passage.role in ("goal", "area") and passage.kind == "paragraph":
                key = (passage.section, passage.role)
                if key in answers and self._join(answers[key], passage):
                    continue
                before = len(self.units)
                self._one(passage)
                if len(self.units) > before:
                    answers[key] = self.units[-1]
                continue
            self._one(passage)
        self._title(out)

    def _one(self, passage: Passage) -> None:
        handler: Callable[[Passage], None] | None = getattr(self, f"_on_{passage.role}", None) if passage.role else None
        if len(passage.text) > LONGEST_TEXT or handler is None:
            self._leave(passage)
            return
        handler(passage)

    # ---- goals and their fields

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
        if passage.kind != "heading" and goal is not None and goal.scope and passage.kind in ("paragraph", "label"):
            if goal.title_only and (passage.kind == "label" or len(passage.text.split()) >= 4):
                goal.value["statement"] = passage.text
                goal.sources.append(_source(passage))
                goal.title_only = False
                return
            if passage.kind == "paragraph":
                self._leave(passage)
                return
        if goal is not None and passage.kind == "item" and (passage.depth > 1 or goal.scope):
            self._add_step(passage, goal)
            return
        self._new_goal(passage)

    def _new_goal(self, passage: Passage) -> _Building:
        self.goal = self._new("goal", {"statement": passage.text}, passage)
        self.goal.scope, self.goal.title_only = passage.scope, passage.kind == "heading"
        self.goal_section = passage.section
        return self.goal

    def _on_statement(self, passage: Passage) -> None:
        if self.goal is None:
            self._new_goal(passage)
        elif self.goal.title_only:
            self.goal.value["statement"] = passage.text
            self.goal.sources.append(_source(passage))
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
            self.goal.value["metric"] = _metric(passage.text)
        self.goal.sources.append(_source(passage))

    def _on_evidence(self, passage: Passage) -> None:
        goal = self.goal
        metric = goal.value.get("metric") if goal else None
        if goal is None or not isinstance(metric, dict):
            self._leave(passage, "evidence")
            return
        before = metric.get("evidence")
        metric["evidence"] = f"{before}; {passage.text}" if before else passage.text
        goal.sources.append(_source(passage))

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
        self.goal.sources.append(_source(passage))

    def _on_due(self, passage: Passage) -> None:
        building = self.step or self.goal
        day = last_day(passage.text, self.today)
        if building is None or day is None or building.value.get("due"):
            self._leave(passage, "due date")
            return
        building.value["due"] = day.isoformat()
        building.sources.append(_source(passage))

    def _on_owner(self, passage: Passage) -> None:
        self._step_field("owner", passage)

    def _on_resource(self, passage: Passage) -> None:
        self._step_field("resource", passage)

    def _on_time(self, passage: Passage) -> None:
        self._step_field("time_needed", passage)

    def _step_field(self, name: str, passage: Passage) -> None:
        if self.step is None or self.step.kind != "activity" or self.step.value.get(name) or len(passage.text) > LONGEST_LINE:
            self._leave(passage)
            return
        self.step.value[name] = passage.text
        self.step.sources.append(_source(passage))

    # ---- what is done

    def _on_activity(self, passage: Passage) -> None:
        self._add_step(passage, self.goal)

    def _add_step(self, passage: Passage, goal: _Building | None) -> _Building:
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

    # ---- what a plan has once

    def _on_aim(self, passage: Passage) -> None:
        self._append("frame", "long_term_aim", passage)

    def _on_purpose(self, passage: Passage) -> None:
        self._append("frame", "purpose", passage)

    def _on_serves(self, passage: Passage) -> None:
        self._append("frame", "serves", passage)

    def _on_area(self, passage: Passage) -> None:
        self._append("development_area", "area", passage)

    def _on_strength(self, passage: Passage) -> None:
        self._observe("strengths", passage.text, passage)

    def _on_gap(self, passage: Passage) -> None:
        self._observe("gaps", passage.text, passage)

    def _on_current_state(self, passage: Passage) -> None:
        if _GAP_WORDS.search(passage.text) or _STRENGTH_WORDS.search(passage.text):
            self._on_strength_gap(passage)
        else:
            self._leave(passage, "current state")

    def _on_strength_gap(self, passage: Passage) -> None:
        """Strengths and gaps under one title: each sentence goes on with what the one before spoke of."""
        name = "gaps" if self.last_gap and not _STRENGTH_WORDS.search(passage.text) else "strengths"
        held: list[str] = []
        for sentence in _SENTENCE.split(passage.text):
            gap, strength = _GAP_WORDS.search(sentence), _STRENGTH_WORDS.search(sentence)
            turned = name
            if bool(gap) != bool(strength):
                turned = "gaps" if gap else "strengths"
            if turned != name and held:
                self._observe(name, " ".join(held), passage)
                held = []
            name = turned
            held.append(sentence)
        self._observe(name, " ".join(held), passage)
        self.last_gap = name == "gaps"

    def _observe(self, name: str, text: str, passage: Passage, evidence: str | None = None) -> str | None:
        state = self._single("current_state", {"strengths": [], "gaps": []})
        entries = state.value[name]
        assert isinstance(entries, list)
        if len(entries) >= MOST_ENTRIES:
            self._leave(passage)
            return None
        known = next((entry for entry in entries if isinstance(entry, dict) and entry["text"] == text), None)
        state.sources.append(_source(passage))
        if isinstance(known, dict):
            return str(known["id"])
        made = new_unit_id()
        entries.append({"id": made, "text": text, "evidence": evidence or None, "source": None})
        return made

    def _on_member_commits(self, passage: Passage) -> None:
        self._commit("team_member", passage)

    def _on_manager_commits(self, passage: Passage) -> None:
        self._commit("manager", passage)

    def _commit(self, party: str, passage: Passage) -> None:
        roles = self._single("roles", {"team_member": [], "manager": []})
        entries = roles.value[party]
        assert isinstance(entries, list)
        if len(entries) >= MOST_ENTRIES:
            self._leave(passage)
            return
        entries.append(passage.text)
        roles.sources.append(_source(passage))

    def _on_cadence(self, passage: Passage) -> None:
        if any(unit.kind == "cadence" for unit in self.units) or len(passage.text) > LONGEST_LINE:
            self._leave(passage)
            return
        self._new("cadence", _json(cadence_value(passage.text)), passage)

    def _on_timeline(self, passage: Passage) -> None:
        start, end = span_in(passage.text, self.today)
        if self.goal is not None:
            if end is None or self.goal.value.get("due"):
                self._leave(passage, "due date")
            else:
                self.goal.value["due"] = end.isoformat()
                self.goal.sources.append(_source(passage))
            return
        self._date("start", start, passage)
        self._date("end", end, passage)

    def _on_start(self, passage: Passage) -> None:
        self._date("start", last_day(passage.text, self.today), passage)

    def _on_end(self, passage: Passage) -> None:
        self._date("end", last_day(passage.text, self.today), passage)

    def _date(self, name: str, day: date | None, passage: Passage) -> None:
        timeline = self._single("timeline", {"start": None, "end": None})
        if day is not None and timeline.value[name] is None:
            timeline.value[name] = day.isoformat()
        if _source(passage) not in timeline.sources:
            timeline.sources.append(_source(passage))

    def _on_member(self, passage: Passage) -> None:
        self._name("team_member", passage)

    def _on_manager(self, passage: Passage) -> None:
        self._name("manager", passage)

    def _name(self, party: str, passage: Passage) -> None:
        if passage.kind == "label" and len(passage.text) <= 100 and len(passage.text.split()) <= 6:
            self.names.setdefault(party, passage.text)
        else:
            self._leave(passage)

    # ---- rows of tables

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
            goal.value["metric"] = _metric(fields["metric"]) if len(fields.get("metric", "x" * 999)) <= LONGEST_LINE else None
            for name in ("relevant", "achievable"):
                goal.value[name] = fields.get(name)
            goal.value["if_then"] = fields.get("obstacle")
            self._row_due(goal, fields)
        if what := fields.get("activity"):
            known = True
            step = self._new("activity", {"what": what, "goal": goal.id if goal else None, "gap": gap}, passage)
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
            self._new("milestone", {"what": what, "date": day.isoformat() if day else None, "success_criterion": fields.get("metric")}, passage)
        for role in ("member_commits", "manager_commits", "feedback", "aim"):
            if words := fields.get(role):
                known = True
                getattr(self, f"_on_{role}")(Passage(role, words, passage.place, passage.heading, passage.section, "item"))
        if not known:
            self._leave(passage)

    def _row_due(self, building: _Building, fields: dict[str, str]) -> None:
        words = fields.get("due") or fields.get("end") or fields.get("timeline") or ""
        if words and (day := last_day(words, self.today)):
            building.value["due"] = day.isoformat()

    # ---- the rest

    def _title(self, out: Outline) -> None:
        """A plan's title goes into its frame; a frame is made for it where there are other parts."""
        title = out.title
        if not title or len(title) > LONGEST_LINE or not self.units:
            return
        frame = self._single("frame", {"title": title})
        frame.value["title"] = title
        frame.sources.append(Source(out.title_place, title))

    def rhythm(self, passages: Sequence[Passage]) -> None:
        """Find a cadence in a sentence of any passage, where no heading names one."""
        if any(unit.kind == "cadence" for unit in self.units):
            return
        for passage in passages:
            words = rhythm_in(passage.text[:LONGEST_TEXT])
            if words and len(words) <= LONGEST_LINE:
                unit = self._new("cadence", _json(cadence_value(words)), passage)
                unit.sources = [Source(passage.place, words)]
                return

    def _new(self, kind: UnitKind, value: dict[str, JsonValue], passage: Passage) -> _Building:
        building = _Building(kind, value, [_source(passage)])
        if len(self.units) >= MOST_UNITS:
            self._leave(passage)
            return building
        self.units.append(building)
        if kind not in ("activity", "support"):
            self.step = None
        return building

    def _single(self, kind: UnitKind, value: dict[str, JsonValue]) -> _Building:
        for unit in self.units:
            if unit.kind == kind:
                return unit
        building = _Building(kind, value)
        self.units.append(building)
        return building

    def _append(self, kind: UnitKind, name: str, passage: Passage, text: str | None = None) -> None:
        words = text or passage.text
        unit = self._single(kind, {})
        before = unit.value.get(name)
        joined = f"{before}\n{words}" if isinstance(before, str) and before else words
        if len(joined) > LONGEST_TEXT:
            self._leave(passage)
            return
        unit.value[name] = joined
        unit.sources.append(_source(passage))

    def _join(self, building: _Building, passage: Passage) -> bool:
        name = "statement" if building.kind == "goal" else "area"
        joined = f"{building.value[name]}\n{passage.text}"
        if len(joined) > LONGEST_TEXT or building.kind not in ("goal", "development_area"):
            return False
        building.value[name] = joined
        building.sources.append(_source(passage))
        return True

    def _leave(self, passage: Passage, about: str = "") -> None:
        self.unplaced.append(Unplaced(passage.place, passage.text, passage.heading, about))

    def mapped(self) -> Iterator[MappedUnit]:
        """Yield the units in the order in which a plan is read, every field written out."""
        order = list(VALUE_MODELS)
        for unit in sorted(self.units, key=lambda unit: order.index(unit.kind)):
            value, lacks = completed(unit.kind, unit.value)
            yield MappedUnit(unit.id, unit.kind, value, tuple(unit.sources), lacks=lacks)


def completed(kind: UnitKind, value: dict[str, JsonValue]) -> tuple[dict[str, JsonValue], tuple[str, ...]]:
    """Return (value with every field of its model, names of the fields that it needs and has not)."""
    model = VALUE_MODELS[kind]
    whole: dict[str, JsonValue] = {}
    for name, info in model.model_fields.items():
        if value.get(name) is not None:
            whole[name] = value[name]
        else:
            whole[name] = None if info.is_required() else info.get_default(call_default_factory=True)
    try:
        parse_value(kind, whole)
    except ValidationError as error:
        return whole, tuple(dict.fromkeys(str(fault["loc"][0]) for fault in error.errors() if fault["loc"]))
    return whole, ()


def _metric(text: str) -> dict[str, JsonValue]:
    kind = "quantitative" if re.search(r"[0-9%]", text) else "qualitative"
    return {
        "name": text, "kind": kind, "unit": None, "baseline": None, "target": None, "direction": None, "evidence": None,
        "collector": None,
    }  # fmt: skip


def _source(passage: Passage) -> Source:
    return Source(passage.place, passage.text, passage.by_model)


def _json(value: dict[str, object]) -> dict[str, JsonValue]:
    return value  # type: ignore[return-value]
