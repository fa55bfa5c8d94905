"""Whom an export is for decides what is in it: every kind of text against every audience and format."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import planted_words
import pytest
from docx import Document
from no_rights import read_only_home, said_without_rights, seal
from pypdf import PdfReader

from coach_assist.agreement.faults import Damaged
from coach_assist.agreement.history import History
from coach_assist.errors import Refused, UsageError
from coach_assist.exchange.audience import AUDIENCES, FORMATS, PARTS, default_audience
from coach_assist.exchange.plan_json import plan_schema
from coach_assist.flows.export import (
    Export,
    ExportChoice,
    export_plan,
    file_type_for,
    format_for,
    hand_out,
)
from coach_assist.flows.history_words import history_words
from coach_assist.flows.verify_bundle import verify_bundle
from coach_assist.workspace.plan_file import PlanFile
from coach_assist.workspace.store import Workspace

PAGES = ("agreement", "agenda", "guide")
CASES = [
    (audience, form, page)
    for audience, rule in AUDIENCES.items()
    for form in rule.formats
    for page in (("md", "docx", "pdf") if form in PAGES else ("",))
]
TOLD = {
    "md": ("agreed", "statement", "progress", "closing", "said", "survey"),
    "agreement": ("agreed", "statement"),
    "agenda": ("statement",),
    "guide": ("statement",),
    "ics": (),
}
"""What a format tells at all, of what its audience may see (json, docx and pdf: as md)."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlanFile]:
    with planted_words.plan_with_all(Workspace(tmp_path_factory.mktemp("audiences"))) as made:
        yield made


def exported(plan: PlanFile, audience: str, form: str, page: str) -> Export:
    choice = ExportChoice(audience=audience, file_type=page or "md", today=planted_words.DAY, talk="closing")  # type: ignore[arg-type]
    return export_plan(plan, form, choice)  # type: ignore[arg-type]


def words_of(export: Export) -> str:
    """All the text of an export, without line breaks."""
    if export.file_type == "pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(export.content)).pages)
    elif export.file_type == "docx":
        document = Document(io.BytesIO(export.content))
        footers = [one.text for section in document.sections for one in section.footer.paragraphs]
        text = "\n".join([*(one.text for one in document.paragraphs), *footers])
    else:
        text = export.content.decode()
    return " ".join(text.replace("\u200b", "").replace("\\", "").replace("\r\n ", "").split())


@pytest.mark.parametrize(("audience", "form", "page"), CASES)
def test_every_text_is_where_the_table_says_and_nowhere_else(
    plan: PlanFile, audience: str, form: str, page: str
) -> None:
    export = exported(plan, audience, form, page)
    words = words_of(export)
    parts = AUDIENCES[audience].parts  # type: ignore[index]
    whole_history = form == "signed" and not AUDIENCES[audience].outside  # type: ignore[index]
    for part, planted in planted_words.PARTS.items():
        for word in planted:
            if part not in parts:
                assert word not in words, (part, word)
            elif form == "signed" or part in TOLD.get(form, TOLD["md"]):
                assert word in words, (part, word)
    for word in planted_words.NEVER:
        if not (whole_history and word not in ("PRIVATEWORD", "ANSWERWORD", "DRAFTWORD")):
            assert word not in words, word
    if form not in ("ics", "signed"):
        whom = {"hr": "HR", "managers_manager": "the manager's manager"}.get(audience, "Noor")
        assert "This is not an evaluation." in words
        assert f"For {'Bo' if audience == 'manager' else whom}" in words
        assert "Confidential to" in words and "Noor" in words and "Bo" in words


def test_the_table_is_what_the_pages_of_the_documentation_say() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and "| yes" in line + "| yes"]
    table = {
        cells[0]: cells[1:] for line in rows if len(cells := [c.strip() for c in line.split("|")[1:-1]]) == 5
    }
    for part, words in PARTS.items():
        said = table[words]
        for cell, audience in zip(said, ("all", "team_member", "managers_manager", "hr"), strict=True):
            assert (cell == "yes") == (part in AUDIENCES[audience].parts), (words, audience)  # type: ignore[index]
    assert AUDIENCES["team_member"].parts == AUDIENCES["manager"].parts == AUDIENCES["both"].parts


def test_a_format_between_the_two_is_not_for_others(plan: PlanFile) -> None:
    for audience in ("hr", "managers_manager"):
        for form in ("agenda", "guide", "ics"):
            with pytest.raises(UsageError, match="between the two parties"):
                exported(plan, audience, form, "")
    assert {default_audience(form) for form in FORMATS} == {"all", "both"}


def test_json_for_every_audience_fits_the_schema(plan: PlanFile) -> None:
    for audience in AUDIENCES:
        if "json" in AUDIENCES[audience].formats:
            data = json.loads(exported(plan, audience, "json", "").content)
            jsonschema.validate(data, plan_schema())
            assert data["made_for"] == audience
            assert (data["open"] == []) == ("open" not in AUDIENCES[audience].parts)


def test_a_viewers_bundle_verifies_and_shows_no_more_than_a_viewers_copy(plan: PlanFile) -> None:
    report = verify_bundle(exported(plan, "hr", "signed", "").content)
    assert report.withheld > 5
    assert report.state.sign_offs.in_force is not None


def test_for_somebody_outside_the_history_says_so_and_for_the_two_it_does_not(tmp_path: Path) -> None:
    workspace = Workspace()
    with planted_words.plan_with_all(workspace) as plan:
        before = len(plan.history.events)
        hand_out(workspace, plan, None, exported(plan, "team_member", "md", ""), tmp_path / "own.md")
        assert len(plan.history.events) == before
        export = exported(plan, "hr", "pdf", "")
        assert any("agreed to no reader" in remark for remark in export.remarks)
        with pytest.raises(UsageError, match="who makes it"):
            hand_out(workspace, plan, None, export, tmp_path / "hr.pdf")
        hand_out(workspace, plan, "manager", export, tmp_path / "hr.pdf")
        last = history_words(plan.history)[-1]
        assert (last.name, last.what) == ("Bo", "exported the plan as it is in force for HR (pdf)")
        assert plan.state.sign_offs.in_force is not None  # a copy changes nothing that is agreed
        # What cannot be written is not recorded either.
        known = len(plan.history.events)
        with pytest.raises(UsageError, match="exists already"):
            hand_out(workspace, plan, "manager", export, tmp_path / "hr.pdf")
        with pytest.raises(Refused, match="no such folder"):
            hand_out(workspace, plan, "manager", export, tmp_path / "none" / "hr.pdf")
        assert len(plan.history.events) == known
        (tmp_path / "folder").mkdir()
        with pytest.raises(UsageError, match="exists already"):
            hand_out(workspace, plan, "manager", export, tmp_path / "folder")
        with pytest.raises(Refused, match="is a folder"):
            hand_out(workspace, plan, "manager", export, tmp_path / "folder", replace=True)


def test_an_export_event_that_was_changed_is_refused(tmp_path: Path) -> None:
    workspace = Workspace()
    with planted_words.plan_with_all(workspace, closed=False) as plan:
        hand_out(workspace, plan, "manager", exported(plan, "hr", "md", ""), tmp_path / "hr.md")
        records = list(plan.history.records())
        spoiled = records[-1].__class__(
            records[-1].id, records[-1].core, records[-1].sig, records[-1].salt,
            (records[-1].body or b"").replace(b'"hr"', b'"managers_manager"'),
        )  # fmt: skip
        assert spoiled.body != records[-1].body
        with pytest.raises(Damaged):
            History().extended([*records[:-1], spoiled])


def test_the_ending_of_a_file_tells_the_format() -> None:
    told = {name: format_for(Path(name)) for name in ("a.pdf", "b.DOCX", "c.ics", "d.json", "e", "f.txt")}
    assert told == {
        "a.pdf": "pdf", "b.DOCX": "docx", "c.ics": "ics", "d.json": "json", "e": "md", "f.txt": "md",
    }  # fmt: skip
    assert [file_type_for(Path(name)) for name in ("a.pdf", "a.docx", "a.md", "a")] == [
        "pdf",
        "docx",
        "md",
        "md",
    ]


def test_a_folder_in_which_one_may_not_write_is_said_before_anything_is_recorded(tmp_path: Path) -> None:
    with read_only_home(tmp_path) as home:
        with planted_words.plan_with_all(Workspace(home), closed=False) as plan:
            identity, known = plan.id, len(plan.history.events)
        with Workspace(home).open(identity) as plan:
            exported(plan, "hr", "md", "")  # what these two import may not be readable without rights
        seal(home)

        def act(workspace: Workspace) -> str:
            with workspace.open(identity) as plan:
                try:
                    hand_out(workspace, plan, "manager", exported(plan, "hr", "md", ""), home / "hr.md")
                except Refused as error:
                    return f"{error.what} / {error.kept} / {len(plan.history.events) - known}"
            return "written"

        said = said_without_rights(home, act)
    kept = "The plan is as it was; nothing was written."
    assert said.endswith(f"may write to that folder here / {kept} / 0"), said
