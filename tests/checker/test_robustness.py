"""Any text at all: no crash, offsets inside the text, fixes that change nothing twice,
time that grows in step."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_assist.checker import Settings, apply_fixes, check_goal, check_text, find_deadline, recognise_pip

WORDS = st.sampled_from(
    [
        "by",
        "within",
        "31",
        "30",
        "February",
        "2027",
        "Q3",
        "end",
        "of",
        "the",
        "next",
        "every",
        "[",
        "]",
        "X",
        "%",
        "from",
        "to",
        "4",
        "5",
        "week",
        "no",
        "all",
        "zero",
        "never",
        "reduce",
        "write",
        "report",
        "team",
        "he",
        "is",
        "lazy",
        "try",
        "to",
        "so",
        "that",
        "in",
        "order",
        "and",
        ",",
        ".",
        "(",
        ")",
        "-",
        "/",
        ":",
        "§",
        "⚽",
        "café",
        "q1",
        "FY27",
        "20X7",
        "\r\n",
        "**cut**",
        "_the_",
        "’s",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join))


def offsets_fit(text: str) -> None:
    report = check_goal(text)
    for finding in (*report.findings, *check_text(text)):
        assert 0 <= finding.start <= finding.end <= len(text)
        for edit in finding.fix.edits if finding.fix else ():
            assert 0 <= edit.start <= edit.end <= len(text)
    for span in report.spans.values():
        assert span is None or 0 <= span[0] <= span[1] <= len(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    offsets_fit(text)
    find_deadline(text)
    recognise_pip(text)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_fixing_twice_changes_nothing(text: str) -> None:
    for unsafe in (False, True):
        once = apply_fixes(text, check_goal(text).findings, unsafe=unsafe)
        if unsafe:
            again = [finding for finding in check_goal(once).findings if finding.fix and not finding.fix.safe]
            inserted = [edit.text for finding in again for edit in finding.fix.edits if finding.fix]
            assert not any(text and text in once.split() for text in inserted)
        else:
            assert apply_fixes(once, check_goal(once).findings) == once


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes(seed: int) -> None:
    chance = random.Random(seed)
    offsets_fit(chance.randbytes(600).decode("utf-8", errors="replace"))
    offsets_fit(chance.randbytes(600).decode("latin-1"))


@pytest.mark.parametrize("language", ["en", "de"])
def test_empty_and_odd(language: str) -> None:
    for text in ("", " ", "\n", "...", "123", "%", "1:1", "[", "[]", "***", "\ud800", "a" * 5000, "1" * 5000):
        report = check_goal(text, settings=Settings(language=language))
        assert set(report.verdicts) == set("SMART")


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(ValueError, match="no word lists"):
        check_goal("x", settings=Settings(language="xx"))


WORST = (
    "Increase sales by 10% in order to improve margins, and reduce tickets from 4 to 2 within 3 days. ",
    "by the end of the next every of the by the end of ",
    "reduce and write and reduce and write by using so that in order to 4 from 5 to ",
    "he is always late and she is lazy, because he never ",
    "1/2/3/4-5-6.7.8 ",
    "[ [ [ X% [",
)


@pytest.mark.parametrize("unit", WORST)
def test_time_grows_at_most_in_step_with_length(unit: str) -> None:
    def seconds(times: int) -> float:
        text = unit * times
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            check_goal(text)
            check_text(text)
            best = min(best, time.process_time() - start)
        return best

    small, large = seconds(25), seconds(400)
    assert large < 16 * small * 2 + 0.02
