"""A plan as the P rules read it: units as JSON-like data, so that the checker needs no schema library.

Accepted: {"units": [{"id", "kind", "value"}, …]}, or {"goal": {…} or [{…}, …], "timeline": {…}, …} with the
eleven kinds (singular, or the plural with s) as keys. Unknown kinds and fields are ignored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from coach_assist.checker.reports import Context, GoalReport
from coach_assist.checker.settings import Settings

KINDS = (
    "frame", "development_area", "current_state", "goal", "activity", "support", "milestone",
    "feedback", "roles",
    "timeline", "cadence",
)  # fmt: skip
_PLURALS = {"goals": "goal", "activities": "activity", "milestones": "milestone", "supports": "support"}
_NO_PROSE = frozenset({
    "id", "kind", "gap", "goal", "due", "date", "start", "end", "direction", "baseline", "target",
    "source", "unit",
    "plan_kind", "activity_kind", "second_party", "every", "weekday", "minutes", "owner", "who",
    "readers", "collector",
    "prompted_by", "if_not_reached", "formal_use",
})  # fmt: skip


class Unit:
    """One unit: its kind, its value, and the name of its place in messages."""

    __slots__ = ("id", "kind", "value", "where")

    def __init__(self, kind: str, value: dict[str, object], where: str, unit_id: str = "") -> None:
        self.kind = kind
        self.value = value
        self.where = where
        self.id = unit_id

    def text(self, field: str) -> str:
        """Return a field as text, "" where it is missing or no text."""
        value = self.value.get(field)
        return value if isinstance(value, str) else ""

    def day(self, field: str) -> date | None:
        """Return a field as a date (ISO text or date), None where it is missing or no date."""
        return as_date(self.value.get(field))

    def items(self, field: str) -> list[object]:
        """Return a field as a list, empty where it is missing or no list."""
        value = self.value.get(field)
        return list(value) if isinstance(value, list | tuple) else []


class PlanFacts:
    """All units of a plan, the reports on its goals, and its own dates."""

    def __init__(self, plan: Mapping[str, object], settings: Settings) -> None:
        self.settings = settings
        self.units: list[Unit] = list(_units(plan))
        self.reports: list[GoalReport] = []
        timeline = self.one("timeline")
        self.start = timeline.day("start") if timeline else None
        self.end = timeline.day("end") if timeline else None

    def all(self, kind: str) -> list[Unit]:
        """Return the units of one kind, in order."""
        return [unit for unit in self.units if unit.kind == kind]

    def one(self, kind: str) -> Unit | None:
        """Return the first unit of one kind, or None."""
        return next((unit for unit in self.units if unit.kind == kind), None)

    @property
    def days(self) -> int | None:
        """The length of the plan in days, where both its dates are known."""
        return (self.end - self.start).days if self.start and self.end else None

    def gaps(self) -> list[tuple[str, dict[str, object], Unit]]:
        """Return (place, gap, unit) of every gap of the current state."""
        found = []
        for unit in self.all("current_state"):
            for number, gap in enumerate(unit.items("gaps")):
                if isinstance(gap, dict):
                    found.append((f"{unit.where}.gaps[{number}]", gap, unit))
        return found

    def dates(self) -> Iterator[tuple[str, date]]:
        """Yield (place, date) of every date of a unit except the timeline's own."""
        for unit in self.units:
            if unit.kind == "timeline":
                continue
            for field in ("due", "date"):
                if day := unit.day(field):
                    yield f"{unit.where}.{field}", day

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield (place, text) of every free text, nested ones too; names, ids and dates are left out.

        What both parties write about a performance-support plan's formal side is its own business.
        """
        for unit in self.units:
            yield from _prose(unit.where, unit.value)

    def goal_context(self, goal: Unit) -> Context:
        """Return what stands around a goal: its own fields, the plan's area and dates."""
        area = self.one("development_area")
        frame = self.one("frame")
        metric = goal.value.get("metric")
        words = None
        if isinstance(metric, dict):
            parts = [
                str(metric.get(field))
                for field in ("name", "baseline", "target", "unit")
                if metric.get(field)
            ]
            words = " ".join(parts) if metric.get("target") or metric.get("kind") == "qualitative" else None
        return Context(
            due=goal.day("due"),
            focus=area.text("area") or None if area else None,
            relevance=goal.text("relevant") or None,
            achievable=goal.text("achievable") or None,
            heading=frame.text("purpose") or None if frame else None,
            start=self.start,
            end=self.end,
            metric=words,
        )


def as_date(value: object) -> date | None:
    """Return an ISO text or a date as a date; None for anything else."""
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


def _units(plan: Mapping[str, object]) -> Iterator[Unit]:
    listed = plan.get("units")
    if isinstance(listed, list | tuple):
        counts: dict[str, int] = {}
        for entry in listed:
            if (
                isinstance(entry, dict)
                and entry.get("kind") in KINDS
                and isinstance(entry.get("value"), dict)
            ):
                kind = str(entry["kind"])
                number = counts[kind] = counts.get(kind, -1) + 1
                unit_id = entry.get("id")
                name = unit_id if isinstance(unit_id, str) else f"{kind}[{number}]"
                yield Unit(kind, entry["value"], name, name)
        return
    for key, value in plan.items():
        kind = _PLURALS.get(str(key), str(key))
        if kind not in KINDS:
            continue
        entries = list(value) if isinstance(value, list | tuple) else [value]
        for number, entry in enumerate(entries):
            if not isinstance(entry, dict):
                continue
            where = f"{key}[{number}]" if isinstance(value, list | tuple) else str(key)
            inner = entry.get("value")
            unit_id = entry.get("id") if isinstance(entry.get("id"), str) else where
            yield Unit(kind, inner if isinstance(inner, dict) else entry, where, str(unit_id))


def _prose(where: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if value.strip():
            yield where, value
    elif isinstance(value, dict):
        for field, inner in value.items():
            if field not in _NO_PROSE or isinstance(inner, dict):
                yield from _prose(f"{where}.{field}", inner)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _prose(f"{where}[{number}]", inner)
