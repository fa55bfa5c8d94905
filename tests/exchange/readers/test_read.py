"""Every format that is read, and everything that is refused, in words."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from document_maker import PLAN, STYLES, docx, paragraph, pdf, table

from coach_assist.exchange.readers import guards
from coach_assist.exchange.readers.document import Block, ReadFault
from coach_assist.exchange.readers.pdf import pdf_text
from coach_assist.exchange.readers.read import document_of, read_document


def texts(data: bytes, name: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in document_of(data, name).blocks]


def test_markdown_gives_headings_labels_items_and_rows_with_their_lines() -> None:
    source = (
        "---\ntitle: x\n---\n# Plan\n\n**Manager:** Tomasz\n**Start:** 2027-03-01\n\nSteps:\n- [ ] "
        "Write *the* [board](x)\n"
        "  - nested\n\n| What | Owner |\n|---|---|\n| Board | Ines |\n\n```\ncode\n```\n<b>\nhtml\n</b>\n"
    )
    blocks = document_of(source.encode(), "a.md").blocks
    assert blocks == (
        Block("heading", "Plan", 4, level=1),
        Block("paragraph", "Tomasz", 6, label="Manager"),
        Block("paragraph", "2027-03-01", 7, label="Start"),
        Block("paragraph", "Steps:", 9, lead_in=True),
        Block("item", "Write the board", 10, level=1),
        Block("item", "nested", 11, level=2),
        Block("row", "Board | Ines", 15, cells=("Board", "Ines"), columns=("What", "Owner")),
    )


def test_plain_text_is_told_by_its_shape() -> None:
    source = (
        "GOALS\n- Reduce the idle minutes\n  to fifteen\n- Lead the briefing\n\nSupport\n\n"
        "Tomasz joins the\nfirst briefing.\n"
    )
    assert texts(source.encode(), "a.txt") == [
        ("heading", "GOALS"),
        ("item", "Reduce the idle minutes to fifteen"),
        ("item", "Lead the briefing"),
        ("heading", "Support"),
        ("paragraph", "Tomasz joins the first briefing."),
    ]


def test_word_gives_headings_by_style_items_tables_and_passes_deleted_text_over() -> None:
    deleted = "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>stays</w:t></w:r></w:p>"
    body = (
        paragraph("Plan", "berschrift1")
        + paragraph("Goals", "Kapitel")
        + paragraph("Reduce", depth=1)
        + paragraph("Steps", bold=True)
        + "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Due:</w:t></w:r>"
        + '<w:r><w:t xml:space="preserve"> in May</w:t></w:r></w:p>'
        + table(("What", "Owner"), ("Board", "Ines"))
        + deleted
        + '<w:p><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r></w:p>'
    )
    document = document_of(docx(body), "a.docx")
    assert [(one.kind, one.level, one.label, one.text) for one in document.blocks] == [
        ("heading", 1, "", "Plan"),
        ("heading", 1, "", "Goals"),
        ("item", 2, "", "Reduce"),
        ("heading", 6, "", "Steps"),
        ("paragraph", 0, "Due", "in May"),
        ("row", 0, "", "Board | Ines"),
        ("paragraph", 0, "", "stays"),
    ]
    assert document.remarks == ("Text marked as deleted was passed over.",)
    assert document.place_word == "paragraph"


def test_word_files_of_the_usual_library_are_read() -> None:
    docx_library = pytest.importorskip("docx")
    made = docx_library.Document()
    made.add_heading("Goals", level=2)
    made.add_paragraph("Reduce the idle minutes", style="List Bullet")
    stream = io.BytesIO()
    made.save(stream)
    assert texts(stream.getvalue(), "a.docx") == [("heading", "Goals"), ("item", "Reduce the idle minutes")]


def test_pdf_is_read_page_by_page() -> None:
    data = pdf(("GOALS", "- Reduce the idle minutes to 15"), ("SUPPORT", "- Tomasz joins"))
    assert texts(data, "a.pdf") == [
        ("heading", "GOALS"), ("item", "Reduce the idle minutes to 15"), ("heading", "SUPPORT"),
        ("item", "Tomasz joins"),
    ]  # fmt: skip


def test_pdf_without_the_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach_assist.exchange.readers.pdf.find_spec", lambda _: None)
    with pytest.raises(ReadFault, match="pypdf") as caught:
        pdf_text(pdf(("x",)))
    assert "coach-assist[pdf]" in caught.value.next_step


def test_a_pdf_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(ReadFault, match="longer than"):
        pdf_text(pdf(("x",)), seconds=0.01)


def test_own_json_is_taken_as_it_is() -> None:
    data = b'{"units": [{"id": "g", "kind": "goal", "value": {"statement": "Lead the briefing"}}]}'
    document = document_of(data, "a.json")
    assert document.units == ({"id": "g", "kind": "goal", "value": {"statement": "Lead the briefing"}},)
    assert document.text == "Lead the briefing"


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


HOSTILE = {
    "bomb": (docx("", extra={"word/media/x": b" " * 8 * guards.MIB}), "zip bomb"),
    "slip": (docx("", extra={"../x": b"1"}), "outside itself"),
    "absolute": (docx("", extra={"/x": b"1"}), "outside itself"),
    "many": (docx("", extra={f"p{i}": b"" for i in range(guards.MOST_MEMBERS)}), "more than"),
    "deep": (docx("<w:p>" * 200 + "</w:p>" * 200), "nested too deeply"),
    "doctype": (zipped(word__document=b"").replace(b"word/document", b"word/document"), "no Word document"),
    "entities": (
        docx("", styles='<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]><a>&y;</a>'),
        "document type",
    ),
    "external": (docx("", styles='<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'), "document type"),
    "broken xml": (docx("<w:p>", styles=STYLES), "broken"),
    "cut zip": (docx("")[:200], "damaged"),
    "nul": (b"a\0b", "NUL"),
    "utf-16": ("goal".encode("utf-16"), "UTF-16"),
    "latin-1": ("Ziel für".encode("latin-1"), "not UTF-8"),
    "empty": (b" \n", "empty"),
    "lines": (b"a\n" * (guards.MOST_LINES + 1), "lines"),
    "columns": (b"|a" * (guards.MOST_COLUMNS + 1), "columns"),
    "large": (b"a" * (guards.MOST_TEXT + 1), "larger than"),
    "old word": (b"\xd0\xcf\x11\xe0" + b"x" * 20, "old Word"),
    "rtf": (b"{\\rtf1 x}", "Rich Text"),
    "html": (b"<!DOCTYPE html><p>x", "web page"),
    "sealed": (b"age-encryption.org/v1\n", "sealed to somebody"),
    "deep json": (b'{"a":' + b"[" * 100_000, "nested too deeply"),
    "nan kind": (b'{"units": [{"kind": "pip", "value": {}}]}', "units\\[0\\]"),
    "newer": (b'{"format": "coach-assist plan", "version": 9, "units": []}', "newer version"),
    "cut pdf": (pdf(("x",))[:200], "damaged"),
    "no text pdf": (pdf(("",)), "no text"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_and_foreign_files_are_refused_in_words(name: str) -> None:
    data, words = HOSTILE[name]
    with pytest.raises(ReadFault, match=words):
        document_of(data, "plan.json" if "json" in name else "plan.bin")


def test_an_encrypted_archive_is_refused() -> None:
    data = bytearray(docx(""))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(ReadFault, match="encrypted"):
        document_of(bytes(data), "a.docx")


def test_a_large_file_is_not_read_and_a_folder_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(guards.MOST_BYTES + 1)
    with pytest.raises(ReadFault, match="larger than"):
        read_document(path)
    with pytest.raises(ReadFault, match="no file"):
        read_document(tmp_path)
    with pytest.raises(ReadFault, match="no such file"):
        read_document(tmp_path / "b")


def test_every_cut_of_a_word_file_is_refused_or_read() -> None:
    data = docx(paragraph("Plan"))
    for end in range(0, len(data), 7):
        with pytest.raises(ReadFault):
            document_of(data[:end] or b" ", "a.docx")


@pytest.mark.parametrize(
    "piece", ["[", "*", ">", "- ", "`", "<a ", "[a](b", "_a", "**a:** ", "\x1b[31m", "\u202e", "# ", "1. "]
)
def test_long_runs_of_marks_are_read_in_time(piece: str) -> None:
    document_of((piece * (100_000 // len(piece))).encode(), "a.md")


def test_the_plan_of_the_tests_has_all_its_rows() -> None:
    assert sum(block.kind == "row" for block in document_of(PLAN.encode(), "a.md").blocks) == 3
