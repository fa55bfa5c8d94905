"""Review a plan that exists: read it, map it to units, check them, and say what is missing.

By rules alone; review_model.py adds what a model can. Nothing is stored or put forward here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from coach_assist.assistant.outputs import FindingOutput, Reasons, Verdicts
from coach_assist.checker import PlanReport, check_plan
from coach_assist.checker.settings import Settings
from coach_assist.exchange.mapping.document import map_document
from coach_assist.exchange.mapping.mapped import Mapped, MappedUnit
from coach_assist.exchange.readers.document import Document
from coach_assist.exchange.readers.guards import read_bytes
from coach_assist.exchange.readers.read import document_of
from coach_assist.flows.review_output import (
    Fault,
    FileEntry,
    FileReview,
    ReviewedUnit,
    ReviewQuestion,
    UnplacedText,
)
from coach_assist.flows.review_questions import PIP_QUESTIONS, questions_for
from coach_assist.plan.units import Party, UnitKind
from coach_assist.shown import has_hidden_characters

if TYPE_CHECKING:
    from coach_assist.checker import Finding, GoalReport

PIP_EXPLANATION = (
    "This reads as a performance improvement plan (PIP) or another formal step, not as a coaching plan. "
    "A PIP is set by the employer, names a standard that is not met and what follows if it stays so, "
    "and can be "
    "part of a formal process. A coaching plan is voluntary and developmental: both agree on every "
    "part of it, it "
    "names no consequence, and it is no evidence. The two must not be mixed, so this file is not "
    "reviewed as a "
    "coaching plan and no drafts are made from it. What it is meant to be is for people to say."
)
TEMPLATE_EXPLANATION = (
    "This is a form that is mostly not filled in; what is reviewed is the little that is there."
)
OTHER_EXPLANATION = (
    "No part of a coaching plan was found: no heading, label or column says goal, activity, strength, "
    "support and the like."
)
NEEDED: tuple[UnitKind, ...] = (
    "development_area", "current_state", "goal", "activity", "timeline", "support", "cadence",
)  # fmt: skip
"""Parts that a coaching plan needs (rule P801), in reading order."""


@dataclass(frozen=True, slots=True)
class ReviewOptions:
    """How to review. `not_a_pip`: the person says that the files are no PIPs, although they may read so."""

    today: date | None = None
    language: str = "en"
    not_a_pip: bool = False

    @property
    def mark(self) -> str:
        """What of the options changes a review, as one word (for resuming)."""
        return f"{self.today}|{self.language}|{self.not_a_pip}"


def review_file(path: Path, options: ReviewOptions, name: str | None = None) -> FileEntry:
    """Review one file. What keeps it from being read is said in the entry, never raised."""
    shown = name or str(path)
    return _entry(shown, lambda: document_at(path, shown), options)


def review_opened(lines: bytes, name: str, digest: str, options: ReviewOptions) -> FileEntry:
    """Review the signed text of a sealed file that was opened; `digest` is the sealed file's."""
    from coach_assist.flows.review_bundle import bundle_document

    return _entry(name, lambda: bundle_document(lines, name, digest=digest), options)


def document_at(path: Path, name: str) -> Document:
    """Read a document, or the signed text of a plan. Raises ReadFault, Damaged, NewerVersion."""
    from coach_assist.flows.review_bundle import bundle_document, is_bundle

    data = read_bytes(path)
    return bundle_document(data, name) if is_bundle(data) else document_of(data, name)


def _entry(shown: str, read: Callable[[], Document], options: ReviewOptions) -> FileEntry:
    from coach_assist.errors import CoachError

    try:
        review = review_document(read(), options)
    except CoachError as error:
        return FileEntry(
            file=shown, review=None, fault=Fault(what=error.what.rstrip("."), next_step=error.next_step)
        )
    except (MemoryError, RecursionError) as error:
        what = f"it is too large or too deeply nested to be read ({type(error).__name__})"
        return FileEntry(file=shown, review=None, fault=Fault(what=what, next_step="Save it as text."))
    return FileEntry(file=shown, review=review, fault=None)


def review_document(
    document: Document, options: ReviewOptions, placed: Mapping[tuple[int, str], str] | None = None
) -> FileReview:
    """Review a document that was read. `placed`: roles that the model gave to texts that no rule placed."""
    mapped = map_document(document, today=options.today, language=options.language, placed=placed)
    reads_as = mapped.reads_as
    if reads_as == "pip" and options.not_a_pip:
        reads_as = "plan"
    if reads_as == "pip":
        return _of_pip(document, mapped)
    plan = {"units": [{"id": unit.id, "kind": unit.kind, "value": unit.value} for unit in mapped.units]}
    report = check_plan(cast("dict[str, object]", plan), Settings(language=options.language))
    units = _units(mapped, report)
    kinds = {unit.kind for unit in units}
    reviewed_as_plan = reads_as != "other"
    missing = (
        [kind for kind in NEEDED if kind not in kinds and kind not in document.open_units]
        if reviewed_as_plan
        else []
    )
    absent = _absent(units, mapped) if reviewed_as_plan else []
    asked: dict[Party, list[ReviewQuestion]] = {"manager": [], "team_member": []}
    if reads_as == "plan":
        asked = questions_for(units, missing, absent)
    return FileReview(
        **_frame(document, mapped),
        reads_as=reads_as,
        explanation={"template": TEMPLATE_EXPLANATION, "other": OTHER_EXPLANATION}.get(reads_as, ""),
        units=units,
        missing=missing,
        absent=absent,
        findings=_plan_findings(report, {unit.id for unit in units}),
        questions_for_manager=asked["manager"],
        questions_for_team_member=asked["team_member"],
        unplaced=[
            UnplacedText(place=one.place, heading=one.heading, text=one.text, about=one.about)
            for one in mapped.unplaced
        ],
        method="model" if placed else "rules",
    )


def _of_pip(document: Document, mapped: Mapped) -> FileReview:
    asked = {
        party: [ReviewQuestion(text=text, about="pip") for text in texts]
        for party, texts in PIP_QUESTIONS.items()
    }
    return FileReview(
        **_frame(document, mapped),
        reads_as="pip",
        explanation=PIP_EXPLANATION,
        units=[],
        missing=[],
        absent=[],
        findings=[],
        questions_for_manager=asked["manager"],
        questions_for_team_member=asked["team_member"],
        unplaced=[],
        method="rules",
    )


def _frame(document: Document, mapped: Mapped) -> dict[str, Any]:
    remarks = list(document.remarks)
    if has_hidden_characters(document.text):
        remarks.append(
            "It holds control characters or characters that turn the reading order; they are shown as �."
        )
    return {
        "format": document.format,
        "digest": document.digest,
        "place_word": document.place_word,
        "signs": list(mapped.signs),
        "not_agreed": list(document.open_units),
        "rewrites": [],
        "blanks": mapped.blanks,
        "names": dict(mapped.names),
        "remarks": remarks,
        "calls": [],
    }


def _units(mapped: Mapped, report: PlanReport) -> list[ReviewedUnit]:
    goals = iter(report.goals)
    return [
        _unit(unit, next(goals) if unit.kind == "goal" else None, report.findings) for unit in mapped.units
    ]


def _unit(unit: MappedUnit, goal: GoalReport | None, findings: tuple[Finding, ...]) -> ReviewedUnit:
    own = [finding_output(finding, "statement") for finding in goal.findings] if goal else []
    prefix = f"{unit.id}."
    for finding in findings:
        if finding.code != "P801" and (finding.where == unit.id or finding.where.startswith(prefix)):
            field = finding.where.removeprefix(unit.id).removeprefix(".")
            # What the goal's own report says already is not said twice.
            if not (goal and field == "statement" and any(_same(finding, one) for one in own)):
                own.append(finding_output(finding, field))
    return ReviewedUnit(
        id=unit.id,
        kind=unit.kind,
        value=unit.value,
        lacks=list(unit.lacks),
        places=list(dict.fromkeys(source.place for source in unit.sources)),
        by_model=list(dict.fromkeys(source.place for source in unit.sources if source.by_model)),
        verdicts=Verdicts.model_validate(goal.verdicts) if goal else None,
        reasons=Reasons.model_validate(goal.reasons) if goal else None,
        findings=own,
    )


def _same(finding: Finding, output: FindingOutput) -> bool:
    return (finding.code, finding.start, finding.end) == (output.code, output.start, output.end)


def finding_output(finding: Finding, where: str) -> FindingOutput:
    """Return a finding as the model that is written, with the place that it is about."""
    return FindingOutput.model_validate({**finding.to_json(), "where": where})


def _plan_findings(report: PlanReport, ids: set[str]) -> list[FindingOutput]:
    return [
        finding_output(finding, finding.where)
        for finding in report.findings
        if finding.code != "P801" and finding.where.partition(".")[0] not in ids
    ]


def _absent(units: list[ReviewedUnit], mapped: Mapped) -> list[str]:
    kinds = {unit.kind for unit in units}
    aim = any(unit.kind == "frame" and unit.value.get("long_term_aim") for unit in units)
    parts = {
        "long-term aim": aim,
        "milestones": "milestone" in kinds,
        "feedback": "feedback" in kinds,
        "commitments of both": any(
            unit.kind == "roles" and unit.value.get("team_member") and unit.value.get("manager")
            for unit in units
        ),
    }
    if mapped.units and all(unit.by != "file" for unit in mapped.units):
        parts["place for both to sign"] = mapped.signature
    return [part for part, there in parts.items() if not there]
