"""Beginning a plan from a template: its units become drafts, and nothing is put forward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coach_assist.exchange.plan_templates import KINDS, filled_units, plan_template
from coach_assist.flows.unit_fields import KIND_WORDS, Field, fields_of
from coach_assist.plan.drafts import Draft
from coach_assist.plan.ids import new_unit_id
from coach_assist.plan.units import PARTIES, Party, PlanKind
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

__all__ = ["KINDS", "TemplateView", "begin_from_template", "template_view", "template_views"]


@dataclass(frozen=True, slots=True)
class TemplateView:
    """One template as it would begin on a day."""

    kind: PlanKind
    title: str
    summary: str
    days: int
    units: tuple[tuple[str, tuple[Field, ...]], ...]
    """(words for the kind, its labelled texts), in reading order."""


def template_views(start: date) -> tuple[TemplateView, ...]:
    """Return all templates."""
    return tuple(template_view(kind, start) for kind in KINDS)


def template_view(kind: PlanKind, start: date) -> TemplateView:
    """Return one template with its days counted from `start`."""
    template = plan_template(kind)
    filled = filled_units(template, start, new_unit_id)
    known = {
        str(entry["id"]): str(entry["text"])
        for unit, value in filled
        if unit == "current_state"
        for entry in [*value["gaps"], *value["strengths"]]  # type: ignore[misc]  # lists of entries
        if isinstance(entry, dict)
    }
    units = tuple((KIND_WORDS[unit], fields_of(unit, value, known)) for unit, value in filled)
    return TemplateView(template.kind, template.title, template.summary, template.days, units)


def begin_from_template(
    workspace: Workspace, kind: PlanKind, start: date, names: dict[Party, str] | None = None
) -> PlanFile:
    """Make a new plan whose drafts are those of a template; what is in brackets is for the two to fill.

    The drafts are from a file, so that neither party accepts one by putting it forward. Raises Refused.
    """
    drafts = [
        Draft(id=new_unit_id(), kind=unit, value=value, origin="import")
        for unit, value in filled_units(plan_template(kind), start, new_unit_id)
    ]
    plan = workspace.create()
    try:
        for party in PARTIES:
            if names and names.get(party, "").strip():
                plan.answers.put("joint", party, names[party].strip())
        plan.drafts.put_all("joint", drafts)
    except BaseException:
        plan.close()
        raise
    return plan
