"""Decoding, plain lines, JSON Lines and JSON plans: what becomes an item, and where it stands."""

import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_assist.checker.inputs.decoding import read_lines
from coach_assist.checker.inputs.items import LONGEST_ITEM, Item, Line, PlanDocument, Unreadable
from coach_assist.checker.inputs.json_places import source_column, string_places
from coach_assist.checker.inputs.jsonl import read_jsonl
from coach_assist.checker.inputs.lines import input_by_first_line, input_by_name, read_plain
from coach_assist.checker.inputs.plans import read_document
from coach_assist.checker.reports import Context


def lines_of(data: bytes) -> list[Line | Unreadable]:
    return list(read_lines(io.BytesIO(data).readline))


def test_line_ends_and_a_byte_order_mark_are_no_part_of_a_line() -> None:
    assert lines_of(b"\xef\xbb\xbfone\r\ntwo\n\nfour") == [
        Line(1, "one"),
        Line(2, "two"),
        Line(3, ""),
        Line(4, "four"),
    ]


def test_separators_that_are_no_line_end_stay_in_the_line() -> None:
    assert lines_of("a\u2028b\x0bc\x85d\n".encode()) == [Line(1, "a\u2028b\x0bc\x85d")]


def test_a_line_that_is_no_text_is_named_and_the_rest_is_read() -> None:
    first, second, third = lines_of(b"fine\nbad \xff here\nfine again\n")
    assert (first, third) == (Line(1, "fine"), Line(3, "fine again"))
    assert second == Unreadable(2, "byte 5 of the line (0xff) is not UTF-8")


def test_binary_and_other_encodings_are_said_in_words() -> None:
    assert "NUL" in lines_of(b"a\0b\n")[0].error  # type: ignore[union-attr]
    assert lines_of("two\nlines".encode("utf-16")) == [
        Unreadable(1, "this is UTF-16, not UTF-8; save it as UTF-8")
    ]


def test_a_line_beyond_the_limit_is_passed_over_without_being_held() -> None:
    largest = 0

    class Counting(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            nonlocal largest
            piece = super().readline(size)
            largest = max(largest, len(piece))
            return piece

    data = Counting(b"x" * (3 * LONGEST_ITEM) + b"\nshort\n")
    assert list(read_lines(data.readline))[1] == Line(2, "short")
    assert largest <= LONGEST_ITEM + 1


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(data: bytes) -> None:
    numbers = [line.line if isinstance(line, Unreadable) else line.number for line in lines_of(data)]
    assert numbers == sorted(set(numbers))


def test_which_input_a_source_is() -> None:
    assert input_by_name("plans/Q3.MD") == "markdown"
    assert input_by_name("goals.jsonl") == "jsonl"
    assert input_by_name("plan.json") == "json"
    assert input_by_name("goals.txt") is None
    assert input_by_first_line('{"text": "x"}') == "jsonl"
    assert input_by_first_line("{") == "json"
    assert input_by_first_line("{role} learns to sell") == "lines"
    assert input_by_first_line("Learn to sell") == "lines"


def test_each_line_that_is_not_blank_is_an_item_with_its_text_as_given() -> None:
    events = list(read_plain(lines_of(b"  first goal \n\n   \nsecond\n")))
    assert [(event.id, event.line, event.text) for event in events if isinstance(event, Item)] == [
        (1, 1, "  first goal "),
        (4, 4, "second"),
    ]


def test_json_lines_take_id_text_and_context() -> None:
    source = {
        "id": "g7",
        "text": "Cut waits",
        "context": {"due": "2027-03-01", "focus": "service"},
        "other": 1,
    }
    defaults = Context(today=date(2027, 1, 1), focus="unused")
    (item,) = read_jsonl(lines_of(json.dumps(source).encode()), defaults)
    assert isinstance(item, Item)
    assert (item.id, item.line, item.text) == ("g7", 1, "Cut waits")
    assert item.context == Context(due=date(2027, 3, 1), focus="service", today=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"text": 3}', '"text" must be a string'),
        ("{}", '"text" is missing'),
        ("[1]", "not an object"),
        ('{"text": ', "not valid JSON at column"),
        ('{"text": "a", "id": {}}', '"id" must be'),
        ('{"text": "a", "context": []}', '"context" must be an object'),
        ('{"text": "a", "context": {"due": "soon"}}', "context.due is not a date"),
        ('{"text": "a", "ignore": "M201"}', '"ignore" must be a list'),
        ("[" * 100_000, "nested too deeply"),
        ('{"text": "a", "n": ' + "9" * 5000 + "}", "too many digits"),
    ],
)
def test_a_json_line_that_is_no_goal_is_named(line: str, words: str) -> None:
    events = list(read_jsonl(lines_of(b'{"text": "fine"}\n' + line.encode() + b'\n{"text": "fine"}\n')))
    assert [type(event) for event in events] == [Item, Unreadable, Item]
    assert isinstance(events[1], Unreadable)
    assert events[1].line == 2
    assert words in events[1].error


@given(st.text(), st.booleans())
def test_places_in_a_json_line_point_at_the_character_itself(text: str, ascii_only: bool) -> None:
    source = json.dumps({"k": {"text": "no"}, "text": text, "z": ["text"]}, ensure_ascii=ascii_only)
    if "\n" in source or any("\ud800" <= character <= "\udfff" for character in source):
        return
    (item,) = read_jsonl([Line(1, source)])
    assert isinstance(item, Item)
    for offset, character in enumerate(text):
        _, column = item.place(offset)
        _, following = item.place(offset + 1)
        assert json.loads(f'"{source[column:following]}"') == character


def test_strings_of_a_json_text_are_found_by_their_path() -> None:
    source = '{"a": ["x", {"b": "y"}, "z"], "c\\n": "w", "d": [], "e": {}, "f": "v"}'
    found = {path: source[index : index + 3] for path, index in string_places(source).items()}
    assert found == {("a", 0): '"x"', ("a", 1, "b"): '"y"', ("a", 2): '"z"', ("c\n",): '"w"', ("f",): '"v"'}
    assert source_column('{"text": "a\\u00e9\\ud83d\\ude00b"}', 9, 3) == 10 + 1 + 6 + 12


PLAN = {
    "units": [
        {"id": "u1", "kind": "frame", "value": {"title": "Service plan", "plan_kind": "development"}},
        {
            "id": "u2",
            "kind": "goal",
            "value": {
                "due": "2027-03-01",
                "relevant": "Callers wait",
                "statement": "Cut waits",
                "metric": None,
            },
            "ignore": ["m201"],
        },
        {"id": "u3", "kind": "current_state", "value": {"gaps": [{"id": "g1", "text": "Long calls"}]}},
        {"id": "u4", "kind": "timeline", "value": None},
    ]
}


def test_a_plan_gives_its_texts_as_items_where_they_stand() -> None:
    source = json.dumps(PLAN, indent=2)
    (plan,) = read_document(lines_of(source.encode()))
    assert isinstance(plan, PlanDocument)
    assert {key: (item.id, item.role) for key, item in plan.items.items()} == {
        "u1.title": ("u1.title", "text"),
        "u2.statement": ("u2", "goal"),
        "u2.relevant": ("u2.relevant", "text"),
        "u3.gaps.0.text": ("u3.gaps.0.text", "text"),
    }
    assert plan.ignored["u2"] == ("M201",)
    for item in plan.items.values():
        line, column = item.place(0)
        assert source.split("\n")[line - 1][column:].startswith(item.text)


def test_goals_in_a_json_document() -> None:
    source = '[\n  {"id": "a", "text": "one"},\n  "two",\n  3\n]'
    one, two, three = read_document(lines_of(source.encode()))
    assert isinstance(one, Item)
    assert isinstance(two, Item)
    assert (one.id, one.line, one.place(0)) == ("a", 2, (2, 23))
    assert (two.id, two.line, two.text) == (3, 3, "two")
    assert isinstance(three, Unreadable)


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ('{"units": [\n  {"id": "a"\n', 2, "not valid JSON"),
        ("3", 1, "neither a plan"),
        ('{"units": [{"id": "a", "kind": "goal"}]}', 1, 'units[0] lacks "value"'),
        ('{"units": [{"id": "a", "kind": "goal", "value": {}, "ignore": 1}]}', 1, "ignore"),
    ],
)
def test_a_json_document_that_is_no_plan_is_named(source: str, line: int, words: str) -> None:
    (fault,) = read_document(lines_of(source.encode()))
    assert isinstance(fault, Unreadable)
    assert fault.line == line
    assert words in fault.error
