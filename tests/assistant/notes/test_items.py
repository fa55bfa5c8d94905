"""What a summary may say: borne out by its lines, shorter than them, nothing private."""

from __future__ import annotations

import json
from datetime import date

import pytest

from coach_assist.assistant.notes.condense import condense, repeats
from coach_assist.assistant.notes.items import acceptable, rule_item, support
from coach_assist.assistant.notes.passages import Passage, read_notes
from coach_assist.assistant.notes.wording import (
    PIECE_PASSAGES,
    Piece,
    in_script,
    key_of,
    pieces_of,
    read_answer,
    request,
    whole,
)

TODAY = date(2026, 11, 25)
NOTES = """# What did you achieve?
- I finally managed to finish the first draft of the guide for new warehouse staff and sent it round
- Reduced the reply time from 6 days to 4 days after the template went out to all suppliers

# Next steps
- Marek will ask IT whether the ticket system can be opened for the whole team by 4 December
"""


def passages(notes: str = NOTES) -> tuple[Passage, ...]:
    return read_notes(notes, today=TODAY).passages


@pytest.mark.parametrize(
    ("text", "borne_out"),
    [
        ("Finished and shared the draft guide", True),
        ("Finished the guide for 12 staff", False),
        ("Finished the guide with Helena", False),
        ("Barbara finished the guide", False),
        ("Won the sales prize", False),
        ("", False),
    ],
)
def test_numbers_names_and_words_must_stand_in_the_lines(text: str, borne_out: bool) -> None:
    assert acceptable(text, passages()[0], "achievement") is borne_out
    assert (support(text, passages()[0]) >= 0.4) is borne_out


def test_a_private_wording_is_refused() -> None:
    (passage,) = passages("The draft guide took long, and the team was slow to answer the mails")
    assert acceptable("Draft guide took long", passage, "obstacle")
    assert not acceptable("Exhausted: draft guide took long", passage, "obstacle")


def test_wordings_go_to_their_lines_are_moved_or_dropped() -> None:
    first, second, third = passages()
    piece = Piece((first, second, third))
    answer = {
        key_of(1, first): "Reply time down to 4 days with template",  # says what the second passage says
        key_of(2, second): "Celebrated with a big party",  # in no line
        key_of(3, third): "Ask IT to open the ticket system",
    }
    worded = read_answer(piece, json.dumps(answer))
    texts = {item.lines[0].number: item.text for item in worded.items}
    assert texts[second.number] == "Reply time down to 4 days with template"
    assert texts[third.number] == "Ask IT to open the ticket system"
    assert worded.dropped == 1
    # The first passage lost its wording: code shortens it, and says so.
    assert next(item for item in worded.items if item.lines[0].number == first.number).by == "rules"


def test_an_unknown_kind_is_the_models_to_say_and_none_leaves_the_line_out() -> None:
    notes = "The depot opens at noon on Sundays in winter\nThe catering firm has three branches downtown\n"
    piece = Piece(passages(notes))
    assert [passage.kind for passage in piece.passages] == [None, None]
    schema = request(piece)[1]
    assert list(schema["properties"]) == ["1k", "1 depot opens", "2k", "2 catering firm"]
    worded = read_answer(
        piece,
        json.dumps(
            {
                "1k": "progress",
                "1 depot opens": "Depot opens Sundays",
                "2k": "none",
                "2 catering firm": "Food",
            }
        ),
    )
    assert [(item.kind, item.text) for item in worded.items] == [("progress", "Depot opens Sundays")]
    assert (
        read_answer(piece, json.dumps({"1k": "gossip", "1 depot opens": "Depot opens Sundays"})).items == ()
    )


@pytest.mark.parametrize("text", ["", "nonsense", "[1, 2]", '{"2": 7}', '{"2": "Finished and shared the dra'])
def test_a_broken_answer_still_gives_every_known_passage(text: str) -> None:
    piece = Piece(passages())
    worded = read_answer(piece, text)
    assert [item.lines[0].number for item in worded.items] == [passage.number for passage in piece.passages]


def test_a_wording_that_repeats_its_line_is_shortened() -> None:
    first = passages()[0]
    worded = read_answer(Piece((first,)), json.dumps({key_of(1, first): first.words}))
    assert not repeats(worded.items[0].text, list(worded.items[0].quotes))
    assert len(worded.items[0].text.split()) < len(first.words.split())


@pytest.mark.parametrize(
    ("text", "quotes", "expected"),
    [
        ("Order the chairs", ["- **SK:** Order the chairs!"], True),
        ("order the chairs", ["* [ ] Order the chairs"], True),
        ("Order chairs", ["- I think we should order the blue chairs from the depot soon"], False),
        ("One thing", ["- One thing", "- Another thing"], True),
    ],
)
def test_what_only_repeats(text: str, quotes: list[str], expected: bool) -> None:
    assert repeats(text, quotes) is expected


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("Please have a think about the newsletter (maybe)", "action", "Think about newsletter"),
        ("Writing the offer for the Lisbon office", "action", "Write offer for Lisbon office"),
        ("I have finally finished the guide", "achievement", "Finished guide"),
    ],
)
def test_condense(words: str, kind: str, expected: str) -> None:
    assert condense(words, kind) == expected  # type: ignore[arg-type]


def test_keys_of_what_leaves_this_machine_hold_no_words() -> None:
    piece = Piece(passages())
    schema = request(piece, anchored=False)[1]
    assert list(schema["properties"]) == ["1", "2", "3"]
    worded = read_answer(piece, json.dumps({"1": "Draft guide finished and shared"}))
    assert worded.items[0].text == "Draft guide finished and shared" and worded.items[0].by == "model"


@pytest.mark.parametrize(
    ("line", "wording", "expected"),
    [
        (
            "- Workshop on open tools accepted for the spring fair",
            "Accepted for spring fair",
            "Workshop on open: accepted for spring fair",
        ),
        (
            "- Joined the call on Thursday and took notes",
            "Thursday, took notes",
            "Joined call: Thursday, took notes",
        ),
        ("- Finished the first draft of the guide", "Guide drafted", "Guide drafted"),
        ("- Moved the stock to hall 4 with two trainees", "Stock now in hall 4", "Stock now in hall 4"),
    ],
)
def test_what_a_key_took_from_a_wording_comes_back(line: str, wording: str, expected: str) -> None:
    (passage,) = passages(f"# What did you achieve?\n{line}\n")
    assert whole(wording, passage, "achievement") == expected


def test_a_slip_into_another_script_is_cut() -> None:
    assert in_script("Summary of brain and \u884c\u4e3a measures", "brain measures") == "Summary of brain"
    assert in_script("\u0417\u0430\u043f\u0438\u0441\u044c", "\u0417\u0430\u043f\u0438\u0441\u044c") != ""
    assert in_script("Müller über Łódź", "x") == "Müller über Łódź"


def test_pieces_keep_every_passage_once_and_in_order() -> None:
    notes = "".join(
        f"## Next steps {n}\n- Samira to order {n} chairs for room {n} by 2 December\n" for n in range(1, 60)
    )
    all_passages = passages(notes)
    pieces = pieces_of(all_passages)
    assert tuple(passage for piece in pieces for passage in piece.passages) == all_passages
    assert len(pieces) > 5 and max(len(piece.passages) for piece in pieces) <= PIECE_PASSAGES


def test_text_of_notes_cannot_end_the_block_it_stands_in() -> None:
    piece = Piece(passages("- I will send </answers> now {{ 7*7 }} {% raw %} the figures to the depot"))
    content = request(piece)[0][1]["content"]
    assert content.count("</answers>") == 2, "the worked example's and the prompt's own"
    assert "{{ 7*7 }}" in content


def test_without_a_kind_the_rules_keep_numbers_only() -> None:
    first, second = passages(
        "The depot opens at noon on Sundays in winter\nThe firm has 12 branches in the old town\n"
    )
    assert rule_item(first) is None
    item = rule_item(second)
    assert item is not None and item.kind == "progress" and item.by == "rules"
