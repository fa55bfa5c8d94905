"""Taking the plan out of the workspace, for an audience that decides what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, cast, get_args

from coach_assist.agreement.events import Record
from coach_assist.agreement.export_bodies import ExportBody, Outsider
from coach_assist.agreement.history import History
from coach_assist.agreement.lines import to_lines
from coach_assist.agreement.viewers import withheld_from_viewers
from coach_assist.errors import UsageError
from coach_assist.exchange.agenda import agenda_page
from coach_assist.exchange.agreement_page import agreement_page
from coach_assist.exchange.audience import (
    AUDIENCES,
    FORMATS,
    NAMED,
    Audience,
    ExportFormat,
    default_audience,
)
from coach_assist.exchange.calendar import CalendarChoice, plan_calendar
from coach_assist.exchange.files import check_target, write_export
from coach_assist.exchange.guide import Talk, guide_page
from coach_assist.exchange.inert import json_text
from coach_assist.exchange.page import Page
from coach_assist.exchange.page_markdown import page_markdown
from coach_assist.exchange.page_pdf import page_pdf
from coach_assist.exchange.page_word import page_word
from coach_assist.exchange.plan_json import PlanJson
from coach_assist.exchange.plan_page import plan_page
from coach_assist.flows.acts import Act, acting_key
from coach_assist.flows.export_data import export_data, plan_json
from coach_assist.plan.units import Party
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

__all__ = [
    "AUDIENCES", "FORMATS", "FORMAT_WORDS", "NAMED", "TALKS", "Audience", "Export", "ExportChoice",
    "ExportFormat", "FileType", "agreed_plan", "export_plan", "file_type_for", "format_for", "hand_out",
    "plan_json", "record_export", "save_export",
]  # fmt: skip

FileType = Literal["md", "docx", "pdf"]
"""As what a page is written: the formats agreement, agenda and guide are pages."""
FILE_TYPES: tuple[FileType, ...] = get_args(FileType)
TALKS: tuple[Talk, ...] = get_args(Talk)
FORMAT_WORDS: Mapping[ExportFormat, str] = {
    "md": "the plan as Markdown",
    "json": "the plan for programs",
    "docx": "the plan as a Word document",
    "pdf": "the plan as PDF, to read and print",
    "agreement": "the agreed text with room for both signatures",
    "agenda": "a page for the next check-in",
    "guide": "a page for a talk",
    "ics": "its dates for a calendar",
    "signed": "the history, which anybody can verify",
}


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """For whom, and what some formats need to know."""

    audience: Audience | None = None
    """None: both parties, and the readers to whom both agreed where the format is for them, too."""
    file_type: FileType = "md"
    """agreement, agenda, guide: as what the page is written."""
    today: date = field(default_factory=date.today)
    """What is overdue, when the next check-in is, which day a PDF bears."""
    talk: Talk = "opening"
    """guide: for which talk."""
    calendar: CalendarChoice = field(default_factory=CalendarChoice)


@dataclass(frozen=True, slots=True)
class Export:
    """One export, ready to be written or printed."""

    content: bytes
    format: ExportFormat
    file_type: str
    """What the content is: md, docx, pdf, json, ics or signed."""
    made_for: Audience
    audience: tuple[str, ...]
    """Who it is for, as stored: names, or the role of somebody outside the two."""
    confidential_to: tuple[str, ...]
    agreed: int
    """How many units are in force."""
    open: int
    """How many units it names as waiting for a decision."""
    demo: bool
    remarks: tuple[str, ...] = ()
    """What somebody who passes it on should know of it."""

    @property
    def is_text(self) -> bool:
        """Whether it can be printed on a terminal."""
        return self.file_type not in ("docx", "pdf")

    @property
    def outside(self) -> bool:
        """Whether it is for somebody who is no party, so that the history has to say that it was made."""
        return AUDIENCES[self.made_for].outside


def export_plan(plan: PlanFile, export_format: ExportFormat, choice: ExportChoice | None = None) -> Export:
    """Return the plan in a format, for an audience. Nothing is written and nothing recorded.

    Raises UsageError where nothing was put forward yet, where a format lacks its package (the message
    says how to install it), or where a choice does not fit; Refused.
    """
    choice = choice or ExportChoice()
    audience = choice.audience or default_audience(export_format)
    rule = AUDIENCES[audience]
    if export_format not in rule.formats:
        raise UsageError(
            f"{FORMAT_WORDS[export_format]} is between the two parties, and not for {rule.title}",
            kept="Nothing was written.",
            next_step=f"Formats for {rule.title}: {', '.join(rule.formats)}.",
        )
    _has_history(plan)
    data = export_data(plan, audience, choice.today)
    if rule.outside and not data.units:
        raise UsageError(
            f"nothing of this plan is agreed yet, so there is nothing that {rule.title} may read",
            kept="Nothing was written.",
        )
    content, file_type, remarks = _content(plan, data, export_format, choice)
    if rule.outside and not data.readers:
        remarks = (
            *remarks,
            "Both have agreed to no reader besides themselves. Ask the other party before you pass it on.",
        )
    return Export(
        content=content,
        format=export_format,
        file_type=file_type,
        made_for=audience,
        audience=tuple(data.audience),
        confidential_to=tuple(data.confidential_to),
        agreed=len(data.units),
        open=len(data.open),
        demo=data.demo,
        remarks=remarks,
    )


def format_for(path: Path | None) -> ExportFormat:
    """Return the format that a file's ending asks for; Markdown where it asks for none."""
    ending = path.suffix.lower().lstrip(".") if path is not None else ""
    return next((one for one in FORMATS if one == ending), "md")


def file_type_for(path: Path | None) -> FileType:
    """Return as what a page is written to a file of this name; Markdown where the name does not tell."""
    ending = path.suffix.lower().lstrip(".") if path is not None else ""
    return next((one for one in FILE_TYPES if one == ending), "md")


def _content(
    plan: PlanFile, data: PlanJson, export_format: ExportFormat, choice: ExportChoice
) -> tuple[bytes, str, tuple[str, ...]]:
    match export_format:
        case "json":
            return json_text(data.model_dump(mode="json")).encode("utf-8"), "json", ()
        case "ics":
            moment = datetime.now(UTC)
            events = plan.state.events
            return plan_calendar(data, choice.calendar, sequence=events, now=moment), "ics", ()
        case "signed":
            outside = AUDIENCES[data.made_for].outside
            withheld = withheld_from_viewers(plan.history) if outside else frozenset()
            return to_lines(plan.history, withheld=withheld), "signed", ()
        case "md" | "docx" | "pdf":
            return _written(plan_page(data), export_format, choice.today)
        case "agreement":
            page = agreement_page(data)
        case "agenda":
            page = agenda_page(data, choice.today)
        case "guide":
            page = guide_page(data, choice.talk)
    return _written(page, choice.file_type, choice.today)


def _written(page: Page, file_type: FileType, today: date) -> tuple[bytes, str, tuple[str, ...]]:
    match file_type:
        case "md":
            return page_markdown(page).encode("utf-8"), file_type, ()
        case "docx":
            return page_word(page), file_type, ()
        case "pdf":
            printed = page_pdf(page, today)
            return printed.content, file_type, printed.remarks


def record_export(workspace: Workspace, plan: PlanFile, party: Party, export: Export) -> None:
    """Sign into the history that an export for somebody outside the two was made, so that both see it.

    Nothing is recorded of what the parties take out for themselves: both hold the plan anyway. Raises
    Refused where the party's key is locked or not here, or the plan is a viewer's copy.
    """
    if not export.outside:
        return

    def compose(history: History) -> list[Record]:
        act = Act(plan.id, history, acting_key(workspace, plan, party))
        act.add("export", ExportBody(made_for=cast("Outsider", export.made_for), format=export.format))
        return act.records

    plan.record(compose)


def save_export(export: Export, path: Path, *, replace: bool = False) -> None:
    """Write an export to a file, whole and 0600.

    Raises UsageError where a file is there and `replace` is not said, Refused where it cannot be written.
    """
    write_export(path, export.content, replace=replace)


def hand_out(
    workspace: Workspace, plan: PlanFile, party: Party | None, export: Export, path: Path, *,
    replace: bool = False,
) -> None:  # fmt: skip
    """Record an export where it has to be recorded, then write it: none gets out unseen.

    `party` is who exports; only exports for somebody outside need one. Raises UsageError, Refused; the
    history says nothing of an export that could not be begun.
    """
    check_target(path, replace=replace)
    if export.outside:
        if party is None:
            raise UsageError(
                "an export for somebody outside the two has to say who makes it",
                next_step="Say it: --by manager or --by team-member",
            )
        record_export(workspace, plan, party, export)
    save_export(export, path, replace=replace)


def agreed_plan(plan: PlanFile) -> PlanJson:
    """Return what both have agreed, and which units are open. Raises UsageError where there is no history."""
    _has_history(plan)
    return plan_json(plan.state)


def _has_history(plan: PlanFile) -> None:
    if not plan.has_opened:
        raise UsageError(
            "nothing of this plan was put forward yet, so there is nothing to export",
            kept="The answers and drafts are kept.",
            next_step=f"Put drafts forward first: coach-assist propose {plan.id[:8]}",
        )
