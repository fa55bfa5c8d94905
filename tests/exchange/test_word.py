"""The Word document, opened again: all of the plan, and nothing in it that acts."""

from __future__ import annotations

import io
import re
import zipfile

from docx import Document
from plan_samples import hostile_plan, plan, with_value

from coach_assist.exchange.page_word import page_word
from coach_assist.exchange.plan_json import PlanJson
from coach_assist.exchange.plan_page import plan_page

ACTIVE = re.compile(r"<w:(fldSimple|fldChar|instrText|hyperlink|object|altChunk|drawing|pict)\b")


def plan_word(data: PlanJson) -> bytes:
    return page_word(plan_page(data))


def paragraphs(content: bytes) -> list[tuple[str, str]]:
    document = Document(io.BytesIO(content))
    return [(one.style.name, one.text) for one in document.paragraphs]


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


def test_the_whole_plan_is_in_it() -> None:
    read = paragraphs(plan_word(plan()))
    assert read[0] == ("Title", "Tours that hold")
    texts = [text for _, text in read]
    assert texts[1].startswith("This is not an evaluation.")
    assert "For Nadia and Tom. Confidential to Nadia and Tom." in texts
    for words in (
        "Nadia cuts changed stops from 6 to 2 a week by 1 March 2027.",
        "Measured by: changed stops, from 6 a week to 2 a week",
        "Closes the gap: Tours change late",
        "Promised by: Tom",
        "Tom: Looks at the tours on Fridays",
        "Start: 2027-02-01",
        "Every Friday at four",
        "Nothing is open.",
    ):
        assert words in texts
    headings = [text for style, text in read if style == "Heading 1"]
    assert headings[:4] == ["What this plan is for", "Development area", "Where things stand", "Goals"]


def test_open_units_are_named() -> None:
    waiting = {"id": "c" * 10, "kind": "goal", "state": "proposed", "waits_for": ["manager"]}
    words = ("List Bullet", "A goal (cccccccccc): proposed, waits for Tom")
    assert words in paragraphs(plan_word(plan(open=[waiting])))


def test_hostile_texts_stay_text() -> None:
    content = plan_word(hostile_plan())
    assert "word/footer1.xml" in parts(content)
    for name, part in parts(content).items():
        assert not ACTIVE.search(part), name
        assert not re.search(r"(?i)vbaProject|activeX|oleObject|attachedTemplate", name + part), name
    relations = parts(content)["word/_rels/document.xml.rels"]
    assert "External" not in relations
    assert len(paragraphs(content)) == len(paragraphs(plan_word(plan())))
    assert any("<script>x</script>" in text for _, text in paragraphs(content))
    assert not any(character in text for _, text in paragraphs(content) for character in "\x1b\x00\x07")


def test_it_names_no_author_and_no_machine() -> None:
    properties = Document(io.BytesIO(plan_word(plan()))).core_properties
    assert (properties.author, properties.comments, properties.last_modified_by) == ("", "", "")
    assert properties.title == "Tours that hold"


def test_a_demo_is_marked() -> None:
    assert paragraphs(plan_word(plan(demo=True)))[1][1].startswith("DEMO")


def test_the_second_party_is_called_as_agreed() -> None:
    assert "Mentor: Tom" in [
        text for _, text in paragraphs(plan_word(with_value("frame", second_party="mentor")))
    ]
