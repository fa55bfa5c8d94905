"""Answer files: what is taken exactly as given, and what is refused with every fault at once."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_assist.errors import ExitCode, UsageError
from coach_assist.interview.answers import (
    AnswersError,
    answers_data,
    parse_answers,
    parse_answers_data,
)
from coach_assist.interview.questions import all_questions

TODAY = date(2027, 2, 1)
LEAST = {
    "team_member": "Nadia",
    "manager": "Tom",
    "development_area": "Planning the tours earlier",
    "goal": "Tours ready by eight",
}
HOSTILE = (
    "🙂👩🏽‍🔧", "שלום עולם", "a\x1b]0;t\x07\x00\x7f\x9b31m", "[@click=app.quit]x[/] and [/b]",
    "<script>alert(1)</script>", "  leading and trailing  ", "two\r\nlines\n", "‮gnihtemos​",
)  # fmt: skip


def faults(data: object) -> tuple[str, ...]:
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(AnswersError) as caught:
        parse_answers(content, today=TODAY)
    assert caught.value.exit_code == ExitCode.USAGE
    assert all(problem in caught.value.what for problem in caught.value.problems)
    return caught.value.problems


def test_the_least_that_is_taken() -> None:
    answers = parse_answers(json.dumps(LEAST).encode(), today=TODAY)
    assert answers.goals == ("Tours ready by eight",)
    assert (answers.start, answers.end) == (TODAY, date(2027, 3, 3))
    assert answers.text("why") == ""


def test_toml_and_json_mean_the_same(tmp_path) -> None:
    toml = tmp_path / "a.toml"
    toml.write_text(
        'team_member = "Nadia"\nmanager = "Tom"\ndevelopment_area = "Planning"\ngoal = ["a b", "c d"]\n'
        'start = 2027-03-01\nend = "12 weeks"\n[by.manager]\nwhy = "mine"\n',
        encoding="utf-8",
    )
    answers = parse_answers(toml, today=TODAY)
    written = tmp_path / "a.json"
    written.write_text(json.dumps(answers_data(answers)), encoding="utf-8")
    assert parse_answers(written, today=TODAY) == answers
    assert answers.goals == ("a b", "c d")
    assert (answers.start, answers.end) == (date(2027, 3, 1), date(2027, 5, 24))
    assert answers.text("why", "manager") == "mine"
    assert answers.text("why") == ""


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("key", [asked.id for asked in all_questions() if asked.id not in ("start", "end")])
def test_texts_are_kept_exactly(key: str, text: str) -> None:
    answers = parse_answers(json.dumps({**LEAST, key: text}).encode(), today=TODAY)
    assert answers.joint[key] == text
    assert answers_data(answers)[key] == text


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200).filter(str.strip))
@settings(deadline=None)
def test_any_text_survives_a_file(text: str) -> None:
    answers = parse_answers(json.dumps({**LEAST, "why": text, "goal": [text]}).encode(), today=TODAY)
    assert answers.text("why") == text
    assert answers.goals == (text,)


def test_blank_optional_answers_are_no_answers() -> None:
    answers = parse_answers_data({**LEAST, "why": "  \n", "goal": ["a b", " "]}, today=TODAY)
    assert "why" not in answers.joint
    assert answers.goals == ("a b",)


def test_every_fault_is_said_at_once_with_the_nearest_key() -> None:
    said = faults(
        {
            "team_membr": "Nadia",
            "manager": 3,
            "goal": [1],
            "role": None,
            "start": "2027-02-30",
            "end": "soon",
            "by": {"menager": {}, "manager": {"obstacel": "x", "why": ["x"]}, "team_member": "x"},
        }
    )
    assert said == (
        "team_membr: is no question of the interview; did you mean “team_member”?",
        "manager: must be a string, not a number",
        "goal: must be a string or a list of strings, not a list that holds something else",
        "role: must be a string, not null",
        "by.menager: is no party; did you mean “manager”?",
        "by.manager.obstacel: is no question of the interview; did you mean “obstacle”?",
        "by.manager.why: must be a string, not a list",
        "by.team_member: must be a table of answers, not a string",
        "team_member: is required and is missing or empty",
        "development_area: is required and is missing or empty",
        "start: “2027-02-30” is not a date such as 2026-12-31",
        "end: “soon” is not a date such as 2026-12-31",
    )


@pytest.mark.parametrize(
    ("key", "nearest"), [("Team-Member", "team_member"), ("goals", "goal"), ("Activity", "activities")]
)
def test_other_spellings_name_the_key(key: str, nearest: str) -> None:
    assert any(f"did you mean “{nearest}”" in problem for problem in faults({**LEAST, key: "x"}))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"end": "2027-01-31"}, "end: the end must be after the start (2027-02-01)"),
        ({"end": "2028-06-01"}, "end: a coaching plan lasts at most a year"),
        ({"end": "0 days"}, "end: the length must be between 1 day and a year"),
        ({"start": "2027-05-01", "end": "2027-04-01"}, "end: the end must be after the start (2027-05-01)"),
        ({"start": "9999-12-31"}, "start: is too far away"),
        ({"start": "tomorrow"}, "start: “tomorrow” is not a date such as 2026-12-31"),
        ({"start": True}, "start: must be a string, not true or false"),
        ({"goal": []}, "goal: is required and is missing or empty"),
        ({"goal": " \n"}, "goal: is required and is missing or empty"),
        ({"goal": ["x"] * 11}, "goal: holds 11 entries; at most 10 are taken"),
        ({"goal": ["x" * 2001]}, "goal: is 2,001 characters long; at most 2,000 are taken"),
        ({"cadence": "x" * 401}, "cadence: is 401 characters long; at most 400 are taken"),
        ({"by": {"manager": {"end": "soon"}}}, "by.manager.end: “soon” is not a date such as 2026-12-31"),
        ({"by": ["manager"]}, "by: must be a table with manager and team_member, not a list"),
        ({"why": "\ud800"}, "why: holds half a character (a lone surrogate), which cannot be stored"),
    ],
)
def test_one_fault(change: dict[str, object], words: str) -> None:
    assert faults({**LEAST, **change}) == (words,)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b'{"team_member": "\xff"}', "is not UTF-8 text: line 1"),
        (b"\xef\xbb\xbf{}", "begins with a byte order mark"),
        (b"\xff\xfe{\x00}\x00", "begins with a byte order mark"),
        (b"{" * 3000, "is not valid JSON"),
        (b'{"a":' * 200_000, "is nested too deeply"),
        (b"a = " + b"[" * 200_000, "is nested too deeply"),
        (b"a" + b".a" * 300_000 + b" = 1", "is nested too deeply"),
        (b"x = { a" + b" . a" * 200_000 + b" = 1 }", "is nested too deeply"),
        (b'{"goal": ' + b"1" * 5000 + b"}", "thousands of digits"),
        (b"goal = ", "is not valid TOML"),
        (b'goal = "a"\ngoal = "b"\n', "is not valid TOML"),
        (b"{}" + b" " * 1024 * 1024, "is larger than 1 MiB"),
        (b"x" * 10_000_000, "is larger than 1 MiB"),
    ],
)
def test_what_is_no_answer_file(content: bytes, words: str) -> None:
    (problem,) = faults(content)
    assert words in problem


def test_a_key_that_stands_twice_is_named_with_the_other_faults() -> None:
    said = faults(b'{"goal": "a b", "goal": "c d", "x": {"y": 1, "y": 2}}')
    assert said[:2] == ("y: stands there twice; say it once", "goal: stands there twice; say it once")
    assert len(said) == 6


def test_exactly_one_mebibyte_is_read() -> None:
    content = json.dumps(LEAST).encode()
    assert parse_answers(content + b" " * (1024 * 1024 - len(content)), today=TODAY).text("manager") == "Tom"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(LEAST).encode())))
    assert parse_answers("-", today=TODAY).text("team_member") == "Nadia"


def test_a_file_that_cannot_be_read(tmp_path) -> None:
    for path in (tmp_path / "none.json", tmp_path, "a\x00b"):
        with pytest.raises(UsageError, match="cannot be read"):
            parse_answers(path, today=TODAY)


def test_control_characters_in_a_key_do_not_reach_the_message() -> None:
    (problem,) = faults({**LEAST, "x\x1b]0;t\x07": "y"})
    assert "\x1b" not in problem
