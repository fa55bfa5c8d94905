"""Markdown: what is an item, what is not, where each stands and what stands around it."""

import io
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from coach_assist.checker.inputs.decoding import read_lines
from coach_assist.checker.inputs.items import Item
from coach_assist.checker.inputs.markdown import masked, read_markdown
from coach_assist.checker.suppression import Comment


def items(source: str, language: str = "en") -> list[Item]:
    events = read_markdown(read_lines(io.BytesIO(source.encode()).readline), language=language)
    return [event for event in events if isinstance(event, Item)]


def texts(source: str) -> list[str]:
    return [item.text for item in items(source)]


def test_list_items_cells_and_paragraph_lines_are_items() -> None:
    source = (
        "intro one\nintro two\n\n- bullet\n* star\n1. number\n2) paren\n\n"
        "| a b | c d |\n|---|---|\n| e f | g h |\n"
    )
    assert texts(source) == [
        "intro one", "intro two", "bullet", "star", "number", "paren", "a b", "c d", "e f", "g h",
    ]  # fmt: skip


def test_front_matter_code_html_rules_and_definitions_are_not() -> None:
    source = (
        "---\ntitle: no\n---\nyes\n\n```text\nno\n```\n~~~~\nno\n```\nno\n~~~~\n\n    no\n\n"
        "<!-- no\nno -->\n<div>\n***\n- - -\n[no]: http://example.org\n<pre>\nno\n</pre>\nend\n"
    )
    assert texts(source) == ["yes", "end"]


def test_a_rule_at_the_top_is_not_front_matter_when_nothing_closes_it() -> None:
    assert texts("---\nfirst line\n\n- item\n") == ["first line", "item"]


def test_code_inside_a_list_ends_with_its_fence() -> None:
    assert texts("- one\n\n  ```\n  no\n  ```\n- two\n") == ["one", "two"]


def test_a_list_item_keeps_its_lines_and_a_nested_one_is_its_own() -> None:
    assert texts("- Answer each\n  caller in time\n  - nested\n\n  a paragraph in it\n- [x] done box\n") == [
        "Answer each\n  caller in time",
        "nested",
        "a paragraph in it",
        "done box",
    ]


def test_a_number_at_the_start_of_a_wrapped_line_begins_no_list() -> None:
    assert texts("We answer within\n14. That is new\n") == ["We answer within", "14. That is new"]


def test_every_offset_leads_to_the_character_in_the_source() -> None:
    source = "# T\n> - quoted item\n\n- wrapped\n  item 😀 é\n\n| a | **b** \\| c |\n|-|-|\n|  x y |z w|\n"
    lines = source.split("\n")
    for item in items(source):
        for offset, character in enumerate(item.text):
            line, column = item.place(offset)
            assert character == "\n" or lines[line - 1][column] == character


def test_headings_and_the_next_line_are_context() -> None:
    found = items("# Plan\n\n## Goals\n- one\n\nFirst sentence.\nSecond sentence.\n\nPart two\n---\nlast\n")
    contexts = [(item.context.heading, item.context.next_sentence) for item in found if item.context]
    assert contexts == [
        ("Plan / Goals", None),
        ("Plan / Goals", "Second sentence."),
        ("Plan / Goals", None),
        ("Plan / Part two", None),
    ]


def test_a_row_gives_its_cells_the_due_date_and_the_reason() -> None:
    source = "| Goal | Due | Why |\n|---|---|---|\n| Cut waits a lot | 2027-03-01 | Callers leave |\n"
    goal = next(item for item in items(source) if item.text == "Cut waits a lot")
    assert goal.context is not None
    assert (goal.context.due, goal.context.relevance) == (date(2027, 3, 1), "Callers leave")
    assert [item.role for item in items(source)] == ["text", "text", "text", "goal", "text", "text"]


def test_texts_under_headings_for_something_else_are_no_goals() -> None:
    source = "## Notes\nwe met\n## Goals\n- cut waits\n### Strengths\n- calm\n## Other\n- x\n**Agenda**\n"
    assert [(item.text, item.role) for item in items(source)] == [
        ("we met", "text"), ("cut waits", "goal"), ("calm", "text"), ("x\n**Agenda**", "goal"),
    ]  # fmt: skip


def test_the_words_of_another_language_are_data() -> None:
    assert [item.role for item in items("# Notizen\n- a b\n# Ziele\n- c d\n", "de")] == ["text", "goal"]


def test_comments_are_blanked_in_place_and_kept_apart() -> None:
    source = "- Cut waits <!-- coach: ignore[M201] later --> soon\n<!-- coach: ignore-file[B6] -->\n"
    events = list(read_markdown(read_lines(io.BytesIO(source.encode()).readline)))
    item, comment = events
    assert isinstance(item, Item)
    assert isinstance(comment, Comment)
    assert item.checked is not None
    assert len(item.checked) == len(item.text)
    assert item.checked.split() == ["Cut", "waits", "soon"]
    assert item.comments[0].codes[0].name == "M201"
    assert comment.form == "ignore-file"
    assert masked("a <!-- b\nc --> d") == "a       \n      d"


@given(st.text(alphabet="-*+#>|`~ \n\t1.)[]x<!a=é😀", max_size=200))
def test_no_document_breaks_the_reader_and_every_place_is_real(source: str) -> None:
    lines = source.split("\n")
    for item in items(source):
        assert item.text.strip()
        line, column = item.place(0)
        assert lines[line - 1][column : column + 1] == item.text[0]
