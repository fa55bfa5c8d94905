"""Suppression comments: what they silence, and what is said of useless or wrong ones."""

from collections.abc import Iterable

import pytest

from coach_assist.checker.reports import Finding
from coach_assist.checker.suppression import Comment, Suppressor, blanked, find_comments

RULES = ("S101", "M201", "M202", "T501", "X901", "X902")


def suppressor(silent: Iterable[str] = ()) -> Suppressor:
    return Suppressor(
        known=lambda code: any(rule.startswith(code) for rule in RULES),
        speaks=lambda code: any(rule.startswith(code) and rule not in silent for rule in RULES),
        level=lambda code: "warning",
    )


def found(*codes: str) -> list[Finding]:
    return [Finding(code, "error", 0, 3, "words") for code in codes]


def comment(text: str, line: int = 1) -> Comment:
    (only,) = find_comments(text, line)
    return only


def codes(findings: Iterable[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_comment_is_found_with_its_codes_and_places() -> None:
    text = "Cut waits <!-- coach: ignore[m201, T5] agreed with Kim --> now"
    only = comment(text)
    assert (only.form, [code.name for code in only.codes]) == ("ignore", ["M201", "T5"])
    assert [text[code.start : code.end] for code in only.codes] == ["m201", "T5"]
    assert blanked(text, (only,)) == "Cut waits " + " " * (only.end - only.start) + " now"


def test_beside_a_text_it_silences_that_text_by_code_or_prefix() -> None:
    own = comment("x <!-- coach: ignore[M2] -->")
    ripe, left = suppressor().item(1, (own,), (), found("M201", "M202", "T501"))
    assert (ripe, codes(left)) == ([], ["T501"])


def test_on_a_line_of_its_own_it_silences_all_items_of_the_next_line_and_no_more() -> None:
    applied = suppressor()
    assert list(applied.comment(comment("<!-- coach: ignore[M201] -->"))) == []
    assert codes(applied.item(2, (), (), found("M201"))[1]) == []
    assert codes(applied.item(2, (), (), found("M201"))[1]) == []
    assert codes(applied.item(3, (), (), found("M201"))[1]) == ["M201"]


def test_a_block_and_a_file_comment() -> None:
    applied = suppressor()
    list(applied.comment(comment("<!-- coach: ignore-file[S101] -->", 1)))
    list(applied.comment(comment("<!-- coach: ignore-start[M201] -->", 2)))
    assert codes(applied.item(3, (), (), found("S101", "M201"))[1]) == []
    assert list(applied.comment(comment("<!-- coach: ignore-end -->", 4))) == []
    assert codes(applied.item(5, (), (), found("S101", "M201"))[1]) == ["M201"]
    assert list(applied.end()) == []


def test_an_unused_comment_is_a_finding_whose_fix_removes_it() -> None:
    text = "Cut waits  <!-- coach: ignore[M201] why -->"
    _, left = suppressor().item(1, (comment(text),), (), found("T501"))
    assert codes(left) == ["T501", "X901"]
    fix = left[1].fix
    assert fix is not None
    assert fix.safe
    (edit,) = fix.edits
    assert text[: edit.start] + edit.text + text[edit.end :] == "Cut waits"


def test_of_several_codes_only_the_unused_go() -> None:
    text = "x <!-- coach: ignore[M201, T501] -->"
    _, left = suppressor().item(1, (comment(text),), (), found("T501"))
    fix = left[0].fix
    assert fix is not None
    (edit,) = fix.edits
    assert text[: edit.start] + edit.text + text[edit.end :] == "x <!-- coach: ignore[T501] -->"


def test_unused_ones_on_lines_of_their_own_are_said_when_their_range_ends() -> None:
    applied = suppressor()
    list(applied.comment(comment("<!-- coach: ignore-start[M201] -->", 1)))
    ((about, finding),) = applied.comment(comment("<!-- coach: ignore-end -->", 3))
    assert (about.line, finding.code) == (1, "X901")
    list(applied.comment(comment("<!-- coach: ignore-file[T501] -->", 4)))
    list(applied.comment(comment("<!-- coach: ignore[T501] -->", 5)))
    assert [(about.line, finding.code) for about, finding in applied.end()] == [(4, "X901"), (5, "X901")]


def test_a_comment_for_a_rule_that_is_off_is_not_called_unused() -> None:
    _, left = suppressor(silent=("M201",)).item(1, (comment("x <!-- coach: ignore[M201] -->"),), (), [])
    assert left == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<!-- coach: ignore[Q7] -->", "Q7 is no rule"),
        ("<!-- coach: ignore -->", "names no code"),
        ("<!-- coach: ignore[] -->", "names no code"),
        ("<!-- coach: silence[M201] -->", "not a suppression"),
    ],
)
def test_a_wrong_comment_is_a_finding(text: str, words: str) -> None:
    ((_, finding),) = suppressor().comment(comment(text))
    assert finding.code == "X902"
    assert words in finding.message


def test_the_ignore_field_of_a_json_item() -> None:
    _, left = suppressor().item(1, (), ("M201", "T501", "Q1"), found("M201"))
    assert [(finding.code, finding.message) for finding in left] == [
        ("X901", "the ignore field names T501, which finds nothing here"),
        ("X902", "the ignore field names Q1, which is no rule"),
    ]
