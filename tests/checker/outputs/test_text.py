"""The text format: the right words underlined, whatever the text holds, and nothing harmful printed."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_assist.checker.assess import Checked, without_verdicts
from coach_assist.checker.inputs.items import Item, Segment, Unreadable
from coach_assist.checker.outputs.text import TextWriter, excerpt, preview
from coach_assist.checker.outputs.width import columns, reads_right_to_left
from coach_assist.checker.reports import Edit, Finding, Fix


def plain(text: str, line: int = 3) -> Item:
    return Item(line, line, text, (Segment(0, line, 0, text),))


def printed(checked: Checked, *, colour: bool = False) -> str:
    out = io.StringIO()
    writer = TextWriter(out, colour=colour, explain=False)
    writer.begin("goals.txt")
    writer.checked(checked)
    writer.end()
    return out.getvalue()


def underlined(text: str, words: str) -> tuple[str, str]:
    start = text.index(words)
    return excerpt(plain(text), start, start + len(words))


def test_a_finding_shows_place_code_words_and_fix() -> None:
    fix = Fix("say by how much", (Edit(19, 32, "by [target]"),), safe=False)
    finding = Finding("M202", "error", 19, 32, "“significantly” is no measure", fix)
    assert printed(without_verdicts(plain("Cut response times significantly"), (finding,))) == (
        "goals.txt:3:20: error M202 “significantly” is no measure\n"
        "    3 │ Cut response times significantly\n"
        "      │                    ^^^^^^^^^^^^^\n"
        "      │ fix: say by how much (--unsafe-fixes does it): Cut response times by [target]\n\n"
    )


@pytest.mark.parametrize(
    ("text", "words", "before", "marks"),
    [
        ("Cut waits soon", "soon", 10, 4),
        ("日本語 plan soon", "soon", 12, 4),
        ("cafe\u0301 soon", "soon", 5, 4),
        ("👩‍💻 soon", "soon", 3, 4),
        ("👍🏽 soon", "soon", 3, 4),
        ("🇩🇪🇫🇷 soon", "soon", 5, 4),
        ("❤\ufe0f soon", "soon", 3, 4),
        ("a\tb soon", "soon", 7, 4),
        ("a\x07b soon", "soon", 4, 4),
        ("soon 日本", "日本", 5, 4),
    ],
)
def test_marks_stand_under_the_words(text: str, words: str, before: int, marks: int) -> None:
    shown, under = underlined(text, words)
    assert under == " " * before + "^" * marks
    assert "\t" not in shown
    assert "\x07" not in shown


def test_under_right_to_left_text_the_words_are_quoted() -> None:
    shown, under = underlined("לשפר את השירות soon", "soon")
    assert under == "here: “soon”"
    assert "soon" in shown


def test_an_escape_sequence_is_not_printed() -> None:
    text = "Cut \x1b[31mwaits\x1b[0m soon"
    shown, under = underlined(text, "soon")
    assert "\x1b" not in shown
    assert under.index("^") == columns(shown[: shown.index("soon")])


def test_a_long_line_is_shown_around_the_words() -> None:
    text = "word " * 500 + "soon" + " word" * 500
    shown, under = underlined(text, "soon")
    assert len(shown) < 140
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert shown[under.index("^") :].startswith("soon")


def test_only_the_line_with_the_words_is_shown_of_a_wrapped_item() -> None:
    text = "Cut waits\n  for callers soon"
    item = Item(4, 4, text, (Segment(0, 4, 2, "- Cut waits"), Segment(10, 5, 0, "  for callers soon")))
    start = text.index("soon")
    assert excerpt(item, start, start + 4) == ("  for callers soon", " " * 14 + "^^^^")
    assert item.place(start) == (5, 14)


def test_a_json_string_is_shown_decoded() -> None:
    source = '{"text": "one\\ntwo soon"}'
    item = Item("g1", 1, "one\ntwo soon", (Segment(0, 1, 9, source, escaped=True),))
    assert excerpt(item, 8, 12) == ("two soon", "    ^^^^")
    assert "goals.txt:1:20 (g1):" in printed(
        without_verdicts(item, (Finding("T503", "warning", 8, 12, "vague"),))
    )


def test_colour_only_when_asked() -> None:
    checked = without_verdicts(plain("soon"), (Finding("T503", "warning", 0, 4, "vague"),))
    assert "\x1b" not in printed(checked)
    assert "\x1b[33mwarning\x1b[0m" in printed(checked, colour=True)


def test_many_unreadable_lines_are_counted_not_listed() -> None:
    out = io.StringIO()
    writer = TextWriter(out, colour=False, explain=False)
    writer.begin("x")
    for line in range(1, 1001):
        writer.unreadable(Unreadable(line, "no text"))
    writer.end()
    assert out.getvalue().count("\n") == 21
    assert out.getvalue().endswith("980 more lines cannot be read\n")


def test_what_a_fix_makes_of_the_words() -> None:
    fix = Fix("x", (Edit(4, 9, "[target]"),), safe=False)
    assert preview("Cut waits", fix) == "Cut [target]"


@given(st.text(max_size=60), st.data())
def test_no_text_breaks_the_excerpt_or_leaves_a_control_character(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown, under = excerpt(plain(text), start, end)
    assert "\n" not in shown
    assert all(ord(character) >= 32 for character in shown + under)


def test_right_to_left_letters_are_known() -> None:
    assert reads_right_to_left("مرحبا")
    assert not reads_right_to_left("Grüße 日本")
