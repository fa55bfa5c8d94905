"""What a fix does to a goal, and what the settings change."""

from __future__ import annotations

import pytest

from coach_assist.checker import Settings, apply_fixes, check_goal, check_text

FIXED = [
    ("Improve the onboarding", "[target]"),
    ("Reduce complaints significantly", "by [target]"),
    ("Significantly reduce complaints", "by [target]"),
    ("Visit a few suppliers by 3 May", "Visit [number] suppliers by 3 May"),
    ("Finish the manual soon", "by [date]"),
    ("Repair the roof by 31 February 2027", "by [date]"),
    ("Keep quality high.", "at [target]"),
]


@pytest.mark.parametrize(("text", "wanted"), FIXED)
def test_a_fix_inserts_a_mark_and_no_value(text: str, wanted: str) -> None:
    fixed = apply_fixes(text, check_goal(text).findings, unsafe=True)
    assert wanted in fixed
    assert {c for c in fixed if c.isdigit()} <= {c for c in text if c.isdigit()}
    assert apply_fixes(fixed, check_goal(fixed).findings, unsafe=True) == fixed


def test_two_goals_become_two_lines() -> None:
    text = "Publish the style guide and hire two editors"
    fixed = apply_fixes(text, [f for f in check_goal(text).findings if f.code == "S104"], unsafe=True)
    assert fixed == "Publish the style guide\nHire two editors"


def test_a_safe_fix_only_takes_away() -> None:
    text = "Try to finish the draft by 3 May 2027"
    assert apply_fixes(text, check_goal(text).findings) == "Finish the draft by 3 May 2027"


def test_a_judgement_becomes_a_question() -> None:
    text = "He is lazy"
    assert (
        apply_fixes(text, check_text(text), unsafe=True) == "He is [what did the person do or say, and when?]"
    )


def test_cadence_is_a_setting() -> None:
    text = "Meet my mentor twice a month"
    assert check_goal(text).verdicts["T"] == "unmet"
    assert check_goal(text, settings=Settings(cadence_counts_as_deadline=True)).verdicts["T"] == "met"


def test_select_and_ignore() -> None:
    text = "Improve communication"
    codes = {f.code for f in check_goal(text).findings}
    assert {"S101", "M201", "T501"} <= codes
    assert "R401" not in codes
    assert {f.code for f in check_goal(text, settings=Settings(select=("M", "R401"))).findings} == {
        "M201",
        "R401",
    }
    assert "S101" not in {f.code for f in check_goal(text, settings=Settings(ignore=("S",))).findings}
    assert Settings(select=("S",), ignore=("S101",)).speaks("S101") is False
    assert Settings(select=("S101",), ignore=("S",)).speaks("S101") is True
