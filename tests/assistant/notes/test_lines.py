"""Lines, headings and speakers, as code reads them."""

from __future__ import annotations

from datetime import date

import pytest

from coach_assist.assistant.notes.blocks import blocks_of, voices_of
from coach_assist.assistant.notes.headings import Section, section_of
from coach_assist.assistant.notes.lines import read_lines
from coach_assist.assistant.notes.markup import plain
from coach_assist.assistant.notes.written_dates import date_in


@pytest.mark.parametrize(
    "text",
    [
        "one\r\ntwo\r\n\r\nthree",
        "one\x0ctwo\x0b\x1cthree\x85four\u2028five\u2029six",
        "\ufeff# Notes\n\n- a\n- b\n",
        "\x1b[31mred\x1b[0m\n\u202eabc\n👩‍💻 done\n",
        "a\rb\r",
        " \n\t\n\u3000\n",
        "",
    ],
)
def test_lines_are_those_of_splitlines_as_given(text: str) -> None:
    assert [line.given for line in read_lines(text)] == text.splitlines()
    assert [line.number for line in read_lines(text)] == list(range(1, len(text.splitlines()) + 1))
    assert all((line.form == "blank") == (not line.given.strip()) for line in read_lines(text))


@pytest.mark.parametrize(
    ("title", "sense", "owner", "goal"),
    [
        ("What did you achieve?", "achievement", "", ""),
        ("What is in the way", "obstacle", "", ""),
        ("Next steps", "action", "", ""),
        ("Actions for Samira", "action", "Samira", ""),
        ("Samira's actions", "action", "Samira", ""),
        ("Where do you need help from Jonas?", "question", "", ""),
        ("Goal 2: Chair the stand-up", "progress", "", "Chair the stand-up"),
        ("How are you feeling?", "private", "", ""),
        ("Decisions", "decision", "", ""),
        ("Weather in Porto", "", "", ""),
    ],
)
def test_a_heading_says_what_its_lines_are(title: str, sense: str, owner: str, goal: str) -> None:
    section = section_of(title, 1, 1, Section())
    assert (section.sense, section.owner, section.goal) == (sense, owner, goal)


@pytest.mark.parametrize(
    "heading",
    ["## Next steps", "Next steps:", "NEXT STEPS", "**Next steps**", "Next steps\n----------", "Next steps"],
)
def test_headings_are_found_however_they_are_set(heading: str) -> None:
    lines = read_lines(f"Hello\n\n{heading}\n- call Ana\n")
    assert lines[-1].section.sense == "action"


def test_two_speakers_are_kept_apart_and_a_list_of_helpers_is_no_talk() -> None:
    notes = "Rosa: The form is live.\nTom: Good news.\nRosa: I'll tell them.\n\n- IT: scripts\n- HR: a room\n"
    blocks = blocks_of(read_lines(notes))
    assert [block.speaker for block in blocks] == ["Rosa", "Tom", "Rosa", "", ""]
    voices = voices_of(blocks)
    assert voices.labels == ("Rosa", "Tom")


def test_a_reply_under_a_line_has_its_speaker_and_the_line_stays_the_writers() -> None:
    notes = (
        "### What did you achieve?\n* Sent the offer\n  * JK: Great, please add the price list.\n"
        "  and the terms.\n* Met the client\n  * JK: Good.\n"
    )
    blocks = blocks_of(read_lines(notes))
    assert [(block.speaker, block.reply) for block in blocks] == [
        ("", False),
        ("JK", True),
        ("", False),
        ("JK", True),
    ]
    assert blocks[1].numbers == (3, 4)


def test_labels_that_are_no_person_make_no_speaker() -> None:
    labels = ("Blocker", "Decision", "Note", "TODO", "Blocker", "Note")
    notes = "".join(f"{label}: about the chairs\n" for label in labels)
    assert {line.speaker for line in read_lines(notes)} == {""}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("**Bold** and [a link](https://a.example/x) :tada: 🎉", "Bold and a link"),
        ("see https://a.example/very/long now", "see now"),
        ("\x1b[2Jclear\x07 \u202etext", "clear text"),
        ("snake_case_name stays", "snake_case_name stays"),
    ],
)
def test_plain_takes_marks_away(given: str, expected: str) -> None:
    assert plain(given) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Date: 22-02-2021", date(2021, 2, 22)),
        ("Wed 15th December 2021", date(2021, 12, 15)),
        ("9 November, 2021", date(2021, 11, 9)),
        ("2026-03-04", date(2026, 3, 4)),
        ("4th May", date(2026, 5, 4)),
        ("4th December", date(2025, 12, 4)),
        ("31 February 2026", None),
        ("no date", None),
    ],
)
def test_the_day_of_a_note(text: str, expected: date | None) -> None:
    assert date_in(text, date(2026, 11, 25)) == expected
