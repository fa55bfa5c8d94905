"""Offsets are code points of the text as given, whatever stands around the words."""

from __future__ import annotations

import pytest

from coach_assist.checker import Context, check_goal, check_text, find_deadline

WRAPPINGS = [
    "{}",
    "🎯 {}",
    "👩🏽‍🔧 {} 🚀",
    "- {}",
    "  * {}",
    "| {} |",
    "Intro.\r\n{}\r\nOutro",
    "Cafe\u0301: {}",
    "> {}",
    "\t{}",
]


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_deadline_is_found_where_it_stands(wrapping: str) -> None:
    text = wrapping.format("Close the books by 30 June 2027")
    found = find_deadline(text)
    assert found is not None
    assert text[found.start : found.end] == "by 30 June 2027"


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_vague_amount_is_marked_where_it_stands(wrapping: str) -> None:
    text = wrapping.format("Visit a few suppliers")
    marked = [text[f.start : f.end] for f in check_goal(text).findings if f.code == "M203"]
    assert marked == ["a few"]


@pytest.mark.parametrize(
    "text", ["**Visit** _a few_ suppliers", "Visit **a** *few* suppliers", "Visit `a few` suppliers"]
)
def test_emphasis_hides_nothing(text: str) -> None:
    marked = [text[f.start : f.end] for f in check_goal(text).findings if f.code == "M203"]
    assert len(marked) == 1
    assert marked[0].replace("*", "") == "a few"


def test_combining_marks_stay_in_their_word() -> None:
    text = "He is lazy, says Andre\u0301."
    assert [text[f.start : f.end] for f in check_text(text) if f.code == "B601"] == ["lazy"]


def test_evidence_of_a_verdict() -> None:
    text = "🎯 Cut the queue from 9 to 5 minutes by 30 June 2027"
    report = check_goal(text)
    assert report.smart
    measure, end = report.spans["M"], report.spans["T"]
    assert measure is not None
    assert end is not None
    assert text[slice(*measure)] == "5 minutes"
    assert text[slice(*end)] == "by 30 June 2027"


def test_context_answers_what_the_text_leaves_open() -> None:
    around = Context.from_json(
        {
            "due": "2027-06-30",
            "relevance": "a third of our patients speak it",
            "metric": "oral exam, from 0 to 1",
        }
    )
    report = check_goal("Pass the Spanish A2 exam", around)
    assert report.verdicts == {"S": "met", "M": "met", "A": "unknown", "R": "met", "T": "met"}
    assert report.deadline is not None
    assert report.deadline.to_json() == {"kind": "field", "date": "2027-06-30"}


@pytest.mark.parametrize("data", [{"due": "tomorrow"}, {"due": 3}, {"focus": ["x"]}])
def test_a_broken_context_is_named(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="context"):
        Context.from_json(data)
