"""The PDF, read back by another library: whole, one sheet, inert, the same bytes, nothing vanished."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from page_samples import ORDINARY, ordinary_plan
from plan_samples import HOSTILE, hostile_plan, plan, with_value
from pypdf import PdfReader

from coach_assist.errors import Refused, UsageError
from coach_assist.exchange import typesetter
from coach_assist.exchange.agenda import agenda_page
from coach_assist.exchange.agreement_page import agreement_page
from coach_assist.exchange.glyphs import refused_text
from coach_assist.exchange.guide import STEPS, guide_page
from coach_assist.exchange.page import Page
from coach_assist.exchange.page_pdf import Printed, page_pdf
from coach_assist.exchange.plan_json import PlanJson
from coach_assist.exchange.plan_page import plan_page
from coach_assist.shown import safe_text

DAY = date(2027, 3, 3)


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def printed(page: Page) -> str:
    return squeezed("".join(pages(page_pdf(page, DAY).content)))


def texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [
            text for key, inner in value.items() if key not in ("id", "gap", "goal") for text in texts(inner)
        ]
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner)]
    return [value] if isinstance(value, str) and " " in value else []


def test_an_ordinary_plan_is_on_one_sheet_and_all_of_it_is_there() -> None:
    content = page_pdf(plan_page(ordinary_plan()), DAY).content
    (sheet,) = pages(content)
    for _, value in ORDINARY:
        for text in texts(value):
            assert squeezed(text) in squeezed(sheet), text
    for words in (
        "Confidential to Ines Okafor, Tomasz Brandt and Lea Sand",
        "This is not an evaluation.",
        "1 / 1",
    ):
        assert squeezed(words) in squeezed(sheet)


def test_an_ordinary_agreement_is_on_one_sheet_with_both_signature_lines() -> None:
    (sheet,) = pages(page_pdf(agreement_page(ordinary_plan()), DAY).content)
    for words in (
        "Ines Okafor Date", "Tomasz Brandt Date", "acid-acorn-actor-album-alley-amber-ankle-apple", "5e" * 32,
        "Signed on 2027-03-02 with a key of their own, as revision 1.", "Agreement: leadership plan".upper(),
    ):  # fmt: skip
        assert squeezed(words) in squeezed(sheet), words
    keys = [one.model_copy(update={"at": None}) for one in ordinary_plan().signatures]
    unsigned = printed(agreement_page(ordinary_plan(signatures=keys, revision=0)))
    assert unsigned.count(squeezed("Not signed with a key yet.")) == 2
    assert squeezed("Revision none yet") in unsigned


def test_the_agenda_and_each_guide_are_on_one_sheet() -> None:
    made = [agenda_page(ordinary_plan(), DAY), *(guide_page(ordinary_plan(), talk) for talk in STEPS)]
    for page in made:
        assert len(pages(page_pdf(page, DAY).content)) == 1, page.title


def test_a_long_plan_goes_on_over_several_sheets_and_loses_nothing() -> None:
    units = ordinary_plan().model_dump(mode="json")["units"]
    long = [
        {**units[3], "id": f"goal{'abcdefghij'[n] * 6}",
         "value": {**units[3]["value"], "statement": f"Goal number {n} " + "and more of it " * 60}}
        for n in range(10)
    ]  # fmt: skip
    data = ordinary_plan(units=[*units[:3], *long, *units[5:]])
    made = pages(page_pdf(plan_page(data), DAY).content)
    assert len(made) > 2
    whole = squeezed("".join(made))
    assert all(squeezed(f"Goal number {n} and more") in whole for n in range(10))
    assert all(squeezed(f"{n} / {len(made)}") in squeezed(sheet) for n, sheet in enumerate(made, start=1))
    assert all("Confidential" in sheet for sheet in made)


def test_the_same_page_of_the_same_day_gives_the_same_bytes_and_names_no_machine() -> None:
    page = plan_page(ordinary_plan())
    content = page_pdf(page, DAY).content
    assert content == page_pdf(page, DAY).content
    assert content != page_pdf(page, date(2027, 3, 4)).content
    about = PdfReader(io.BytesIO(content)).metadata
    assert about is not None and about.title == "A crew that starts on time" and not about.author
    assert about.creation_date is not None and about.creation_date.date() == DAY
    assert b"pdfaid:part" in content


CODE = (
    '#eval("1") #read("/etc/passwd") #image("x.png") #link("http://e.org")[x] $ x^2 $ *bold* _it_ `raw` '
    "= Heading\n- item\n+ one\n/ term: x\n@ref <label> \\u{41} \\ ~ --- // comment /* c */ "
    "#set page(fill: red)"
)


def hostile_texts() -> list[str]:
    given = os.environ.get("COACH_ASSIST_DATA")
    path = Path(given) / "injections_dev.jsonl" if given else None
    lines = path.read_text(encoding="utf-8").splitlines() if path and path.exists() else []
    return [CODE, HOSTILE, *(json.loads(line)["text"][:3900] for line in lines)]


def test_texts_are_printed_and_never_read_as_code() -> None:
    for start in range(0, len(hostile_texts()), 20):
        some = hostile_texts()[start : start + 20]
        data = with_value("roles", team_member=some)
        content = page_pdf(plan_page(data), DAY).content
        whole = squeezed("".join(pages(content)))
        for text in some:
            shown = re.sub("[^ -~]", "", squeezed(safe_text(text)))
            head = shown[:40]
            assert head in re.sub(r"[^ -~]", "", re.sub(r"\[U\+[0-9A-F]+\]", "", whole)), head
        for page in PdfReader(io.BytesIO(content)).pages:
            assert "/Annots" not in page  # no link, no form
        assert b"/JavaScript" not in content and b"/Launch" not in content


def test_a_plan_with_hostile_texts_in_every_field_is_printed_whole() -> None:
    whole = squeezed("".join(pages(page_pdf(plan_page(hostile_plan()), DAY).content)))
    kept = squeezed("</li></ul><script>x</script> [x](javascript:y)")
    assert whole.count(kept) >= 20
    assert not any(character in whole for character in "\x1b\x00\x07\u202e")


def test_a_character_that_no_font_shows_stands_as_its_code_and_is_said() -> None:
    typed = "Grüße, Ωмега, שלום, مرحبا; 値段 ✓ ☐ → \U0001f642 e\u0301"
    made = page_pdf(plan_page(with_value("development_area", area=typed)), DAY)
    whole = squeezed("".join(pages(made.content)))
    assert "Grüße,Ωмега" in whole and "✓☐→" in whole and "é" in whole
    for character in ("値", "段", "\U0001f642"):
        code = f"[U+{ord(character):04X}]"
        # On a machine with such fonts it is printed; else its code is, and somebody is told.
        assert character in whole or (code in whole and "stand as their codes" in made.remarks[0])
    assert "\x00" not in whole


def test_many_characters_without_a_font_take_one_look() -> None:
    area = "".join(chr(0x13000 + number) for number in range(300))
    made = page_pdf(plan_page(with_value("development_area", area=area)), DAY)
    whole = squeezed("".join(pages(made.content)))
    assert all(f"[U+{ord(one):04X}]" in whole or one in whole for one in area)


def test_what_no_word_break_can_hold_stays_on_the_sheet() -> None:
    word = "x" * 3000
    content = page_pdf(plan_page(with_value("development_area", area=word)), DAY).content
    lines = [line for page in pages(content) for line in page.splitlines() if "xx" in line]
    assert word in squeezed("".join(lines))
    assert max(len(line) for line in lines) < 140  # what a sheet holds beside its margins


def test_an_error_of_the_typesetter_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused_text('PDF/A error: the text `"\\u{4e2d}"` could not be displayed with font `"F"`') == "中"
    assert refused_text('the text `"\\"\\\\"` could not be displayed with font `"F"`') == '"\\'
    assert refused_text("something else") == ""
    monkeypatch.setattr(typesetter, "_source", lambda _: b"#broken(")
    with pytest.raises(Refused, match="could not be set in type"):
        page_pdf(plan_page(plan()), DAY)


@pytest.mark.parametrize("package", ["typst", "pypdf"])
def test_without_its_package_it_says_how_to_install_it(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UsageError) as caught:
        page_pdf(plan_page(plan()), DAY)
    assert "coach-assist[pdf]" in caught.value.next_step


def test_a_demo_is_marked_on_the_sheet() -> None:
    def made(data: PlanJson) -> Printed:
        return page_pdf(replace(plan_page(data)), DAY)

    assert "DEMO" in pages(made(plan(demo=True)).content)[0]
    assert "DEMO" not in pages(made(plan()).content)[0]
