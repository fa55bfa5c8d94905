"""Taking the agreed plan out of the workspace: what both accepted, and the names of what is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, get_args

from coach_assist.agreement.fold import Proposal, State
from coach_assist.agreement.lines import to_lines
from coach_assist.errors import UsageError
from coach_assist.exchange.agenda import agenda_markdown
from coach_assist.exchange.calendar import CalendarChoice, plan_calendar
from coach_assist.exchange.files import write_export
from coach_assist.exchange.guide import Talk, guide_markdown
from coach_assist.exchange.inert import json_text
from coach_assist.exchange.markdown import plan_markdown
from coach_assist.exchange.plan_json import OpenState, OpenUnit, PlanJson
from coach_assist.exchange.word import plan_word
from coach_assist.plan.units import PARTIES, VALUE_MODELS, Party
from coach_assist.workspace.plan_file import PlanFile

ExportFormat = Literal["md", "json", "docx", "ics", "agenda", "guide", "signed"]
Rendered = Literal["md", "json", "docx", "ics", "agenda", "guide"]
"""Formats that show the plan; "signed" is its history, which proves it."""
FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)
TALKS: tuple[Talk, ...] = get_args(Talk)


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What some formats need to know."""

    today: date = field(default_factory=date.today)
    """agenda: what is overdue and when the next check-in is."""
    talk: Talk = "opening"
    """guide: for which talk."""
    calendar: CalendarChoice = field(default_factory=CalendarChoice)


@dataclass(frozen=True, slots=True)
class Export:
    """One export, ready to be written or printed."""

    content: bytes
    format: ExportFormat
    audience: tuple[str, ...]
    """Who it is for, as stored: the parties, and the readers to whom both agreed."""
    agreed: int
    """How many units both have accepted."""
    open: int
    """How many units wait for a decision."""
    demo: bool

    @property
    def is_text(self) -> bool:
        """Whether it can be printed on a terminal."""
        return self.format != "docx"


def export_plan(plan: PlanFile, export_format: ExportFormat, choice: ExportChoice | None = None) -> Export:
    """Return the plan in a format.

    Raises UsageError where nothing was put forward yet, where a format lacks its package (the message
    says how to install it), or where a choice does not fit.
    """
    data = agreed_plan(plan)
    if export_format == "signed":
        content = to_lines(plan.history)
    else:
        content = _content(data, export_format, choice or ExportChoice(), plan.state.events)
    return Export(
        content=content,
        format=export_format,
        audience=tuple(data.audience),
        agreed=len(data.units),
        open=len(data.open),
        demo=data.demo,
    )


def _content(data: PlanJson, export_format: Rendered, choice: ExportChoice, events: int) -> bytes:
    match export_format:
        case "md":
            text = plan_markdown(data)
        case "json":
            text = json_text(data.model_dump(mode="json"))
        case "agenda":
            text = agenda_markdown(data, choice.today)
        case "guide":
            text = guide_markdown(data, choice.talk)
        case "ics":
            return plan_calendar(data, choice.calendar, sequence=events, now=datetime.now(UTC))
        case "docx":
            return plan_word(data)
    return text.encode("utf-8")


def save_export(export: Export, path: Path, *, replace: bool = False) -> None:
    """Write an export to a file, whole and 0600.

    Raises UsageError where a file is there and `replace` is not said, Refused where it cannot be written.
    """
    write_export(path, export.content, replace=replace)


def agreed_plan(plan: PlanFile) -> PlanJson:
    """Return what both have agreed, and which units are open. Raises UsageError where there is no history."""
    if not plan.has_opened:
        raise UsageError(
            "nothing of this plan was put forward yet, so there is nothing to export",
            kept="The answers and drafts are kept.",
            next_step=f"Put drafts forward first: coach-assist propose {plan.id[:8]}",
        )
    return plan_json(plan.state)


def plan_json(state: State) -> PlanJson:
    """Return a folded plan in the shape of schemas/plan.schema.json, in reading order."""
    names = {party: state.parties[party].name for party in PARTIES}
    units = [
        {
            "id": unit,
            "proposal": agreed.id,
            "proposed_by": agreed.by,
            "kind": agreed.kind,
            "value": dict(agreed.value or {}),
        }
        for unit, agreed in state.in_force.items()
    ]
    readers = [
        str(reader)
        for agreed in state.in_force.values()
        if agreed.kind == "frame" and agreed.value and isinstance(readers := agreed.value["readers"], list)
        for reader in readers
    ]
    return PlanJson.model_validate(
        {
            "plan": state.plan,
            "demo": state.demo,
            "parties": names,
            "audience": [*names.values(), *readers],
            "revision": state.revision,
            "heads": list(state.heads),
            "takes_part": state.joining.answer,
            "statement": state.joining.statement,
            "closed": state.joining.ended.words if state.joining.ended else None,
            "units": units,
            "open": [unit.model_dump() for unit in _open_units(state)],
        }
    )


def _open_units(state: State) -> list[OpenUnit]:
    in_conflict = {rival for conflict in state.conflicts for rival in conflict.rivals}
    found: dict[str, OpenUnit] = {one.unit: _unsigned(one, state) for one in state.amendments}
    for proposal in state.proposals.values():
        if proposal.status not in ("open", "conflict") and proposal.id not in in_conflict:
            continue
        waits = [party for party in PARTIES if proposal.decisions[party] is None]
        known = found.get(proposal.unit)
        if known is None:
            found[proposal.unit] = OpenUnit(
                id=proposal.unit, kind=proposal.kind, state=_open_state(proposal, state), waits_for=waits
            )
        else:  # several proposals on one unit: it waits for whoever any of them waits for
            waiting: list[Party] = [party for party in PARTIES if party in (*known.waits_for, *waits)]
            worse: OpenState = "conflict" if proposal.id in in_conflict else known.state
            found[proposal.unit] = known.model_copy(update={"waits_for": waiting, "state": worse})
    order = list(VALUE_MODELS)
    return sorted(found.values(), key=lambda unit: order.index(unit.kind))


def _unsigned(amendment: Proposal, state: State) -> OpenUnit:
    """Return what both have agreed since they signed the plan: it waits for their signatures."""
    signed = {
        one.party for one in state.sign_offs.all if one.plan_hash == state.plan_hash and not one.problem
    }
    waits = [party for party in PARTIES if party not in signed]
    return OpenUnit(
        id=amendment.unit, kind=amendment.kind, state=_open_state(amendment, state), waits_for=waits
    )


def _open_state(proposal: Proposal, state: State) -> OpenState:
    if proposal.status == "conflict":
        return "conflict"
    if proposal.removal:
        return "removal_proposed"
    # The base, not the unit: of some kinds a plan holds one, whatever the id of the new proposal's unit.
    in_force = {agreed.id for agreed in state.in_force.values()}
    return "change_proposed" if proposal.base in in_force else "proposed"
