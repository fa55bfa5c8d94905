"""Drafting: answers → drafts of units, section by section, streamed, never without a result."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from coach_assist.assistant import direct
from coach_assist.assistant.activities import (
    MOST_SUGGESTED,
    activities_form,
    activities_values,
    due_dates,
    free_kinds,
    idea_units,
    own_activities,
    own_unit,
    prompt_of,
)
from coach_assist.assistant.asking import REASKS, Asked, Form, ask
from coach_assist.assistant.brief import Brief
from coach_assist.assistant.calls import CallRecord, Delta
from coach_assist.assistant.direct import value_of
from coach_assist.assistant.drafted import DraftedUnit, make_unit
from coach_assist.assistant.errors import ModelFailed
from coach_assist.assistant.goal_task import GoalTask, goal_values
from coach_assist.assistant.goal_units import closest_gap, goal_unit, judged, short_goal
from coach_assist.assistant.goals import goal_form
from coach_assist.assistant.grounding import Grounds
from coach_assist.assistant.own_goals import context_of, kept_goal, own_words_goal
from coach_assist.assistant.prompts import load_prompt
from coach_assist.assistant.provider import Provider
from coach_assist.assistant.state import (
    Label,
    all_facts,
    gap_texts,
    goal_gaps,
    label_by_words,
    pieces_of,
    state_form,
    state_unit,
    state_values,
)

EventKind = Literal[
    "section_started", "delta", "usage", "unit_ready", "section_done", "section_failed", "done"
]
MOST_UNITS = 10

_LAST = frozenset(
    {
        "unreachable",
        "timeout",
        "auth",
        "forbidden",
        "not_found",
        "rate_limited",
        "no_model",
        "server_ended",
        "stall",
    }
)
"""Kinds of failure after which no other section is asked for."""


@dataclass(frozen=True, slots=True)
class DraftEvent:
    """What happens while drafting, for a screen. `data` by kind:

    delta: the slots as far as they have come; usage {"tokens", "seconds"}; unit_ready: the draft's fields
    (plan.drafts.Draft) with "verdicts" and "findings"; section_done {"seconds"}; section_failed {"what",
    "next_step", "seconds"}; others empty.
    """

    kind: EventKind
    section: str
    data: dict[str, Any] = field(default_factory=dict)
    unit: DraftedUnit | None = None
    call: CallRecord | None = None


Listener = Callable[[DraftEvent], None]


@dataclass
class Drafter:
    """Drafts one brief. With `provider` None, or after a failure, units are in the person's own words."""

    brief: Brief
    provider: Provider | None = None
    on_event: Listener | None = None
    units: list[DraftedUnit] = field(default_factory=list)
    calls: list[CallRecord] = field(default_factory=list)
    failed: ModelFailed | None = None

    def __post_init__(self) -> None:
        self.grounds = Grounds(self.brief.everything, german=self.brief.language == "de")

    async def run(self) -> list[DraftedUnit]:
        """Draft everything, in the order in which a plan is read. Raises only CancelledError."""
        brief = self.brief
        for unit in (
            direct.frame(brief),
            direct.development_area(brief),
            direct.timeline(brief, self.grounds),
            direct.cadence(brief),
        ):
            self._ready(unit)
        state = await self.state()
        goals = [await self.goal(index, state) for index in range(len(brief.goals))]
        evidence = (
            next((value_of(goal)["metric"]["evidence"] for goal in goals if value_of(goal)["metric"]), None)
            or ""
        )
        promise = direct.support(brief, self.grounds, str(evidence))
        if promise is not None:
            self._ready(promise)
        await self.activities(goals, gap_texts(state))
        self._tell(DraftEvent("done", ""))
        return self.in_order()

    def in_order(self) -> list[DraftedUnit]:
        """Return the units in the order in which a plan is read."""
        order = [
            "frame",
            "development_area",
            "state",
            "goal",
            "own_activities",
            "activities",
            "support",
            "timeline",
            "cadence",
        ]
        return sorted(self.units, key=lambda unit: order.index(unit.section.split(":")[0]))

    async def state(self) -> DraftedUnit | None:
        """Sort what was said about today into strengths and gaps; the model sorts what words do not tell."""
        brief = self.brief
        pieces, facts = pieces_of(brief), all_facts(brief)
        labels: list[Label | None] = [label_by_words(piece, facts) for piece in pieces]
        unclear = [number for number, label in enumerate(labels) if label is None]
        origin: Literal["model", "own_words"] = "own_words"
        if unclear and self._can_ask:
            asked = await self._ask(
                "state",
                "current_state",
                state_values(brief, [pieces[n] for n in unclear]),
                state_form(len(unclear)),
                20 + 8 * len(unclear),
            )
            if asked.slots is not None:
                told = asked.slots["labels"]
                if "gap" not in (*labels, *told):
                    # A plan is begun because something is missing: what no word calls good is that.
                    told = ["gap" if label == "strength" else label for label in told]
                for number, label in zip(unclear, told, strict=True):
                    labels[number] = label
        unit = state_unit(
            brief,
            [(piece, label or "context") for piece, label in zip(pieces, labels, strict=True)],
            origin=origin,
        )
        if unit is not None:
            self._ready(unit)
        return unit

    async def goal(self, index: int, state: DraftedUnit | None) -> DraftedUnit:
        """Draft one goal."""
        brief, section = self.brief, f"goal:{index}"
        facts = brief.facts[index] if index < len(brief.facts) else ()
        task = GoalTask(brief, self.grounds, brief.goals[index], facts, tuple(goal_gaps(state, brief)))
        gap = closest_gap(gap_texts(state), task.goal, *(fact.text for fact in facts))
        kept = kept_goal(task, brief.end, task.people[0])
        if kept is not None:
            unit = make_unit(
                "goal", kept.goal.model_copy(update={"gap": gap}), origin="own_words", section=section,
                suggested=kept.suggested, provenance=kept.provenance, context=context_of(task),
            )  # fmt: skip
        elif self._can_ask:
            asked = await self._ask(
                section,
                task.prompt,
                goal_values(task),
                goal_form(task, judged(task, brief.end, task.people[0])),
                320,
            )
            unit = goal_unit(task, asked.slots, asked.problems, section=section, gap=gap, due=brief.end)
        else:
            unit = own_words_goal(task, section=section, gap=gap, due=brief.end)
        self._ready(unit)
        return unit

    async def activities(self, goals: list[DraftedUnit], gaps: list[tuple[str, str]]) -> None:
        """The member's own activities first; then the model's, where the plan has room for them."""
        brief = self.brief
        room = max(0, MOST_UNITS - len(self.units))
        given = bool(brief.text("activities") or brief.text("first_step"))
        wanted = 0
        if self._can_ask and room:
            wanted = min(MOST_SUGGESTED, room) if not given else min(1, room - 1)
        own = own_activities(brief, room - wanted if given else 0)
        dues = due_dates(brief, len(own) + wanted)
        goal = goals[0].draft.id if goals else None
        for one, due in zip(own, dues, strict=False):
            self._ready(own_unit(brief, self.grounds, one, due=due, gaps=gaps, goal=goal))
        if wanted < 1:
            return
        taken = [one.what for one in own] + [brief.text("support")]
        kinds = free_kinds(own, wanted)
        values = activities_values(brief, [short_goal(unit) for unit in goals], kinds)
        form = activities_form(brief, self.grounds, kinds, taken)
        asked = await self._ask("activities", prompt_of(brief), values, form, 60 + 70 * wanted, reasks=1)
        if asked.slots is not None and not asked.problems:
            for unit in idea_units(
                brief, self.grounds, asked.slots, dues=dues[len(own) :], gaps=gaps, goal=goal, taken=taken
            ):
                self._ready(unit)

    @property
    def _can_ask(self) -> bool:
        return self.provider is not None and (self.failed is None or self.failed.kind not in _LAST)

    async def _ask(
        self, section: str, task: str, values: dict[str, str], form: Form, most: int, reasks: int = REASKS
    ) -> Asked:
        assert self.provider is not None
        self._tell(DraftEvent("section_started", section))
        started = time.monotonic()

        def heard(delta: Delta) -> None:
            slots = delta.partial if isinstance(delta.partial, dict) else {}
            self._tell(DraftEvent("delta", section, slots))
            self._tell(DraftEvent("usage", section, {"tokens": delta.tokens, "seconds": delta.seconds}))

        asked = await ask(
            self.provider, load_prompt(task), values, form, max_tokens=most, on_delta=heard, reasks=reasks
        )
        if asked.record is not None:
            self.calls.append(asked.record)
        seconds = time.monotonic() - started
        if asked.failed is not None:
            self.failed = self.failed or asked.failed
            told = {"what": asked.failed.what, "next_step": asked.failed.next_step, "seconds": seconds}
            self._tell(DraftEvent("section_failed", section, told, call=asked.record))
        else:
            self._tell(DraftEvent("section_done", section, {"seconds": seconds}, call=asked.record))
        return asked

    def _ready(self, unit: DraftedUnit) -> None:
        self.units.append(unit)
        self._tell(DraftEvent("unit_ready", unit.section, unit.event_data(), unit=unit))

    def _tell(self, event: DraftEvent) -> None:
        if self.on_event is not None:
            self.on_event(event)
